package compare

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// An item is one thing that changed, as a summary or a note would name it: a
// fact, the words of a hunk, or a whole passage.
type item struct {
	edit *edit
	fact *finding // or nil
	hunk *hunk    // of a rewording; or nil
	op   Op       // for a whole passage: Add, Remove or Move

	old, new string // the words
	gravity  int
	covered  bool // a note speaks of it
}

// listItems takes the edits apart, most grave first.
func listItems(edits []edit) []item {
	var items []item
	for i := range edits {
		items = append(items, edits[i].items()...)
	}
	sort.SliceStable(items, func(a, b int) bool { return items[a].gravity > items[b].gravity })
	return items
}

func (e *edit) items() []item {
	var items []item
	for i := range e.facts {
		f := &e.facts[i]
		items = append(items, item{edit: e, fact: f, old: f.Old, new: f.New, gravity: e.gravity() + factGravity(f)})
	}
	switch e.op {
	case Move, Equal:
		items = append(items, item{edit: e, op: e.op, gravity: 10})
	case Add:
		items = append(items, item{edit: e, op: Add, new: e.new.text, gravity: e.gravity()})
	case Remove:
		if len(items) == 0 {
			items = append(items, item{edit: e, op: Remove, old: e.old.text, gravity: e.gravity() + 15})
		}
	case Replace:
		items = append(items, e.rewordings()...)
	}
	return items
}

// gravity ranks edits: by weight, the headline before the rest.
func (e *edit) gravity() int {
	g := 30 * e.weight.Rank()
	switch e.field {
	case FieldHeadline:
		g += 12
	case FieldStandfirst:
		g += 4
	case FieldByline, FieldCaption:
		g -= 4
	}
	if e.op == Add {
		g -= 15
	}
	return g
}

func factGravity(f *finding) int {
	g := map[string]int{factNumber: 20, factNegation: 20, factName: 18, factCertainty: 16, factDate: 14, factQuote: 12}[f.Kind]
	if !f.sure {
		g -= 10
	}
	return g
}

// rewordings returns the hunks that no fact speaks for, the largest first.
func (e *edit) rewordings() []item {
	old, new := e.old.tokens(), e.new.tokens()
	var items []item
	if e.field == FieldHeadline && len(e.hunks) > 1 && len(e.facts) == 0 && e.weight != Cosmetic {
		// A headline in pieces cannot be understood.
		return append(items, item{edit: e, hunk: &e.hunks[0], old: e.old.text, new: e.new.text, gravity: e.gravity()})
	}
	for i := range e.hunks {
		h := &e.hunks[i]
		if e.spokenFor(*h) {
			continue
		}
		it := item{edit: e, hunk: h, old: run(e.old.text, old, h.oldFrom, h.oldTo), new: run(e.new.text, new, h.newFrom, h.newTo)}
		it.gravity = e.gravity() + min(8, (h.oldTo-h.oldFrom+h.newTo-h.newFrom)/2)
		if len(e.facts) > 0 {
			it.gravity -= 25
		}
		items = append(items, it)
	}
	if len(e.hunks) == 0 {
		items = append(items, item{edit: e, old: e.old.text, new: e.new.text, gravity: e.gravity()})
	}
	return items
}

// spokenFor reports whether a fact lies in h.
func (e *edit) spokenFor(h hunk) bool {
	for _, f := range e.facts {
		if f.oldAt >= h.oldFrom && f.oldAt < h.oldTo || f.newAt >= h.newFrom && f.newAt < h.newTo || f.within(h) {
			return true
		}
	}
	return false
}

// run returns the words of tokens [from, to) as they stand in text.
func run(text string, toks []token, from, to int) string {
	if from >= to {
		return ""
	}
	return text[toks[from].start:toks[to-1].end()]
}

// String names the item as the summary and the list of what is undisclosed do:
// "people 12 → 19", "headline “ignored” → “was told of”", "paragraph 4 removed".
func (it item) String() string {
	const most = 60 // characters of each side
	prefix := ""
	if it.edit.field != FieldBody {
		prefix = string(it.edit.field) + " "
	}
	switch {
	case it.op == Move:
		return it.place() + " moved"
	case it.op == Equal:
		return it.place() + " split or joined"
	case it.op == Add:
		return it.place() + " added"
	case it.op == Remove:
		return it.place() + " removed"
	}
	quote := it.fact == nil || it.fact.Kind == factNegation || it.fact.Kind == factCertainty || it.fact.Kind == factQuote
	old, new := shorten(it.old, most), shorten(it.new, most)
	if quote {
		old, new = quoted(old), quoted(new)
	}
	if it.fact != nil && it.fact.label != "" {
		prefix += it.fact.label + " "
	}
	what := ""
	if it.fact != nil && it.fact.Kind == factQuote && it.fact.label == "" {
		what = "quote "
	}
	switch {
	case old == "":
		return prefix + what + new + " added"
	case new == "":
		return prefix + what + old + " removed"
	}
	return prefix + old + " → " + new
}

// phrase names the item as the summary does: "‘12 people’ became ‘19 people’",
// "headline ‘ignored’ became ‘was told of’", "paragraph 4 removed".
func (it item) phrase() string {
	const most = 64 // characters of each side
	if it.op != "" {
		return it.String()
	}
	prefix := ""
	if it.edit.field != FieldBody {
		prefix = string(it.edit.field) + " "
	}
	old, new := it.old, it.new
	if f := it.fact; f != nil {
		if f.speakers[1] != "" {
			quote := strings.TrimPrefix(f.New, f.speakers[1]+": ")
			return prefix + inQuotes(shorten(quote, most)) + " given to " + shorten(f.speakers[1], most/2) + ", before to " + shorten(f.speakers[0], most/2)
		}
		if f.Kind == factNumber && f.label != "" {
			old, new, prefix = it.edit.withNoun(f, prefix)
		}
		switch {
		case f.Kind == factQuote && f.label != "":
			prefix += f.label + " "
		case f.Kind == factQuote && (f.Old == "" || f.New == ""):
			prefix += "quote "
		}
	}
	old, new = inQuotes(shorten(old, most)), inQuotes(shorten(new, most))
	switch {
	case it.old == "":
		return prefix + new + " added"
	case it.new == "":
		return prefix + old + " removed"
	}
	return prefix + old + " became " + new
}

// withNoun returns a number's old and new words with the noun that they count,
// where it stands right behind, and else with the noun before them all.
func (e *edit) withNoun(f *finding, prefix string) (old, new, before string) {
	behind := func(p *passage, m *mention, text string) string {
		if p == nil || m == nil {
			return text
		}
		toks := p.tokens()
		if m.to < len(toks) && toks[m.to].text == f.label && m.from < m.to {
			return run(p.text, toks, m.from, m.to+1)
		}
		return text
	}
	old, new = behind(e.old, f.was, f.Old), behind(e.new, f.is, f.New)
	if old == f.Old && new == f.New && f.bare() {
		return old, new, prefix + f.label + " "
	}
	return old, new, prefix
}

// bare reports whether a number stands without unit or currency, so that it does
// not say what it counts.
func (f *finding) bare() bool {
	for _, m := range []*mention{f.was, f.is} {
		if m != nil && (strings.HasPrefix(m.value, "#") || !strings.HasSuffix(m.value, " ")) {
			return false
		}
	}
	return true
}

// inQuotes puts words into single quotation marks, unless they bring their own.
func inQuotes(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	switch {
	case s == "":
		return s
	case kindOf(first) != quoteToken:
		return "‘" + s + "’"
	case kindOf(last) != quoteToken && last == '…': // what was cut off closes it
		return s + closingMarks[first]
	}
	return s
}

// closingMarks close the quotations that they open.
var closingMarks = map[rune]string{'“': "”", '‘': "’", '„': "“", '«': "»", '"': `"`, '\'': "'", '「': "」", '『': "』", '»': "«"}

// place names the passage of an item that came, went or moved as a whole.
func (it item) place() string {
	e := it.edit
	switch e.field {
	case FieldBody:
		if e.new != nil {
			return fmt.Sprintf("paragraph %d", e.new.place)
		}
		return fmt.Sprintf("paragraph %d", e.old.place)
	}
	return string(e.field)
}

// quoted puts words into quotation marks, unless they bring their own.
func quoted(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	if s == "" || kindOf(r) == quoteToken {
		return s
	}
	return "“" + s + "”"
}

// shorten cuts s behind a word so that it has at most n characters.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}
