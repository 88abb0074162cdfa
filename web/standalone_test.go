package web

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stet/watcher/article"
	"stet/watcher/compare"
)

func TestWriteDiff(t *testing.T) {
	doc, page := readDiff(t, *silentEdit())
	if got := text(elements(doc, atom.Title)[0]); got != "Ferry operator ‘was told of’ fire warnings, inspector says · stet" {
		t.Errorf("title is %q", got)
	}
	if !strings.Contains(page, "--paper:       light-dark(") {
		t.Error("the stylesheet is not in the page")
	}
	got := text(elements(doc, atom.Main)[0])
	for _, want := range []string{"Silent", "removed: Twelve added: Nineteen hurt", "¶ 8, moved here from ¶ 3", "the time shown did not move"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %q, but:\n%s", want, got)
		}
	}
	for _, not := range []string{"Evidence", "href=\"/", "<link", "http://", "https://"} {
		if strings.Contains(page, not) {
			t.Errorf("the page has %q, though it stands alone", not)
		}
	}
}

func TestWriteArticle(t *testing.T) {
	a := invented().articles[[2]int64{1, 1}]
	doc, _ := readPage(t, func(w io.Writer) error { return WriteArticle(w, a) })
	got := text(elements(doc, atom.Main)[0])
	for _, want := range []string{a.Headline, "By Ilse Corvane and Tobin Ashgrove · published Tue 17 Nov 2026, 06:05 UTC", "Trains from Marlhaven ran late."} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %q, but:\n%s", want, got)
		}
	}
}

// FuzzWriteDiff looks for words of a page that become something else than
// words: an element, an attribute, another direction of writing.
func FuzzWriteDiff(f *testing.F) {
	f.Add("headline", "old words", hostile, 1, 2)
	f.Add(hostile, "", "new", 0, 3)
	f.Add("note", "</del><style>*{display:none}</style>", "\x00\xff\u2066", -1, 9)
	f.Fuzz(func(t *testing.T, kind, old, now string, from, to int) {
		span := []compare.Span{{Op: compare.Remove, Text: old}, {Op: compare.Add, Text: now}, {Op: compare.Equal, Text: kind}}
		c := compare.Change{Changed: true, Summary: old, Reasons: []string{now}, Undisclosed: []string{old}, Facts: []compare.Fact{{Kind: kind, Old: old, New: now}},
			Notes: []compare.NoteChange{{Op: compare.Add, Kind: kind, Text: now}},
			Blocks: []compare.Block{
				{Op: compare.Replace, Kind: kind, Old: old, New: now, Spans: span, OldPlace: from, NewPlace: to},
				{Op: compare.Equal, Kind: "paragraph", Old: old, New: old, OldPlace: from + 1, NewPlace: to + 1},
				{Op: compare.Move, Kind: kind, Old: old, New: now, OldPlace: from, NewPlace: to},
				{Op: compare.Add, Kind: kind, New: now, NewPlace: to}, {Op: compare.Remove, Kind: kind, Old: old, OldPlace: from},
			}}
		doc, page := readDiff(t, c)
		checkInert(t, doc, page)
	})
}

// FuzzWriteExplained looks for the same in the page of how a page was read.
func FuzzWriteExplained(f *testing.F) {
	f.Add("headline", "paragraph", "title", hostile, "en")
	f.Add("left out", hostile, hostile, "</p><script>alert(1)</script>", hostile)
	f.Add("", "note", "\x00\xff\u2066", "\u202e", "\"><base href=//outlet.example>")
	f.Fuzz(func(t *testing.T, label, kind, reason, words, language string) {
		a := article.Article{URL: words, CanonicalURL: reason, Kind: article.Kind(kind), Headline: words, Standfirst: reason,
			Authors: []string{words, reason}, Stamp: words, Language: language, Site: words, Reasons: []string{reason, words}}
		blocks := []article.Judgement{{Text: words, Kind: article.BlockKind(kind), Label: label, Reason: reason}, {Text: words, Kind: article.Quote, Label: "printed"}}
		doc, page := readExplained(t, a, blocks)
		checkInert(t, doc, page)
	})
}

// checkInert fails the test for a page that could load or run something, or
// turn the direction of the words around a publisher's.
func checkInert(t *testing.T, doc *html.Node, page string) {
	t.Helper()
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Script, atom.Img, atom.Iframe, atom.Base, atom.Object, atom.Embed, atom.Form, atom.Link:
			t.Fatalf("the page has an element <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Fatalf("the page has an attribute %s=%q", a.Key, a.Val)
			}
		}
	}
	if got := len(elements(doc, atom.Style)); got != 1 {
		t.Fatalf("the page has %d style sheets", got)
	}
	if i := strings.IndexAny(page, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b"); i >= 0 {
		t.Fatalf("the page has the character %q", page[i:i+1])
	}
}

func readDiff(t *testing.T, c compare.Change) (*html.Node, string) {
	t.Helper()
	return readPage(t, func(w io.Writer) error { return WriteDiff(w, c) })
}

// readPage returns a page of its own, parsed and as it was written.
func readPage(t *testing.T, write func(io.Writer) error) (*html.Node, string) {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	doc, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	return doc, page
}
