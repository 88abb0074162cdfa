package console

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"stet/notify"
	"stet/watcher/compare"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run the test with -update to write it", err)
	}
	if got != string(want) {
		t.Errorf("output differs from %s; got:\n%s", path, got)
	}
}

func equal(s string) compare.Span  { return compare.Span{Op: compare.Equal, Text: s} }
func remove(s string) compare.Span { return compare.Span{Op: compare.Remove, Text: s} }
func add(s string) compare.Span    { return compare.Span{Op: compare.Add, Text: s} }

// ferry is a silent edit of a story.
func ferry() compare.Change {
	return compare.Change{
		Changed: true, Told: true, Weight: compare.Substantive, Disclosure: compare.Silent, Nature: compare.Edit, Silent: true,
		Summary: "injured 12 → 19",
		Reasons: []string{"the figure 12 became 19 in paragraph 1", "no note was added", "the time shown did not move"},
		Facts:   []compare.Fact{{Kind: "number", Old: "12", New: "19"}},
		Blocks: []compare.Block{
			{Op: compare.Equal, Kind: "headline", Old: "Ferry burns off Marlhaven", New: "Ferry burns off Marlhaven"},
			{Op: compare.Replace, Kind: "paragraph", OldPlace: 1, NewPlace: 1,
				Old:   "The ferry that burned off Marlhaven on Sunday night had 112 people aboard, the inspector said, of whom 12 were injured.",
				New:   "The ferry that burned off Marlhaven on Sunday night had 112 people aboard, the inspector said, of whom 19 were injured.",
				Spans: []compare.Span{equal("The ferry that burned off Marlhaven on Sunday night had 112 people aboard, the inspector said, of whom "), remove("12"), add("19"), equal(" were injured.")}},
			{Op: compare.Equal, Kind: "paragraph", OldPlace: 2, NewPlace: 2, Old: "One man is missing.", New: "One man is missing."},
			{Op: compare.Remove, Kind: "paragraph", OldPlace: 3, Old: "“We asked for those doors to be mended twice,” said Jory Vance."},
			{Op: compare.Equal, Kind: "paragraph", OldPlace: 5, NewPlace: 3, Old: "It was built in Ostrey.", New: "It was built in Ostrey."},
			{Op: compare.Move, Kind: "paragraph", OldPlace: 4, NewPlace: 4, Old: "The ferry is 31 years old.", New: "The ferry is 31 years old."},
			{Op: compare.Add, Kind: "paragraph", NewPlace: 5, New: "The company did not answer."},
		},
	}
}

func alert() notify.Alert {
	return notify.Alert{
		ID: 7, Watch: 3, From: 2, To: 3, URL: "https://marlhavenpost.example/ferry", Headline: "Ferry burns off Marlhaven", Site: "Marlhaven Post",
		Seen: time.Date(2026, 11, 17, 8, 41, 48, 0, time.UTC), Diff: "http://127.0.0.1:8080/diff/7", Change: ferry(),
	}
}

// printed returns what a sender prints of an alert.
func printed(t *testing.T, a notify.Alert, o Options) string {
	t.Helper()
	var b strings.Builder
	if id, err := New(&b, o).Send(t.Context(), notify.Delivery{ID: "d", Alert: &a}); err != nil || id != "d" {
		t.Fatalf("Send = %q, %v", id, err)
	}
	return b.String()
}

func TestSender(t *testing.T) {
	golden(t, "alert.txt", printed(t, alert(), Options{Width: 60}))
	golden(t, "alert-colour.txt", printed(t, alert(), Options{Width: 60, Color: true}))
	gone := alert()
	gone.From, gone.Change = 3, compare.Change{Changed: true, Told: true, Nature: compare.Gone, Summary: "the story is gone", Reasons: []string{"the address answers “page not found” (410)"}}
	golden(t, "gone.txt", printed(t, gone, Options{}))
}

func TestUpdatesToldTogetherArePrintedUnderOneHead(t *testing.T) {
	var as []notify.Alert
	for i, text := range []string{"Wardens close Mill Street.", "The school takes people in.", "The peak has passed the town."} {
		a := alert()
		a.From, a.To, a.Seen = i+1, i+2, a.Seen.Add(time.Duration(i)*11*time.Minute)
		a.Headline, a.Diff = "Live: river Maun rises", "http://127.0.0.1:8080/diff/"+string(rune('7'+i))
		a.Change = compare.Change{
			Changed: true, Told: true, Weight: compare.Substantive, Disclosure: compare.Stamped, Nature: compare.Update,
			Summary: "a paragraph added", Reasons: []string{"text was added; no stated fact changed"},
			Blocks: []compare.Block{{Op: compare.Add, Kind: "paragraph", NewPlace: i + 1, New: text}},
		}
		as = append(as, a)
	}
	var b strings.Builder
	if _, err := New(&b, Options{Width: 60}).Send(t.Context(), notify.Delivery{ID: "d", Alert: &as[2], Gathered: as}); err != nil {
		t.Fatal(err)
	}
	golden(t, "gathered.txt", b.String())
}

func TestColourAddsNoWordsAndNothingElse(t *testing.T) {
	sgr := regexp.MustCompile("\x1b\\[[0-9;]*m")
	words := func(s string) string {
		return strings.Join(strings.Fields(strings.NewReplacer("[-", "", "-]", "", "{+", "", "+}", "").Replace(sgr.ReplaceAllString(s, ""))), " ")
	}
	black, colour := printed(t, alert(), Options{}), printed(t, alert(), Options{Color: true})
	if words(black) != words(colour) {
		t.Errorf("in colour:\n%s\nwithout:\n%s", colour, black)
	}
	if strings.Contains(black, "\x1b") {
		t.Errorf("there is an escape sequence without colour: %q", black)
	}
}

func TestNewsIsPrinted(t *testing.T) {
	var b strings.Builder
	n := notify.News{Text: "3 checks in a row found a login page", URL: "https://marlhavenpost.example/ferry", At: alert().Seen}
	if _, err := New(&b, Options{}).Send(t.Context(), notify.Delivery{ID: "n", News: &n}); err != nil {
		t.Fatal(err)
	}
	golden(t, "news.txt", b.String())
}

// broken is a writer that takes nothing.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestWhatCannotBePrintedIsTriedAgain(t *testing.T) {
	a := alert()
	_, err := New(broken{}, Options{}).Send(t.Context(), notify.Delivery{Alert: &a})
	later := (*notify.LaterError)(nil)
	if !errors.As(err, &later) {
		t.Errorf("error is %v, want one to try later", err)
	}
}

func TestAPageCannotForgeTheTerminal(t *testing.T) {
	evil := "\x1b[2J\x1b]0;owned\a\u202eevil\u202c\r\nFake line\x9b31m"
	a := alert()
	a.Headline, a.Site, a.URL, a.Summary, a.Reasons, a.Diff = evil, evil, evil, evil, []string{evil}, evil
	a.Blocks = []compare.Block{{Op: compare.Replace, Kind: "paragraph", NewPlace: 1, OldPlace: 1, Old: evil, New: evil, Spans: []compare.Span{equal(evil), remove(evil), add(evil)}}}
	var unified, markdown strings.Builder
	if err := errors.Join(WriteUnified(&unified, a.Change, evil, evil), WriteMarkdown(&markdown, a.Change)); err != nil {
		t.Fatal(err)
	}
	for form, text := range map[string]string{"text": printed(t, a, Options{}), "unified": unified.String(), "markdown": markdown.String()} {
		if strings.ContainsAny(text, "\x1b\a\r\u202e\u202c\u009b") {
			t.Errorf("%s: control characters are left: %q", form, text)
		}
		if strings.Contains(text, "\nFake") {
			t.Errorf("%s: the page started a line of its own: %q", form, text)
		}
	}
}

func TestWriteChange(t *testing.T) {
	var b strings.Builder
	if err := WriteChange(&b, ferry(), Options{Width: 72}); err != nil {
		t.Fatal(err)
	}
	golden(t, "change.txt", b.String())
	b.Reset()
	if err := WriteChange(&b, compare.Change{Reasons: []string{"only the advert differs"}}, Options{}); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "Nothing changed.\n  Why: Only the advert differs.\n"; got != want {
		t.Errorf("no change prints %q, want %q", got, want)
	}
}

func TestWriteMarkdown(t *testing.T) {
	var b strings.Builder
	c := ferry()
	c.Reasons = append(c.Reasons, "the page says *soon* & <b>now</b>")
	if err := WriteMarkdown(&b, c); err != nil {
		t.Fatal(err)
	}
	golden(t, "change.md", b.String())
}

func TestWriteUnified(t *testing.T) {
	var b strings.Builder
	if err := WriteUnified(&b, ferry(), "ferry (revision 2)", "ferry (revision 3)"); err != nil {
		t.Fatal(err)
	}
	golden(t, "change.diff", b.String())
}

// TestUnifiedTurnsTheOldArticleIntoTheNew applies the diff by its own numbers.
func TestUnifiedTurnsTheOldArticleIntoTheNew(t *testing.T) {
	c := ferry()
	for i := range 12 { // far enough apart for a second hunk
		c.Blocks = append(c.Blocks, compare.Block{Op: compare.Equal, OldPlace: 6 + i, NewPlace: 6 + i, Old: "same", New: "same"})
	}
	c.Blocks = append(c.Blocks, compare.Block{Op: compare.Add, NewPlace: 20, New: "The end."})
	old := []string{"Ferry burns off Marlhaven", c.Blocks[1].Old, "One man is missing.", c.Blocks[3].Old, "The ferry is 31 years old.", "It was built in Ostrey."}
	want := []string{"Ferry burns off Marlhaven", c.Blocks[1].New, "One man is missing.", "It was built in Ostrey.", "The ferry is 31 years old.", "The company did not answer."}
	for range 12 {
		old, want = append(old, "same"), append(want, "same")
	}
	want = append(want, "The end.")
	var b strings.Builder
	if err := WriteUnified(&b, c, "a", "b"); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n@@"); n != 2 {
		t.Errorf("%d hunks, want 2:\n%s", n, &b)
	}
	if got := patch(t, old, b.String()); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the patched article is\n%s\nwant\n%s\nthe diff is\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"), &b)
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		width      int
		want       string
	}{
		{"at spaces", "one two three four", 10, "one two\nthree four"},
		{"a word longer than the line", "incomprehensibilities", 10, "incomprehe\nnsibilitie\ns"},
		{"wide characters take two columns", "渡轮起火伤者增至", 10, "渡轮起火伤\n者增至"},
		{"no wrapping", "one two three four", -1, "one two three four"},
		{"an emoji is not torn", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 10, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦\n👩‍👩‍👧‍👦"},
		{"nothing", "", 10, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Wrap(tt.text, tt.width); got != tt.want {
				t.Errorf("Wrap(%q, %d) = %q, want %q", tt.text, tt.width, got, tt.want)
			}
		})
	}
}
