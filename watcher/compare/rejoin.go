package compare

import (
	"strings"

	"stet/watcher/article"
)

// A publisher who splits a paragraph in two, or joins two, moves words from
// block to block. Seen block by block that is much removed and much added; as
// one text it is nothing. So neighbours that differ are also read as one.

// rejoined returns how many of the pairs from i on differ side by side, and,
// if they differ less as one text than block by block, that one pair.
func rejoined(pairs []pair, i int) (n int, whole pair, ok bool) {
	for i+n < len(pairs) && flows(pairs[i+n]) {
		n++
	}
	if n < 2 {
		return max(n, 1), pair{}, false
	}
	old, new, apart := &passage{kind: string(article.Paragraph)}, &passage{kind: string(article.Paragraph)}, 0
	var oldTexts, newTexts []string
	for _, p := range pairs[i : i+n] {
		oldTexts, newTexts = gather(old, oldTexts, p.old), gather(new, newTexts, p.new)
		apart += reach(p)
	}
	if len(oldTexts) == 0 || len(newTexts) == 0 {
		return 1, pair{}, false
	}
	old.text, new.text = strings.Join(oldTexts, " "), strings.Join(newTexts, " ")
	whole = relate(old, new, false)
	if reach(whole)*2 > apart {
		return 1, pair{}, false
	}
	return n, whole, true
}

// flows reports whether a pair is a paragraph that came, went or reads
// differently where it stands.
func flows(p pair) bool {
	return (p.op == Add || p.op == Remove || p.op == Replace) && !p.moved && kindOfPair(p) == FieldBody
}

func gather(into *passage, texts []string, p *passage) []string {
	if p == nil {
		return texts
	}
	if into.place == 0 {
		into.place = p.place
	}
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
