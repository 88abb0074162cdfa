package newsroom

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"stet/watcher/article"
)

//go:embed outlets.toml stories filler layouts
var files embed.FS

// A Story is one page of the newsroom that can be watched.
type Story struct {
	Slug     string // names it in the script
	Path     string // of its URL, such as "/marlhaven-post/news/ferry-collision"
	Outlet   string // the outlet's name
	Language string // BCP 47
	Layout   string // what its page is built like, such as "live" or "table"
}

// press is everything that is embedded, parsed.
type press struct {
	outlets map[string]outlet
	stories map[string]story
	filler  map[string]filler // by language
	layouts *template.Template
}

// An outlet is one invented publisher.
type outlet struct {
	Name      string `toml:"name"`
	Tagline   string `toml:"tagline"`
	Language  string `toml:"language"`
	UTCOffset int    `toml:"utc_offset"` // minutes
	// Validator says what its server answers to tell versions apart:
	// "version" is an ETag of the story's version, "bytes" one of the page's
	// bytes, noise included, "modified" is Last-Modified, "" is nothing.
	Validator string   `toml:"validator"`
	Gzip      bool     `toml:"gzip"`
	Charset   string   `toml:"charset"` // of the page as sent: "utf-8" or "windows-1252"
	Sections  []string `toml:"sections"`
	Colour    string   `toml:"colour"`
}

// A story is a story as first published.
type story struct {
	Outlet     string   `toml:"outlet"`
	Path       string   `toml:"path"` // under the outlet's
	Layout     string   `toml:"layout"`
	Section    string   `toml:"section"`
	Headline   string   `toml:"headline"`
	Standfirst string   `toml:"standfirst"`
	Authors    []string `toml:"authors"`
	Bio        string   `toml:"bio"`
	Place      string   `toml:"place"`     // the dateline's
	Published  int      `toml:"published"` // minutes before the newsroom's start
	Updated    int      `toml:"updated"`   // likewise; 0 for never
	Pull       string   `toml:"pull"`      // a sentence of the body shown large, or ""
	Tags       []string `toml:"tags"`
	Body       string   `toml:"body"`

	slug   string
	blocks []block
}

// entry marks the begin of one entry of a live blog; the block's text is its
// title.
const entry article.BlockKind = "entry"

// A block is one passage of a story. Its text may hold *emphasis* and
// [links](/somewhere).
type block struct {
	Kind article.BlockKind
	Text string
	At   time.Time // of an entry

	minutes int // before the newsroom's start, of an entry
}

// What a story's address serves.
const (
	servesPage = ""
	servesWall = "wall" // a login page in the story's place
	servesGone = "gone" // 410
)

// A version is a story as it stands between two steps.
type version struct {
	Number     int
	Headline   string
	Standfirst string
	Blocks     []block // never written to in place
	Published  time.Time
	Stamp      time.Time // the time of update that readers see; zero for none
	Modified   time.Time // when anything was last done to it
	Serves     string
}

// first is the story as first published, for a newsroom that starts at start.
func (s story) first(start time.Time) version {
	before := func(minutes int) time.Time { return start.Add(-time.Duration(minutes) * time.Minute) }
	v := version{
		Number:     1,
		Headline:   s.Headline,
		Standfirst: s.Standfirst,
		Blocks:     slices.Clone(s.blocks),
		Published:  before(s.Published),
		Modified:   before(s.Published),
	}
	if s.Updated > 0 {
		v.Stamp = before(s.Updated)
		v.Modified = v.Stamp
	}
	for i := range v.Blocks {
		v.Blocks[i].At = before(v.Blocks[i].minutes)
	}
	return v
}

// loadPress parses the embedded files.
func loadPress() (*press, error) {
	p := &press{stories: make(map[string]story), filler: make(map[string]filler)}
	if err := decode("outlets.toml", &p.outlets); err != nil {
		return nil, err
	}
	var err error
	if p.layouts, err = template.ParseFS(files, "layouts/*.html"); err != nil {
		return nil, fmt.Errorf("parse layouts: %w", err)
	}
	err = each("filler", func(name, file string) error {
		var f filler
		err := decode(file, &f)
		p.filler[name] = f
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each("stories", func(name, file string) error {
		var s story
		if err := decode(file, &s); err != nil {
			return err
		}
		s.slug = name
		s.blocks, err = parseBody(s.Body)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		p.stories[name] = s
		return p.fits(s)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// fits checks that a story's outlet, language and layout are there.
func (p *press) fits(s story) error {
	o, ok := p.outlets[s.Outlet]
	if !ok {
		return fmt.Errorf("story %s: no outlet %q in outlets.toml", s.slug, s.Outlet)
	}
	if _, ok := p.filler[o.Language]; !ok {
		return fmt.Errorf("story %s: no filler/%s.toml", s.slug, o.Language)
	}
	if p.layouts.Lookup(s.Layout+".html") == nil {
		return fmt.Errorf("story %s: no layouts/%s.html", s.slug, s.Layout)
	}
	if s.Pull != "" && !strings.Contains(s.Body, s.Pull) {
		return fmt.Errorf("story %s: the pull quote is not in the body", s.slug)
	}
	return nil
}

// list is every story as others see it, ordered by path.
func (p *press) list() []Story {
	var out []Story
	for _, s := range p.stories {
		o := p.outlets[s.Outlet]
		out = append(out, Story{s.slug, s.path(), o.Name, o.Language, s.Layout})
	}
	slices.SortFunc(out, func(a, b Story) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

func (s story) path() string { return "/" + s.Outlet + s.Path }

// sortedStories are the stories, ordered by slug.
func (p *press) sortedStories() []story {
	return slices.SortedFunc(maps.Values(p.stories), func(a, b story) int { return cmp.Compare(a.slug, b.slug) })
}

// parseBody reads a story's body: blocks parted by blank lines, each a
// paragraph unless it opens with a mark.
func parseBody(body string) ([]block, error) {
	marks := []struct {
		mark string
		kind article.BlockKind
	}{
		{"## ", article.Heading},
		{"> ", article.Quote},
		{"- ", article.ListItem},
		{"! ", article.Caption},
		{"~ ", article.Note},
		{"@ ", entry},
	}
	var out []block
	for _, text := range strings.Split(strings.TrimSpace(body), "\n\n") {
		b := block{Kind: article.Paragraph, Text: strings.Join(strings.Fields(text), " ")}
		for _, m := range marks {
			if rest, ok := strings.CutPrefix(b.Text, m.mark); ok {
				b.Kind, b.Text = m.kind, rest
				break
			}
		}
		if b.Kind == entry {
			ago, title, _ := strings.Cut(b.Text, " ")
			n, err := strconv.Atoi(ago)
			if err != nil {
				return nil, fmt.Errorf("entry %q: want minutes before the start, then a title", b.Text)
			}
			b.Text, b.minutes = title, n
		}
		if b.Text == "" {
			return nil, fmt.Errorf("an empty block after %d others", len(out))
		}
		out = append(out, b)
	}
	return out, nil
}

// decode reads one embedded TOML file, refusing keys that v does not have.
func decode(file string, v any) error {
	f, err := files.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := toml.NewDecoder(f).DisallowUnknownFields().Decode(v); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// each calls do for every file of an embedded folder, by its bare name and path.
func each(dir string, do func(name, file string) error) error {
	list, err := files.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range list {
		name := strings.TrimSuffix(e.Name(), path.Ext(e.Name()))
		if err := do(name, path.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}
