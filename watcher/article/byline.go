package article

import (
	"strings"
	"unicode"
)

// authorSource is one place that names authors, with the weight of its word.
// The weights come from a measurement on 421 pages.
type authorSource struct {
	names  []string
	weight float64
}

// The places authors are found in, by which an outline remembers whom it
// believed.
const (
	fromLD = iota
	fromRel
	fromMeta
	fromArticleAuthor
	fromBylineClass
	fromLabel
	authorPlaces
)

// authorSources collects who wrote the story, by place. Names are cleaned:
// people only.
func (p *page) authorSources(title int32, site string) [authorPlaces]authorSource {
	var s [authorPlaces]authorSource
	if a := p.meta.article(); a != nil {
		s[fromLD] = authorSource{cleanNames(ldAuthors(a), site), 3}
	}
	s[fromRel] = authorSource{cleanNames(p.rels[:min(len(p.rels), 4)], site), 1.6}
	var metas []string
	for _, k := range []string{"author", "parsely-author", "sailthru.author", "dc.creator", "byl", "article:author_name", "cxenseparse:author"} {
		if v := p.meta.props[k]; len(v) > 0 {
			metas = v
			break
		}
	}
	s[fromMeta] = authorSource{cleanNames(metas, site), 1.5}
	s[fromArticleAuthor] = authorSource{cleanNames(p.meta.props["article:author"], site), 1.5}
	s[fromBylineClass].weight, s[fromLabel].weight = 1.5, 1
	from, to := max(title-4, 0), min(max(title, 0)+14, int32(len(p.blocks)))
	for i := from; i < to; i++ {
		b := &p.blocks[i]
		e := &p.elems[b.elem]
		if i == title || b.words > 25 || e.noise&(hintComments|hintRelated|hintHidden) != 0 {
			continue
		}
		if (e.other|b.hints)&hintByline != 0 && s[fromBylineClass].names == nil {
			s[fromBylineClass].names = cleanNames([]string{b.text}, site)
		}
		if labelled(b.text) && s[fromLabel].names == nil {
			s[fromLabel].names = cleanNames([]string{b.text}, site)
		}
	}
	for _, mark := range p.signed {
		if mark.at >= from && mark.at < to && s[fromBylineClass].names == nil {
			s[fromBylineClass].names = cleanNames([]string{mark.text}, site)
		}
	}
	shown := p.top(title)
	for i := range s {
		if len(s[i].names) > 0 && i <= fromMeta && shows(shown, s[i].names) {
			s[i].weight += 0.75
		}
	}
	return s
}

// ldAuthors returns the names of a JSON-LD node's authors that are not marked
// as organisations.
func ldAuthors(a map[string]any) []string {
	v := a["author"]
	if v == nil {
		v = a["creator"]
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []string
	for _, x := range list[:min(len(list), 30)] {
		if m, ok := x.(map[string]any); ok && (ldType(m, "Organization") || ldType(m, "NewsMediaOrganization")) {
			continue
		}
		out = append(out, ldStrings(x)...)
	}
	return out
}

// top returns the text around the headline, where a byline would be shown.
func (p *page) top(title int32) string {
	var b strings.Builder
	for i := max(title-4, 0); i < min(max(title, 0)+16, int32(len(p.blocks))); i++ {
		if i != title {
			b.WriteString(p.blocks[i].text)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// shows reports whether a text has each of the names.
func shows(text string, names []string) bool {
	for _, n := range names {
		if !strings.Contains(text, n) {
			return false
		}
	}
	return true
}

// vote returns the list of names with the most weight behind it, and the
// places that gave it.
func vote(s [authorPlaces]authorSource) (names []string, places uint8) {
	best := 0.0
	for i := range s {
		if len(s[i].names) == 0 {
			continue
		}
		sum, mask := 0.0, uint8(0)
		for k := range s {
			if sameNames(s[i].names, s[k].names) {
				sum += s[k].weight
				mask |= 1 << k
			}
		}
		if sum > best {
			best, names, places = sum, s[i].names, mask
		}
	}
	return names, places
}

// sameNames reports whether two lists have the same names, in any order.
func sameNames(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		found := false
		for _, y := range b {
			found = found || strings.EqualFold(x, y)
		}
		if !found {
			return false
		}
	}
	return true
}

// bylineLabels begin bylines.
var bylineLabels = []string{"written by ", "by: ", "by ", "story by ", "posted by ", "reported by ", "text by ", "author: ", "authors: ", "von ", "ein kommentar von ", "eine analyse von ", "par ", "por ", "di ", "door ", "text: ", "autor: ", "de notre correspondant ", "af ", "av ", "写真・文／", "文／", "文・", "記者 ", "记者 ", "글 ", "글·사진 "}

// labelled reports whether a line begins as bylines do.
func labelled(s string) bool {
	low := strings.ToLower(s[:min(len(s), 40)])
	for _, l := range bylineLabels {
		if strings.HasPrefix(low, l) {
			return true
		}
	}
	return false
}

// maxAuthors is the most authors an article is given.
const maxAuthors = 12

// cleanNames takes bylines apart and keeps the names of people, each once.
func cleanNames(raw []string, site string) []string {
	var out []string
	for _, s := range raw {
		if len(s) > 300 || strings.Contains(s, "://") {
			continue
		}
		for _, name := range splitNames(s) {
			if isPerson(name, site) && !containsFold(out, name) && len(out) < maxAuthors {
				out = append(out, name)
			}
		}
	}
	return out
}

func containsFold(list []string, s string) bool {
	for _, x := range list {
		if strings.EqualFold(x, s) {
			return true
		}
	}
	return false
}

// nameMarks part one name from the next, or a name from what follows it.
var nameMarks = strings.NewReplacer(" and ", "\n", " And ", "\n", " AND ", "\n", " & ", "\n", ", ", "\n", ",", "\n", ";", "\n", " | ", "\n", "|", "\n", " / ", "\n", "/", "\n", " • ", "\n", "·", "\n",
	" und ", "\n", " et ", "\n", " y ", "\n", " e ", "\n", " en ", "\n", " with ", "\n", " in ", "\n#", " für ", "\n#", " for ", "\n#", " - ", "\n#", " – ", "\n#", " — ", "\n#", " (", "\n#", " on ", "\n#", " at ", "\n#", "@", "\n#", " Posted ", "\n#", " Published ", "\n#", " Updated ", "\n#", " posted ", "\n#", " published ", "\n#", " updated ", "\n#", " 기자", "\n#", "、", "\n", "・", "\n")

// splitNames takes a byline apart into what may be names.
func splitNames(s string) []string {
	s = strings.TrimSpace(s)
	for range 2 {
		low := strings.ToLower(s[:min(len(s), 40)])
		for _, l := range bylineLabels {
			if strings.HasPrefix(low, l) {
				s = strings.TrimSpace(s[len(l):])
				break
			}
		}
	}
	var out []string
	for part := range strings.SplitSeq(nameMarks.Replace(s), "\n") {
		part = strings.Trim(part, " .:*–—-")
		low := strings.ToLower(part)
		for _, l := range []string{"by ", "von ", "par ", "por "} {
			if strings.HasPrefix(low, l) {
				part = part[len(l):]
				break
			}
		}
		if part != "" && part[0] != '#' {
			out = append(out, strings.TrimSpace(part))
		}
	}
	return out
}

// notNames are words that no person's name in a byline has.
var notNames = newStopList(`staff reporter reporters correspondent editor editors editorial team desk news newsroom writer writers contributor
contributors agency agencies associated press reuters afp dpa ap bloomberg wire wires service services redaktion redaction rédaction redacción
redação online updated published admin administrator guest author authors the times post tribune magazine media group network inc ltd company
special senior chief freelance columnist producer photographer photo images getty read more minutes ago min comments share twitter facebook email
today yesterday monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
board university institute center centre foundation published webdesk bureau web digital follow subscribe journalist journaliste autor autorin redakteur redakteurin
korrespondent periodista corresponsal politics business sports sport world technology science health opinion`)

// isPerson reports whether a name looks like a person's.
func isPerson(name, site string) bool {
	if len(name) < 3 || len(name) > 60 || sameName(name, site) || strings.ContainsAny(name, "0123456789@#:?!<>{}=") {
		return false
	}
	first, capitals, parts := true, 0, 0
	ok := true
	for w := range strings.FieldsSeq(name) {
		r := []rune(w)
		parts++
		switch {
		case unspaced(r[0]), unicode.Is(unicode.Hangul, r[0]):
			capitals += 2
		case unicode.IsUpper(r[0]) || unicode.IsLetter(r[0]) && !unicode.IsLower(r[0]):
			capitals++
		case first || len(r) > 4:
			ok = ok && !first && strings.ContainsAny(w, "'’-")
		}
		first = false
	}
	if !ok || parts > 5 || capitals < 2 {
		return false
	}
	eachWord(name, func(h uint64, _ int, _ bool) {
		if notNames.has(h) {
			ok = false
		}
	})
	return ok
}
