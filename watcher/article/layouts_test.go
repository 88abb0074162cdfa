package article

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// writtenPages are the pages of testdata/layouts, each written as a publisher's
// system would, and what is worth knowing of each.
var writtenPages = []struct{ about, page string }{
	{"a WordPress news theme: share bar, inline newsletter, related posts, author box, tags and comments around the story", "wordpress-news"},
	{"an Arc page under a metered overlay: the whole text is there, the overlay is none of it", "arc-metered"},
	{"a German paid story shows its first two paragraphs and then an offer", "german-paid-teaser"},
	{"a French subscribers' story fades out after its first paragraph", "french-paid-teaser"},
	{"a print view that repeats caption and byline in a block for paper", "print-view"},
	{"an AMP page with adverts, a list of further stories and a consent element", "amp-news"},
	{"a live blog with an article element for each entry, newest first", "live-articles"},
	{"a live ticker of list items, in German", "live-list"},
	{"a live blog of plain divs with a time before each entry", "live-divs"},
	{"a gallery in which the captions are the text", "gallery"},
	{"paragraphs parted by two line breaks in one div, a style of the early web that lives on", "br-in-div"},
	{"a page of 2004: nested tables for layout, font tags, text in one cell", "tables-2004"},
	{"a 2004 layout in which each paragraph is a p within a table cell", "td-paragraphs"},
	{"a story with a real table of figures between its paragraphs", "data-table"},
	{"a page with an empty root whose text stands in JSON-LD alone", "ld-articlebody"},
	{"a Next.js page: the story as HTML in __NEXT_DATA__, an empty root", "state-next"},
	{"an Arc page that was not rendered: content elements in Fusion.globalContent", "state-arc"},
	{"a window.__PRELOADED_STATE__ that is parsed from a string, with paragraphs as a list", "state-preloaded"},
	{"a Nuxt 3 page: a flat list in which the values point at each other", "state-nuxt"},
	{"a state in which the story is a tree of blocks and spans, as headless systems keep it", "state-richtext"},
	{"a page that scripts fill in and that carries no state is empty", "state-none"},
	{"an Arabic story, right to left, with a line that leads to another story", "arabic"},
	{"a Hebrew story, right to left", "hebrew"},
	{"a Persian story with joiners between letters", "persian"},
	{"a story in simplified Chinese", "chinese-simplified"},
	{"a story in traditional Chinese", "chinese-traditional"},
	{"a Japanese story with a ranking and a line to a related article", "japanese-news"},
	{"a Korean story", "korean"},
	{"a Thai story, without spaces between words or full stops", "thai"},
	{"a Hindi story with danda for full stops", "hindi"},
	{"a Russian story with a line to another story in the story's own markup", "russian"},
	{"a Ukrainian story", "ukrainian"},
	{"a Greek story", "greek"},
	{"a Polish story with a \"read also\" line and an editor's note at its end", "polish"},
	{"a Czech story", "czech"},
	{"a French story: standfirst, subhead, \"à lire aussi\" between paragraphs, a correction at the end", "french-news"},
	{"a Spanish story with \"lea también\" between paragraphs", "spanish-news"},
	{"an Italian story with \"leggi anche\" between paragraphs", "italian-news"},
	{"a Dutch story with \"lees ook\" between paragraphs", "dutch-news"},
	{"a Portuguese story with \"leia também\" between paragraphs", "portuguese-news"},
	{"a German story with \"Lesen Sie auch\" between paragraphs and a note of the editors in italics at the end", "german-news"},
	{"more than 512 elements left open: font, b and i that are never closed", "unclosed-inline"},
	{"a list article: numbered headings with a paragraph each", "list-article"},
	{"an interview whose questions are bold paragraphs", "interview"},
	{"a recipe: a list of things and a list of steps belong to the text", "service-piece"},
	{"a fact check: the claim and the verdict stand in a box and belong to the text", "fact-check"},
	{"a press release with its lines on the firm and its contacts at the end", "press-release"},
	{"an opinion piece: quotations pulled out of the text repeat it in large type", "opinion-pullquotes"},
	{"a review with a box of ratings and facts beside it", "review"},
	{"an obituary with dates of birth and death and a line on the service", "obituary"},
	{"a match report: line-ups and the table of results are part of it", "match-report"},
	{"wire copy with a dateline, an agency for an author and credit lines at the end", "wire-copy"},
	{"questions and answers in a definition list", "qa-dl"},
	{"questions that open: each answer stands in a details element", "qa-details"},
	{"a small blog: a short post and long comments", "blog-comments"},
	{"three whole stories one below the other: only the first is this page's", "infinite-scroll"},
	{"the masthead is an h1 and so is the headline", "two-h1"},
	{"no h1 anywhere: the headline is an h2, its subheads are h3", "headline-h2"},
	{"the site's name is the only h1, the headline is an h2 in the post", "site-in-h1"},
	{"no heading element at all: the headline is a div that the title repeats", "headline-div"},
	{"pitches for newsletter, app and membership stand between the paragraphs as paragraphs", "newsletter-inline"},
	{"a boxed correction above the text", "note-top-box"},
	{"the correction stands in a footer below the article", "note-footer"},
	{"an editor's note in an aside beside the first paragraph", "note-aside"},
	{"a correction in italics as the last paragraph (ru)", "russian-note"},
	{"a correction in italics as the last paragraph (uk)", "ukrainian-note"},
	{"a correction in italics as the last paragraph (cs)", "czech-note"},
	{"a correction in italics as the last paragraph (ko)", "korean-note"},
	{"a correction in italics as the last paragraph (zh)", "chinese-note"},
	{"a correction in italics as the last paragraph (ar)", "arabic-note"},
	{"a correction in italics as the last paragraph (el)", "greek-note"},
	{"a correction in italics as the last paragraph (he)", "hebrew-note"},
	{"a correction in italics as the last paragraph (pt)", "portuguese-note"},
	{"a correction in italics as the last paragraph (nl)", "dutch-note"},
	{"the author's biography and the credits are the last paragraphs, in the story's own markup", "bio-same-markup"},
	{"a German biography and a line on sources close the story in its own markup", "bio-german"},
	{"a quoted post belongs to the text; the labels of posts and players do not", "embeds"},
	{"the first letter is a drop cap in spans of its own", "drop-cap"},
	{"each paragraph is a div in a section of its own, with hashed class names", "div-paragraphs"},
	{"a notice whose text stands in a pre element", "pre-text"},
	{"an essay with numbered footnotes", "footnotes"},
	{"a poll stands in the middle of the text", "poll"},
	{"the page of an episode: a player, and the notes that are the text", "podcast"},
	{"the whole text stands twice: once for readers, once in a hidden layer for reading aloud", "modal-copy"},
	{"lines that lead to other stories stand between the paragraphs as plain bold text", "read-also-plain"},
	{"\"read also\" stands between the paragraphs as plain text, in Russian", "read-also-russian"},
	{"\"czytaj także\" and a pitch stand between the paragraphs, in Polish", "read-also-polish"},
	{"related lines in brackets and a pitch between the paragraphs, in Japanese", "read-also-japanese"},
	{"a home page of stories with their first lines is a listing", "home-page"},
	{"a page of search results is a listing", "search-result"},
	{"a topic page with a line on the topic above its stories is a listing", "topic-page"},
	{"an error page that comes with status 200, under the site's whole furniture", "soft-404"},
	{"a German page that says the story is gone, with status 200", "soft-410-german"},
	{"a check of the browser before the page", "captcha-wall"},
	{"a German page that asks for consent or a subscription before anything is shown", "consent-wall-german"},
	{"a sign-in form in the story's place, under the site's furniture", "login-wall"},
	{"a WordPress block theme: groups and columns, no main column by class", "wordpress-blocks"},
	{"a newsletter on the web: subscribe boxes between the paragraphs, comments below", "newsletter-post"},
	{"an essay platform: every class is a hash, claps and follow buttons between headline and text", "hashed-essay"},
	{"a blog post pasted from a word processor: spans, non-breaking spaces and empty paragraphs", "word-paste"},
	{"a short story on a page that is one form from top to bottom", "aspnet-form"},
	{"a list of key points above the text, bold lines for subheads, picture credits between paragraphs", "key-points"},
	{"German words with soft hyphens, thin spaces and zero widths in them", "soft-hyphens"},
	{"a news brief of two sentences", "brief"},
	{"text straight in a div, cut by inline links and bold words, one block", "bare-text"},
	{"the headline is repeated in a bar that sticks to the top, the share buttons twice", "sticky-header"},
	{"a page that breaks off in the middle of a sentence is read as far as it goes, and marked", "half-loaded"},
	{"three writers with their desks and places in the byline", "many-authors"},
	{"a Japanese paid story shows its beginning and says how many letters are left", "japanese-paid-teaser"},
	{"a live blog with a summary on top and a list of key events that lead into it", "live-key-events"},
	{"a slideshow of list items, each with a picture, a heading and a paragraph", "slideshow-list"},
	{"a transcript: names in bold, each turn a paragraph", "speech-transcript"},
	{"utility classes alone: a card that leads to another story and a membership pitch stand between the paragraphs", "tailwind-inline-card"},
	{"a heading and a list of other stories stand in the middle of the text, in its own markup", "related-list-inside"},
	{"the writer's biography stands between headline and text", "author-box-top"},
	{"a store keyed by address, in which the story stands beside comments and other stories", "state-redux"},
	{"a Chinese story closes with its source and its editor", "chinese-credits"},
	{"a Russian story closes with lines on pictures and sources", "russian-credits"},
	{"a Turkish story under English furniture", "turkish"},
	{"a bar for listening and saving stands between headline and text, a feedback box after it", "listen-bar"},
	{"quotations of several paragraphs stand in blockquotes of their own", "quote-story"},
}

// Beside each page lies NAME.txt: the article as an editor reads it off the
// page, written by hand, never taken from the reader. Its head has a line for
// each field, the page's kind first; below, each block is a line that begins
// with its kind.
func TestEachLayoutIsReadAsAnEditorWould(t *testing.T) {
	for _, tt := range writtenPages {
		t.Run(tt.page, func(t *testing.T) {
			a, _ := Read(layoutPage(t, tt.page))
			want, err := os.ReadFile(filepath.Join("testdata", "layouts", tt.page+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			if got := plainly(a); got != string(want) {
				t.Errorf("%s: Read(%s) differs (- is wanted, + was read):\n%s\nreasons %q", tt.about, tt.page, lineDiff(string(want), got), a.Reasons)
			}
		})
	}
}

func TestEveryLayoutHasItsSentence(t *testing.T) {
	files, err := filepath.Glob("testdata/layouts/*.html")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, tt := range writtenPages {
		named[tt.page] = true
	}
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".html"); !named[name] {
			t.Errorf("testdata/layouts/%s.html stands in no table", name)
		}
	}
}

// A page that is looked at again without a change gives the same article.
func TestEachLayoutReadsTheSameTheSecondTime(t *testing.T) {
	for _, tt := range writtenPages {
		p := layoutPage(t, tt.page)
		first, o := Read(p)
		if again, _ := Reread(p, o); again.Hash() != first.Hash() || again.Kind != first.Kind {
			t.Errorf("%s: Reread(%s): %s", tt.about, tt.page, firstDifference(first, again))
		}
	}
}

// layoutPage returns a page of testdata/layouts as if it had been fetched.
func layoutPage(t testing.TB, name string) Page {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "layouts", name+".html"))
	if err != nil {
		t.Fatal(err)
	}
	return Page{URL: "https://outlet.example/story/" + name, ContentType: "text/html; charset=utf-8", Status: 200, Body: body}
}

// plainly writes an article as the golden files do. What is only watched is
// left out: the page's readers are not asked about it.
func plainly(a Article) string {
	lines := []string{"kind " + string(a.Kind)}
	if a.Kind.Story() {
		lines = append(lines, "headline "+a.Headline)
		if a.Standfirst != "" {
			lines = append(lines, "standfirst "+a.Standfirst)
		}
		for _, name := range a.Authors {
			lines = append(lines, "author "+name)
		}
		if a.Date != "" {
			lines = append(lines, "date "+a.Date)
		}
		if a.Degraded {
			lines = append(lines, "degraded")
		}
		lines = append(lines, "")
		for _, b := range a.Blocks {
			if !b.Aside {
				lines = append(lines, string(b.Kind)+" "+b.Text)
			}
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// lineDiff returns the lines that only one of two texts has.
func lineDiff(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out []string
	for _, line := range w {
		if !slices.Contains(g, line) {
			out = append(out, "- "+line)
		}
	}
	for _, line := range g {
		if !slices.Contains(w, line) {
			out = append(out, "+ "+line)
		}
	}
	if len(out) == 0 {
		return "the same lines in another order or number:\n" + got
	}
	return strings.Join(out, "\n")
}
