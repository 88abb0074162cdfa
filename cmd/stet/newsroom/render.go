package newsroom

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"stet/watcher/article"
)

// A view is what a layout is filled with: one version of one story, its
// outlet, and the noise of one request.
type view struct {
	version
	Story  story
	Outlet outlet
	N      *noise
	W      map[string]string // the language's labels
	Now    time.Time         // another with every request, in the outlet's zone
	Origin string            // scheme and host as the client asked
	zone   *time.Location
	f      filler
}

// render fills a layout and encodes it in the outlet's charset.
func render(t *template.Template, layout string, v view) ([]byte, error) {
	var page bytes.Buffer
	if err := t.ExecuteTemplate(&page, layout+".html", v); err != nil {
		return nil, fmt.Errorf("render layout %s: %w", layout, err)
	}
	if v.Outlet.Charset != "windows-1252" {
		return page.Bytes(), nil
	}
	enc := encoding.HTMLEscapeUnsupported(charmap.Windows1252.NewEncoder())
	out, err := enc.Bytes(page.Bytes())
	if err != nil {
		return nil, fmt.Errorf("encode layout %s: %w", layout, err)
	}
	return out, nil
}

// ID names the story to scripts.
func (v view) ID() string { return v.Story.slug }

// URL is the page's own address.
func (v view) URL() string { return v.Origin + v.Story.path() }

// Lang is the page's language.
func (v view) Lang() string { return v.Outlet.Language }

// Home is the path of the outlet's front page.
func (v view) Home() string { return "/" + v.Story.Outlet + "/" }

// Day, Clock and ISO write a time as readers or machines of the outlet see it.
func (v view) Day(t time.Time) string   { return v.f.day(t.In(v.zone)) }
func (v view) Clock(t time.Time) string { return t.In(v.zone).Format("15:04") }
func (v view) ISO(t time.Time) string   { return t.In(v.zone).Format(time.RFC3339) }

// Year is the year of the page's imprint.
func (v view) Year() int { return v.Now.Year() }

// Minutes is how long the story takes to read, as pages reckon it.
func (v view) Minutes() int { return 1 + len(strings.Fields(v.Text()))/200 }

// By is the byline's names in one string.
func (v view) By() string { return strings.Join(v.Story.Authors, ", ") }

// Picture is the path of the story's i-th picture.
func (v view) Picture(i int) string {
	return fmt.Sprintf("/%s/img/%s-%d.svg", v.Story.Outlet, v.Story.slug, i)
}

var (
	emphasis = regexp.MustCompile(`\*([^*]+)\*`)
	anchor   = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)
)

// HTML is a block's text with its emphasis and links, white space at random.
func (v view) HTML(b block) template.HTML { return template.HTML(v.N.spaces(string(v.Flat(b)))) }

// Flat is HTML without other white space, for layouts that keep it.
func (v view) Flat(b block) template.HTML {
	s := html.EscapeString(b.Text)
	s = anchor.ReplaceAllString(s, `<a href="/`+v.Story.Outlet+`$2?from=`+v.N.Token()+`">$1</a>`)
	return template.HTML(emphasis.ReplaceAllString(s, `<em>$1</em>`))
}

// plain is a block's text without marks.
func (b block) plain() string {
	return emphasis.ReplaceAllString(anchor.ReplaceAllString(b.Text, "$1"), "$1")
}

// Text is the whole story without marks, as JSON-LD carries it.
func (v view) Text() string {
	var parts []string
	for _, b := range v.Body() {
		parts = append(parts, b.plain())
	}
	return strings.Join(parts, "\n\n")
}

// Body is the story without captions and notes.
func (v view) Body() []block {
	return v.only(func(k article.BlockKind) bool { return k != article.Caption && k != article.Note })
}

// Notes are the publisher's notes.
func (v view) Notes() []block {
	return v.only(func(k article.BlockKind) bool { return k == article.Note })
}

func (v view) only(keep func(article.BlockKind) bool) []block {
	var out []block
	for _, b := range v.Blocks {
		if keep(b.Kind) {
			out = append(out, b)
		}
	}
	return out
}

// A part is one entry of a live blog with what follows it; the first part may
// have no entry.
type part struct {
	Entry  block
	Blocks []block
}

// Parts cuts a live blog into its entries.
func (v view) Parts() []part {
	parts := []part{{}}
	for _, b := range v.Body() {
		if b.Kind == entry {
			parts = append(parts, part{Entry: b})
			continue
		}
		last := &parts[len(parts)-1]
		last.Blocks = append(last.Blocks, b)
	}
	return parts
}

// Data is the page's JSON-LD.
func (v view) Data() map[string]any {
	authors := make([]map[string]any, 0, len(v.Story.Authors))
	for _, a := range v.Story.Authors {
		authors = append(authors, map[string]any{"@type": "Person", "name": a})
	}
	return map[string]any{
		"@context":            "https://schema.org",
		"@type":               "NewsArticle",
		"headline":            v.Headline,
		"description":         v.Standfirst,
		"datePublished":       v.ISO(v.Published),
		"dateModified":        v.ISO(v.Modified),
		"author":              authors,
		"articleSection":      v.Story.Section,
		"keywords":            v.Story.Tags,
		"inLanguage":          v.Lang(),
		"image":               []string{v.Origin + v.Picture(0)},
		"mainEntityOfPage":    v.URL(),
		"publisher":           map[string]any{"@type": "NewsMediaOrganization", "name": v.Outlet.Name},
		"isAccessibleForFree": true,
		"commentCount":        v.N.Num(3, 480),
	}
}

// State is what a script-driven page carries for its scripts.
func (v view) State() map[string]any {
	return map[string]any{
		"props":   map[string]any{"pageProps": map[string]any{"id": v.Story.slug, "title": v.Headline, "body": v.Text()}},
		"buildId": v.N.Token(),
		"session": map[string]any{"csrf": v.N.Token(), "edge": v.N.Num(1, 64)},
	}
}
