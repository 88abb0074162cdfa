package discord

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"stet/notify"
	"stet/notify/discord/discordtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	testToken   = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
	testChannel = "300000000000000001"
)

// transportFor returns a transport that leaves nothing open after the test.
func transportFor(t testing.TB) *http.Transport {
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	return tr
}

// fakeBot returns a bot's channel at a fake Discord.
func fakeBot(t testing.TB, token string) (*Channel, *discordtest.Server) {
	t.Helper()
	fake, api := discordtest.Start(t, testToken)
	fake.AddChannel(discordtest.Channel{ID: testChannel, Name: "corrections"})
	b, err := NewBot(BotConfig{Token: token, APIURL: api, Base: transportFor(t)})
	if err != nil {
		t.Fatal(err)
	}
	c, err := b.Channel(testChannel)
	if err != nil {
		t.Fatal(err)
	}
	return c, fake
}

// later returns the LaterError in err, or fails.
func later(t *testing.T, err error) *notify.LaterError {
	t.Helper()
	l := (*notify.LaterError)(nil)
	if !errors.As(err, &l) {
		t.Fatalf("error is %v, want one to try later", err)
	}
	return l
}

func isGone(err error) bool {
	g := (*notify.GoneError)(nil)
	return errors.As(err, &g)
}

func isLater(err error) bool {
	l := (*notify.LaterError)(nil)
	return errors.As(err, &l)
}

func TestBotPostsAnAlert(t *testing.T) {
	c, fake := fakeBot(t, testToken)
	id, err := c.Send(t.Context(), delivery(ferry()))
	if err != nil {
		t.Fatal(err)
	}
	ms := fake.Messages(testChannel)
	if len(ms) != 1 || ms[0].ID != id {
		t.Fatalf("messages are %+v, want the one with id %s", ms, id)
	}
	if f := ms[0].Form; !f.EnforceNonce || string(f.Nonce) != `"dlv7kq2mxv"` || f.AllowedMentions == nil || len(f.AllowedMentions.Parse) != 0 {
		t.Errorf("nonce %s, enforced %v, mentions %+v", f.Nonce, f.EnforceNonce, f.AllowedMentions)
	}
}

func TestBotSendsOnceWhenTheAnswerIsLost(t *testing.T) {
	for _, kind := range []discordtest.FaultKind{discordtest.DropAfter, discordtest.FailsAfter} {
		c, fake := fakeBot(t, testToken)
		fake.Script(discordtest.Fault{Kind: kind})
		d := delivery(ferry())
		_, err := c.Send(t.Context(), d)
		later(t, err)
		d.Attempts, d.FirstTried = 1, time.Now()
		id, err := c.Send(t.Context(), d)
		if ms := fake.Messages(testChannel); err != nil || len(ms) != 1 || ms[0].ID != id {
			t.Errorf("after fault %d: %v, %d messages, want one", kind, err, len(ms))
		}
	}
}

func TestBotLooksForTheMessageWhenTheNonceIsForgotten(t *testing.T) {
	c, fake := fakeBot(t, testToken)
	fake.SetNonceWindow(0)
	unlimited(c)
	fake.Script(discordtest.Fault{Kind: discordtest.DropAfter})
	d := delivery(ferry())
	began := time.Now()
	_, err := c.Send(t.Context(), d)
	later(t, err)
	for i := range 250 { // others were posted meanwhile: more than two pages
		other := notify.Delivery{ID: fmt.Sprintf("other%d", i), News: &notify.News{Text: "x"}}
		if _, err := c.Send(t.Context(), other); err != nil {
			t.Fatal(err)
		}
	}
	c.trust = 0
	d.Attempts, d.FirstTried = 1, began
	id, err := c.Send(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if first := fake.Messages(testChannel)[0].ID; id != first || len(fake.Messages(testChannel)) != 251 {
		t.Errorf("found %s of %d messages, want the first, %s, of 251", id, len(fake.Messages(testChannel)), first)
	}
}

// unlimited takes the pace of requests off a bot.
func unlimited(c *Channel) {
	c.bot.limits.pace.SetLimit(1e9)
	c.bot.limits.pace.SetBurst(1e9)
}

func TestBotSendsAgainWhatNeverArrived(t *testing.T) {
	c, fake := fakeBot(t, testToken)
	c.trust = 0
	fake.AddChannel(discordtest.Channel{ID: testChannel, Name: "corrections"})
	if _, err := c.Send(t.Context(), notify.Delivery{ID: "before", News: &notify.News{Text: "x"}}); err != nil {
		t.Fatal(err)
	}
	fake.Script(discordtest.Fault{Kind: discordtest.Drop})
	d := delivery(ferry())
	_, err := c.Send(t.Context(), d)
	later(t, err)
	d.Attempts, d.FirstTried = 1, time.Now().Add(-time.Hour)
	if _, err := c.Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	ms := fake.Messages(testChannel)
	if len(ms) != 2 || strings.Contains(ms[1].Form.Content, "(repeated)") {
		t.Errorf("%d messages, the last %q; want it as new", len(ms), ms[len(ms)-1].Form.Content)
	}
}

func TestBotSaysRepeatedWhereItMayNotLook(t *testing.T) {
	c, fake := fakeBot(t, testToken)
	c.trust = 0
	fake.AddChannel(discordtest.Channel{ID: testChannel, NoHistory: true})
	d := delivery(ferry())
	d.Attempts, d.FirstTried = 3, time.Now().Add(-time.Hour)
	if _, err := c.Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if text := fake.Messages("")[0].Form.Content; !strings.HasSuffix(text, " (repeated)") {
		t.Errorf("content is %q, want it marked as repeated", text)
	}
}

func TestBotAnswers(t *testing.T) {
	for _, tt := range []struct {
		name    string
		set     func(*discordtest.Server)
		kind    string // gone, later or final
		says    string
		waiting time.Duration // asked for, with later
	}{
		{"the channel was deleted", func(s *discordtest.Server) { s.Remove(testChannel) }, "gone", "copy its id anew", 0},
		{"the bot may not see the channel", func(s *discordtest.Server) { s.AddChannel(discordtest.Channel{ID: testChannel, NoAccess: true}) }, "gone", "allow View Channel", 0},
		{"the bot may not post", func(s *discordtest.Server) { s.AddChannel(discordtest.Channel{ID: testChannel, NoPost: true}) }, "gone", "Send Messages", 0},
		{"the channel is a forum", func(s *discordtest.Server) {
			s.AddChannel(discordtest.Channel{ID: testChannel, Kind: discordtest.ForumChannel})
		}, "gone", "is a forum", 0},
		{"the route's limit is used up", func(s *discordtest.Server) {
			s.Script(discordtest.Fault{Kind: discordtest.RouteLimit, After: 1500 * time.Millisecond})
		}, "later", "rate limit", 1500 * time.Millisecond},
		{"the global limit is used up", func(s *discordtest.Server) {
			s.Script(discordtest.Fault{Kind: discordtest.GlobalLimit, After: 30 * time.Second})
		}, "later", "rate limit", 30 * time.Second},
		{"a proxy banned the address, without JSON", func(s *discordtest.Server) {
			s.Script(discordtest.Fault{Kind: discordtest.Banned, After: 60 * time.Second})
		}, "later", "rate limit", 60 * time.Second},
		{"Discord is down", func(s *discordtest.Server) { s.Script(discordtest.Fault{Kind: discordtest.Fails, Status: 500}) }, "later", "500", 0},
		{"a gateway is bad", func(s *discordtest.Server) { s.Script(discordtest.Fault{Kind: discordtest.Fails}) }, "later", "502", 0},
		{"a proxy does not like the request", func(s *discordtest.Server) { s.Script(discordtest.Fault{Kind: discordtest.Fails, Status: 418}) }, "later", "418", 0},
		{"the connection breaks", func(s *discordtest.Server) { s.Script(discordtest.Fault{Kind: discordtest.Drop}) }, "later", "no answer", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, fake := fakeBot(t, testToken)
			tt.set(fake)
			_, err := c.Send(t.Context(), delivery(ferry()))
			if isGone(err) != (tt.kind == "gone") || isLater(err) != (tt.kind == "later") || !strings.Contains(fmt.Sprint(err), tt.says) {
				t.Fatalf("error is %v, want %s and %q", err, tt.kind, tt.says)
			}
			if tt.kind == "later" && later(t, err).After != tt.waiting {
				t.Errorf("asks to wait %s, want %s", later(t, err).After, tt.waiting)
			}
			if len(fake.Messages("")) != 0 {
				t.Errorf("%d messages, want none", len(fake.Messages("")))
			}
		})
	}
}

func TestBotStopsAfterAWrongToken(t *testing.T) {
	wrong := strings.Replace(testToken, "abc", "xyz", 1)
	c, fake := fakeBot(t, wrong)
	for range 5 {
		_, err := c.Send(t.Context(), delivery(ferry()))
		if !isGone(err) || !strings.Contains(err.Error(), "token is not right") || strings.Contains(err.Error(), wrong) {
			t.Fatalf("error is %v, want one that says the token is wrong and does not show it", err)
		}
	}
	if fake.Requests() != 1 || fake.Invalid() != 1 {
		t.Errorf("%d requests, %d invalid; want one", fake.Requests(), fake.Invalid())
	}
}

func TestBotWaitsForALimitBeforeItIsHit(t *testing.T) {
	c, fake := fakeBot(t, testToken)
	fake.SetRateLimit(2, 400*time.Millisecond)
	for i := range 7 {
		d := delivery(ferry())
		d.ID = fmt.Sprintf("d%d", i)
		if _, err := c.Send(t.Context(), d); err != nil {
			t.Fatalf("message %d: %v", i, err)
		}
	}
	if fake.Invalid() != 0 || len(fake.Messages("")) != 7 {
		t.Errorf("%d answers of 429, %d messages; want none and 7", fake.Invalid(), len(fake.Messages("")))
	}
}

func TestAGlobalLimitHoldsAllChannels(t *testing.T) {
	c, fake := fakeBot(t, testToken)
	other, err := c.bot.Channel("300000000000000002")
	if err != nil {
		t.Fatal(err)
	}
	fake.AddChannel(discordtest.Channel{ID: other.id})
	fake.Script(discordtest.Fault{Kind: discordtest.GlobalLimit, After: time.Minute})
	_, err = c.Send(t.Context(), delivery(ferry()))
	later(t, err)
	_, err = other.Send(t.Context(), delivery(ferry()))
	if l := later(t, err); l.After < 50*time.Second {
		t.Errorf("asks to wait %s, want about a minute", l.After)
	}
	if fake.Requests() != 1 {
		t.Errorf("%d requests, want only the one that was limited", fake.Requests())
	}
}

func TestBotGivesUpAWaitWithItsContext(t *testing.T) {
	c, fake := fakeBot(t, testToken)
	fake.SetRateLimit(1, 8*time.Second)
	if _, err := c.Send(t.Context(), delivery(ferry())); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	began := time.Now()
	if _, err := c.Send(ctx, delivery(ferry())); err == nil || time.Since(began) > 4*time.Second {
		t.Errorf("%v after %s, want an error at once", err, time.Since(began))
	}
}

// TestBotThroughRandomFaults sends alerts as the dispatcher does through a
// Discord on which every third request goes wrong in one way or another.
func TestBotThroughRandomFaults(t *testing.T) {
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 1)) // used with the fake's lock held
	c, fake := fakeBot(t, testToken)
	c.trust = 20 * time.Millisecond
	fake.SetNonceWindow(40 * time.Millisecond)
	fake.Chance(func(r *http.Request) discordtest.Fault {
		ms := time.Millisecond
		faults := []discordtest.Fault{
			{Kind: discordtest.RouteLimit, After: 3 * ms}, {Kind: discordtest.GlobalLimit, After: 3 * ms}, {Kind: discordtest.Fails, Status: 500}, {Kind: discordtest.Fails},
			{Kind: discordtest.FailsAfter}, {Kind: discordtest.FailsAfter, Status: 503}, {Kind: discordtest.Drop}, {Kind: discordtest.DropAfter}, {Kind: discordtest.Slow, After: 2 * ms},
		}
		if n := rnd.IntN(len(faults) * 3); n < len(faults) {
			return faults[n]
		}
		return discordtest.Fault{}
	})
	unlimited(c)
	const alerts = 150
	for i := range alerts {
		d := delivery(ferry())
		d.ID = fmt.Sprintf("d%d", i)
		for tried := false; ; tried = true {
			if !tried {
				d.FirstTried = time.Now()
			}
			_, err := c.Send(t.Context(), d)
			if err == nil {
				break
			}
			time.Sleep(min(later(t, err).After, 5*time.Millisecond) + pause(i))
			d.Attempts++
		}
	}
	count := map[string]int{}
	for _, m := range fake.Messages("") {
		count[string(m.Form.Nonce)]++
	}
	for i := range alerts {
		if n := count[fmt.Sprintf("%q", fmt.Sprintf("d%d", i))]; n != 1 {
			t.Errorf("seed %d: alert %d arrived %d times, want once", seed, i, n)
		}
	}
	if p := fake.Problems(); len(p) > 0 {
		t.Errorf("refused forms: %q", p)
	}
}

// pause is a wait that is sometimes longer than the nonces are remembered.
func pause(i int) time.Duration {
	if i%10 == 0 {
		return 45 * time.Millisecond
	}
	return time.Duration(i%3) * time.Millisecond
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	for _, tt := range []struct {
		name  string
		token string
		set   func(*discordtest.Server)
		fine  string
		wrong string
	}{
		{"all is well", testToken, nil, "stet posts to #corrections", ""},
		{"the token is wrong", strings.ToUpper(testToken), nil, "", "the bot cannot log in: Discord answered 401: 401: Unauthorized; the bot's token is not right"},
		{"the channel is gone", testToken, func(s *discordtest.Server) { s.Remove(testChannel) }, "", "the channel does not exist"},
		{"the bot was not invited", testToken, func(s *discordtest.Server) { s.AddChannel(discordtest.Channel{ID: testChannel, NoAccess: true}) }, "", "invite it to the server"},
		{"a permission is missing", testToken, func(s *discordtest.Server) {
			s.AddChannel(discordtest.Channel{ID: testChannel, NoPost: true, NoHistory: true})
		}, "", "lacks Send Messages, Read Message History there"},
		{"the channel is a forum", testToken, func(s *discordtest.Server) {
			s.AddChannel(discordtest.Channel{ID: testChannel, Kind: discordtest.ForumChannel})
		}, "", "is a forum"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, fake := fakeBot(t, tt.token)
			if tt.set != nil {
				tt.set(fake)
			}
			said, err := c.Check(t.Context())
			if said != tt.fine || (err != nil) != (tt.wrong != "") || !strings.Contains(fmt.Sprint(err), tt.wrong) && tt.wrong != "" {
				t.Errorf("Check = %q, %v; want %q, %q", said, err, tt.fine, tt.wrong)
			}
		})
	}
}

func TestBotConfigMistakes(t *testing.T) {
	for _, tt := range []struct{ name, token, api, channel, want string }{
		{"no token", "", "", testChannel, "this is no bot token"},
		{"a client id for a token", "1000000001", "", testChannel, "this is no bot token"},
		{"an address without a scheme", testToken, "discord.example/api", testChannel, "api_url"},
		{"a channel's name for its id", testToken, "", "#corrections", "Copy Channel ID"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, err := NewBot(BotConfig{Token: tt.token, APIURL: tt.api})
			if err == nil {
				_, err = b.Channel(tt.channel)
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error is %v, want %q", err, tt.want)
			}
		})
	}
}

func TestNothingPrintsTheToken(t *testing.T) {
	c, _ := fakeBot(t, testToken)
	w, err := NewWebhook("https://discord.example/api/webhooks/1/secrettoken", http.DefaultClient, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprintf("%v %+v %#v", c.bot, c.bot, c.bot), fmt.Sprintf("%v %+v %#v", c, c, c), fmt.Sprintf("%v %+v %#v", w, w, w), c.Fingerprint(), w.Fingerprint()} {
		if strings.Contains(text, testToken) || strings.Contains(text, "secrettoken") {
			t.Errorf("a token shows in %q", text)
		}
	}
}
