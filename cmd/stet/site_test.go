package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"stet/store"
	"stet/watcher"
)

// A paper shows its stories to who sends a header and a cookie, renews the
// cookie with each, and sends every other reader to a rival.
func TestASubscriptionOpensOnePaperAndIsShownNowhere(t *testing.T) {
	const secret = "hunter2-of-the-subscription"
	var leaked atomic.Value
	rival := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if all := fmt.Sprint(r.Header); strings.Contains(all, secret) || strings.Contains(all, "newsdesk") {
			leaked.Store(all)
		}
		fmt.Fprint(w, sitePage("A rival's story", "east"))
	}))
	t.Cleanup(rival.Close)
	elsewhere := strings.Replace(rival.URL, "127.0.0.1", "localhost", 1)
	var quay atomic.Value
	quay.Store("east")
	paper := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, err := r.Cookie("id")
		w.Header().Set("Set-Cookie", "id="+secret+"-renewed; Path=/")
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.URL.Path == "/away":
			http.Redirect(w, r, elsewhere+"/story", http.StatusFound)
		case r.Header.Get("X-Key") != secret+"-key" || err != nil || id.Value != secret+"-id" || r.UserAgent() != "newsdesk/1" || r.Header.Get("Accept-Language") != "nl":
			http.Error(w, "subscribers only", http.StatusForbidden)
		default:
			fmt.Fprint(w, sitePage("A subscriber's story", quay.Load().(string)))
		}
	}))
	t.Cleanup(paper.Close)

	r := newRoom(t, "[log]\nlevel = \"debug\"\n[[site]]\nhosts = [\"127.0.0.1\"]\nuser_agent = \"newsdesk/1\"\naccept_language = \"nl\"\ncookie_file = \"cookies.txt\"\nheaders = { X-Key = { file = \"key\" } }\n")
	for name, text := range map[string]string{"key": secret + "-key\n", "cookies.txt": "127.0.0.1\tFALSE\t/\tFALSE\t0\tid\t" + secret + "-id\n"} {
		if err := os.WriteFile(filepath.Join(r.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	story, away := paper.URL+"/story", paper.URL+"/away"
	var said strings.Builder
	say := func(args ...string) string {
		out := r.stet(args...)
		said.WriteString(out)
		return out
	}
	say("watch", "add", story, away)
	say("check", "--json", story, away)
	quay.Store("west")
	if out := say("check", "--json", story); !strings.Contains(out, `"result":"changed"`) {
		t.Errorf("the edit of a story for subscribers is not told: %s", out)
	}
	for _, args := range [][]string{{"extract", "--json", story}, {"history", story, "--json"}, {"show", story, "--format", "json"}, {"diff", story, "--format", "html"},
		{"watch", "show", story}, {"watch", "show", away}, {"show", away}, {"status"}, {"doctor"}, {"backup", filepath.Join(r.dir, "copy.db")}} {
		say(args...)
	}
	if !strings.Contains(said.String(), "A subscriber's story") || !strings.Contains(said.String(), "A rival's story") {
		t.Errorf("the stories were not read:\n%s", said.String())
	}
	if all := leaked.Load(); all != nil {
		t.Errorf("the rival was sent %v", all)
	}
	kept := everythingKept(t, filepath.Join(r.dir, "stet.db"))
	if strings.Contains(said.String(), secret) || strings.Contains(kept, secret) {
		t.Errorf("the secret is in what was printed or kept:\n%s%s", said.String(), kept)
	}
}

// sitePage is a story of these tests.
func sitePage(headline, quay string) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>%s</title></head><body><article><h1>%[1]s</h1>
<p>Fourteen boats drifted into the estuary on Monday after the %s quay gave way, the harbour office of Lindhaven said in the evening.</p>
<p>The council meets on Thursday to hear what the repair of the quay, built in 1931, is going to cost the town, and who is to pay for it.</p></article></body></html>`, headline, quay)
}

// everythingKept returns what a store holds of its watches, unpacked, and the
// bytes of its file.
func everythingKept(t *testing.T, path string) string {
	t.Helper()
	var all bytes.Buffer
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all.Write(raw)
	db, err := store.Open(t.Context(), "sqlite:"+path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	found, err := watches(t.Context(), db, watcher.Filter{})
	if err != nil || len(found) != 2 {
		t.Fatalf("%d watches, %v", len(found), err)
	}
	for _, w := range found {
		steps, _, err := db.Steps(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		revision, err := db.Latest(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		first, err := db.Capture(t.Context(), revision.ID)
		if err != nil {
			t.Fatal(err)
		}
		latest, err := db.LatestCapture(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "%v %v %v %s %v %s %v", w, steps, first.Header, first.Body, latest.Header, latest.Body, revision.Article)
	}
	return all.String()
}
