package compare

import "stet/watcher/article"

// Compare finds what changed between two successive revisions of an article,
// and judges it. It never looks at the clock: the same pair always gives the
// same Change. If new is no story, nothing is compared, and the reasons say
// so. What depends on earlier revisions is added by [Settle].
func Compare(old, new article.Article) Change {
	c := empty()
	c.NewKind = new.Kind
	if !isStory(new) {
		c.Reasons = append(c.Reasons, notAStory(new))
		return c
	}
	pairs := pairUp(old, new)
	v := judgePairs(old, new, pairs) // it finds out that some passages are notes
	c.Blocks = make([]Block, len(pairs))
	for i, p := range pairs {
		c.Blocks[i] = p.block()
	}
	v.write(&c)
	return c
}

// empty is a Change that says nothing, with empty lists in place of nil ones,
// so that its JSON has no null.
func empty() Change {
	return Change{
		Undisclosed: []string{}, Reasons: []string{}, Fields: []Field{}, Blocks: []Block{}, Facts: []Fact{}, Notes: []NoteChange{},
	}
}

// isStory reports whether a can be a revision. An article that was put
// together without a reader has no kind; its text decides.
func isStory(a article.Article) bool {
	return a.Kind.Story() || a.Kind == "" && (a.Headline != "" || len(a.Blocks) > 0)
}

// notAStory says what stands in the story's place.
func notAStory(a article.Article) string {
	what := map[article.Kind]string{
		article.KindListing: "a list of stories",
		article.KindWall:    "a login, consent or captcha page",
		article.KindError:   "an error page",
	}[a.Kind]
	if what == "" {
		what = "a page without article text"
	}
	return "The address now shows " + what + ", so nothing was compared."
}

// pairUp pairs the parts of two articles: headline, standfirst and byline
// first, then the body.
func pairUp(old, new article.Article) []pair {
	var pairs []pair
	add := func(kind, a, b string) {
		if p, ok := line(kind, a, b); ok {
			pairs = append(pairs, p)
		}
	}
	add(kindHeadline, old.Headline, new.Headline)
	add(kindStandfirst, old.Standfirst, new.Standfirst)
	add(kindByline, byline(old.Authors), byline(new.Authors))
	return append(pairs, align(passages(old), passages(new))...)
}
