package web

import (
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stet/watcher/article"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// pageRead is a page that was read: one block or more of each kind and label.
func pageRead() (article.Article, []article.Judgement) {
	a := article.Article{
		URL: "https://post.example/ferry?ref=home", CanonicalURL: "https://post.example/ferry", Kind: article.KindArticle,
		Headline: "Ferry sails again", Standfirst: "Eleven weeks in dock are over", Authors: []string{"Ilse Corvane", "Tobin Ashgrove"},
		Published: time.Date(2026, 11, 17, 7, 5, 0, 0, time.FixedZone("", 3600)), Stamp: "Updated 09:40", Date: "2026-11-17",
		Language: "en-GB", Site: "The Marlhaven Post", Degraded: true,
		Reasons: []string{"212 words of running text in one place", "charset: windows-1252"},
	}
	const nav, in = "outside the story's element", "in the story's element"
	return a, []article.Judgement{
		{Text: "Home", Kind: article.ListItem, Label: "left out", Reason: nav},
		{Text: "Sport & <weather>", Kind: article.ListItem, Label: "left out", Reason: nav},
		{Text: "Ferry sails again", Kind: article.Heading, Label: "headline", Reason: "the h1 that the page's title agrees with"},
		{Text: "Eleven weeks in dock are over", Kind: article.Paragraph, Label: "standfirst", Reason: "marked as the summary"},
		{Text: "The boat at the quay", Kind: article.Caption, Label: "printed", Reason: "a caption"},
		{Text: "The ferry sails on Friday.", Kind: article.Paragraph, Label: "printed", Reason: in},
		{Text: "Two boats", Kind: article.Heading, Label: "printed", Reason: in},
		{Text: "“Nobody will forget.”", Kind: article.Quote, Label: "printed", Reason: in},
		{Text: "قال مكتب الميناء إن العبّارة ستعود.", Kind: article.Paragraph, Label: "printed", Reason: in},
		{Text: "Weekdays | 7.10", Kind: article.TableRow, Label: "printed", Reason: in},
		{Text: "The repairs took twelve mechanics.", Kind: article.Paragraph, Label: "watched", Reason: "watched: short"},
		{Text: "Correction: not two, but three.", Kind: article.Note, Label: "printed", Reason: "the publisher's note"},
		{Text: "Bus fares rise", Kind: article.Heading, Label: "left out", Reason: "class words of other stories"},
	}
}

// The golden file holds the page's main part. After a change run the test with
// -update and read what became of it.
func TestWriteExplained(t *testing.T) {
	a, blocks := pageRead()
	doc, page := readExplained(t, a, blocks)
	checkInert(t, doc, page)
	if !strings.Contains(page, `http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-`) {
		t.Error("the page has no policy that lets it load nothing")
	}
	var main strings.Builder
	if err := html.Render(&main, elements(doc, atom.Main)[0]); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "explained.html")
	if *update {
		if err := os.WriteFile(golden, []byte(main.String()+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := main.String() + "\n"; got != string(want) {
		t.Errorf("WriteExplained wrote\n%s\nwant\n%s", got, want)
	}
}

func TestWriteExplainedOfOtherPages(t *testing.T) {
	story, blocks := pageRead()
	front := story
	front.Kind, front.Headline = article.KindListing, ""
	tests := []struct {
		about     string
		article   article.Article
		blocks    []article.Judgement
		says, not []string
	}{
		{"a front page keeps its marks, and says that nothing is kept", front, blocks,
			[]string{"post.example/ferry", "This page is no story", "3 left out", "Hide what is left out"}, nil},
		{"where nothing is left out, there is nothing to hide", story, blocks[2:6],
			[]string{"1 headline"}, []string{"Hide", "left out", "no story"}},
		{"where all is left out, hiding would leave nothing", story, blocks[:2],
			[]string{"2 left out"}, []string{"Hide", "first that is not left out"}},
		{"what is no page has no parts", article.Article{Kind: article.KindEmpty, Reasons: []string{"not HTML but a PDF"}}, nil,
			[]string{"No headline", "not HTML but a PDF", "Nothing was read"}, []string{"no story", "Hide"}},
	}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			doc, _ := readExplained(t, tt.article, tt.blocks)
			got := text(elements(doc, atom.Main)[0])
			for _, want := range tt.says {
				if !strings.Contains(got, want) {
					t.Errorf("the page does not say %q, but:\n%s", want, got)
				}
			}
			for _, not := range tt.not {
				if strings.Contains(got, not) {
					t.Errorf("the page says %q:\n%s", not, got)
				}
			}
		})
	}
}

func readExplained(t *testing.T, a article.Article, blocks []article.Judgement) (*html.Node, string) {
	t.Helper()
	return readPage(t, func(w io.Writer) error { return WriteExplained(w, a, blocks) })
}
