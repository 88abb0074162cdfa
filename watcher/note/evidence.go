package note

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// A finding is where the words of one sort stand: evidence, or what says of
// which kind a note is.
type finding uint32

// Beside the sorts of evidence, the words that a kind of note is told by.
const (
	saysRetracted finding = 1 << (16 + iota)
	saysErred
	saysClarified
	saysUpdated
	saysPolicy
	saysOutOfIt
)

// An indexed is a phrase, without the space before it, and what it says.
type indexed struct {
	phrase string
	says   finding
	parts  bool // counts at the start of a text only
	cue    int  // of the phrase of that number, if says is 0
}

// cues are the numbers of the selfPhrases of which a cue stands in a text.
type cues [2]uint64

func (c *cues) set(n int)     { c[n/64] |= 1 << (n % 64) }
func (c cues) has(n int) bool { return c[n/64]>>(n%64)&1 == 1 }

// An index finds all phrases in one pass over a text: those of scripts with
// spaces by the first bytes of each word, the others wherever they stand.
type index struct {
	words  map[[2]byte][]indexed
	others map[rune][]indexed
}

// unspaced is the first letter of the scripts that write without spaces.
const unspaced = 0x2E80

var phraseIndex = sync.OnceValue(func() *index {
	x := &index{words: map[[2]byte][]indexed{}, others: map[rune][]indexed{}}
	for _, w := range evidenceWords {
		x.add(w.words, finding(w.sort), false)
	}
	x.add(partWords, finding(parts), true)
	x.add(retractedWords, saysRetracted, false)
	x.add(erredWords, saysErred, false)
	x.add(clarifiedWords, saysClarified, false)
	x.add(updatedWords, saysUpdated, false)
	x.add(policyWords, saysPolicy, false)
	x.add(outOfIt, saysOutOfIt, false)
	for i, p := range selfPhrases {
		for _, c := range p.cues {
			x.put(indexed{phrase: strings.TrimPrefix(c, " "), cue: i})
		}
	}
	return x
})

func (x *index) add(phrases []string, says finding, parts bool) {
	for _, p := range phrases {
		x.put(indexed{phrase: strings.TrimPrefix(p, " "), says: says, parts: parts})
	}
}

func (x *index) put(e indexed) {
	if r, _ := utf8.DecodeRuneInString(e.phrase); r >= unspaced {
		x.others[r] = append(x.others[r], e)
		return
	}
	key := [2]byte{e.phrase[0], e.phrase[1]}
	x.words[key] = append(x.words[key], e)
}

// find returns what padded text says, and which phrases it has a cue of.
func (x *index) find(text string) (found finding, cued cues) {
	const start = 32 // bytes within which a part of the story is its subject
	take := func(list []indexed, i int) {
		for _, e := range list {
			switch {
			case e.says == 0:
				if !cued.has(e.cue) && strings.HasPrefix(text[i:], e.phrase) {
					cued.set(e.cue)
				}
			case found&e.says != e.says && (!e.parts || i < start) && strings.HasPrefix(text[i:], e.phrase):
				found |= e.says
			}
		}
	}
	for i := 0; i+1 < len(text); i++ {
		switch {
		case text[i] == ' ' && i+2 < len(text):
			take(x.words[[2]byte{text[i+1], text[i+2]}], i+1)
		case text[i] >= 0xE2: // first byte of what is written without spaces
			r, _ := utf8.DecodeRuneInString(text[i:])
			take(x.others[r], i)
		}
	}
	return found, cued
}
