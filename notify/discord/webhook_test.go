package discord

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"stet/notify/discord/discordtest"
)

// fakeWebhook returns a webhook at a fake Discord.
func fakeWebhook(t *testing.T) (*Webhook, *discordtest.Server) {
	t.Helper()
	fake, api := discordtest.Start(t, testToken)
	fake.AddWebhook(discordtest.Webhook{ID: "77", Token: "hook-secret", Channel: testChannel})
	w, err := NewWebhook(api+"/webhooks/77/hook-secret", &http.Client{Transport: transportFor(t)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w, fake
}

func TestWebhookPostsAnAlertWithItsButtons(t *testing.T) {
	w, fake := fakeWebhook(t)
	id, err := w.Send(t.Context(), delivery(ferry()))
	if err != nil {
		t.Fatal(err)
	}
	m := fake.Messages(testChannel)[0]
	if m.ID != id || len(m.Form.Components) != 1 || m.Form.Username != "stet" {
		t.Errorf("message %s has %d rows and user %q; want %s, one row, stet", m.ID, len(m.Form.Components), m.Form.Username, id)
	}
}

func TestWebhookMarksWhatMayBeThereAlready(t *testing.T) {
	refused := func(f discordtest.Fault) func(*discordtest.Server) {
		return func(s *discordtest.Server) { s.Script(f) }
	}
	for _, tt := range []struct {
		name     string
		set      func(*discordtest.Server)
		messages int
		repeated bool
	}{
		{"the answer was lost", refused(discordtest.Fault{Kind: discordtest.DropAfter}), 2, true},
		{"the connection broke, nobody knows when", refused(discordtest.Fault{Kind: discordtest.Drop}), 1, true},
		{"a gateway failed, nobody knows when", refused(discordtest.Fault{Kind: discordtest.Fails}), 1, true},
		{"it was refused for the rate", refused(discordtest.Fault{Kind: discordtest.RouteLimit, After: time.Millisecond}), 1, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, fake := fakeWebhook(t)
			tt.set(fake)
			d := delivery(ferry())
			_, err := w.Send(t.Context(), d)
			time.Sleep(later(t, err).After)
			d.Attempts, d.FirstTried = 1, time.Now()
			if _, err := w.Send(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			ms := fake.Messages("")
			last := ms[len(ms)-1].Form.Content
			if len(ms) != tt.messages || strings.HasSuffix(last, " (repeated)") != tt.repeated {
				t.Errorf("%d messages, the last %q; want %d, repeated: %v", len(ms), last, tt.messages, tt.repeated)
			}
		})
	}
}

func TestAfterARestartAWebhookMarksAnotherTry(t *testing.T) {
	w, fake := fakeWebhook(t)
	d := delivery(ferry())
	d.Attempts = 1
	if _, err := w.Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if c := fake.Messages("")[0].Form.Content; !strings.HasSuffix(c, " (repeated)") {
		t.Errorf("content is %q", c)
	}
}

func TestADeadWebhookIsGone(t *testing.T) {
	w, fake := fakeWebhook(t)
	fake.Remove("77")
	if _, err := w.Send(t.Context(), delivery(ferry())); !isGone(err) || !strings.Contains(err.Error(), "webhook was deleted") {
		t.Errorf("after its deletion: %v", err)
	}
	fake.AddWebhook(discordtest.Webhook{ID: "77", Token: "other", Channel: testChannel})
	if _, err := w.Check(t.Context()); !isGone(err) || !strings.Contains(err.Error(), "copy it anew") || strings.Contains(err.Error(), "hook-secret") {
		t.Errorf("with another token: %v", err)
	}
}

func TestWebhookCheckSaysWhereItPosts(t *testing.T) {
	w, _ := fakeWebhook(t)
	said, err := w.Check(t.Context())
	if want := `Discord webhook 77 ("stet") posts to channel ` + testChannel; err != nil || said != want {
		t.Errorf("Check = %q, %v; want %q", said, err, want)
	}
}

// doer is a Doer made of a function.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

func TestAnUnreachableDiscordIsNoRepeatAndShowsNoToken(t *testing.T) {
	w, err := NewWebhook("https://discord.example/api/webhooks/77/hook-secret", doer(func(r *http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Err: fmt.Errorf("connect to %s refused", r.URL)}
	}), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Send(t.Context(), delivery(ferry()))
	if !isLater(err) || strings.Contains(err.Error(), "hook-secret") {
		t.Errorf("error is %v, want one to try later that hides the token", err)
	}
	if !w.wasRefused("dlv7kq2mxv") {
		t.Error("a message that never left would be marked as repeated")
	}
}

func TestWebhookAddresses(t *testing.T) {
	for _, tt := range []struct {
		name, address string
		fine          bool
	}{
		{"as Discord shows it", "https://discord.com/api/webhooks/123456789012345678/aB-c_d.e", true},
		{"with a version and a thread", "https://discord.com/api/v10/webhooks/1/x?thread_id=5", true},
		{"a compatible server on loopback", "http://127.0.0.1:8080/api/webhooks/1/x", true},
		{"with Slack's form", "https://discord.com/api/webhooks/1/x/slack", false},
		{"without its token", "https://discord.com/api/webhooks/1", false},
		{"another site", "https://receiver.example/hook", false},
		{"no address", "http://[", false},
		{"another scheme", "ftp://discord.com/api/webhooks/1/x", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := NewWebhook(tt.address, http.DefaultClient, nil)
			if (err == nil) != tt.fine {
				t.Errorf("NewWebhook(%q) = %v", tt.address, err)
			}
			if err != nil && (!strings.Contains(err.Error(), "looks like") || strings.Contains(err.Error(), tt.address)) {
				t.Errorf("the error %q should show the form, and not the address", err)
			}
		})
	}
}

func TestVerdicts(t *testing.T) {
	for _, tt := range []struct {
		status, code int
		want         string
	}{
		{400, 50035, "final"}, {400, 50006, "final"}, {400, 50109, "final"}, {413, 40005, "final"}, {400, 240000, "final"}, {400, 200000, "final"}, {403, 200000, "final"},
		{400, 50083, "final"}, {400, 220001, "gone"}, {400, 40058, "gone"},
		{404, 10003, "gone"}, {404, 10004, "gone"}, {404, 10015, "gone"}, {401, 50027, "gone"}, {401, 50014, "gone"}, {401, 0, "gone"}, {403, 50001, "gone"}, {403, 50013, "gone"}, {403, 0, "gone"}, {404, 0, "gone"},
		{429, 0, "later"}, {429, 20028, "later"}, {500, 0, "later"}, {503, 130000, "later"}, {400, 130000, "later"}, {403, 40062, "later"}, {400, 30046, "later"}, {408, 0, "later"}, {400, 0, "later"},
	} {
		err := (&answer{Status: tt.status, Code: tt.code}).verdict()
		got := "final"
		switch {
		case isGone(err):
			got = "gone"
		case isLater(err):
			got = "later"
		}
		if got != tt.want || !errors.As(err, new(*answer)) {
			t.Errorf("%d with code %d is %s (%v), want %s", tt.status, tt.code, got, err, tt.want)
		}
	}
}
