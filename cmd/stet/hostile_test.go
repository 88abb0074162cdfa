package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
)

// storyPage is a page of an invented outlet, with the figure given.
func storyPage(figure string) string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Quay collapse frees fourteen boats - Pell Haven Courier</title>
<meta property="og:title" content="Quay collapse frees fourteen boats"><meta property="og:site_name" content="Pell Haven Courier"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<main><article><h1>Quay collapse frees fourteen boats</h1><p class="byline">By Wim Carver</p>
<p>Fourteen fishing boats were torn from their moorings in Pell Haven on Monday night when the north quay gave way, the harbour office said.</p>
<p>Nobody was aboard, but ` + figure + ` people who had come to secure the lines were taken to hospital with cuts and bruises, according to the ambulance service.</p>
<p>The council said that engineers had inspected the quay in March and found no cause for alarm, and that a full report would be published next week.</p>
<p>Ferries to the outer islands will leave from the south pier until further notice, and the fish market stays shut on Tuesday.</p>
</article></main>
<aside class="most-read"><h3>Most read</h3><ol><li><a href="/a">Bus fares rise again</a></li></ol></aside>
<footer>Pell Haven Courier</footer></body></html>`
}

// hostile answers with pages that are not what they should be.
func hostile(w http.ResponseWriter, r *http.Request) {
	html := func(body string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, body)
	}
	switch strings.TrimPrefix(r.URL.Path, "/") {
	case "robots.txt":
		http.NotFound(w, r)
	case "empty":
		html("")
	case "picture":
		w.Header().Set("Content-Type", "image/png")
		w.Write([]byte("\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01\x02", 5000)))
	case "large":
		html(strings.Repeat("<p>The harbour office said so, and said it again on Monday.</p>\n", 100<<20/64))
	case "endless":
		w.Header().Set("Content-Type", "text/html")
		for r.Context().Err() == nil {
			if _, err := fmt.Fprint(w, strings.Repeat("<div>", 1000)); err != nil {
				return
			}
		}
	case "bomb":
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		zeros := bytes.Repeat([]byte{'0'}, 1<<20)
		for range 1024 {
			if _, err := z.Write(zeros); err != nil {
				return
			}
		}
		z.Close()
	case "truncated":
		w.Header().Set("Content-Length", "100000")
		html(storyPage("12"))
	case "deep":
		html("<title>x</title>" + strings.Repeat("<div>", 1_000_000) + "so deep")
	case "wrong-charset":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		text, _ := japanese.ShiftJIS.NewEncoder().String(strings.Repeat("<p>港の古い岸壁が月曜日の夜に崩れ、十四隻の漁船が流された。けが人はいないと港湾局は述べた。</p>", 8))
		fmt.Fprint(w, "<!doctype html><title>岸壁が崩れる</title><h1>"+text+"</h1>")
	case "loop":
		http.Redirect(w, r, "/loop?"+r.URL.RawQuery+"x", http.StatusFound)
	case "inward":
		http.Redirect(w, r, "http://10.0.0.8/", http.StatusFound)
	case "down":
		w.WriteHeader(http.StatusServiceUnavailable)
	case "scripts":
		html(`<!doctype html><title>Quay</title><div id="root"></div><script src="/app.js"></script><noscript>You need to enable JavaScript to run this app.</noscript>`)
	}
}

// TestHostilePages looks at pages that must never become a revision, and wants
// a sentence that a person understands for each.
func TestHostilePages(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(hostile))
	defer server.Close()
	r := newRoom(t, "")
	for _, tt := range []struct{ page, result, failure, reason string }{
		{"empty", "quarantined", "", "empty"},
		{"picture", "quarantined", "", "not HTML"},
		{"large", "failed", "too_large", "5 MiB"},
		{"endless", "failed", "too_large", "5 MiB"},
		{"bomb", "failed", "too_large", "5 MiB"},
		{"truncated", "failed", "truncated", ""},
		{"deep", "quarantined", "", ""},
		{"loop", "failed", "redirect", "redirect"},
		{"inward", "refused", "guard", "10.0.0.8 is a private address"},
		{"down", "failed", "server_error", "503"},
		{"scripts", "quarantined", "", "script"},
	} {
		t.Run(tt.page, func(t *testing.T) {
			url := server.URL + "/" + tt.page
			r.stet("watch", "add", url)
			cmd := r.command(t.Context(), "check", url, "--json")
			out, err := cmd.Output()
			if err == nil {
				t.Error("stet check exits with 0, want 1: every look failed")
			}
			var row struct{ Result, Reason string }
			if err := json.Unmarshal(out, &row); err != nil {
				t.Fatalf("stet check printed %q: %v", out, err)
			}
			if row.Result != tt.result || !strings.Contains(row.Reason, tt.reason) {
				t.Errorf("result %q, reason %q; want %q, with %q in it", row.Result, row.Reason, tt.result, tt.reason)
			}
			var shown struct{ Failure string }
			if err := json.Unmarshal([]byte(r.stet("watch", "show", url, "--json")), &shown); err != nil {
				t.Fatal(err)
			}
			if shown.Failure != tt.failure {
				t.Errorf("watch show says the failure is %q, want %q", shown.Failure, tt.failure)
			}
			if history := r.stet("history", url, "--json"); history != "" {
				t.Errorf("a revision was kept: %s", history)
			}
		})
	}
	t.Run("a page that is wrongly labelled is read all the same", func(t *testing.T) {
		out := r.stet("check", server.URL+"/wrong-charset")
		if !strings.Contains(out, "十四隻の漁船") {
			t.Errorf("stet check printed %s", out)
		}
	})
}
