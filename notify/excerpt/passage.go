// Package excerpt shows a change in few words: which passages of a story it
// touched, what to call each, and the words that changed with some of those
// around them. Messages, terminals and Markdown are all made from it; each
// marks old and new in its own way. Start with [Passages].
//
// Text from the network goes through [Clean] before it is shown anywhere, and
// through [Cut] where room is short.
package excerpt

import (
	"fmt"
	"slices"
	"strings"

	"stet/watcher/article"
	"stet/watcher/compare"
)

// A Passage is one block that a change touched.
type Passage struct {
	Label string // what to call it, such as "Paragraph 4, removed"
	Op    compare.Op
	Kind  string
	From  int // its place in the old article and
	To    int // in the new one; 0 where it does not stand there
	// Spans are the passage's words, cleaned: the changed ones and some
	// around them, "…" for what was left out. A passage that came, went or
	// moved is one span.
	Spans []compare.Span
	Fact  bool // a changed fact stands in it
}

// Passages returns what a change touched, in reading order, each with up to
// around words before and after a changed one. Headlines are never cut.
func Passages(c compare.Change, around int) []Passage {
	var ps []Passage
	for _, b := range c.Blocks {
		if b.Op == compare.Equal {
			continue
		}
		p := Passage{Label: Label(b), Op: b.Op, Kind: b.Kind, From: b.OldPlace, To: b.NewPlace, Fact: hasFact(b, c.Facts)}
		switch b.Op {
		case compare.Replace:
			p.Spans = tidy(b)
			if b.Kind != string(compare.FieldHeadline) {
				p.Spans = Elide(p.Spans, around)
			}
		case compare.Remove:
			p.Spans = []compare.Span{{Op: compare.Remove, Text: Clean(b.Old)}}
		case compare.Add:
			p.Spans = []compare.Span{{Op: compare.Add, Text: Clean(b.New)}}
		default:
			p.Spans = []compare.Span{{Op: compare.Equal, Text: Clean(b.New)}}
		}
		ps = append(ps, p)
	}
	return ps
}

// kindNames are the words for kinds of block.
var kindNames = map[string]string{
	string(compare.FieldHeadline):   "Headline",
	string(compare.FieldStandfirst): "Standfirst",
	string(compare.FieldByline):     "Byline",
	string(article.Paragraph):       "Paragraph",
	string(article.Heading):         "Heading",
	string(article.Quote):           "Quote",
	string(article.ListItem):        "List item",
	string(article.Caption):         "Caption",
	string(article.TableRow):        "Table row",
	string(article.Note):            "Note",
}

// name returns what a kind of block is called, in lower case.
func name(kind string) string {
	if n, ok := kindNames[kind]; ok {
		return strings.ToLower(n)
	}
	return "passage"
}

// Label says what a block is called and what happened to it.
func Label(b compare.Block) string {
	n := name(b.Kind)
	n = strings.ToUpper(n[:1]) + n[1:]
	place := b.NewPlace
	if b.Op == compare.Remove || place == 0 {
		place = b.OldPlace
	}
	if place > 0 && numbered(b.Kind) {
		n = fmt.Sprintf("%s %d", n, place)
	}
	switch b.Op {
	case compare.Add:
		n += ", added"
	case compare.Remove:
		n += ", removed"
	case compare.Move:
		n += ", moved"
		if b.OldPlace > 0 && b.OldPlace != b.NewPlace {
			n += fmt.Sprintf(" from %d", b.OldPlace)
		}
	}
	return n
}

// numbered reports whether a story has many of a kind, so that a number tells
// them apart.
func numbered(kind string) bool {
	switch kind {
	case string(article.Paragraph), string(article.Heading), string(article.Quote), string(article.ListItem), string(article.TableRow):
		return true
	}
	return false
}

// hasFact reports whether a changed fact's old or new form stands in what
// changed of a block.
func hasFact(b compare.Block, facts []compare.Fact) bool {
	if b.Op == compare.Move {
		return false
	}
	return slices.ContainsFunc(facts, func(f compare.Fact) bool {
		return (f.Old == "" || strings.Contains(b.Old, f.Old)) && (f.New == "" || strings.Contains(b.New, f.New)) &&
			(f.Old+f.New != "")
	})
}

// Choose picks the most passages that say most, and leaves the rest: the
// headline, passages with changed facts, what was removed, what was reworded,
// what was added. Both keep the reading order. Passages that only moved are
// never picked.
func Choose(ps []Passage, most int) (picked, rest []Passage) {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return rank(ps[i]) - rank(ps[j]) })
	chosen := map[int]bool{}
	for _, i := range order[:min(most, len(order))] {
		chosen[i] = ps[i].Op != compare.Move
	}
	for i, p := range ps {
		if chosen[i] {
			picked = append(picked, p)
		} else {
			rest = append(rest, p)
		}
	}
	return picked, rest
}

func rank(p Passage) int {
	switch {
	case p.Op == compare.Move:
		return 9
	case p.Kind == string(compare.FieldHeadline):
		return 0
	case p.Fact:
		return 1
	case p.Kind == string(article.Caption):
		return 6
	case p.Kind == string(compare.FieldByline):
		return 7
	case p.Op == compare.Remove:
		return 2
	case p.Op == compare.Replace && p.Kind == string(compare.FieldStandfirst):
		return 4
	case p.Op == compare.Replace:
		return 3
	}
	return 5
}

// maxNamed is the most passages of a sort that Also names one by one.
const maxNamed = 3

// Also says in one line which passages were touched besides those shown, such
// as "Also the caption; ¶ 3 moved down to ¶ 7, words unchanged; 1 paragraph
// added"; "" for none.
func Also(rest []Passage) string {
	var changed, added, removed, moved []Passage
	for _, p := range rest {
		switch p.Op {
		case compare.Replace:
			changed = append(changed, p)
		case compare.Add:
			added = append(added, p)
		case compare.Remove:
			removed = append(removed, p)
		case compare.Move:
			moved = append(moved, p)
		}
	}
	var parts []string
	if len(changed) > 0 {
		parts = append(parts, and(theChanged(changed)))
	}
	parts = append(parts, moves(moved)...)
	parts = append(parts, counted(removed, "removed")...)
	parts = append(parts, counted(added, "added")...)
	if len(parts) == 0 {
		return ""
	}
	return "Also " + strings.Join(parts, "; ")
}

// theChanged names reworded passages: "the standfirst", "¶ 5", "4 more passages".
func theChanged(ps []Passage) []string {
	var names []string
	for i, p := range ps {
		switch {
		case len(names) == maxNamed && len(ps)-i > 1:
			return append(names, fmt.Sprintf("%d more passages", len(ps)-i))
		case numbered(p.Kind) && p.To > 0:
			names = append(names, fmt.Sprintf("¶ %d", p.To))
		default:
			names = append(names, "the "+name(p.Kind))
		}
	}
	return names
}

func moves(ps []Passage) []string {
	if len(ps) > maxNamed {
		return []string{fmt.Sprintf("%d passages moved, words unchanged", len(ps))}
	}
	var out []string
	for _, p := range ps {
		switch {
		case p.From == p.To: // what stood before it came or went
			out = append(out, fmt.Sprintf("¶ %d moved, words unchanged", p.To))
		case p.From < p.To:
			out = append(out, fmt.Sprintf("¶ %d moved down to ¶ %d, words unchanged", p.From, p.To))
		default:
			out = append(out, fmt.Sprintf("¶ %d moved up to ¶ %d, words unchanged", p.From, p.To))
		}
	}
	return out
}

// counted counts passages by kind: "2 paragraphs removed", "1 caption added".
func counted(ps []Passage, verb string) []string {
	var kinds []string
	count := map[string]int{}
	for _, p := range ps {
		if count[p.Kind]++; count[p.Kind] == 1 {
			kinds = append(kinds, p.Kind)
		}
	}
	var out []string
	for _, k := range kinds {
		plural := ""
		if count[k] > 1 {
			plural = "s"
		}
		out = append(out, fmt.Sprintf("%d %s%s %s", count[k], name(k), plural, verb))
	}
	return out
}

func and(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
