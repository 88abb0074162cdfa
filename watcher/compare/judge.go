package compare

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"stet/watcher/article"
)

// A judge weighs the edits between two articles. It holds what it must know
// of both, and nothing of any other pair.
type judge struct {
	lex       *lexicon
	published time.Time
	known     map[string]bool // words looked up by isName
	was, is   string          // all text of the old and the new article
	wasBody   int             // where each goes on behind the headline
	isBody    int
}

// newJudge makes the judge of pairs, in the language of a BCP 47 tag or else
// of the new text.
func newJudge(tag string, pairs []pair) *judge {
	j := &judge{known: map[string]bool{}}
	j.was, j.is, j.wasBody, j.isBody = wholeText(pairs)
	j.lex = lexiconFor(tag, j.sample())
	return j
}

// sample is text to tell the language by: the new one, and if it is short the
// old one too.
func (j *judge) sample() string {
	const short = 1000 // bytes
	if len(j.is) > short {
		return j.is
	}
	return j.is + j.was
}

// elsewhere reports whether words that stand on one side of a pair alone stand
// in another place of the other article: they moved.
func (j *judge) elsewhere(p *passage, from, to int, old bool) bool {
	const least = 5 // tokens; fewer stand anywhere
	other := j.was
	if old {
		other = j.is
	}
	return to-from >= least && strings.Contains(other, run(p.text, p.tokens(), from, to))
}

// An edit is one pair of passages that differ, weighed.
type edit struct {
	pair
	field   Field
	weight  Weight
	facts   []finding
	content int    // words with content of their own that changed
	meaning bool   // a word stands in the place of another that means something else
	typo    bool   // cosmetic, and a misspelling was mended
	wholly  bool   // every hunk adds, or every hunk removes, whole sentences
	shifted bool   // a whole passage whose words stand in another one on the other side
	why     string // for a weight that the facts do not explain

	sides *editSides // what a note is held against, once one is
}

// fieldOf returns the part of an article that a kind of block belongs to.
func fieldOf(kind string) Field {
	switch kind {
	case kindHeadline, kindStandfirst, kindByline, kindNote:
		return Field(kind)
	case string(article.Caption):
		return FieldCaption
	}
	return FieldBody
}

// weigh judges one pair that differs.
func (j *judge) weigh(p pair) edit {
	e := edit{pair: p, weight: Minor}
	if p.new != nil {
		e.field = fieldOf(p.new.kind)
	} else {
		e.field = fieldOf(p.old.kind)
	}
	switch p.op {
	case Move:
		e.why = "moved, its words unchanged"
	case Add:
		j.weighWhole(&e, p.new, false)
	case Remove:
		j.weighWhole(&e, p.old, true)
	case Replace:
		j.weighReplaced(&e)
	case Equal:
		e.weight, e.why = Cosmetic, "the same words, their paragraphs split or joined"
	}
	return e
}

// weighWhole judges a passage that came or went as a whole: it is substantive
// unless it says next to nothing, such as a byline, or stands in another
// passage now.
func (j *judge) weighWhole(e *edit, p *passage, old bool) {
	if e.shifted = j.elsewhere(p, 0, len(p.tokens()), old); e.shifted {
		return
	}
	e.facts = j.wholeQuotes(p, old)
	for _, t := range p.tokens() {
		if j.content(t) {
			e.content++
		}
	}
	if e.content >= manyWords && e.field != FieldByline {
		e.weight = Substantive
	}
}

// manyWords is how many changed words with content of their own make an edit
// substantive by themselves. (At three, 3.9 % of labelled cosmetic edits came
// out substantive, and no substantive one came out cosmetic.)
const manyWords = 3

// weighReplaced judges a passage that reads differently. Cosmetic must be
// proved for every hunk; minor is the default.
func (j *judge) weighReplaced(e *edit) {
	old, new := e.old.tokens(), e.new.tokens()
	sameOld, sameNew := make([]bool, len(old)), make([]bool, len(new))
	if e.field == FieldByline {
		e.why = "the byline reads differently"
	} else {
		e.facts = j.findFacts(&e.pair, sameOld, sameNew)
	}
	var oldWords, newWords []token // of the hunks that are more than cosmetic
	cosmetic := true
	for _, h := range e.hunks {
		w := j.judgeWording(old, new, h, sameOld, sameNew)
		e.typo = e.typo || w == misspelled
		if w == reworded {
			cosmetic = false
			if h.deletes() && j.elsewhere(e.old, h.oldFrom, h.oldTo, true) || h.inserts() && j.elsewhere(e.new, h.newFrom, h.newTo, false) {
				continue
			}
			e.meaning = e.meaning || e.field != FieldByline && j.otherMeaning(&e.pair, outside(old, h.oldFrom, h.oldTo, e.aliases[0]), outside(new, h.newFrom, h.newTo, e.aliases[1]))
			oldWords = append(oldWords, outside(old, h.oldFrom, h.oldTo, e.aliases[0])...)
			newWords = append(newWords, outside(new, h.newFrom, h.newTo, e.aliases[1])...)
		}
	}
	e.content = j.contentChanged(oldWords, newWords)
	e.wholly = j.wholeSentences(e.pair)
	switch {
	case e.surely():
		e.weight = Substantive
	case cosmetic && len(e.facts) == 0:
		e.weight = Cosmetic
	case (e.content >= manyWords || e.meaning) && e.field != FieldByline:
		e.weight = Substantive
	}
	e.moveCounts()
}

// outside returns the tokens [from, to) that stand in none of ms.
func outside(toks []token, from, to int, ms []mention) []token {
	var rest []token
	for i := from; i < to; i++ {
		if !slices.ContainsFunc(ms, func(m mention) bool { return i >= m.from && i < m.to }) {
			rest = append(rest, toks[i])
		}
	}
	return rest
}

// moveCounts lifts a cosmetic edit of a passage that also moved: another
// order of paragraphs is minor.
func (e *edit) moveCounts() {
	if e.moved && e.weight == Cosmetic {
		e.weight, e.why = Minor, "moved"
	}
}

// surely reports whether a fact changed beyond doubt.
func (e edit) surely() bool {
	for _, f := range e.facts {
		if f.sure {
			return true
		}
	}
	return false
}

// maxReach is the most changed tokens of a passage in which single facts are
// told apart; beyond it the passage as a whole was rewritten.
const maxReach = 1500

// findFacts finds what changed in the meaning-bearing terms of a passage, and
// marks the tokens whose meaning is the same in other words.
func (j *judge) findFacts(p *pair, sameOld, sameNew []bool) []finding {
	old, new := p.old.tokens(), p.new.tokens()
	if reach(*p) > maxReach {
		return nil
	}
	figuresOld, figuresNew := j.findMentions(p.old.text, old), j.findMentions(p.new.text, new)
	namesOld, namesNew := j.names(p.old), j.names(p.new)
	namesOld, namesNew = j.dropReordered(p, namesOld, namesNew)
	found := j.findSwaps(p, figuresOld, figuresNew)
	found = append(found, j.findSwaps(p, namesOld, namesNew)...)
	found = append(found, j.matchMentions(p, figuresOld, figuresNew, sameOld, sameNew)...)
	found = append(found, j.findNames(p, namesOld, namesNew, sameOld, sameNew)...)
	found = append(found, j.findQuotes(p, sameOld, sameNew)...)
	found = append(found, j.findSpeakers(p, found)...)
	found = append(found, j.findBounds(p)...)
	found = append(found, j.findRanks(p)...)
	found = append(found, j.findOffices(p, found)...)
	found = append(found, j.findClaims(p, sameOld, sameNew)...)
	return slices.DeleteFunc(found, func(f finding) bool { return (!f.sure || f.Kind == factName) && j.inSlip(p, f) })
}

// inSlip reports whether f lies in a hunk that only mends a slip of the pen.
func (j *judge) inSlip(p *pair, f finding) bool {
	for _, h := range p.hunks {
		if !f.within(h) {
			continue
		}
		a, b := p.old.tokens(), p.new.tokens()
		joined := strings.Join(j.bare(a, h.oldFrom, h.oldTo, make([]bool, len(a))), "") == strings.Join(j.bare(b, h.newFrom, h.newTo, make([]bool, len(b))), "") // "Autofähre", "Auto-Fähre"
		if joined && f.Kind == factName || j.misspelt(a[h.oldFrom:h.oldTo], b[h.newFrom:h.newTo]) {
			return true
		}
	}
	return false
}

// wholeSentences reports whether the hunks of p only add, or only remove,
// whole sentences.
func (j *judge) wholeSentences(p pair) bool {
	for _, h := range p.hunks {
		toks, from, to := p.new.tokens(), h.newFrom, h.newTo
		if h.deletes() {
			toks, from, to = p.old.tokens(), h.oldFrom, h.oldTo
		} else if !h.inserts() {
			return false
		}
		whole := toks[from].first && (to == len(toks) || toks[to].first)
		// The diff may have put the full stop of the sentence before it first.
		shifted := from > 0 && ends(toks, from) && !ends(toks, to-1)
		if !whole && !shifted {
			return false
		}
	}
	return len(p.hunks) > 0
}

// where names the passage for the reasons.
func (e edit) where() string {
	switch e.field {
	case FieldHeadline, FieldStandfirst, FieldByline:
		return "the " + string(e.field)
	case FieldCaption:
		return "a caption"
	}
	if e.new != nil {
		return fmt.Sprintf("paragraph %d", e.new.place)
	}
	return fmt.Sprintf("paragraph %d", e.old.place)
}
