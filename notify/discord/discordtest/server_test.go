package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// post posts a message to the channel 5 and returns the answer.
func post(s *Server, body string) *httptest.ResponseRecorder {
	s.AddChannel(Channel{ID: "5"})
	r := httptest.NewRequest("POST", "/api/v9/channels/5/messages", strings.NewReader(body))
	r.Header.Set("Authorization", "Bot token")
	r.Header.Set("User-Agent", "DiscordBot (https://bot.example, 1)")
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// a returns n letters.
func a(n int) string { return strings.Repeat("a", n) }

func TestEveryLimitIsHeld(t *testing.T) {
	fields := func(n int) string {
		return strings.TrimSuffix(strings.Repeat(`{"name":"n","value":"v"},`, n), ",")
	}
	rows := func(n int) string {
		return strings.TrimSuffix(strings.Repeat(`{"type":1,"components":[{"type":2,"style":5,"label":"x","url":"https://x.example"}]},`, n), ",")
	}
	for _, tt := range []struct{ name, fits, over, path string }{
		{"content", `{"content":"` + a(2000) + `"}`, `{"content":"` + a(2001) + `"}`, "content"},
		{"content in UTF-16 units", `{"content":"` + strings.Repeat("😀", 1000) + `"}`, `{"content":"` + strings.Repeat("😀", 1001) + `"}`, "content"},
		{"title", `{"embeds":[{"title":"` + a(256) + `"}]}`, `{"embeds":[{"title":"` + a(257) + `"}]}`, "embeds.0.title"},
		{"description", `{"embeds":[{"description":"` + a(4096) + `"}]}`, `{"embeds":[{"description":"` + a(4097) + `"}]}`, "embeds.0.description"},
		{"author", `{"embeds":[{"author":{"name":"` + a(256) + `"}}]}`, `{"embeds":[{"author":{"name":"` + a(257) + `"}}]}`, "embeds.0.author.name"},
		{"footer", `{"embeds":[{"footer":{"text":"` + a(2048) + `"}}]}`, `{"embeds":[{"footer":{"text":"` + a(2049) + `"}}]}`, "embeds.0.footer.text"},
		{"fields", `{"embeds":[{"fields":[` + fields(25) + `]}]}`, `{"embeds":[{"fields":[` + fields(26) + `]}]}`, "embeds.0.fields"},
		{"a field's name", `{"embeds":[{"fields":[{"name":"` + a(256) + `","value":"v"}]}]}`, `{"embeds":[{"fields":[{"name":"` + a(257) + `","value":"v"}]}]}`, "embeds.0.fields.0.name"},
		{"a field's value", `{"embeds":[{"fields":[{"name":"n","value":"` + a(1024) + `"}]}]}`, `{"embeds":[{"fields":[{"name":"n","value":"` + a(1025) + `"}]}]}`, "embeds.0.fields.0.value"},
		{"a field without a value", `{"embeds":[{"fields":[{"name":"n","value":"v"}]}]}`, `{"embeds":[{"fields":[{"name":"n","value":" "}]}]}`, "embeds.0.fields.0.value"},
		{"all embeds together", `{"embeds":[{"description":"` + a(4000) + `"},{"description":"` + a(2000) + `"}]}`, `{"embeds":[{"description":"` + a(4000) + `"},{"description":"` + a(2001) + `"}]}`, "embeds"},
		{"embeds", `{"embeds":[` + a10(10) + `]}`, `{"embeds":[` + a10(11) + `]}`, "embeds"},
		{"colour", `{"embeds":[{"title":"x","color":16777215}]}`, `{"embeds":[{"title":"x","color":16777216}]}`, "embeds.0.color"},
		{"an address", `{"embeds":[{"title":"x","url":"https://x.example"}]}`, `{"embeds":[{"title":"x","url":"javascript:alert(1)"}]}`, "embeds.0.url"},
		{"rows", `{"components":[` + rows(5) + `]}`, `{"components":[` + rows(6) + `]}`, "components"},
		{"a link button's address", `{"components":[` + rows(1) + `]}`, `{"components":[` + strings.Replace(rows(1), "https://x.example", "https://x.example/"+a(512), 1) + `]}`, "components.0.components.0.url"},
		{"nonce", `{"content":"x","nonce":"` + a(25) + `","enforce_nonce":true}`, `{"content":"x","nonce":"` + a(26) + `","enforce_nonce":true}`, "nonce"},
		{"mentions", `{"content":"x","allowed_mentions":{"parse":[],"users":["1"]}}`, `{"content":"x","allowed_mentions":{"parse":["users"],"users":["1"]}}`, "allowed_mentions"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := New("token")
			if w := post(s, tt.fits); w.Code != 200 {
				t.Errorf("at the limit: %d %s", w.Code, w.Body)
			}
			w := post(s, tt.over)
			var got struct{ Code int }
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != 400 || got.Code != 50035 {
				t.Errorf("over the limit: %d %s", w.Code, w.Body)
			}
			if p := s.Problems(); len(p) == 0 || !strings.HasPrefix(p[0], tt.path+": ") {
				t.Errorf("problems are %q, want one of %s", p, tt.path)
			}
		})
	}
}

// a10 returns n embeds.
func a10(n int) string { return strings.TrimSuffix(strings.Repeat(`{"title":"x"},`, n), ",") }

func TestANonceBringsTheFirstMessageBackWithinItsWindow(t *testing.T) {
	s := New("token")
	const body = `{"content":"x","nonce":"n1","enforce_nonce":true}`
	first, second := post(s, body).Body.String(), post(s, body).Body.String()
	if first != second || len(s.Messages("5")) != 1 {
		t.Errorf("two messages: %s and %s", first, second)
	}
	s.SetNonceWindow(time.Nanosecond)
	time.Sleep(time.Millisecond)
	post(s, body)
	if n := len(s.Messages("5")); n != 2 {
		t.Errorf("%d messages after the window, want 2", n)
	}
}

func TestARateLimitSaysSoBeforeAndAfter(t *testing.T) {
	s := New("token")
	s.SetRateLimit(2, time.Minute)
	for i, want := range []struct {
		code      int
		remaining string
	}{{200, "1"}, {200, "0"}, {429, "0"}} {
		w := post(s, fmt.Sprintf(`{"content":"%d"}`, i))
		if w.Code != want.code || w.Header().Get("X-RateLimit-Remaining") != want.remaining {
			t.Errorf("post %d: %d, %s remaining; want %+v", i, w.Code, w.Header().Get("X-RateLimit-Remaining"), want)
		}
	}
	if s.Invalid() != 1 {
		t.Errorf("%d invalid requests, want 1", s.Invalid())
	}
}

func TestAnEmptyMessageAndBadJSON(t *testing.T) {
	s := New("token")
	for body, code := range map[string]string{`{}`: `"code":50006`, `{"content":"  "}`: `"code":50006`, `{`: `"code":50109`} {
		if w := post(s, body); w.Code != 400 || !strings.Contains(w.Body.String(), code) {
			t.Errorf("%s: %d %s, want %s", body, w.Code, w.Body, code)
		}
	}
}
