package compare

import (
	"strings"

	"stet/watcher/article"
)

// A publisher who splits a paragraph in two, or joins two, moves words from
// block to block. Seen block by block that is much removed and much added; as
// one text it is nothing. So neighbours that differ are also read as one.

// maxRejoin is the most neighbours that are read as one.
const maxRejoin = 6

// rejoined returns how many of the pairs from i on are better read as one, and
// that one; or 1. The longest run that differs less as one text than block by
// block is taken.
func rejoined(pairs []pair, i int) (n int, whole pair, ok bool) {
	longest := 0
	for longest < maxRejoin && i+longest < len(pairs) && flows(pairs[i+longest]) {
		longest++
	}
	for n = longest; n >= 2; n-- {
		if whole, ok = rejoin(pairs[i : i+n]); ok {
			return n, whole, true
		}
	}
	return 1, pair{}, false
}

// rejoin reads pairs as one text each, if that shows that words only moved
// from one paragraph to the next.
func rejoin(pairs []pair) (whole pair, ok bool) {
	const less = 2 // times fewer tokens must differ
	old, new, apart := &passage{kind: string(article.Paragraph)}, &passage{kind: string(article.Paragraph)}, 0
	var oldTexts, newTexts []string
	for _, p := range pairs {
		oldTexts, newTexts = gather(old, oldTexts, p.old), gather(new, newTexts, p.new)
		apart += reach(p)
	}
	if len(oldTexts) == 0 || len(newTexts) == 0 {
		return pair{}, false
	}
	old.text, new.text = strings.Join(oldTexts, " "), strings.Join(newTexts, " ")
	if likeness(old, new) < alikeMoved {
		return pair{}, false
	}
	whole = relate(old, new, false)
	return whole, reach(whole)*less <= apart
}

// flows reports whether a pair is a paragraph that came, went or reads
// differently where it stands.
func flows(p pair) bool {
	return (p.op == Add || p.op == Remove || p.op == Replace) && !p.moved && fieldOfPair(p) == FieldBody
}

// gather adds p's words to into, and its text to texts.
func gather(into *passage, texts []string, p *passage) []string {
	if p == nil {
		return texts
	}
	if into.place == 0 {
		into.place = p.place
	}
	if into.bag == nil {
		into.bag = map[string]int{}
	}
	bag, n := p.words()
	for w, c := range bag {
		into.bag[w] += c
	}
	into.weight += n
	return append(texts, p.text)
}

// reach counts the tokens that a pair changes.
func reach(p pair) int {
	n := 0
	switch p.op {
	case Add:
		n = len(p.new.tokens())
	case Remove:
		n = len(p.old.tokens())
	}
	for _, h := range p.hunks {
		n += h.oldTo - h.oldFrom + h.newTo - h.newFrom
	}
	return n
}
