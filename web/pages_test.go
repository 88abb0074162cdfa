package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stet/watcher"
)

// serve returns a Server over the library whose clock stands at now.
func serve(t testing.TB, library Library) *Server {
	t.Helper()
	s, err := New(library, Options{
		BaseURL: "http://stet.newsroom.example:8321",
		Zone:    time.FixedZone("CET", 3600),
		Now:     func() time.Time { return now },
		Metrics: func(w io.Writer) { fmt.Fprintln(w, "stet_up 1") },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get asks for a path as a browser on this machine does.
func get(s http.Handler, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = "127.0.0.1:8321"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func parse(t *testing.T, path string, page *httptest.ResponseRecorder) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page.Body.String()))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return doc
}

func elements(doc *html.Node, a atom.Atom) []*html.Node {
	var found []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.DataAtom == a {
			found = append(found, n)
		}
	}
	return found
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// inline are the elements that do not part the words around them.
var inline = map[atom.Atom]bool{atom.Bdi: true, atom.B: true, atom.A: true, atom.Span: true, atom.Time: true, atom.Ins: true, atom.Del: true}

// text returns what a page says, each run of white space as one space.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.Type == html.ElementNode && !inline[d.DataAtom]:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// crawl asks for every page that can be reached from the start, and gives each
// to look. It fails the test for a link to nowhere.
func crawl(t *testing.T, s http.Handler, look func(path string, page *httptest.ResponseRecorder, doc *html.Node)) {
	t.Helper()
	seen, queue := map[string]bool{"/": true}, []string{"/"}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		page := get(s, path)
		if page.Code == http.StatusSeeOther {
			page = get(s, page.Header().Get("Location"))
		}
		if page.Code != http.StatusOK {
			t.Errorf("GET %s = %d, want 200: %.300s", path, page.Code, page.Body)
			continue
		}
		if !strings.HasPrefix(page.Header().Get("Content-Type"), "text/html") {
			continue
		}
		doc := parse(t, path, page)
		look(path, page, doc)
		for _, next := range links(t, path, doc) {
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	if len(seen) < 30 {
		t.Errorf("only %d pages were reached", len(seen))
	}
}

// links returns the addresses of this server that a page names, and checks
// that its fragments stand in it.
func links(t *testing.T, path string, doc *html.Node) []string {
	t.Helper()
	ids := make(map[string]bool)
	for n := range doc.Descendants() {
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("%s: id %q stands twice", path, id)
			}
			ids[id] = true
		}
	}
	var found []string
	for n := range doc.Descendants() {
		href := attr(n, "href")
		if href == "" || n.Type != html.ElementNode {
			continue
		}
		u, err := url.Parse(href)
		switch {
		case err != nil:
			t.Errorf("%s: link %q: %v", path, href, err)
		case u.Scheme == "" && u.Host == "" && u.Path == "" && u.RawQuery == "":
			if !ids[u.Fragment] {
				t.Errorf("%s: nothing has the id of the link %q", path, href)
			}
		case u.Host == "" && u.Scheme == "":
			found = append(found, u.RequestURI())
		case u.Scheme != "http" && u.Scheme != "https":
			t.Errorf("%s: link to %q", path, href)
		}
	}
	return found
}

func TestEveryPageIsWhole(t *testing.T) {
	allowed := map[string]bool{"html": true, "head": true, "meta": true, "title": true, "link": true, "body": true, "svg": true, "symbol": true,
		"path": true, "circle": true, "use": true, "a": true, "header": true, "nav": true, "main": true, "footer": true, "div": true, "p": true, "h1": true,
		"h2": true, "h3": true, "b": true, "span": true, "bdi": true, "section": true, "article": true, "aside": true, "ol": true, "ul": true, "li": true,
		"time": true, "ins": true, "del": true, "dl": true, "dt": true, "dd": true, "details": true, "summary": true, "blockquote": true, "small": true,
		"table": true, "thead": true, "tbody": true, "tr": true, "th": true, "td": true, "form": true, "label": true, "select": true, "option": true,
		"button": true, "code": true}
	crawl(t, serve(t, invented()), func(path string, page *httptest.ResponseRecorder, doc *html.Node) {
		if got := page.Header().Get("Content-Security-Policy"); got != policy {
			t.Errorf("%s: Content-Security-Policy is %q", path, got)
		}
		if len(elements(doc, atom.H1)) != 1 || len(elements(doc, atom.Main)) != 1 {
			t.Errorf("%s: want one h1 and one main", path)
		}
		if title := text(elements(doc, atom.Title)[0]); !strings.HasSuffix(title, " · stet") || len(title) < 10 {
			t.Errorf("%s: title is %q", path, title)
		}
		labels := make(map[string]bool)
		for _, l := range elements(doc, atom.Label) {
			labels[attr(l, "for")] = true
		}
		level := 0
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if !allowed[n.Data] {
				t.Errorf("%s: has an element <%s>", path, n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s> has %s=%q", path, n.Data, a.Key, a.Val)
				}
			}
			if n.DataAtom == atom.Select && !labels[attr(n, "id")] {
				t.Errorf("%s: a select has no label", path)
			}
			if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
				if next := int(n.Data[1] - '0'); next > level+1 {
					t.Errorf("%s: heading %q skips from level %d to %d", path, text(n), level, next)
				} else {
					level = next
				}
			}
		}
		if strings.ContainsRune(page.Body.String(), '\u202e') {
			t.Errorf("%s: lets text turn the page around", path)
		}
	})
}

func TestWhatPagesSay(t *testing.T) {
	tests := []struct {
		name, path string
		want       []string
		not        []string
	}{
		{"the newest changes are told with verdict, outlet and summary", "/",
			[]string{"2 silent of 6 newest", "Marlhaven Post · 3 h 36 min after publication", "removed: ‘ignored’ added: ‘was told of’",
				"12 injured → 19 injured", "Substantive Number Certainty Quote Date r2 → r3", "1 change here is too slight"},
			[]string{"Brücke"}},
		{"slight changes are told on request", "/changes?all=1", []string{"Brücke", "Cosmetic"}, nil},
		{"a later page begins below the number given", "/changes?before=2", []string{"None silent of 1 older"}, []string{"Kestrel"}},
		{"nothing is below the first", "/changes?before=1", []string{"No change is older than this"}, nil},
		{"watches in trouble stand first, with what is wrong", "/stories",
			[]string{"Need you Not the article last look 19:48", "31 looks in a row", "Not allowed by robots.txt", "Too slow", "Not looked at yet", "Paused"}, nil},
		{"stories of one tag", "/stories?tag=courts", []string{"Only those that are tagged “courts”", "Ferry operator"}, []string{"Kestrel"}},
		{"no story has the tag", "/stories?tag=none", []string{"No story is tagged “none”"}, nil},
		{"a story is summed up", "/story/1",
			[]string{"Changed 3 times in 12 h 39 min. One of the changes was silent.", "Correction, added An earlier version", "The note does not cover:",
				"The page said Updated 07:00, unmoved", "Changed between 10:35 and 10:41", "7 min after the time of publication"}, nil},
		{"a story that went says so", "/story/5", []string{"The address no longer serves it", "410"}, nil},
		{"a story not read yet says so", "/story/10", []string{"No revision is kept yet", "Not looked at yet."}, nil},
		{"a diff tells facts, reasons and moves", "/diff/2",
			[]string{"Changed between 10:35 and 10:41 on Tue 17 Nov 2026 · 3 h 36 min after publication · substantive edit · 29 words out, 22 in",
				"¶ 3 moved down to ¶ 8: “Senn Line said that the boat had passed …”", "¶ 8, moved here from ¶ 3", "Quote, ¶ 4 before, removed",
				"¶ 7, added", "2 passages unchanged (¶ 4 to ¶ 5)", "the time shown did not move"}, []string{"Byline"}},
		{"a change without edits has no article", "/diff/7", []string{"Gone", "No word of the story was edited"}, []string{"put in"}},
		{"a revision is clean text", "/story/1/revision/1", []string{"By Ilse Corvane and Tobin Ashgrove", "“Updated 07:00”", "Rescue boats from Ostrey",
			"Watched too, but perhaps not the article’s (1)", "Ledger leaf 101: 9f3ac1d07be401"}, nil},
	}
	s := serve(t, invented())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := get(s, tt.path)
			if page.Code != http.StatusOK {
				t.Fatalf("GET %s = %d", tt.path, page.Code)
			}
			got := text(elements(parse(t, tt.path, page), atom.Main)[0])
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("%s does not say %q, but:\n%s", tt.path, want, got)
				}
			}
			for _, not := range tt.not {
				if strings.Contains(got, not) {
					t.Errorf("%s says %q:\n%s", tt.path, not, got)
				}
			}
		})
	}
}

func TestAnEmptyStoreSaysWhatToDo(t *testing.T) {
	s := serve(t, &newsroom{})
	for _, path := range []string{"/", "/stories"} {
		got := text(elements(parse(t, path, get(s, path)), atom.Main)[0])
		for _, want := range []string{"No story is watched yet", "stet watch add https://"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not say %q, but: %s", path, want, got)
			}
		}
	}
}

func TestLongListsArePaged(t *testing.T) {
	n := invented()
	first := n.alerts[len(n.alerts)-1]
	n.alerts = nil
	for i := range 3*pageOf + 1 {
		a := first
		a.ID = int64(3*pageOf + 1 - i)
		n.alerts = append(n.alerts, a)
	}
	for i := range 2*storiesOf + 1 {
		n.watches = append(n.watches, watcher.Watch{ID: int64(1000 + i), URL: "https://many.example/" + fmt.Sprint(i), State: watcher.Active})
	}
	s := serve(t, n)
	for _, tt := range []struct {
		path, rel, item string
		pages, items    int
	}{
		{"/changes", "Older", "row", 4, 3*pageOf + 1},
		{"/stories", "More", "", 3, len(n.watches)},
	} {
		pages, items := 0, 0
		for path := tt.path; path != "" && pages < 10; pages++ {
			doc := parse(t, path, get(s, path))
			path = ""
			for n := range doc.Descendants() {
				if c := attr(n, "class"); c == "row" || c == "need" || n.DataAtom == atom.Tr && n.Parent.DataAtom == atom.Tbody {
					items++
				}
				if n.DataAtom == atom.A && n.Type == html.ElementNode && text(n) == tt.rel {
					path = attr(n, "href")
				}
			}
		}
		if pages != tt.pages || items != tt.items {
			t.Errorf("%s: %d items on %d pages, want %d on %d", tt.path, items, pages, tt.items, tt.pages)
		}
	}
}

func TestTheSourceIsInertText(t *testing.T) {
	w := get(serve(t, invented()), "/story/4/revision/1/source")
	if w.Code != http.StatusOK {
		t.Fatalf("GET = %d", w.Code)
	}
	want := "<!doctype html><title>" + hostile + "</title>\r\n<script>alert('page')</script>"
	if got := w.Body.String(); got != want {
		t.Errorf("the source came as %q, want it byte for byte %q", got, want)
	}
	for key, want := range map[string]string{
		"Content-Type":            "text/plain; charset=utf-8",
		"X-Content-Type-Options":  "nosniff",
		"Content-Disposition":     `inline; filename="story-4-revision-1.html.txt"`,
		"Content-Security-Policy": policy + "; sandbox",
	} {
		if got := w.Header().Get(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}

func TestBadAddresses(t *testing.T) {
	s := serve(t, invented())
	for path, want := range map[string]int{
		"/nope":                         404,
		"/story/0":                      404,
		"/story/-1":                     404,
		"/story/+1":                     404,
		"/story/01":                     404,
		"/story/1e3":                    404,
		"/story/99":                     404,
		"/story/9223372036854775807":    404,
		"/story/9223372036854775808":    404,
		"/story/1/revision/9":           404,
		"/story/1/revision/99999999999": 404,
		"/story/1/revision/9/source":    404,
		"/story/99/diff?from=1&to=2":    404,
		"/story/1/diff?from=1&to=9":     404,
		"/story/1/diff":                 400,
		"/story/1/diff?from=2&to=2":     400,
		"/story/1/diff?from=x&to=2":     400,
		"/diff/99":                      404,
		"/diff/9223372036854775807":     404,
		"/diff/<script>":                404,
		"/changes?before=-1":            400,
		"/changes?before=x":             400,
		"/stories?page=0":               400,
		"/stories?page=99999999999":     400,
		"/stories?state=gone":           400,
		"/static/none.css":              404,
		"/static/..%2fweb.go":           404,
		"/static/":                      404,
		"/" + strings.Repeat("a", 2000): 414,
	} {
		u := (&url.URL{Path: path}).String()
		if strings.ContainsAny(path, "?%") {
			u = path
		}
		page := get(s, u)
		if page.Code != want {
			t.Errorf("GET %s = %d, want %d", path, page.Code, want)
			continue
		}
		if h1 := elements(parse(t, path, page), atom.H1); len(h1) != 1 || text(h1[0]) == "" {
			t.Errorf("GET %s: the page has no sentence: %s", path, page.Body)
		}
	}
}

func TestTwoRevisionsInARowShowTheChangeThatWasKept(t *testing.T) {
	s := serve(t, invented())
	for _, path := range []string{"/story/1/diff?from=2&to=3", "/story/1/diff?from=3&to=2"} {
		w := get(s, path)
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/diff/2" {
			t.Errorf("GET %s = %d to %q, want 303 to /diff/2", path, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestAFailingStoreIsSaidOnThePage(t *testing.T) {
	n := invented()
	n.err = errors.New("disk I/O error at /secret/place")
	s := serve(t, n)
	for _, path := range []string{"/", "/stories", "/story/1", "/diff/2", "/story/1/revision/1", "/story/1/revision/1/source", "/story/1/diff?from=1&to=3"} {
		page := get(s, path)
		if page.Code != http.StatusInternalServerError {
			t.Errorf("GET %s = %d, want 500", path, page.Code)
		}
		if got := page.Body.String(); !strings.Contains(got, "Nothing is lost") || strings.Contains(got, "secret") {
			t.Errorf("GET %s says: %s", path, got)
		}
	}
	if got := get(s, "/readyz").Code; got != http.StatusServiceUnavailable {
		t.Errorf("GET /readyz = %d, want 503", got)
	}
	if got := get(s, "/healthz").Code; got != http.StatusOK {
		t.Errorf("GET /healthz = %d, want 200 while the process lives", got)
	}
}

func TestASlowStoreIsWaitedForFiveSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := invented()
		n.slow = make(chan struct{})
		s := serve(t, n)
		start := time.Now()
		page := get(s, "/story/1")
		if took := time.Since(start); page.Code != http.StatusServiceUnavailable || took != storeTimeout {
			t.Errorf("GET = %d after %s, want 503 after %s", page.Code, took, storeTimeout)
		}
		if !strings.Contains(page.Body.String(), "did not answer within 5 seconds") {
			t.Errorf("the page says: %s", page.Body)
		}
	})
}

func TestProbesAndMetrics(t *testing.T) {
	s := serve(t, invented())
	for path, want := range map[string]string{"/healthz": "ok\n", "/readyz": "ready\n", "/metrics": "stet_up 1\n"} {
		if w := get(s, path); w.Code != http.StatusOK || w.Body.String() != want {
			t.Errorf("GET %s = %d %q, want 200 %q", path, w.Code, w.Body, want)
		}
	}
	bare, err := New(invented(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if w := get(bare, "/metrics"); w.Code != http.StatusNotFound {
		t.Errorf("GET /metrics without Options.Metrics = %d, want 404", w.Code)
	}
}
