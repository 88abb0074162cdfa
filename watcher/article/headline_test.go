package article

import (
	"slices"
	"strings"
	"testing"
)

// guidePage is a page whose outlet's name stands in an h1 above the story's,
// whose subheads link to themselves, and which shows text as typed.
func guidePage(title, headline, subhead, typed string) Page {
	return Page{URL: "https://tides.example/spring", ContentType: "text/html; charset=utf-8", Body: []byte(`<!doctype html>
<html lang="en"><head><title>` + title + `</title></head><body>
<div class="bar"><h1 class="bar-title">The harbour almanac</h1></div>
<main><h1 id="top"><a class="header" href="#top">` + headline + `</a></h1>
<p>Spring tides come twice a month, shortly after the moon is new and again after it is full, and they are the highest of all.</p>
<p>Boats that lie on the outer moorings should be moved on the day before, as the pier is awash for about two hours.</p>
<h2 id="before"><a class="header" href="#before">` + subhead + `</a></h2>
<p>Read the height for the day from the board at the slipway, and add the wind as the harbour office gives it out:</p>
<pre>` + typed + `</pre>
<p>The office answers questions until six in the evening, and the lifeboat crew may be asked at any time of the day.</p>
</main><footer>The harbour almanac</footer></body></html>`)}
}

func TestOutletsNameInAnH1IsNoHeadline(t *testing.T) {
	for _, tt := range []struct{ name, title, headline, want string }{
		{"the title has both", "What are spring tides? - The harbour almanac", "What are spring tides?", "What are spring tides?"},
		{"the headline was changed since", "What are spring tides? - The harbour almanac", "What were spring tides?", "What were spring tides?"},
		{"the title has the outlet alone", "The harbour almanac", "What are spring tides?", "The harbour almanac"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, _ := Read(guidePage(tt.title, tt.headline, "Before the tide", "height + wind"))
			if a.Headline != tt.want {
				t.Errorf("headline %q, want %q; %v", a.Headline, tt.want, a.Reasons)
			}
		})
	}
}

func TestEditsOfHeadlineSubheadAndTypedTextShow(t *testing.T) {
	const title = "What are spring tides? - The harbour almanac"
	_, o := Read(guidePage(title, "What are spring tides?", "Before the tide", "height + wind"))
	for _, tt := range []struct {
		name              string
		headline, subhead string
		typed             string
		block             Block
	}{
		{"the headline", "What were spring tides?", "Before the tide", "height + wind", Block{}},
		{"a subhead that links to itself", "What are spring tides?", "After the tide", "height + wind", Block{Kind: Heading, Text: "After the tide"}},
		{"text as typed", "What are spring tides?", "Before the tide", "height - wind", Block{Kind: Paragraph, Text: "height - wind"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, _ := Reread(guidePage(title, tt.headline, tt.subhead, tt.typed), o)
			if a.Headline != tt.headline {
				t.Errorf("headline %q, want %q", a.Headline, tt.headline)
			}
			if tt.block.Text != "" && !slices.Contains(a.Blocks, tt.block) {
				t.Errorf("%+v is not among %+v", tt.block, a.Blocks)
			}
		})
	}
}

func TestWhatStandsInAnH1BesideTheHeadline(t *testing.T) {
	tests := []struct{ about, h1, want string }{
		{"the topic over it", `<span class="article-header__kicker">Harbour</span> Ferry returns after nine weeks`, "Ferry returns after nine weeks"},
		{"the topic and a hidden colon", `<span class="roofline">Harbour</span><span class="sep">: </span><span class="title">Ferry returns after nine weeks</span>`, "Ferry returns after nine weeks"},
		{"a date", `<span class="date">04.03.2026</span>Ferry returns after nine weeks`, "Ferry returns after nine weeks"},
		{"a line under it", `Ferry returns after nine weeks <small>Islanders cheer</small>`, "Ferry returns after nine weeks"},
		{"all of it in one element that is called a label", `<span class="label">Ferry returns after nine weeks</span>`, "Ferry returns after nine weeks"},
	}
	for _, tt := range tests {
		page := `<html><head><title>Ferry returns after nine weeks - The Courier</title></head><body><h1>` + tt.h1 + `</h1>` +
			strings.Repeat("<p>The boat, which had been under repair since winter, sailed again on Monday with forty passengers.</p>", 5) + `</body></html>`
		a, _ := Read(Page{URL: "https://courier.example/ferry", Body: []byte(page)})
		if a.Headline != tt.want {
			t.Errorf("%s: headline %q, want %q", tt.about, a.Headline, tt.want)
		}
	}
}
