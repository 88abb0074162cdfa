package newsroom

import (
	"fmt"
	"html/template"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// filler is one language's stock of everything on a page that is not the
// story: labels, and the pools that noise is drawn from.
type filler struct {
	Months      []string          `toml:"months"`
	Day         string            `toml:"day"`      // a format of day, month name, year
	Thousand    string            `toml:"thousand"` // the separator
	Words       map[string]string `toml:"words"`    // labels by their English name
	Ago         []string          `toml:"ago"`      // formats of a number of minutes
	Headlines   []string          `toml:"headlines"`
	Ads         []string          `toml:"ads"`
	Promos      []string          `toml:"promos"`
	Newsletters []string          `toml:"newsletters"`
	Comments    []string          `toml:"comments"` // "name: text"
}

// noise is what one request gets besides the story. It is drawn afresh for
// each and used by one goroutine.
type noise struct {
	rng     *rand.Rand
	f       filler
	outlet  string
	inserts map[int]string
}

// newNoise draws the noise of one request for a story of so many blocks.
func newNoise(seed, request uint64, f filler, outlet string, blocks int) *noise {
	n := &noise{rng: rand.New(rand.NewPCG(seed, request)), f: f, outlet: outlet, inserts: make(map[int]string)}
	// What stands between paragraphs wanders: never before the first, one of
	// each kind at most.
	for _, kind := range []string{"ad", "newsletter", "related", "promo"} {
		if blocks > 2 && n.rng.IntN(4) > 0 {
			n.inserts[1+n.rng.IntN(blocks-2)] = kind
		}
	}
	return n
}

// A link is one line of a related or most-read list.
type link struct{ Text, Href string }

// Token is a fresh identifier, as nonces and request ids are.
func (n *noise) Token() string { return fmt.Sprintf("%016x", n.rng.Uint64()) }

// Hash is a short class name as style compilers make them.
func (n *noise) Hash() template.CSS { return template.CSS(fmt.Sprintf("css-%06x", n.rng.IntN(1<<24))) }

// Class is a class attribute's value: the name that stays and a hash that does not.
func (n *noise) Class(name string) string { return name + " " + string(n.Hash()) }

// Num is a number from lo to hi.
func (n *noise) Num(lo, hi int) int { return lo + n.rng.IntN(hi-lo+1) }

// Count is such a number as the language writes it.
func (n *noise) Count(lo, hi int) string {
	s := strconv.Itoa(n.Num(lo, hi))
	if len(s) > 3 {
		s = s[:len(s)-3] + n.f.Thousand + s[len(s)-3:]
	}
	return s
}

// Ago is a relative time, such as "3 minutes ago".
func (n *noise) Ago() string { return fmt.Sprintf(n.pick(n.f.Ago), n.Num(2, 58)) }

// Links are headlines of other stories, in another order each time.
func (n *noise) Links(count int) []link {
	var out []link
	for _, i := range n.rng.Perm(len(n.f.Headlines))[:min(count, len(n.f.Headlines))] {
		href := fmt.Sprintf("/%s/%d?ref=%s", n.outlet, 100000+n.rng.IntN(900000), n.Token()[:6])
		out = append(out, link{n.f.Headlines[i], href})
	}
	return out
}

// Ad is an advert's line.
func (n *noise) Ad() string { return n.pick(n.f.Ads) }

// Promo is a line that asks to subscribe, follow or download.
func (n *noise) Promo() string { return n.pick(n.f.Promos) }

// Newsletter is a newsletter's name.
func (n *noise) Newsletter() string { return n.pick(n.f.Newsletters) }

// A remark is one reader's comment.
type remark struct{ Name, Text string }

// Remarks are readers' comments, in another order each time.
func (n *noise) Remarks(count int) []remark {
	var out []remark
	for _, i := range n.rng.Perm(len(n.f.Comments))[:min(count, len(n.f.Comments))] {
		name, text, _ := strings.Cut(n.f.Comments[i], ": ")
		out = append(out, remark{name, text})
	}
	return out
}

// Insert is what stands after a block: "ad", "newsletter", "related",
// "promo", or "" for nothing.
func (n *noise) Insert(block int) string { return n.inserts[block] }

// Comment is an HTML comment, as caches and templates leave them.
func (n *noise) Comment(what string) template.HTML {
	return template.HTML(fmt.Sprintf("<!-- %s %s %dms -->", what, n.Token(), n.Num(3, 180)))
}

func (n *noise) pick(pool []string) string { return pool[n.rng.IntN(len(pool))] }

// spaces gives a page's running text other line ends and indents.
func (n *noise) spaces(html string) string {
	var b strings.Builder
	tag := false
	for _, r := range html {
		tag = r == '<' || tag && r != '>'
		if r == ' ' && !tag && n.rng.IntN(9) == 0 {
			b.WriteString("\n" + strings.Repeat(" ", n.rng.IntN(7)))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// day writes a date as the language does.
func (f filler) day(t time.Time) string {
	return fmt.Sprintf(f.Day, t.Day(), f.Months[t.Month()-1], t.Year())
}
