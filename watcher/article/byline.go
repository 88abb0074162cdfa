package article

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
	fromLine // a line at the headline that has a name of the metadata
	authorPlaces
)

// authorSources collects who wrote the story, by place. Names are cleaned:
// people only. first and last are the story's first and last block, or -1.
func (r *reading) authorSources(title, first, last int32, site string) [authorPlaces]authorSource {
	var s [authorPlaces]authorSource
	s[fromLD] = authorSource{r.meta.authors(site), 3}
	s[fromMeta] = authorSource{cleanNames(r.meta.metaAuthors(), site), 1.5}
	s[fromArticleAuthor] = authorSource{cleanNames(r.meta.props["article:author"], site), 1.5}
	s[fromRel].weight, s[fromBylineClass].weight, s[fromLabel].weight = 1.6, 1.5, 1
	r.shownAuthors(&s, title, max(title-4, 0), max(title, 0)+max(14, min(first+1-title, 40)), site)
	if last > title && len(s[fromRel].names)+len(s[fromBylineClass].names)+len(s[fromLabel].names) == 0 {
		r.shownAuthors(&s, title, last-1, r.belowStory(last), site)
	}
	s[fromLine] = authorSource{r.lineWith(slices.Concat(s[fromLD].names, s[fromMeta].names), title, site), 0.5}
	shown := r.top(title)
	for i := range s {
		if len(s[i].names) > 0 && i <= fromMeta && shows(shown, s[i].names) {
			s[i].weight += 0.75
		}
	}
	signed := s[fromBylineClass].names
	if len(signed) > 0 && sameNames(signed, s[fromLabel].names) && !shows(shown, s[fromLD].names) {
		s[fromLabel].weight += 2.5 // readers see another name than metadata has
	}
	return s
}

// lineWith returns the people whom the first short line at the headline names
// that has one of these names.
func (r *reading) lineWith(names []string, title int32, site string) []string {
	for i := max(title-4, 0); i < min(max(title, 0)+14, int32(len(r.blocks))); i++ {
		if b := &r.blocks[i]; i != title && b.words <= 25 && slices.ContainsFunc(names, func(n string) bool { return strings.Contains(b.text, n) }) {
			return cleanNames([]string{b.text}, site)
		}
	}
	return nil
}

// signatures is how many blocks behind the story are looked at for who wrote it.
const signatures = 6

// belowStory returns the end of the blocks behind the story's last that may say
// who wrote it, whatever stands between them.
func (r *reading) belowStory(last int32) int32 {
	n := 0
	i := last + 1
	for ; i < int32(len(r.blocks)) && n < signatures; i++ {
		if !r.elsewhere(i) {
			n++
		}
	}
	return i
}

// shownAuthors collects the names that the blocks from from up to to show.
func (r *reading) shownAuthors(s *[authorPlaces]authorSource, title, from, to int32, site string) {
	take := func(place int, text string) {
		if s[place].names == nil {
			s[place].names = cleanNames([]string{text}, site)
		}
	}
	from, to = max(from, 0), min(to, int32(len(r.blocks)))
	for i := from; i < to; i++ {
		b := &r.blocks[i]
		e := &r.elems[b.elem]
		if i == title || b.words > 25 || r.elsewhere(i) || e.noise&(hintComments|hintRelated|hintHidden) != 0 {
			continue
		}
		if (e.other|b.hints)&hintByline != 0 {
			take(fromBylineClass, b.text)
		}
		if labelled(b.text) {
			take(fromLabel, b.text)
		}
	}
	for _, mark := range r.signed {
		if mark.at >= from && mark.at < to && !r.elsewhere(mark.at) {
			take(fromBylineClass, mark.text)
		}
	}
	var linked []string
	for _, link := range r.rels {
		near := link.at >= from && link.at < to && !r.elsewhere(link.at)
		if near && r.elems[r.blocks[link.at].elem].noise&(hintComments|hintRelated|hintHidden) == 0 && len(linked) < 4 {
			linked = append(linked, link.text)
		}
	}
	if s[fromRel].names == nil {
		s[fromRel].names = cleanNames(linked, site)
	}
}

// elsewhere reports whether block i is a part of something else, below where
// the story begins: another story has a byline too.
func (r *reading) elsewhere(i int32) bool {
	return r.j.verdicts[i].apart && i > r.j.firstGood()
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

// voteAmong returns the list with the most weight behind it of those that some
// places give, and all the places that give it.
func voteAmong(s [authorPlaces]authorSource, places uint8) (names []string, mask uint8) {
	kept := s
	for i := range kept {
		if places&(1<<i) == 0 {
			kept[i] = authorSource{}
		}
	}
	names, _ = vote(kept)
	for i := range s {
		if sameNames(names, s[i].names) {
			mask |= 1 << i
		}
	}
	return names, mask
}

// sameNames reports whether two lists have the same names, in any order.
func sameNames(a, b []string) bool { return len(a) == len(b) && hasNames(a, b) }

// hasNames reports whether a list has each of the names.
func hasNames(list, names []string) bool {
	for _, n := range names {
		if !containsFold(list, n) {
			return false
		}
	}
	return true
}

// bylineLabels begin bylines.
var bylineLabels = []string{"written by ", "photographs by ", "words by ", "words: ", "author ", "autor ", "autorin ", "autorin: ", "verfasst von ", "geschrieben von ", "eingestellt von ", "publié par ", "escrito por ", "redactado por ", "a cura di ", "tekst: ", "eine kolumne von ", "ein gastbeitrag von ", "ein beitrag von ", "ein interview von ", "eine reportage von ", "interview: ", "interview von ", "(reporting by ", "reporting by ", "écrit par ", "propos recueillis par ", "by: ", "by ", "story by ", "posted by ", "reported by ", "text by ", "author: ", "authors: ", "von ", "ein kommentar von ", "eine analyse von ", "par ", "por ", "di ", "door ", "text: ", "autor: ", "de notre correspondant ", "af ", "av ", "写真・文／", "文／", "文・", "記者 ", "记者 ", "글 ", "글·사진 "}

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
			name = withoutJob(name)
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
	s = beforeDigits(afterDate(unglue(strings.TrimSpace(s))))
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
		if strings.HasPrefix(low, "editing by") || strings.HasPrefix(low, "additional reporting") {
			break // what follows did not write the story
		}
		if part != "" && part[0] != '#' {
			out = append(out, strings.TrimSpace(part))
		}
	}
	return out
}

// unglue parts a label from the name it was set against: "ByJane Doe".
func unglue(s string) string {
	for _, l := range []string{"By", "Von", "Par", "Por"} {
		if rest, ok := strings.CutPrefix(s, l); ok {
			if r, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(r) {
				return l + " " + rest
			}
		}
	}
	return s
}

// afterDate returns what follows a date and the words between it and a name:
// "Posted on 3 May 2026 by Jane Doe", "03.05.2026 - Jane Doe".
func afterDate(s string) string {
	low := strings.ToLower(s)
	for _, l := range []string{" by ", " von ", " par ", " por ", " di ", " door ", " - ", " – ", " | ", " • ", " · "} {
		if i := strings.Index(low, l); i > 0 && i+len(l) <= len(s) && len(low) == len(s) && hasDigit(s[:i]) && !hasDigit(s[i:]) {
			return s[i+len(l):]
		}
	}
	return s
}

// beforeDigits returns what stands before the first digit of a line: a name has
// none, and a date may follow it without a mark.
func beforeDigits(s string) string {
	if i := strings.IndexAny(s, "0123456789"); i > 3 {
		return strings.TrimSpace(s[:i])
	}
	return s
}

// withoutJob takes words off the end of a name that no name has: "Jane Doe
// Senior Reporter".
func withoutJob(name string) string {
	for {
		i := strings.LastIndexByte(name, ' ')
		if i < 0 || !jobs.has(foldedHash(name[i+1:])) || strings.Count(name, " ") < 2 {
			return name
		}
		name = strings.TrimRight(name[:i], " ,–-")
	}
}

// jobs are words that stand behind a writer's name: what the writer does, and
// the beginning of a date.
var jobs = newStopList(`publiziert erschienen erstellt jan feb mar apr jun jul aug sep sept oct nov dec am um le el il januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december montag dienstag mittwoch donnerstag freitag samstag sonntag published updated posted veröffentlicht publié publicado reporter correspondent editor writer columnist contributor journalist journaliste producer chefredakteur chefredakteurin
redakteur redakteurin volontär volontärin autor autorin korrespondent korrespondentin periodista corresponsal rédacteur rédactrice redactor redactora
giornalista verslaggever redacteur journalistin senior chief freelance special`)

// foldedHash returns the hash that a word has in a stop list.
func foldedHash(word string) uint64 {
	var h uint64
	eachWord(word, func(w uint64, _ int, _ bool) { h = w })
	return h
}

// isHandle reports whether one word may be the name that a person goes by, as
// writers of blogs and columns do. Only what says that it is a person's name
// is asked this.
func isHandle(name, site string) bool {
	r := []rune(name)
	head, _, _ := strings.Cut(site, " | ")
	if len(r) < 3 || len(r) > 25 || strings.ContainsAny(name, " @.:/0123456789") || !unicode.IsUpper(r[0]) || sameName(name, site) || sameName(name, head) {
		return false
	}
	return !notNames.has(foldedHash(name))
}

// notNames are words that no person's name in a byline has.
var notNames = newStopList(`staff reporter reporters correspondent editor editors editorial team desk news newsroom writer writers contributor
contributors agency agencies associated press reuters afp dpa ap bloomberg wire wires service services redaktion redaction rédaction redacción
redação online updated published admin administrator guest author authors the times post tribune magazine media group network inc ltd company
special senior chief freelance columnist producer photographer photo images getty read more minutes ago min comments share twitter facebook email
today yesterday monday tuesday wednesday thursday friday saturday sunday january february july september october november december
board university institute center centre foundation published webdesk bureau web digital follow subscribe journalist journaliste autor autorin redakteur redakteurin
korrespondent periodista corresponsal politics business sports sport world technology science health opinion chefredakteur chefredakteurin chefredaktion
volontär volontärin kommentar kommentare keine artikel weitere mehr alle comment comments article articles more all posts contributor contributing chief
rédacteur rédactrice redactor redactora giornalista verslaggever redacteur journaliste journalistin anonymous unknown user team crew agenturen kirche`)

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
