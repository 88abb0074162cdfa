package watcher

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"stet/watcher/compare"
)

// led is an answer that redirects led to.
func led(final, body string) answer { return answer{status: 200, body: body, final: final} }

// moved is the same by a permanent redirect.
func moved(final, body string) answer {
	return answer{status: 200, body: body, final: final, moved: final}
}

// otherParagraphs are another story's.
var otherParagraphs = []string{
	"The school board of Marlow Fen voted on Thursday evening to keep the swimming pool open through the winter, after a petition with four thousand names.",
	"Heating it costs the borough a quarter of a million crowns a year, and the treasurer, Aldous Wick, had proposed to drain it until the spring.",
	"Parents brought towels and rubber rings into the council chamber. Several children were asked to stop squeaking them while members spoke.",
	"A swimming club that trains there every morning before lessons has offered to look after the pumps without pay, if somebody shows it how.",
	"Members asked for a report on solar panels by the end of May. None of them could say how many would fit on the gymnasium's roof.",
}

const (
	otherHeadline = "Swimming pool at Marlow Fen stays open all winter"
	atStory       = "http://courier.example/news/harbour/quay"
	wallPage      = `<!doctype html><title>Log in</title><body><h1>Log in to go on reading</h1><form action="/login"><input type="email" name="email"><input type="password" name="p"><button>Log in</button></form></body>`
)

// frontPage is a page of links to stories.
func frontPage() string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><title>Pell Haven Courier</title><body><main>`)
	for _, s := range []string{"Bus fares rise for the ninth time", "School wins prize for its pond", "Council to vote on the new library", "Market square closed for the fair", "Ferry timetable changes in the spring", "Lighthouse keeper retires after forty years", "Brewery wants to buy the old mill", "Rain expected until the end of the week"} {
		b.WriteString(`<div class="teaser"><h2><a href="/x">` + s + `</a></h2><p>More on this in the paper.</p></div>`)
	}
	return b.String() + `</main></body></html>`
}

func notFoundPage(title, text string) string {
	return `<!doctype html><html lang="en"><title>` + title + `</title><body><h1>` + title + `</h1><p>` + text + `</p></body></html>`
}

func TestWhereAnAddressLeads(t *testing.T) {
	story := ok(page(1, quayHeadline, paragraphs))
	unchanged := lookWant{answer: story, result: Unchanged}
	pool := page(4, otherHeadline, otherParagraphs)
	gone, restored, move := []compare.Nature{compare.Gone}, []compare.Nature{compare.Restored}, []compare.Nature{compare.Moved}
	twice := func(a answer, reason string) []lookWant {
		return []lookWant{unchanged,
			{answer: a, result: Gone, pending: true, reason: reason},
			{answer: a, result: Gone, natures: gone, reason: reason},
			{answer: a, result: Gone, reason: "still gone"},
			{answer: story, result: Changed, natures: restored},
			unchanged}
	}
	for _, tt := range []struct {
		name  string
		looks []lookWant
	}{
		{"to the front page", twice(led("http://courier.example/", frontPage()), "leads to the front page, http://courier.example/")},
		{"to the front page for good", twice(moved("http://courier.example/", frontPage()), "leads to the front page")},
		{"to a front page that shows one long story", twice(led("http://courier.example/", pool), "leads to the front page")},
		{"to a list of stories", twice(led("http://courier.example/archive", frontPage()), "leads to a section page, http://courier.example/archive")},
		{"to the section that the story stood in, filled in by scripts", twice(led("http://courier.example/news/harbour/", `<html><body><script>x()</script></body></html>`), "leads to a section page")},
		{"to a page that says that nothing was found", twice(led("http://courier.example/404", notFoundPage("Page not found", "The page you are looking for does not exist.")), "leads to an error page")},
		{"to another story", twice(led("http://courier.example/news/pool", pool), "leads to another story, “"+otherHeadline+"”")},
		{"to another story for good", twice(moved("http://courier.example/news/pool", pool), "leads to another story, “"+otherHeadline+"”")},
		{"to the front page for one look", []lookWant{unchanged,
			{answer: led("http://courier.example/", frontPage()), result: Gone, pending: true},
			{answer: story, result: Unchanged, reason: "not seen again"}}},
		{"to a page that says that the site is being looked after", []lookWant{unchanged,
			{answer: led("http://courier.example/sorry", notFoundPage("Scheduled maintenance", "We will be back soon. Please try again later.")), result: Quarantined},
			{answer: story, result: Unchanged}}},
		{"to a wall", []lookWant{unchanged,
			{answer: led("http://courier.example/", wallPage), result: Quarantined}, unchanged}},
		{"to a page about subscriptions that reads like an article", []lookWant{unchanged,
			{answer: led("http://courier.example/subscribe", page(2, "Read all of the Courier for a crown a week", otherParagraphs)), result: Quarantined, reason: "subscribe"},
			unchanged}},
		{"to a page that sends readers back to the story", []lookWant{unchanged,
			{answer: led("http://id.courier.example/start?back=%2Fnews%2Fharbour%2Fquay", page(2, "Welcome to the Courier", otherParagraphs)), result: Quarantined},
			unchanged}},
		{"to the story at another address", []lookWant{unchanged,
			{answer: moved("http://courier.example/2026/quay", page(2, quayHeadline, paragraphs)), result: Changed, natures: move},
			{answer: moved("http://courier.example/2026/quay", page(3, quayHeadline, paragraphs)), result: Unchanged}}},
		{"to the story at another address, not for good", []lookWant{unchanged,
			{answer: led("http://courier.example/2026/quay", page(2, quayHeadline, paragraphs)), result: Unchanged}}},
		{"to the story at another address, edited", []lookWant{unchanged,
			{answer: moved("http://courier.example/2026/quay", page(2, quayHeadline, with(1, "12 people", "19 people"))), result: Changed, natures: []compare.Nature{compare.Moved, compare.Edit}}}},
		{"to the story at another address, rewritten under its headline", []lookWant{unchanged,
			{answer: led("http://courier.example/2026/quay", page(2, quayHeadline+", says harbour office", otherParagraphs)), result: Changed, pending: true, reason: "another text"},
			{answer: led("http://courier.example/2026/quay", page(3, quayHeadline+", says harbour office", otherParagraphs)), result: Changed, natures: []compare.Nature{compare.Edit}}}},
		{"nowhere else: another story stands at the address", []lookWant{unchanged,
			{answer: ok(pool), result: Changed, pending: true, reason: "another text, headline \"" + otherHeadline + "\""},
			{answer: ok(page(5, otherHeadline, otherParagraphs[:4])), result: Changed, natures: []compare.Nature{compare.Edit}}}},
		{"nowhere else: a list stands at the address for a look", []lookWant{unchanged,
			{answer: ok(frontPage()), result: Quarantined}, unchanged}},
	} {
		t.Run(tt.name, func(t *testing.T) { runLooks(t, tt.looks) })
	}
}

// runLooks makes looks at a watch, each when the one before said, and returns
// what was kept.
func runLooks(t *testing.T, looks []lookWant) *shelf {
	t.Helper()
	s := &shelf{watch: Watch{ID: 7, URL: atStory, Key: "courier.example/news/harbour/quay", State: Active}}
	o := &outlet{}
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	c := newChecker(t, o, s, &now)
	for i, want := range looks {
		o.answers = []answer{want.answer}
		l, _, err := c.Check(t.Context(), s.watch)
		if err != nil {
			t.Fatalf("look %d: %v", i+1, err)
		}
		judgeLook(t, i+1, l, want)
		now = l.Watch.NextCheck
	}
	return s
}

func TestASecondLookIsForWhatItNames(t *testing.T) {
	story := ok(page(1, quayHeadline, paragraphs))
	unchanged := lookWant{answer: story, result: Unchanged}
	half := ok(page(2, quayHeadline, paragraphs[:3]))
	edited := ok(page(3, quayHeadline, with(1, "12 people", "19 people")))
	front := led("http://courier.example/", frontPage())
	pool := led("http://courier.example/news/pool", page(4, otherHeadline, otherParagraphs))
	edit, gone, removal := []compare.Nature{compare.Edit}, []compare.Nature{compare.Gone}, []compare.Nature{compare.Removal}
	for _, tt := range []struct {
		name  string
		looks []lookWant
	}{
		{"gone, and then half of it is there", []lookWant{unchanged,
			{answer: status(404), result: Gone, pending: true, reason: "page not found"},
			{answer: half, result: Changed, pending: true, reason: "words went at once"},
			{answer: half, result: Changed, natures: removal}}},
		{"half of it, and then gone", []lookWant{unchanged,
			{answer: half, result: Changed, pending: true, reason: "words went at once"},
			{answer: status(404), result: Gone, pending: true, reason: "page not found"},
			{answer: status(404), result: Gone, natures: gone}}},
		{"gone, and a failure between", []lookWant{unchanged,
			{answer: status(404), result: Gone, pending: true},
			{answer: status(503), result: Failed, pending: true},
			{answer: status(404), result: Gone, natures: gone}}},
		{"gone, and then edited", []lookWant{unchanged,
			{answer: status(404), result: Gone, pending: true},
			{answer: edited, result: Changed, natures: edit},
			{answer: edited, result: Unchanged}}},
		{"half of it, and then edited", []lookWant{unchanged,
			{answer: half, result: Changed, pending: true},
			{answer: edited, result: Changed, natures: edit}}},
		{"another half of it", []lookWant{unchanged,
			{answer: half, result: Changed, pending: true},
			{answer: ok(page(3, quayHeadline, paragraphs[3:])), result: Changed, pending: true},
			{answer: ok(page(3, quayHeadline, paragraphs[3:])), result: Changed, natures: removal}}},
		{"half of it, and a word beside it that differs at every look", []lookWant{unchanged,
			{answer: half, result: Changed, pending: true},
			{answer: ok(page(3, quayHeadline, with(1, "12 people", "19 people")[:3])), result: Changed, natures: edit}}},
		{"a page in two halves by turns does not keep an edit back", []lookWant{unchanged,
			{answer: half, result: Changed, pending: true},
			{answer: ok(page(3, quayHeadline, paragraphs[3:])), result: Changed, pending: true},
			{answer: half, result: Changed, pending: true},
			{answer: edited, result: Changed, natures: edit}}},
		{"no longer served, and then led to the front page, are one", []lookWant{unchanged,
			{answer: status(404), result: Gone, pending: true, reason: "page not found"},
			{answer: front, result: Gone, natures: gone, reason: "front page"}}},
		{"no longer served, and then another story, are two", []lookWant{unchanged,
			{answer: status(404), result: Gone, pending: true, reason: "page not found"},
			{answer: pool, result: Gone, pending: true, reason: "another story"},
			{answer: pool, result: Gone, natures: gone, reason: "another story"}}},
	} {
		t.Run(tt.name, func(t *testing.T) { runLooks(t, tt.looks) })
	}
}

func TestAPageThatNeverRestsIsLookedAtEverLater(t *testing.T) {
	s := &shelf{watch: Watch{ID: 7, URL: atStory, Key: "courier.example/news/harbour/quay", State: Active}}
	o := &outlet{answers: []answer{ok(page(1, quayHeadline, paragraphs))}}
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	c := newChecker(t, o, s, &now)
	for i := range 10 {
		o.answers = append(o.answers, ok(page(2+i, quayHeadline, [][]string{paragraphs[:3], paragraphs[3:]}[i%2])))
	}
	var waits []time.Duration
	for range 11 {
		l, _, err := c.Check(t.Context(), s.watch)
		if err != nil {
			t.Fatal(err)
		}
		waits = append(waits, l.Watch.NextCheck.Sub(now))
		now = l.Watch.NextCheck
	}
	if waits[1] != c.Confirm || waits[2] != 2*c.Confirm || waits[9] != 64*c.Confirm || waits[10] != 64*c.Confirm {
		t.Errorf("the looks come after %v, want 90 s doubled up to 64 times", waits[1:])
	}
}

func TestWalls(t *testing.T) {
	story := ok(page(1, quayHeadline, paragraphs))
	unchanged := lookWant{answer: story, result: Unchanged}
	wall := lookWant{answer: ok(wallPage), result: Quarantined}
	walled := lookWant{answer: ok(wallPage), result: Quarantined, natures: []compare.Nature{compare.Walled}}
	failed := lookWant{answer: status(503), result: Failed}
	restored := lookWant{answer: story, result: Changed, natures: []compare.Nature{compare.Restored}}
	for _, tt := range []struct {
		name  string
		looks []lookWant
		told  bool // the last change, by default
	}{
		{"three looks in a row", []lookWant{unchanged, wall, wall, walled, wall, wall, restored, unchanged}, false},
		{"two looks", []lookWant{unchanged, wall, wall, unchanged, unchanged}, false},
		{"two looks, and one more after the story was read", []lookWant{unchanged, wall, wall, unchanged, wall, wall, unchanged}, false},
		{"with a failure between", []lookWant{unchanged, wall, wall, failed, wall, wall, walled, failed, wall, restored}, false},
		{"before the story was ever read", []lookWant{wall, wall, wall, wall, unchanged}, false},
		{"the server says that nothing changed, after it", []lookWant{unchanged, wall, wall, walled,
			{answer: status(304), result: Changed, natures: []compare.Nature{compare.Restored}}}, false},
		{"again", []lookWant{unchanged, wall, wall, walled, restored, wall, wall, walled, restored}, false},
		{"and half of the story after it", []lookWant{unchanged, wall, wall, walled,
			{answer: ok(page(2, quayHeadline, paragraphs[:3])), result: Changed, pending: true}, restored}, false},
		{"and then gone, and back", []lookWant{unchanged, wall, wall, walled,
			{answer: status(404), result: Gone, pending: true},
			{answer: status(404), result: Gone, natures: []compare.Nature{compare.Gone}},
			wall, wall, wall, wall, restored}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := runLooks(t, tt.looks)
			if len(s.revisions) != 1 {
				t.Errorf("%d revisions, want 1: a wall is none", len(s.revisions))
			}
			told := false
			for _, l := range s.looks {
				for _, c := range l.Changes {
					told = c.Told
				}
			}
			if told != tt.told {
				t.Errorf("the last change is told by default: %v, want %v", told, tt.told)
			}
		})
	}
}

func TestSameNumber(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"https://courier.example/quay-collapse-1203345", "https://courier.example/news/1203345-quay-dead", true},
		{"https://courier.example/quay-1203345", "https://courier.example/pool-1203346", false},
		{"https://courier.example/20261117/quay", "https://courier.example/20261117/pool", false},
		{"https://courier.example/quay", "https://courier.example/pool", false},
		{"https://courier.example/quay-1203345", "https://post.example/pool-1203345", false},
	} {
		a, _ := url.Parse(tt.a)
		b, _ := url.Parse(tt.b)
		if got := sameNumber(a, b); got != tt.want {
			t.Errorf("sameNumber(%s, %s) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
