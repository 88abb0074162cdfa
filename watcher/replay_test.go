package watcher

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// An attic is an Archive of what a shelf was given, by the rules that the store
// goes by: the page of each revision, and of the others the latest.
type attic struct {
	*shelf
	kept    []Kept
	pages   map[int64]fetch.Capture
	changes []Change
}

// newAttic fills an attic. Each look of the shelf is one place in it.
func newAttic(s *shelf) *attic {
	a := &attic{shelf: s, pages: map[int64]fetch.Capture{}}
	latest := -1
	number := 0
	for i, l := range s.looks {
		k := Kept{At: l.At}
		if l.Capture != nil && (l.KeepCapture || l.Revision != nil) {
			k.Capture = int64(i + 1)
			a.pages[k.Capture] = *l.Capture
		}
		if l.Revision != nil {
			number++
			k.Revision = number
		}
		for j, c := range l.Changes {
			id := int64(len(a.changes) + 1)
			a.changes = append(a.changes, Change{ID: id, Seen: l.At, Change: c})
			if l.Revision != nil && j == len(l.Changes)-1 {
				k.Change = id
			} else {
				a.kept = append(a.kept, Kept{At: l.At, Change: id})
			}
		}
		passing := k.Revision == 0 && k.Capture != 0 && l.Watch.Troubles == 0 && !l.Watch.Gone
		if latest >= 0 && (passing || k.Revision != 0) {
			delete(a.pages, a.kept[latest].Capture)
			latest = -1
		}
		if passing {
			latest = len(a.kept)
		}
		if k.Capture != 0 {
			a.kept = append(a.kept, k)
		}
	}
	return a
}

func (a *attic) Kept(context.Context, int64) ([]Kept, error) { return a.kept, nil }

func (a *attic) KeptPage(_ context.Context, capture int64) (fetch.Capture, error) {
	c, ok := a.pages[capture]
	if !ok {
		return c, ErrNoCapture
	}
	return c, nil
}

func (a *attic) Revision(_ context.Context, _ int64, number int) (Revision, error) {
	return a.revisions[number-1], nil
}

func (a *attic) Change(_ context.Context, id int64) (Change, error) { return a.changes[id-1], nil }

func (a *attic) FormerVerdicts(context.Context, int64) ([]FormerVerdict, error) { return nil, nil }

// lived has a checker look at the answers, one after another, and returns what
// was kept of them.
func lived(t *testing.T, rules []func(string) *article.Rules, answers ...answer) *attic {
	t.Helper()
	s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay", Key: "courier.example/quay", State: Active}}
	o := &outlet{}
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	c := newChecker(t, o, s, &now)
	for i, a := range answers {
		o.answers = []answer{a}
		if len(rules) > 0 {
			c.Rules = rules[min(i, len(rules)-1)]
		}
		l, _, err := c.Check(t.Context(), s.watch)
		if err != nil {
			t.Fatalf("look %d: %v", i+1, err)
		}
		now = l.Watch.NextCheck
	}
	return newAttic(s)
}

// replayed says in short what a replay came to, a word or two a line of it.
func replayed(t *testing.T, r Replay) string {
	t.Helper()
	all, err := r.Watch(t.Context(), Watch{ID: 7, URL: "http://courier.example/quay", Key: "courier.example/quay"})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range all {
		word := string(p.Outcome)
		if p.Outcome == Judged {
			word = fmt.Sprintf("%s %s", p.Change.Nature, p.Change.Disclosure)
			if p.First.Disclosure != p.Change.Disclosure {
				word += fmt.Sprintf(", first %s", p.First.Disclosure)
			}
		}
		if p.Kept.Change == 0 {
			word += " (new)"
		}
		said = append(said, word)
	}
	return strings.Join(said, "; ")
}

// showing is the outlet's page with a time of update shown.
func showing(n int, stamp string, body []string) string {
	return strings.Replace(page(n, quayHeadline, body), `<p class="byline">By Wim Carver</p>`,
		`<p class="byline">By Wim Carver</p><p class="updated">Updated `+stamp+`</p>`, 1)
}

func TestAReplayUnderTheSameRulesFindsWhatWasFound(t *testing.T) {
	story := ok(page(1, quayHeadline, paragraphs))
	edited := with(1, "12 people", "19 people")
	wall := ok(`<!doctype html><title>Log in</title><body><h1>Log in to go on reading</h1><form action="/login"><input type="email" name="email"><input type="password" name="p"><button>Log in</button></form></body>`)
	corrected := append([]string{"Correction: An earlier version of this article said that 12 people were taken to hospital. The number is 19."}, edited...)
	for _, tt := range []struct {
		name    string
		answers []answer
		want    string
	}{
		{"a first revision alone", []answer{story}, ""},
		{"adverts that differ", []answer{story, ok(page(2, quayHeadline, paragraphs)), ok(page(3, quayHeadline, paragraphs))}, ""},
		{"an edit, and adverts between", []answer{story, ok(page(2, quayHeadline, paragraphs)), ok(page(3, quayHeadline, edited)), ok(page(4, quayHeadline, edited))}, "edit silent"},
		{"what had to be seen twice and was", []answer{story, ok(page(2, quayHeadline, paragraphs[:3])), ok(page(3, quayHeadline, paragraphs[:3]))}, "removal silent"},
		{"what had to be seen twice and was not", []answer{story, ok(page(2, quayHeadline, paragraphs[:3])), ok(page(3, quayHeadline, paragraphs))}, ""},
		{"what waits for its second look", []answer{story, ok(page(2, quayHeadline, paragraphs[:3]))}, ""},
		{"a text that is back", []answer{story, ok(page(2, quayHeadline, edited)), ok(page(3, quayHeadline, paragraphs))}, "edit silent; revert silent"},
		{"a wall between", []answer{story, wall, wall, ok(page(2, quayHeadline, edited))}, "edit silent"},
		{"a story that was gone", []answer{story, status(404), status(404), status(404), ok(page(2, quayHeadline, edited))}, "carried; carried; edit silent"},
		{"a note that came later", []answer{story, ok(page(2, quayHeadline, edited)), ok(page(3, quayHeadline, corrected))}, "edit disclosed, first silent; correction disclosed"},
		{"a time shown that moved with the edit", []answer{ok(showing(1, "09:00", paragraphs)), ok(showing(2, "09:20", edited))}, "edit stamped"},
		{"a time shown that had moved before the edit", []answer{ok(showing(1, "09:00", paragraphs)), ok(showing(2, "09:10", paragraphs)), ok(showing(3, "09:10", edited))}, "carried; edit silent"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := replayed(t, Replay{Archive: lived(t, nil, tt.answers...)}); got != tt.want {
				t.Errorf("the replay says %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAReplayUnderOtherRules(t *testing.T) {
	story := ok(page(1, quayHeadline, paragraphs))
	inSecond, inFourth := with(1, "12 people", "19 people"), with(3, "in March", "in May")
	both := append([]string(nil), inSecond...)
	both[3] = inFourth[3]
	const second = ".story-body p:nth-child(2)"
	edits := []answer{story, ok(page(2, quayHeadline, inSecond)), ok(page(3, quayHeadline, both))}
	for _, tt := range []struct {
		name      string
		then, now string // what the rules ignore
		answers   []answer
		revisions bool // only what revisions were read from
		lose      int64
		want      string
	}{
		{"an edit in what is ignored now", "", second, edits, false, 0, "nothing; edit silent"},
		{"an edit in what was ignored, in the latest page", second, "", []answer{story, ok(page(2, quayHeadline, inSecond))}, false, 0, "edit silent (new)"},
		{"the same, of revisions only", second, "", []answer{story, ok(page(2, quayHeadline, inSecond))}, true, 0, ""},
		{"a page that is not kept any more", "", "", edits, false, 2, "unknown; edit silent"},
		{"a page that is not kept any more, under other rules", "", second, edits, false, 2, "unknown; nothing"},
		{"the first page is not kept any more", "", "", edits, false, 1, "edit silent; edit silent"},
		{"the page reads as no story", "", "main", edits, false, 0, "nothing; nothing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := lived(t, []func(string) *article.Rules{ignoring(t, tt.then)}, tt.answers...)
			delete(a.pages, tt.lose)
			if got := replayed(t, Replay{Archive: a, Rules: ignoring(t, tt.now), RevisionsOnly: tt.revisions}); got != tt.want {
				t.Errorf("the replay says %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAReplayDoesNotJudgeWhatWasAskedForOtherwise(t *testing.T) {
	subscriber := func(string) *article.Rules {
		rules, err := article.NewRules(article.RuleText{Site: "courier.example", Asked: "cookies"})
		if err != nil {
			t.Fatal(err)
		}
		return rules
	}
	edited := with(4, "south pier", "west pier")
	a := lived(t, []func(string) *article.Rules{nil, subscriber}, ok(page(1, quayHeadline, paragraphs[:2])), ok(page(2, quayHeadline, paragraphs)), ok(page(3, quayHeadline, edited)))
	for _, rules := range []func(string) *article.Rules{nil, subscriber} {
		if got := replayed(t, Replay{Archive: a, Rules: rules}); got != "edit silent" {
			t.Errorf("the replay says %q, want the edit alone, which is silent", got)
		}
	}
}

// The story comes back while its page comes to be asked for otherwise: that it is
// back was told then, and the revision after it starts anew.
func TestAReplayOfAStoryThatCameBackAsAskedForOtherwise(t *testing.T) {
	rules, err := article.NewRules(article.RuleText{Site: "courier.example", Asked: "cookies"})
	if err != nil {
		t.Fatal(err)
	}
	subscriber := func(string) *article.Rules { return rules }
	front := led("http://courier.example/", frontPage())
	a := lived(t, []func(string) *article.Rules{nil, nil, nil, nil, subscriber}, ok(page(1, quayHeadline, paragraphs[:2])), front, front, front,
		ok(page(2, quayHeadline, paragraphs)), ok(page(3, quayHeadline, paragraphs)), ok(page(4, quayHeadline, with(4, "south pier", "west pier"))))
	if got, want := replayed(t, Replay{Archive: a, Rules: subscriber}), "carried; carried; edit silent"; got != want {
		t.Errorf("the replay says %q, want %q", got, want)
	}
}

// What a revision's text says is not known once it was erased.
func TestAReplayPassesOverWhatWasErased(t *testing.T) {
	a := lived(t, nil, ok(page(1, quayHeadline, paragraphs)), ok(page(2, quayHeadline, with(1, "12 people", "19 people"))),
		ok(page(3, quayHeadline, with(1, "12 people", "21 people"))), ok(page(4, quayHeadline, with(1, "12 people", "25 people"))))
	delete(a.pages, 2)
	a.revisions[1].Article, a.revisions[1].Outline = article.Article{}, article.Outline{}
	if got, want := replayed(t, Replay{Archive: a}), "unknown; unknown; edit silent"; got != want {
		t.Errorf("the replay says %q, want %q", got, want)
	}
}

// Whatever an outlet answers, the same code under the same rules judges its
// edits as it did.
func TestAReplayOfAnyHistoryJudgesAsItWasJudged(t *testing.T) {
	wall := ok(`<!doctype html><title>Log in</title><body><h1>Log in to go on reading</h1><form action="/login"><input type="email" name="email"><input type="password" name="p"><button>Log in</button></form></body>`)
	texts := [][]string{paragraphs, with(1, "12 people", "19 people"), with(3, "in March", "in May"), paragraphs[:3], paragraphs[1:],
		append([]string{"Correction: An earlier version of this article said that 12 people were taken to hospital. The number is 19."}, with(1, "12 people", "19 people")...)}
	for seed := range uint64(80) {
		r := rand.New(rand.NewPCG(seed, 5))
		answers := []answer{ok(showing(0, "09:00", paragraphs))}
		text, stamp, headline := 0, 0, quayHeadline
		for n := range 14 {
			switch r.IntN(9) {
			case 0:
				answers = append(answers, status([]int{404, 410, 503}[r.IntN(3)]))
				continue
			case 1:
				answers = append(answers, []answer{wall, led("http://courier.example/", frontPage()), led("http://courier.example/pool", page(1, otherHeadline, otherParagraphs))}[r.IntN(3)])
				continue
			case 2, 3:
				text = r.IntN(len(texts))
			case 4:
				stamp++
			case 5:
				text, stamp = r.IntN(len(texts)), stamp+1
			case 6:
				headline = []string{quayHeadline, "Quay collapse in Pell Haven injures twelve"}[r.IntN(2)]
			}
			answers = append(answers, ok(strings.ReplaceAll(showing(n/2, fmt.Sprintf("09:%02d", stamp), texts[text]), quayHeadline, headline)))
		}
		a := lived(t, nil, answers...)
		replay := Replay{Archive: a}
		all, err := replay.Watch(t.Context(), a.watch)
		if err != nil {
			t.Fatal(err)
		}
		held := 0
		for _, p := range all {
			if p.Kept.Change == 0 {
				t.Errorf("history %d: the replay found one more at %v: %s", seed, p.At, p.Change.Summary)
				continue
			}
			held++
			kept := a.changes[p.Kept.Change-1].Change
			if heldOf(kept) != heldOf(p.First) && p.Outcome != Carried {
				t.Errorf("history %d, revision %d: was judged as %s,\nby the replay (%s) as %s %s", seed, p.Revision, heldOf(kept), p.Outcome, heldOf(p.First), p.Reason)
			}
		}
		if held != len(a.changes) {
			t.Errorf("history %d: %d changes were replayed of %d", seed, held, len(a.changes))
		}
	}
}

// heldOf is what a replay holds against what was kept.
func heldOf(c compare.Change) string {
	return fmt.Sprintf("%v %s %s %s silent=%t told=%t %q", c.Changed, c.Weight, c.Disclosure, c.Nature, c.Silent, c.Told, c.Summary)
}
