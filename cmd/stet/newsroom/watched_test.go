package newsroom

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"stet/watcher/article"
	"stet/watcher/compare"
)

// A watched story is read as stet's check does, without store and network.
type watched struct {
	Story
	latest  article.Article
	outline article.Outline
	earlier []compare.Version
}

// look reads a story's page as it is served now.
func (w *watched) look(t *testing.T, n *Newsroom) article.Article {
	t.Helper()
	resp := get(t, n, w.Path)
	now, outline := article.Reread(article.Page{
		URL:         "http://127.0.0.1:8080" + w.Path,
		ContentType: resp.Header.Get("Content-Type"),
		Status:      resp.StatusCode,
		Body:        raw(t, resp),
	}, w.outline)
	if now.Kind.Story() {
		w.outline = outline
	}
	return now
}

// next is what changed since the latest revision; a change is kept.
func (w *watched) next(t *testing.T, n *Newsroom) compare.Change {
	t.Helper()
	now := w.look(t, n)
	change := compare.Compare(w.latest, now)
	version := compare.Version{Number: len(w.earlier) + 1, Hash: now.Hash(), Headline: now.Headline}
	change = compare.Settle(change, w.earlier, version)
	if change.Changed {
		w.latest, w.earlier = now, append(w.earlier, version)
	}
	return change
}

// watch takes the first look at every story.
func watch(t *testing.T, n *Newsroom) map[string]*watched {
	t.Helper()
	all := make(map[string]*watched)
	for _, s := range n.Stories() {
		w := &watched{Story: s}
		w.latest = w.look(t, n)
		w.earlier = []compare.Version{{Number: 1, Hash: w.latest.Hash(), Headline: w.latest.Headline}}
		all[s.Slug] = w
	}
	return all
}

func TestEveryStoryIsReadWhole(t *testing.T) {
	n := opened(t)
	stories := watch(t, n)
	for _, story := range n.Stories() {
		slug, w := story.Slug, stories[story.Slug]
		t.Run(slug, func(t *testing.T) {
			if !w.latest.Kind.Story() || w.latest.Degraded {
				t.Fatalf("kind %s, degraded %v: %v", w.latest.Kind, w.latest.Degraded, w.latest.Reasons)
			}
			s, v := n.press.stories[slug], n.current(slug)
			if want := text(n, slug)[0]; w.latest.Headline != want {
				t.Errorf("headline %q, want %q", w.latest.Headline, want)
			}
			if !slices.Equal(w.latest.Authors, s.Authors) {
				t.Errorf("authors %q, want %q", w.latest.Authors, s.Authors)
			}
			if got := w.latest.Language; got != w.Language && (got != "" || w.Layout != "table") { // that one does not say
				t.Errorf("language %q, want %q", got, w.Language)
			}
			if want := n.day(s, v.Published); w.latest.Date != want {
				t.Errorf("date %s, want %s", w.latest.Date, want)
			}
			if (w.latest.Stamp != "") != !v.Stamp.IsZero() {
				t.Errorf("stamp %q, the page shows one: %v", w.latest.Stamp, !v.Stamp.IsZero())
			}
			read := body(w.latest)
			for _, want := range text(n, slug)[1:] {
				if !strings.Contains(read, want) {
					t.Errorf("not read: %q", want)
				}
			}
			var all, foreign int
			var which []string
			for _, b := range w.latest.Blocks {
				if b.Aside {
					continue
				}
				all += len(b.Text)
				if !n.says(slug, b.Text) {
					foreign += len(b.Text)
					which = append(which, b.Text)
				}
			}
			if foreign*50 > all {
				t.Errorf("of %d bytes that were read, %d are not the story's, want 2 %% at most: %q", all, foreign, which)
			}
		})
	}
}

func TestNoiseIsNoEdit(t *testing.T) {
	for seed := range uint64(10) {
		n := seeded(t, seed)
		stories := watch(t, n)
		for _, s := range n.Stories() {
			t.Run(fmt.Sprintf("%s, seed %d", s.Slug, seed), func(t *testing.T) {
				for look := 2; look < 8; look++ {
					if c := stories[s.Slug].next(t, n); c.Changed {
						t.Fatalf("look %d: %s; %s", look, c.Summary, differing(c))
					}
				}
			})
		}
	}
}

func TestEveryEditIsJudgedAsExpected(t *testing.T) {
	for seed := range uint64(3) {
		n := seeded(t, seed)
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { playAll(t, n) })
	}
}

// playAll plays the script and checks what is made of each step.
func playAll(t *testing.T, n *Newsroom) {
	stories, expected := watch(t, n), n.Expected()
	for i := range n.Script() {
		st, _ := n.Advance()
		t.Run(fmt.Sprintf("%s %s", st.At, st.Story), func(t *testing.T) {
			w := stories[st.Story]
			at := slices.IndexFunc(expected, func(e Expectation) bool { return e.Step == i })
			if n.current(st.Story).Serves != servesPage {
				if a := w.look(t, n); a.Kind.Story() {
					t.Errorf("%s: read as %s %q", st.Says, a.Kind, a.Headline)
				}
				return
			}
			c := w.next(t, n)
			if at < 0 {
				if c.Told || c.Silent {
					t.Errorf("%s: told %v, silent %v, nothing is expected; %s; %s", st.Says, c.Told, c.Silent, c.Summary, differing(c))
				}
				return
			}
			if err := expected[at].Check(c); err != nil {
				t.Errorf("%s: %v\nsummary: %s\nreasons: %s\n%s", st.Says, err, c.Summary, strings.Join(c.Reasons, "\n  "), differing(c))
			}
			if c := w.next(t, n); c.Changed {
				t.Errorf("%s: told again: %s; %s", st.Says, c.Summary, differing(c))
			}
		})
	}
}

// body is everything that was read under a headline, captions included.
func body(a article.Article) string {
	out := []string{a.Standfirst}
	for _, b := range a.Blocks {
		out = append(out, b.Text)
	}
	return strings.Join(out, "\n")
}

// day is a story's day of publication in its outlet's zone.
func (n *Newsroom) day(s story, at time.Time) string {
	zone := time.FixedZone("", n.press.outlets[s.Outlet].UTCOffset*60)
	return at.In(zone).Format(time.DateOnly)
}

// says reports whether a story says a block's text, or the block holds no more
// than one of its texts with a dateline, a credit or quotation marks around.
func (n *Newsroom) says(slug, got string) bool {
	const around = 30 // bytes
	for _, want := range text(n, slug) {
		if strings.Contains(got, want) && len(got) < len(want)+around || strings.Contains(want, got) {
			return true
		}
	}
	pull := n.press.stories[slug].Pull
	return pull != "" && strings.Contains(got, pull) && len(got) < len(pull)+around
}

// differing lists a change's blocks that are not equal.
func differing(c compare.Change) string {
	var out []string
	for _, b := range c.Blocks {
		if b.Op != compare.Equal {
			out = append(out, fmt.Sprintf("%s %s %q -> %q", b.Op, b.Kind, b.Old, b.New))
		}
	}
	return strings.Join(out, "\n")
}
