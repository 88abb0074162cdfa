package compare

// findSpeakers finds quotations that stand in both texts and are another
// person's now: who is named beside the verb of saying changed. known are the
// facts of the passage found before.
func (j *judge) findSpeakers(p *pair, known []finding) []finding {
	old, new := p.old.tokens(), p.new.tokens()
	said := quotations(new)
	var found []finding
	for _, q := range quotations(old) {
		for k, r := range said {
			if r.text != q.text {
				continue
			}
			if f, ok := j.otherSpeaker(p, q, r, attribution(old, q), attribution(new, r), known); ok {
				found = append(found, f)
			}
			said = append(said[:k:k], said[k+1:]...)
			break
		}
	}
	return found
}

// A stretch is a run of tokens before and one behind a quotation.
type stretch struct{ from, open, close, to int }

func (s stretch) has(from, to int) bool {
	return from >= s.from && to <= s.open || from > s.close && to <= s.to
}

// attribution returns what of the sentence stands before and behind q.
func attribution(toks []token, q quotation) stretch {
	s := stretch{from: q.open, open: q.open, close: min(q.close, len(toks)-1), to: len(toks)}
	for s.from > 0 && !ends(toks, s.from-1) && toks[s.from-1].kind != quoteToken {
		s.from--
	}
	for i := s.close + 1; i < len(toks); i++ {
		if ends(toks, i) || toks[i].kind == quoteToken {
			s.to = i
			break
		}
	}
	return s
}

// otherSpeaker reports whether another is named as having said the quotation.
func (j *judge) otherSpeaker(p *pair, q, r quotation, was, is stretch, known []finding) (finding, bool) {
	old, new := p.old.tokens(), p.new.tokens()
	if !j.attributes(old, was) || !j.attributes(new, is) {
		return finding{}, false
	}
	before, after := "", ""
	for _, f := range known {
		if f.Kind == factName && f.sure && f.was != nil && f.is != nil && was.has(f.was.from, f.was.to) && is.has(f.is.from, f.is.to) {
			before, after = f.Old, f.New
		}
	}
	for _, h := range p.hunks {
		if before == "" && was.has(h.oldFrom, h.oldTo) && is.has(h.newFrom, h.newTo) && j.namesSpeaker(p, h) {
			before, after = wordsOf(p.old, h.oldFrom, h.oldTo), wordsOf(p.new, h.newFrom, h.newTo)
		}
	}
	if before == "" {
		return finding{}, false
	}
	f := finding{sure: true, oldAt: q.open, newAt: r.open, label: "speaker of", speakers: [2]string{before, after}, Fact: Fact{
		Kind: factQuote,
		Old:  before + ": " + run(p.old.text, old, q.open, min(q.close+1, len(old))),
		New:  after + ": " + run(p.new.text, new, r.open, min(r.close+1, len(new))),
	}}
	f.from(q, r)
	return f, true
}

// attributes reports whether a verb of saying, or a colon before the
// quotation, stands in s.
func (j *judge) attributes(toks []token, s stretch) bool {
	for i := s.from; i < s.to; i++ {
		if i >= s.open && i <= s.close {
			continue
		}
		k := toks[i].key
		if j.lex.says[k] || j.lex.claims[k] || i == s.open-1 && k == ":" {
			return true
		}
	}
	return false
}

// namesSpeaker reports whether h puts one noun in the place of another, right
// beside a verb of saying.
func (j *judge) namesSpeaker(p *pair, h hunk) bool {
	const most = 4 // tokens
	old, new := p.old.tokens(), p.new.tokens()
	if h.inserts() || h.deletes() || h.oldTo-h.oldFrom > most || h.newTo-h.newFrom > most {
		return false
	}
	if len(p.aliases[0]) > 0 || capitals(old[h.oldFrom:h.oldTo]) != capitals(new[h.newFrom:h.newTo]) {
		return false // a name in the place of an office may be the same person
	}
	return j.onlyNouns(old, h.oldFrom, h.oldTo) && j.onlyNouns(new, h.newFrom, h.newTo) &&
		j.contentChanged(old[h.oldFrom:h.oldTo], new[h.newFrom:h.newTo]) > 0 &&
		(j.besideSaying(old, h.oldFrom, h.oldTo))
}

func capitals(toks []token) bool {
	for _, t := range toks {
		if t.upper && !t.first {
			return true
		}
	}
	return false
}

func (j *judge) onlyNouns(toks []token, from, to int) bool {
	content := false
	for i := from; i < to; i++ {
		k := toks[i].key
		if toks[i].kind != wordToken || j.lex.says[k] || j.lex.claims[k] || j.lex.hedges[k] || j.lex.negation[k] {
			return false
		}
		content = content || j.content(toks[i])
	}
	return content
}

// besideSaying reports whether a verb of saying stands next to tokens
// [from, to), an article between them left out.
func (j *judge) besideSaying(toks []token, from, to int) bool {
	says := func(i int) bool {
		return i >= 0 && i < len(toks) && (j.lex.says[toks[i].key] || j.lex.claims[toks[i].key])
	}
	return says(from-1) || says(to) || from > 0 && j.lex.articles[toks[from-1].key] && says(from-2)
}
