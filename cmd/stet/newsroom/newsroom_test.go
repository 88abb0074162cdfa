package newsroom

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"stet/watcher/fetch"
)

// start is the newsroom's time in these tests.
var start = time.Date(2026, time.November, 24, 14, 0, 0, 0, time.UTC)

func opened(t *testing.T) *Newsroom { return seeded(t, 7) }

func seeded(t *testing.T, seed uint64) *Newsroom {
	t.Helper()
	n, err := New(Options{Seed: seed, Start: start})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// get asks the newsroom for a path, as a client that takes gzip.
func get(t *testing.T, n *Newsroom, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080"+path, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	n.Handler().ServeHTTP(w, r)
	return w.Result()
}

// raw is an answer's body with its content coding removed.
func raw(t *testing.T, resp *http.Response) []byte {
	t.Helper()
	body := io.Reader(resp.Body)
	if resp.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(body)
		if err != nil {
			t.Fatal(err)
		}
		body = z
	}
	out, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// page is the decoded page at a path.
func page(t *testing.T, n *Newsroom, path string) string {
	t.Helper()
	resp := get(t, n, path)
	r, err := charset.NewReader(strings.NewReader(string(raw(t, resp))), resp.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// visible is a page's text as readers see it, white space folded.
func visible(t *testing.T, page string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// text is what a story says now, whatever its address serves: headline,
// standfirst and blocks, without marks, white space folded.
func text(n *Newsroom, slug string) []string {
	v := n.current(slug)
	texts := []string{v.Headline}
	if v.Standfirst != "" {
		texts = append(texts, v.Standfirst)
	}
	for _, b := range v.Blocks {
		texts = append(texts, b.plain())
	}
	for i, s := range texts {
		texts[i] = strings.Join(strings.Fields(s), " ")
	}
	return texts
}

func TestTheNewsroomIsVaried(t *testing.T) {
	languages, layouts, outlets := map[string]bool{}, map[string]bool{}, map[string]bool{}
	list := opened(t).Stories()
	for _, s := range list {
		languages[s.Language], layouts[s.Layout], outlets[s.Outlet] = true, true, true
	}
	if len(list) < 12 || len(layouts) < 12 || len(languages) < 3 || len(outlets) < 8 {
		t.Errorf("%d stories, %d layouts, %d languages, %d outlets", len(list), len(layouts), len(languages), len(outlets))
	}
}

func TestEveryPageIsWhole(t *testing.T) {
	n := opened(t)
	for _, s := range n.Stories() {
		t.Run(s.Layout, func(t *testing.T) {
			p := page(t, n, s.Path)
			for _, tag := range []string{"div", "p", "ul", "ol", "li", "article", "section", "aside", "span", "figure", "h1", "h2", "h3", "a", "table", "td", "main", "font", "blockquote"} {
				opened := len(regexp.MustCompile(`(?i)<`+tag+`[\s>]`).FindAllString(p, -1))
				closed := len(regexp.MustCompile(`(?i)</`+tag+`>`).FindAllString(p, -1))
				if opened != closed && !(tag == "p" && s.Layout == "table") {
					t.Errorf("%d <%s> and %d </%s>", opened, tag, closed, tag)
				}
			}
			if n := strings.Count(strings.ToLower(p), "<h1"); n != 1 {
				t.Errorf("%d h1, want 1", n)
			}
			if strings.Contains(p, "ZgotmplZ") || strings.Contains(p, "<no value>") {
				t.Errorf("the layout was filled with something it may not hold")
			}
			if words := len(strings.Fields(visible(t, p))); words < 300 && s.Language != "ja" {
				t.Errorf("%d words on the page, want a whole one", words)
			}
		})
	}
}

func TestThePagesOwnMetadataIsJSON(t *testing.T) {
	n := opened(t)
	data := regexp.MustCompile(`(?s)<script type="application/ld\+json"[^>]*>(.*?)</script>`)
	with := 0
	for _, s := range n.Stories() {
		m := data.FindStringSubmatch(page(t, n, s.Path))
		if m == nil {
			continue
		}
		with++
		var got struct{ Headline, DatePublished, DateModified string }
		if err := json.Unmarshal([]byte(m[1]), &got); err != nil {
			t.Errorf("%s: %v in %s", s.Slug, err, m[1])
			continue
		}
		if v := n.current(s.Slug); got.Headline != v.Headline {
			t.Errorf("%s: its JSON-LD has the headline %q, want %q", s.Slug, got.Headline, v.Headline)
		}
		if _, err := time.Parse(time.RFC3339, got.DateModified); err != nil {
			t.Errorf("%s: dateModified: %v", s.Slug, err)
		}
	}
	if with < 6 {
		t.Errorf("%d pages have JSON-LD, want most of them", with)
	}
}

func TestRobotsMayReadEveryStory(t *testing.T) {
	n := opened(t)
	server := httptest.NewServer(n.Handler())
	defer server.Close()
	o := fetch.DefaultOptions()
	o.AllowPrivate, o.PerHostInterval = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, 0
	c, err := fetch.New(o)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, s := range n.Stories() {
		if _, err := c.Get(t.Context(), fetch.Request{URL: server.URL + s.Path}); err != nil {
			t.Errorf("a polite client gets no story %s: %v", s.Slug, err)
		}
	}
}

func TestNewRefusesWhatItCannotPlay(t *testing.T) {
	for _, o := range []Options{{}, {Start: start, Pace: -1}} {
		if n, err := New(o); err == nil {
			t.Errorf("New(%+v) = %v, want an error", o, n)
		}
	}
}

func TestAStoryStaysWhileItsPageNeverDoes(t *testing.T) {
	n := opened(t)
	for _, s := range n.Stories() {
		t.Run(s.Slug, func(t *testing.T) {
			pages := map[string]bool{}
			for range 8 {
				p := page(t, n, s.Path)
				pages[p] = true
				shown := visible(t, p)
				for _, b := range text(n, s.Slug) {
					if !strings.Contains(shown, b) {
						t.Fatalf("the page lacks %q", b)
					}
				}
			}
			if len(pages) != 8 {
				t.Errorf("8 requests gave %d different pages, want 8", len(pages))
			}
		})
	}
}

func TestEveryKindOfNoiseIsOnAStoryThatIsNeverEdited(t *testing.T) {
	n := opened(t)
	edited := map[string]bool{}
	for _, st := range n.Script() {
		edited[st.Story] = true
	}
	kinds := []struct {
		name  string
		marks string // what one request gives
	}{
		{"tokens in scripts and attributes", `[0-9a-f]{16}`},
		{"class hashes", `css-[0-9a-f]{6}`},
		{"times ago", `\d+\s?(minutes ago|min ago|分前)`},
		{"counts of comments", `\d+ comments`},
		{"adverts", `(?s)<p>(Advertisement|広告)</p>\s*<p>.*?</p>|<div class="ad-side">.*?</div>`},
		{"related and most-read lists", `(?s)<section class="widget widget_recent_entries">.*?</section>|<div class="ranking">.*?</div>`},
		{"promotion lines", `(?s)<section class="widget widget_text">.*?</section>|<p class="h-promo">.*?</p>`},
		{"white space", `I went\s+down\s+to\s+the\s+slipway\s+on\s+Sunday\s+at\s+low\s+water`},
	}
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			marks := regexp.MustCompile(k.marks)
			for _, s := range n.Stories() {
				if edited[s.Slug] {
					continue
				}
				seen := map[string]bool{}
				for range 12 {
					seen[strings.Join(marks.FindAllString(page(t, n, s.Path), -1), "\n")] = true
				}
				if len(seen) > 3 {
					return
				}
			}
			t.Errorf("no story without an edit has %s that differ", k.name)
		})
	}
}

func TestEachStepChangesItsStoryAndNoOther(t *testing.T) {
	n := opened(t)
	texts := func() map[string][]string {
		m := map[string][]string{}
		for _, s := range n.Stories() {
			m[s.Slug] = text(n, s.Slug)
		}
		return m
	}
	expected := n.Expected()
	for i := 0; ; i++ {
		before := texts()
		st, ok := n.Advance()
		if !ok {
			break
		}
		after := texts()
		for slug := range before {
			if slug != st.Story && !slices.Equal(before[slug], after[slug]) {
				t.Errorf("%s: the text of %s moved too", st.Says, slug)
			}
		}
		at := slices.IndexFunc(expected, func(e Expectation) bool { return e.Step == i })
		if at < 0 || expected[at].Field == "" {
			if !slices.Equal(before[st.Story], after[st.Story]) {
				t.Errorf("%s: its text moved, though nothing is expected of it", st.Says)
			}
			continue
		}
		w := expected[at].Want
		old, new := strings.Join(before[st.Story], "\n"), strings.Join(after[st.Story], "\n")
		if w.Old != "" && strings.Count(old, w.Old) <= strings.Count(new, w.Old) && w.Nature != "correction" {
			t.Errorf("%s: %q was not taken away", st.Says, w.Old)
		}
		if w.New != "" && strings.Count(new, w.New) <= strings.Count(old, w.New) {
			t.Errorf("%s: %q did not come", st.Says, w.New)
		}
	}
}

func TestWhatTheAddressesAnswer(t *testing.T) {
	n := opened(t)
	path := func(slug string) string {
		list := n.Stories()
		return list[slices.IndexFunc(list, func(s Story) bool { return s.Slug == slug })].Path
	}
	if resp := get(t, n, path("lottery")); resp.StatusCode != 200 {
		t.Fatalf("lottery before the script: %s", resp.Status)
	}
	etag := get(t, n, path("ferry")).Header.Get("ETag")
	if resp := get(t, n, path("ferry"), "If-None-Match", etag); resp.StatusCode != 304 {
		t.Errorf("ferry with its own ETag %s: %s, want 304", etag, resp.Status)
	}
	modified := get(t, n, path("fair")).Header.Get("Last-Modified")
	if resp := get(t, n, path("fair"), "If-Modified-Since", modified); resp.StatusCode != 304 {
		t.Errorf("fair with its own Last-Modified %s: %s, want 304", modified, resp.Status)
	}
	if h := get(t, n, path("klinik")).Header; h.Get("ETag") != "" || h.Get("Last-Modified") != "" {
		t.Errorf("klinik has validators: %v", h)
	}
	if got := get(t, n, path("pont")).Header.Get("Content-Type"); got != "text/html; charset=windows-1252" {
		t.Errorf("pont is sent as %s", got)
	}
	if b := raw(t, get(t, n, path("pont"))); !strings.Contains(string(b), "Br\xe9vannes") {
		t.Errorf("pont is not encoded in windows-1252")
	}
	for st, ok := n.Advance(); ok; st, ok = n.Advance() {
		if st.Story == "archivo" && strings.Contains(st.Says, "in front") {
			if p := page(t, n, path("archivo")); !strings.Contains(p, `type="password"`) || strings.Contains(p, "Ledesma") {
				t.Errorf("archivo has no login wall: %s", p)
			}
		}
	}
	if resp := get(t, n, path("ferry"), "If-None-Match", etag); resp.StatusCode != 200 {
		t.Errorf("ferry with the ETag from before the edit: %s, want 200", resp.Status)
	}
	if resp := get(t, n, path("lottery")); resp.StatusCode != 410 {
		t.Errorf("lottery after the script: %s, want 410", resp.Status)
	}
	for _, p := range []string{"/", "/marlhaven-post/", "/robots.txt", "/lumen-post/", "/revue-lumen/img/verre-0.svg"} {
		want := 200
		if p == "/lumen-post/" {
			want = 404
		}
		if resp := get(t, n, p); resp.StatusCode != want {
			t.Errorf("GET %s: %s, want %d", p, resp.Status, want)
		}
	}
}

func TestRunPlaysEachStepAtItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := opened(t)
		begin := time.Now()
		var played int
		err := n.Run(t.Context(), func(st Step) {
			if got := time.Since(begin); got != st.At {
				t.Errorf("%s: played at %s, want %s", st.Says, got, st.At)
			}
			played++
		})
		if err != nil || played != len(n.Script()) {
			t.Errorf("Run = %v after %d steps, want nil after %d", err, played, len(n.Script()))
		}
	})
}

func TestRunEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
		defer cancel()
		n := opened(t)
		if err := n.Run(ctx, func(Step) {}); err != context.DeadlineExceeded {
			t.Errorf("Run = %v, want %v", err, context.DeadlineExceeded)
		}
	})
}

func TestStepsOfOneStoryLeaveTimeToBeSeen(t *testing.T) {
	last := map[string]time.Duration{}
	n := opened(t)
	for _, st := range n.Script() {
		if at, ok := last[st.Story]; ok && st.At-at < 7*time.Second {
			t.Errorf("%s: %s after the step before", st.Says, st.At-at)
		}
		last[st.Story] = st.At
	}
	if n.Length() > 30*time.Second {
		t.Errorf("the script takes %s", n.Length())
	}
}
