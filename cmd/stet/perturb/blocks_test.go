package perturb

import "golang.org/x/net/html"

// blockEdits add, drop and move passages.
func blockEdits() []perturbation {
	return []perturbation{
		{kind: "last-paragraph-dropped", field: "body", make: func(t *trial) bool { return t.dropPara(len(t.paras) - 1) }},
		{kind: "paragraph-dropped", field: "body", heldOut: true, make: (*trial).paraDropped},
		{kind: "paragraph-before-first", field: "body", make: func(t *trial) bool { return t.paraBefore(0) }},
		{kind: "paragraph-between", field: "body", make: (*trial).paraBetween},
		{kind: "paragraph-after-last", field: "body", make: (*trial).paraLast},
		{kind: "paragraph-split-and-edited", field: "body", heldOut: true, make: (*trial).splitEdited},
		{kind: "paragraphs-merged-and-edited", field: "body", make: (*trial).mergedEdited},
		{kind: "paragraph-moved-and-edited", field: "body", make: (*trial).movedEdited},
		{kind: "subhead-dropped", field: "body", make: (*trial).subheadDropped},
		{kind: "subhead-added", field: "body", make: (*trial).subheadAdded},
		{kind: "list-item-added", field: "body", make: (*trial).itemAdded},
	}
}

// dropPara drops a paragraph, if it is so short that the page stays whole.
func (t *trial) dropPara(i int) bool {
	t.was = textOf(t.paras[i])
	if len(t.was)*4 > len(t.truth) {
		return false
	}
	t.paras[i].Parent.RemoveChild(t.paras[i])
	return true
}

func (t *trial) paraDropped() bool {
	i, ok := t.gapIndex()
	return ok && t.dropPara(i)
}

func (t *trial) paraBefore(i int) bool {
	t.now = t.ownLine(newsParagraphs)
	p := like(t.paras[i])
	p.AppendChild(text(t.now))
	insertBefore(t.paras[i], p)
	return true
}

func (t *trial) paraBetween() bool {
	i, ok := t.gapIndex()
	return ok && t.paraBefore(i+1)
}

func (t *trial) paraLast() bool {
	last := t.lastPara()
	if last == nil {
		return false
	}
	t.now = t.ownLine(newsParagraphs)
	p := like(last)
	p.AppendChild(text(t.now))
	insertAfter(last, p)
	return true
}

// mergedEdited makes one paragraph of two and changes a word.
func (t *trial) mergedEdited() bool {
	i, ok := t.gapIndex()
	if !ok || nextElement(t.paras[i]) != t.paras[i+1] || !t.apply(t.paras[i+1], changeWord) {
		return false
	}
	t.paras[i].AppendChild(text(" "))
	moveChildren(t.paras[i], t.paras[i+1])
	t.paras[i+1].Parent.RemoveChild(t.paras[i+1])
	return true
}

// splitEdited parts a paragraph of one text in two and changes a word.
func (t *trial) splitEdited() bool {
	for _, i := range t.rng.Perm(len(t.paras)) {
		p := t.paras[i]
		if p.FirstChild == nil || p.FirstChild != p.LastChild || p.FirstChild.Type != html.TextNode {
			continue
		}
		ends := sentenceEnd.FindAllStringIndex(p.FirstChild.Data, -1)
		if len(ends) == 0 || !t.apply(p, changeWord) {
			continue
		}
		s := p.FirstChild.Data
		at := nextSentence(s, sentenceEnd.FindStringIndex(s))
		second := like(p)
		second.AppendChild(text(s[at:]))
		p.FirstChild.Data = s[:at]
		insertAfter(p, second)
		return true
	}
	return false
}

func (t *trial) movedEdited() bool {
	gaps := t.gaps()
	if len(gaps) < 3 {
		return false
	}
	i := gaps[t.rng.IntN(len(gaps)-2)]
	last := gaps[len(gaps)-1]
	if !t.apply(t.paras[i], changeWord) {
		return false
	}
	p := t.paras[i]
	p.Parent.RemoveChild(p)
	insertAfter(t.paras[last], p)
	return true
}

func (t *trial) subheadDropped() bool {
	heads := t.of("h2", "h3", "h4")
	if len(heads) == 0 {
		return false
	}
	n := heads[t.rng.IntN(len(heads))]
	t.was = textOf(n)
	n.Parent.RemoveChild(n)
	return true
}

func (t *trial) subheadAdded() bool {
	i, ok := t.gapIndex()
	if !ok {
		return false
	}
	t.now = t.ownLine(subheads)
	source := "<h2></h2>"
	if heads := t.of("h2", "h3", "h4"); len(heads) > 0 {
		source = "<" + heads[0].Data + "></" + heads[0].Data + ">"
	}
	h := markup(source)[0]
	h.AppendChild(text(t.now))
	insertAfter(t.paras[i], h)
	return true
}

func (t *trial) itemAdded() bool {
	items := t.of("li")
	if len(items) < 2 {
		return false
	}
	at := items[t.rng.IntN(len(items))]
	t.now = t.ownLine(newsSentences)
	li := like(at)
	li.AppendChild(text(t.now))
	insertAfter(at, li)
	return true
}
