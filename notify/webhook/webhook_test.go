package webhook

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"stet/notify"
	"stet/watcher/compare"
)

// A receiver keeps the last request, and answers as it is told.
type receiver struct {
	status int
	header map[string]string
	got    *http.Request
	body   []byte
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.got = req
	r.body, _ = io.ReadAll(req.Body) // a short body fails the test's checks
	for k, v := range r.header {
		w.Header().Set(k, v)
	}
	w.WriteHeader(r.status)
}

// serve returns a webhook to a receiver.
func serve(t *testing.T, secret string, r *receiver) *Webhook {
	t.Helper()
	ts := httptest.NewServer(r)
	t.Cleanup(ts.Close)
	client := ts.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	w, err := New(ts.URL+"/hook?key=hidden", secret, client)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func alert() notify.Delivery {
	return notify.Delivery{ID: "d1", Alert: &notify.Alert{
		ID: 9, Watch: 4, From: 2, To: 3, URL: "https://paper.example/x", Headline: "Ferry burned", Seen: time.Date(2026, 11, 17, 8, 41, 48, 0, time.UTC),
		Published: time.Date(2026, 11, 17, 6, 5, 0, 0, time.FixedZone("", 3600)),
		Change: compare.Change{Changed: true, Weight: compare.Substantive, Blocks: []compare.Block{
			{Op: compare.Equal, Old: "a", New: "a"}, {Op: compare.Add, New: "b"},
		}},
	}}
}

func TestSendSignsAsStandardWebhooksHasIt(t *testing.T) {
	r := &receiver{status: 204}
	id, err := serve(t, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", r).Send(t.Context(), alert())
	if err != nil || id != "d1" {
		t.Fatalf("Send = %q, %v", id, err)
	}
	sec, err := strconv.ParseInt(r.got.Header.Get("webhook-timestamp"), 10, 64)
	if err != nil || time.Since(time.Unix(sec, 0)) > time.Minute {
		t.Errorf("webhook-timestamp is %q", r.got.Header.Get("webhook-timestamp"))
	}
	key := []byte{0x31, 0xf2, 0x90, 0xf6, 0xbf, 0x06, 0x29, 0x8a, 0xab, 0x4f, 0x08, 0xd4, 0x3c, 0x3f, 0x08, 0x2c, 0xf6, 0x48, 0xa3, 0x62, 0xda, 0x2d, 0xa4, 0xb0}
	want := Sign(key, "d1", time.Unix(sec, 0), r.body)
	if got := r.got.Header.Get("webhook-signature"); got != want || r.got.Header.Get("webhook-id") != "d1" {
		t.Errorf("webhook-signature %q, want %q; webhook-id %q", got, want, r.got.Header.Get("webhook-id"))
	}
}

// TestSign holds the signature to a value computed apart from this code, with
// openssl: printf 'msg_1.1614265330.{"test": 1}' | openssl dgst -sha256 -hmac key -binary | base64
func TestSign(t *testing.T) {
	got := Sign([]byte("key"), "msg_1", time.Unix(1614265330, 0), []byte(`{"test": 1}`))
	if want := "v1,8NCh7dhhucS7xwGCXm3Q7rJDlN20HxbrQ+jzw8fCF9I="; got != want {
		t.Errorf("Sign = %s, want %s", got, want)
	}
}

func TestPayload(t *testing.T) {
	r := &receiver{status: 200}
	if _, err := serve(t, "", r).Send(t.Context(), alert()); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Type      string
		Timestamp time.Time
		Data      struct {
			ID        int64
			Headline  string
			Published string
			FirstSeen *string `json:"first_seen"`
			Tags      []string
			Change    struct{ Blocks []compare.Block }
		}
	}
	if err := json.Unmarshal(r.body, &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "change" || got.Data.ID != 9 || got.Data.Headline != "Ferry burned" || got.Data.Published != "2026-11-17T06:05:00+01:00" ||
		got.Data.FirstSeen != nil || got.Data.Tags == nil || len(got.Data.Change.Blocks) != 1 {
		t.Errorf("payload is %s", r.body)
	}
	if r.got.Header.Get("webhook-signature") != "" {
		t.Error("a webhook without a secret is signed")
	}
}

func TestUpdatesToldTogetherAreAllInThePayload(t *testing.T) {
	d := alert()
	first, newest := *d.Alert, *d.Alert
	first.ID, first.From, first.To, first.Diff = 8, 1, 2, "https://stet.example/diff/8"
	d.Gathered = []notify.Alert{first, newest}
	r := &receiver{status: 200}
	if _, err := serve(t, "", r).Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	var got struct{ Data Change }
	if err := json.Unmarshal(r.body, &got); err != nil {
		t.Fatal(err)
	}
	us := got.Data.Gathered
	if got.Data.ID != 9 || len(us) != 2 || us[0].ID != 8 || us[1].ID != 9 || us[0].To != 2 || us[0].Diff != first.Diff || us[0].Seen == nil || len(us[0].Change.Blocks) != 1 {
		t.Errorf("payload is %s", r.body)
	}
	if _, err := serve(t, "", r).Send(t.Context(), alert()); err != nil || !strings.Contains(string(r.body), `"gathered":[]`) {
		t.Errorf("%v; the payload of a change alone is %s", err, r.body)
	}
}

func TestATimeThatJSONHasNoFormForIsLeftOut(t *testing.T) {
	d := alert()
	d.Alert.Published = time.Date(20260, 1, 1, 0, 0, 0, 0, time.UTC)
	r := &receiver{status: 200}
	if _, err := serve(t, "", r).Send(t.Context(), d); err != nil || !strings.Contains(string(r.body), `"published":null`) {
		t.Errorf("%v, payload %s", err, r.body)
	}
}

func TestNewsHasItsOwnType(t *testing.T) {
	r := &receiver{status: 200}
	if _, err := serve(t, "", r).Send(t.Context(), notify.Delivery{ID: "n", News: &notify.News{ID: 3, Text: "trouble"}}); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(r.body), `{"type":"news"`) || !strings.Contains(string(r.body), `"text":"trouble"`) {
		t.Errorf("payload is %s", r.body)
	}
}

func TestAnswers(t *testing.T) {
	for _, tt := range []struct {
		status int
		after  string
		want   string
	}{
		{200, "", "accepted"}, {202, "", "accepted"},
		{301, "", "gone"}, {308, "", "gone"},
		{400, "", "final"}, {413, "", "final"}, {422, "", "final"},
		{401, "", "gone"}, {403, "", "gone"}, {404, "", "gone"}, {410, "", "gone"},
		{408, "", "later 0s"}, {429, "7", "later 7s"}, {503, "120", "later 2m0s"}, {500, "soon", "later 0s"}, {503, "-5", "later 0s"}, {503, "999999999", "later 24h0m0s"},
	} {
		t.Run(fmt.Sprint(tt.status, tt.after), func(t *testing.T) {
			w := serve(t, "secret", &receiver{status: tt.status, header: map[string]string{"Retry-After": tt.after, "Location": "/other"}})
			_, err := w.Send(t.Context(), alert())
			if got := outcome(err); got != tt.want {
				t.Errorf("%d makes %s (%v), want %s", tt.status, got, err, tt.want)
			}
			if err != nil && strings.Contains(err.Error(), "hidden") {
				t.Errorf("the error shows the address: %v", err)
			}
		})
	}
}

func outcome(err error) string {
	var later *notify.LaterError
	var gone *notify.GoneError
	switch {
	case err == nil:
		return "accepted"
	case errors.As(err, &later):
		return "later " + later.After.String()
	case errors.As(err, &gone):
		return "gone"
	}
	return "final"
}

func TestARetryAfterThatIsADate(t *testing.T) {
	at := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	if got := retryAfter(at); got < 59*time.Minute || got > time.Hour {
		t.Errorf("retryAfter(%q) = %s, want an hour", at, got)
	}
}

func TestNoAnswerIsTriedAgainAndHidesTheAddress(t *testing.T) {
	w, err := New("http://127.0.0.1:1/hook?key=hidden", "", http.DefaultClient)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Send(t.Context(), alert())
	if outcome(err) != "later 0s" || strings.Contains(err.Error(), "hidden") {
		t.Errorf("error is %v", err)
	}
}

func TestCheckPings(t *testing.T) {
	r := &receiver{status: 200}
	w := serve(t, "secret", r)
	if said, err := w.Check(t.Context()); err != nil || !strings.HasSuffix(said, "takes deliveries") || !strings.HasPrefix(string(r.body), `{"type":"ping"`) {
		t.Errorf("Check = %q, %v with %s", said, err, r.body)
	}
	r.status = 401
	if _, err := w.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "401") {
		t.Errorf("Check of one that refuses = %v", err)
	}
}

func TestConfigMistakes(t *testing.T) {
	for _, tt := range []struct{ name, url, secret, want string }{
		{"no address", "receiver", "", "url is no http(s) address"},
		{"another scheme", "ftp://receiver.example", "", "url is no http(s) address"},
		{"a secret that is no base64", "https://receiver.example", "whsec_!!", "no base64 follows"},
		{"an empty key", "https://receiver.example", "whsec_", "holds no key"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := New(tt.url, tt.secret, nil); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("New(%q, %q) = %v, want %q", tt.url, tt.secret, err, tt.want)
			}
		})
	}
}
