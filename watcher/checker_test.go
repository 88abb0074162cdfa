package watcher

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"stet/watcher/compare"
	"stet/watcher/fetch"
	"stet/watcher/schedule"
)

// A shelf is a Keeper that holds one watch's looks in memory.
type shelf struct {
	revisions []Revision
	captures  map[int64]fetch.Capture // of revisions
	changes   []Change
	asked     int // times that the earlier changes were asked for
	looks     []Look
	watch     Watch
}

func (s *shelf) Latest(context.Context, int64) (Revision, error) {
	if len(s.revisions) == 0 {
		return Revision{}, ErrNoRevision
	}
	return s.revisions[len(s.revisions)-1], nil
}

func (s *shelf) Capture(_ context.Context, revision int64) (fetch.Capture, error) {
	c, ok := s.captures[revision]
	if !ok {
		return c, ErrNoCapture
	}
	return c, nil
}

func (s *shelf) Earlier(context.Context, int64) ([]compare.Version, error) {
	var out []compare.Version
	for _, r := range s.revisions {
		out = append(out, compare.Version{Number: r.Number, Hash: r.Hash, Headline: r.Article.Headline})
	}
	return out, nil
}

func (s *shelf) Record(_ context.Context, l Look) ([]Change, error) {
	s.looks = append(s.looks, l)
	s.watch = l.Watch
	if l.Revision != nil {
		r := *l.Revision
		r.Number = len(s.revisions) + 1
		r.ID = int64(100 + r.Number)
		if s.captures == nil {
			s.captures = map[int64]fetch.Capture{}
		}
		s.captures[r.ID] = *l.Capture
		s.revisions = append(s.revisions, r)
	} else if l.Outline != nil {
		s.revisions[len(s.revisions)-1].Outline = *l.Outline
	}
	for _, r := range l.Rejudged {
		s.changes[r.ID-1].Change = r.Change
	}
	changes := make([]Change, len(l.Changes))
	for i, c := range l.Changes {
		changes[i] = Change{ID: int64(len(s.changes) + 1), From: len(s.revisions), To: len(s.revisions), Seen: l.At, Change: c}
		if l.Revision != nil && i == len(l.Changes)-1 {
			changes[i].From--
		}
		s.changes = append(s.changes, changes[i])
	}
	return changes, nil
}

func (s *shelf) Changes(_ context.Context, _ int64, limit int) ([]Change, error) {
	s.asked++
	return append([]Change(nil), s.changes[max(0, len(s.changes)-limit):]...), nil
}

// An answer is what the fake outlet answers to one request.
type answer struct {
	status int
	body   string
	moved  string
	final  string // where redirects led; "" for the address itself
	err    error
}

func ok(body string) answer { return answer{status: 200, body: body} }

func status(code int) answer { return answer{status: code} }

// outlet answers requests one after another.
type outlet struct {
	answers []answer
	asked   []fetch.Request
}

func (o *outlet) Get(_ context.Context, r fetch.Request) (*fetch.Capture, error) {
	o.asked = append(o.asked, r)
	a := o.answers[0]
	o.answers = o.answers[1:]
	if a.err != nil {
		return nil, a.err
	}
	c := &fetch.Capture{URL: r.URL, FinalURL: r.URL, MovedTo: a.moved, Peer: "192.0.2.7:443", Took: 120 * time.Millisecond, Status: a.status, Body: []byte(a.body),
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Etag": {`"` + fmt.Sprint(len(o.asked)) + `"`}}}
	if a.final != "" {
		c.FinalURL = a.final
	}
	switch {
	case a.status == http.StatusNotModified:
		c.NotModified, c.Body = true, nil
	case a.status >= 500:
		return c, &fetch.Failure{Kind: fetch.FailServerError, Status: a.status, URL: r.URL, Err: fmt.Errorf("the server answered %d", a.status)}
	case a.status >= 400:
		return c, &fetch.Failure{Kind: fetch.FailClientError, Status: a.status, URL: r.URL, Err: fmt.Errorf("the server answered %d", a.status)}
	}
	return c, nil
}

// The story of the tests. Each paragraph is long enough to be one.
var paragraphs = []string{
	"Fourteen fishing boats were torn from their moorings in Pell Haven on Monday night when the north quay gave way, the harbour office said.",
	"Nobody was aboard, but 12 people who had come to secure the lines were taken to hospital with cuts and bruises, according to the ambulance service.",
	"“We had asked for that wall to be looked at since the spring,” said Orla Tenby, who has kept a boat there for thirty years.",
	"The council said that engineers had inspected the quay in March and found no cause for alarm, and that a full report would be published next week.",
	"Ferries to the outer islands will leave from the south pier until further notice, and the fish market stays shut on Tuesday.",
	"The last time a part of the old harbour failed was in the winter of 1987, when a storm took forty metres of the breakwater.",
}

// page is the outlet's page of the story, with noise that differs by n.
func page(n int, headline string, body []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s - Pell Haven Courier</title>
<meta property="og:title" content="%[1]s"><meta property="og:site_name" content="Pell Haven Courier"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<div class="ad-slot" id="ad-%d"><span>Advertisement %[2]d</span></div>
<main><article class="story"><h1>%[1]s</h1><p class="byline">By Wim Carver</p><div class="story-body">`, headline, n)
	for _, p := range body {
		fmt.Fprintf(&b, "<p>%s</p>\n", p)
	}
	fmt.Fprintf(&b, `</div></article></main><aside class="most-read"><h3>Most read</h3><ol><li><a href="/a%d">Bus fares rise for the %dth time</a></li>
<li><a href="/b">School wins prize for its pond</a></li></ol></aside><footer>%d comments. Pell Haven Courier</footer></body></html>`, n, n, n)
	return b.String()
}

func with(i int, old, now string) []string {
	out := append([]string(nil), paragraphs...)
	out[i] = strings.Replace(out[i], old, now, 1)
	return out
}

const quayHeadline = "Quay collapse in Pell Haven frees fourteen boats"

// A lookWant is what one look of a test is to come to.
type lookWant struct {
	answer  answer
	result  Result
	natures []compare.Nature
	pending bool
	reason  string // a part of the reason
}

func TestChecker(t *testing.T) {
	story := ok(page(1, quayHeadline, paragraphs))
	unchanged := lookWant{answer: story, result: Unchanged}
	wall := ok(`<!doctype html><title>Log in</title><body><h1>Log in to go on reading</h1><form action="/login"><input type="email" name="email"><input type="password" name="p"><button>Log in</button></form></body>`)
	for _, tt := range []struct {
		name  string
		looks []lookWant
		news  string // a part of the last look's news
	}{
		{"the same bytes twice are no change", []lookWant{unchanged, {answer: story, result: Unchanged, reason: "same to the byte"}}, ""},
		{"the server says that nothing changed", []lookWant{unchanged, {answer: status(304), result: Unchanged, reason: "server says"}}, ""},
		{"other adverts, counters and most-read lists are no change", []lookWant{unchanged,
			{answer: ok(page(2, quayHeadline, paragraphs)), result: Unchanged},
			{answer: ok(page(30, quayHeadline, paragraphs)), result: Unchanged}}, ""},
		{"a figure that changes is told at once", []lookWant{unchanged,
			{answer: ok(page(2, quayHeadline, with(1, "12 people", "19 people"))), result: Changed, natures: []compare.Nature{compare.Edit}}}, ""},
		{"half of the story gone is told when seen twice", []lookWant{unchanged,
			{answer: ok(page(2, quayHeadline, paragraphs[:3])), result: Changed, pending: true, reason: "once more"},
			{answer: ok(page(3, quayHeadline, paragraphs[:3])), result: Changed, natures: []compare.Nature{compare.Removal}}}, ""},
		{"half of the story gone is told when the second look brings the same bytes", []lookWant{unchanged,
			{answer: ok(page(2, quayHeadline, paragraphs[:3])), result: Changed, pending: true},
			{answer: ok(page(2, quayHeadline, paragraphs[:3])), result: Changed, natures: []compare.Nature{compare.Removal}}}, ""},
		{"half of the story gone for one look is not told", []lookWant{unchanged,
			{answer: ok(page(2, quayHeadline, paragraphs[:3])), result: Changed, pending: true},
			{answer: ok(page(3, quayHeadline, paragraphs)), result: Unchanged, reason: "not seen again"},
			{answer: ok(page(4, quayHeadline, paragraphs)), result: Unchanged}}, ""},
		{"a headline that goes back and forth is seen twice first", []lookWant{unchanged,
			{answer: ok(page(2, "Quay collapse in Pell Haven injures twelve", paragraphs)), result: Changed, natures: []compare.Nature{compare.Edit}},
			{answer: ok(page(3, quayHeadline, paragraphs)), result: Changed, pending: true},
			{answer: ok(page(4, quayHeadline, paragraphs)), result: Changed, natures: []compare.Nature{compare.Revert}}}, ""},
		{"a story taken down is told when seen twice, and when it is back", []lookWant{unchanged,
			{answer: status(404), result: Gone, pending: true, reason: "page not found"},
			{answer: status(410), result: Gone, natures: []compare.Nature{compare.Gone}},
			{answer: status(410), result: Gone, reason: "still gone"},
			{answer: story, result: Changed, natures: []compare.Nature{compare.Restored}},
			{answer: story, result: Unchanged}}, ""},
		{"a story that was taken down and comes back edited is told as both", []lookWant{unchanged,
			{answer: status(404), result: Gone, pending: true},
			{answer: status(404), result: Gone, natures: []compare.Nature{compare.Gone}},
			{answer: ok(page(2, quayHeadline, with(1, "12 people", "19 people"))), result: Changed, natures: []compare.Nature{compare.Restored, compare.Edit}}}, ""},
		{"a 404 for one look is not told", []lookWant{unchanged,
			{answer: status(404), result: Gone, pending: true},
			{answer: story, result: Unchanged, reason: "not seen again"}}, ""},
		{"an address that never served a story has failed", []lookWant{{answer: status(404), result: Failed}}, ""},
		{"a login wall is no edit", []lookWant{unchanged,
			{answer: wall, result: Quarantined},
			{answer: story, result: Unchanged}}, ""},
		{"three looks without an article are the operator's business", []lookWant{unchanged,
			{answer: status(503), result: Failed}, {answer: wall, result: Quarantined}, {answer: status(503), result: Failed}}, "3 looks in a row"},
		{"so is the recovery", []lookWant{unchanged,
			{answer: status(503), result: Failed}, {answer: status(503), result: Failed}, {answer: status(503), result: Failed},
			{answer: story, result: Unchanged}}, "well again"},
		{"what robots.txt forbids is refused", []lookWant{{answer: answer{err: &fetch.Failure{Kind: fetch.FailRobots, Err: errors.New("robots.txt says no")}}, result: Refused}}, ""},
		{"a permanent move is kept", []lookWant{unchanged,
			{answer: answer{status: 200, body: page(2, quayHeadline, paragraphs), moved: "https://courier.example/2026/quay"}, result: Changed, natures: []compare.Nature{compare.Moved}},
			{answer: answer{status: 200, body: page(3, quayHeadline, paragraphs), moved: "https://courier.example/2026/quay"}, result: Unchanged}}, ""},
		{"a permanent move to another spelling is not", []lookWant{unchanged,
			{answer: answer{status: 200, body: page(2, quayHeadline, paragraphs), moved: "https://www.courier.example/quay/"}, result: Unchanged}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay", Key: "courier.example/quay", State: Active}}
			o := &outlet{}
			now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
			c := newChecker(t, o, s, &now)
			for i, want := range tt.looks {
				o.answers = []answer{want.answer}
				l, _, err := c.Check(t.Context(), s.watch)
				if err != nil {
					t.Fatalf("look %d: %v", i+1, err)
				}
				judgeLook(t, i+1, l, want)
				if !l.Watch.NextCheck.After(now) {
					t.Errorf("look %d: the next one is at %v, want it after %v", i+1, l.Watch.NextCheck, now)
				}
				now = l.Watch.NextCheck
			}
			if last := s.looks[len(s.looks)-1]; !strings.Contains(last.News, tt.news) || (tt.news == "") != (last.News == "") {
				t.Errorf("news %q, want %q in it", last.News, tt.news)
			}
		})
	}
}

func newChecker(t *testing.T, f Fetcher, k Keeper, now *time.Time) *Checker {
	t.Helper()
	spec, err := schedule.Parse("@every 10m", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return &Checker{Fetch: f, Keep: k, Now: func() time.Time { return *now }, Confirm: 90 * time.Second,
		Schedule: Schedules{Default: spec}}
}

func judgeLook(t *testing.T, n int, l Look, want lookWant) {
	t.Helper()
	var natures []compare.Nature
	for _, c := range l.Changes {
		natures = append(natures, c.Nature)
	}
	if l.Result != want.result || fmt.Sprint(natures) != fmt.Sprint(want.natures) {
		t.Errorf("look %d: %s (%s) with changes %v, want %s with %v", n, l.Result, l.Reason, natures, want.result, want.natures)
	}
	if pending := l.Watch.Pending.Reason != ""; pending != want.pending {
		t.Errorf("look %d: waits for a second look: %v (%s), want %v", n, pending, l.Watch.Pending.Reason, want.pending)
	}
	if !strings.Contains(l.Reason, want.reason) {
		t.Errorf("look %d: reason %q, want %q in it", n, l.Reason, want.reason)
	}
	if l.Reason == "" || len(l.Steps) == 0 {
		t.Errorf("look %d: does not say why: reason %q, steps %v", n, l.Reason, l.Steps)
	}
}

func TestCheckerSecondLookIsFresh(t *testing.T) {
	s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay", Key: "courier.example/quay", State: Active}}
	o := &outlet{answers: []answer{ok(page(1, quayHeadline, paragraphs)), status(404), status(404), status(404)}}
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	c := newChecker(t, o, s, &now)
	for range 3 {
		if _, _, err := c.Check(t.Context(), s.watch); err != nil {
			t.Fatal(err)
		}
		if p := s.watch.Pending; p.Reason != "" && s.watch.NextCheck != now.Add(90*time.Second) {
			t.Errorf("the second look is at %v, want 90 s after the first", s.watch.NextCheck)
		}
	}
	for i, fresh := range []bool{false, false, true} {
		if o.asked[i].Fresh != fresh {
			t.Errorf("request %d: fresh %v, want %v", i+1, o.asked[i].Fresh, fresh)
		}
	}
	if o.asked[1].ETag != `"1"` {
		t.Errorf("the second request gives the validator %q, want the first answer's", o.asked[1].ETag)
	}
}

func TestCheckerBrokenOffLookIsNotKept(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay"}}
	now := time.Now()
	c := newChecker(t, &outlet{answers: []answer{{err: &fetch.Failure{Kind: fetch.FailTimeout, Err: context.Canceled}}}}, s, &now)
	if _, _, err := c.Check(ctx, s.watch); !errors.Is(err, context.Canceled) {
		t.Errorf("Check with its context ended: %v, want context.Canceled", err)
	}
	if len(s.looks) > 0 {
		t.Errorf("a look that was broken off was kept: %+v", s.looks)
	}
}

func TestCheckerWaitsForTheHostsTurn(t *testing.T) {
	s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay"}}
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	c := newChecker(t, &outlet{answers: []answer{{err: &fetch.Failure{Kind: fetch.FailServerError, Status: 503,
		RetryAfter: time.Hour, Unasked: true, Err: errors.New("asked to be left alone")}}}}, s, &now)
	_, _, err := c.Check(t.Context(), s.watch)
	var postponed *PostponedError
	if !errors.As(err, &postponed) || postponed.Until != now.Add(time.Hour) {
		t.Errorf("Check while the host wants to be left alone: %v, want it postponed by an hour", err)
	}
	if len(s.looks) > 0 {
		t.Errorf("a look that was not made was kept: %+v", s.looks)
	}
}

func TestRevisionHashIsTheArticles(t *testing.T) {
	s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay"}}
	now := time.Now()
	c := newChecker(t, &outlet{answers: []answer{ok(page(1, quayHeadline, paragraphs))}}, s, &now)
	l, _, err := c.Check(t.Context(), s.watch)
	if err != nil || l.Revision == nil {
		t.Fatalf("first look: %v, revision %v", err, l.Revision)
	}
	if l.Revision.Hash != l.Revision.Article.Hash() || l.Watch.BodyHash != sha256.Sum256(l.Capture.Body) {
		t.Error("the revision's hash is not its article's, or the watch's not its page's")
	}
}
