package article

import "fmt"

// thorough reads the page as if it were new, because most of the story was
// not found again. done is false where the alignment is to be used after all.
func (r *rereading) thorough(o Outline) (a Article, next Outline, done bool) {
	fresh := &reading{src: r.src, text: r.text, page: r.page, stand: -1, charset: r.charset, closed: r.closed}
	fresh.judgeAll()
	a = fresh.article()
	r.brokenOff(&a)
	if !a.Kind.Story() {
		return a, o, true
	}
	before, now, kept := r.shrunken(fresh)
	switch {
	case 2*now < before && 2*kept > now && fresh.j.paywalled():
		a.Kind, a.Blocks = KindWall, nil
		a.Reasons = append(a.Reasons, fmt.Sprintf("shrunken: %d of %d words are left above a request to log in or subscribe", now, before))
		return a, o, true
	case 2*now < before && (2*kept > now || len(fresh.unseen) > 0) && !hasNote(a):
		a.Degraded = true
		a.Reasons = append(a.Reasons, fmt.Sprintf("shrunken: %d of %d words are left", now, before))
		return a, o, true
	case r.found() >= 0.4 && r.titleFound():
		return a, o, false // a heavy edit of the same story
	}
	a.Reasons = append(a.Reasons, "read anew: little of the earlier text was found again")
	return a, fresh.outline(a), true
}

// shrunken counts the story's words before, now, and those of now whose
// blocks stood there before.
func (r *rereading) shrunken(fresh *reading) (before, now, kept int) {
	for i := range r.old.marks {
		if m := &r.old.marks[i]; m.label == printed && blockKinds[m.kind] != Caption {
			before += int(m.words)
		}
	}
	for i := range fresh.j.verdicts {
		if v := &fresh.j.verdicts[i]; v.label == printed && v.kind != Caption {
			n := int(r.blocks[i].words)
			now += n
			if k := r.partner[i]; k >= 0 && r.old.marks[k].label != dropped {
				kept += n
			}
		}
	}
	return before, now, kept
}

// titleFound reports whether the earlier headline's block has a partner, or
// the story had none.
func (r *rereading) titleFound() bool {
	for i := range r.old.marks {
		if r.old.marks[i].label == headline {
			return r.used[i]
		}
	}
	return true
}

func hasNote(a Article) bool {
	for _, b := range a.Blocks {
		if b.Kind == Note {
			return true
		}
	}
	return false
}
