package compare

import (
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"
)

const (
	// maxEdit is the most tokens on both sides of what differs that are
	// aligned word by word; a longer pair is replaced as a whole. Myers' time
	// grows with the product: 4,000 tokens with nothing in common take 30 ms.
	maxEdit = 4000

	// firstID is the rune that stands for the first token; surrogates are
	// stepped over, because go-diff makes strings of the runes, where all
	// surrogates become the same U+FFFD and so seem equal.
	firstID    = 0x100
	surrogates = 0xD800
	skip       = 0xE000 - 0xD800
)

// A hunk is one run of tokens that was replaced, added or removed: the tokens
// [oldFrom, oldTo) of the old block became [newFrom, newTo) of the new one.
type hunk struct {
	oldFrom, oldTo int
	newFrom, newTo int
}

func (h hunk) inserts() bool { return h.oldFrom == h.oldTo }
func (h hunk) deletes() bool { return h.newFrom == h.newTo }

// diffTokens aligns two token lists by Myers' O(ND) algorithm (Algorithmica 1,
// 1986) and returns what differs, in order. Tokens are alike if they read the
// same to the letter.
func diffTokens(old, new []token) []hunk {
	prefix := 0
	for prefix < len(old) && prefix < len(new) && old[prefix].text == new[prefix].text {
		prefix++
	}
	suffix := 0
	for suffix < len(old)-prefix && suffix < len(new)-prefix && old[len(old)-1-suffix].text == new[len(new)-1-suffix].text {
		suffix++
	}
	a, b := old[prefix:len(old)-suffix], new[prefix:len(new)-suffix]
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	whole := hunk{prefix, prefix + len(a), prefix, prefix + len(b)}
	if len(a) == 0 || len(b) == 0 || len(a)+len(b) > maxEdit {
		return []hunk{whole}
	}
	ids := map[string]rune{}
	return joinHunks(diffRunes(tokenIDs(a, ids), tokenIDs(b, ids), prefix), old, new)
}

// tokenIDs gives each different token its own rune.
func tokenIDs(toks []token, ids map[string]rune) []rune {
	runes := make([]rune, len(toks))
	for i, t := range toks {
		runes[i] = idFor(t.text, ids)
	}
	return runes
}

// idFor returns the rune that stands for s. At most maxEdit tokens or
// maxBlocks blocks are numbered at a time, far below the last rune.
func idFor(s string, ids map[string]rune) rune {
	id, ok := ids[s]
	if !ok {
		id = rune(firstID + len(ids))
		if id >= surrogates {
			id += skip
		}
		ids[s] = id
	}
	return id
}

// diffRunes returns the hunks between two lists of ids, offset by base.
func diffRunes(a, b []rune, base int) []hunk {
	// Timeout 0: the result must not depend on how busy the machine is.
	dmp := diffmatchpatch.DiffMatchPatch{DiffTimeout: 0}
	var hunks []hunk
	i, j, open := base, base, false
	for _, d := range dmp.DiffMainRunes(a, b, false) {
		n := len([]rune(d.Text))
		if d.Type == diffmatchpatch.DiffEqual {
			i, j, open = i+n, j+n, false
			continue
		}
		if !open {
			hunks = append(hunks, hunk{i, i, j, j})
			open = true
		}
		if d.Type == diffmatchpatch.DiffDelete {
			i += n
		} else {
			j += n
		}
		hunks[len(hunks)-1].oldTo, hunks[len(hunks)-1].newTo = i, j
	}
	return hunks
}

// joinHunks joins hunks that only one or two small words or marks part, when
// one of them is a replacement, so that a reworded phrase reads as one edit.
func joinHunks(hunks []hunk, old, new []token) []hunk {
	if len(hunks) < 2 {
		return hunks
	}
	joined := hunks[:1]
	for _, h := range hunks[1:] {
		last := &joined[len(joined)-1]
		between := old[last.oldTo:h.oldFrom]
		replaces := !last.inserts() && !last.deletes() || !h.inserts() && !h.deletes()
		if len(between) <= 2 && replaces && allSmall(between) {
			last.oldTo, last.newTo = h.oldTo, h.newTo
			continue
		}
		joined = append(joined, h)
	}
	return joined
}

// allSmall reports whether toks are all words of at most three letters in
// lower case, or commas and hyphens.
func allSmall(toks []token) bool {
	for _, t := range toks {
		small := t.kind == wordToken && !t.upper && len([]rune(t.text)) <= 3
		if !small && t.text != "," && t.text != "-" {
			return false
		}
	}
	return true
}

// spell writes the two texts as spans. The space before a replaced run stays
// equal; that of an added or removed run goes with it.
func spell(oldText, newText string, old, new []token, hunks []hunk) []Span {
	w := spanWriter{old: oldText, new: newText}
	i, j := 0, 0
	for _, h := range hunks {
		for ; i < h.oldFrom; i, j = i+1, j+1 {
			w.both(old[i].start, new[j].start)
			w.both(old[i].end(), new[j].end())
		}
		if !h.inserts() && !h.deletes() {
			w.both(old[h.oldFrom].start, new[h.newFrom].start)
		}
		if !h.deletes() {
			w.add(new[h.newTo-1].end())
		}
		if !h.inserts() {
			w.remove(old[h.oldTo-1].end())
		}
		w.flush()
		i, j = h.oldTo, h.newTo
	}
	for ; i < len(old) && j < len(new); i, j = i+1, j+1 {
		w.both(old[i].start, new[j].start)
		w.both(old[i].end(), new[j].end())
	}
	w.both(len(oldText), len(newText))
	w.flush()
	return w.spans
}

// A spanWriter writes spans up to given offsets of both texts, joining
// neighbours of the same kind and putting the removed before the added.
type spanWriter struct {
	old, new       string
	i, j           int // how far each text was written
	removed, added strings.Builder
	spans          []Span
}

// both writes both texts up to i and j.
func (w *spanWriter) both(i, j int) {
	if w.old[w.i:i] == w.new[w.j:j] {
		if i > w.i {
			w.flush()
			w.append(Equal, w.old[w.i:i])
		}
		w.i, w.j = i, j
		return
	}
	w.remove(i)
	w.add(j)
}

func (w *spanWriter) remove(i int) {
	w.removed.WriteString(w.old[w.i:i])
	w.i = i
}

func (w *spanWriter) add(j int) {
	w.added.WriteString(w.new[w.j:j])
	w.j = j
}

func (w *spanWriter) flush() {
	w.append(Remove, w.removed.String())
	w.append(Add, w.added.String())
	w.removed.Reset()
	w.added.Reset()
}

func (w *spanWriter) append(op Op, text string) {
	if text == "" {
		return
	}
	if n := len(w.spans); n > 0 && w.spans[n-1].Op == op {
		w.spans[n-1].Text += text
		return
	}
	w.spans = append(w.spans, Span{op, text})
}
