package newsroom

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"stet/watcher/article"
)

// A Step is one moment of the script: what an outlet does to one story.
type Step struct {
	At    time.Duration // after the script's begin
	Story string        // the story's slug
	Says  string        // in words, for people
	acts  []act
	Want  Want // what stet must make of it
}

// An act is one thing done to a story. Several make a step, and readers see
// them together.
type act func(v version, at time.Time) (version, error)

// apply gives the version that a step makes of v.
func (st Step) apply(v version, start time.Time) (version, error) {
	at := start.Add(st.At)
	v.Number++
	v.Modified = at
	v.Blocks = slices.Clone(v.Blocks)
	for _, do := range st.acts {
		var err error
		if v, err = do(v, at); err != nil {
			return v, err
		}
	}
	return v, nil
}

// reword replaces words that stand in exactly one block, once.
func reword(old, new string) act {
	return func(v version, _ time.Time) (version, error) {
		i, err := find(v, old)
		if err != nil {
			return v, err
		}
		v.Blocks[i].Text = strings.Replace(v.Blocks[i].Text, old, new, 1)
		return v, nil
	}
}

// cut takes out the blocks from the one that holds first to the one that
// holds last.
func cut(first, last string) act {
	return func(v version, _ time.Time) (version, error) {
		i, err := find(v, first)
		if err != nil {
			return v, err
		}
		j, err := find(v, last)
		if err != nil {
			return v, err
		}
		if j < i {
			return v, fmt.Errorf("%q stands before %q", last, first)
		}
		v.Blocks = slices.Delete(v.Blocks, i, j+1)
		return v, nil
	}
}

// retitle swaps the headline.
func retitle(old, new string) act {
	return func(v version, _ time.Time) (version, error) {
		if v.Headline != old {
			return v, fmt.Errorf("the headline is %q, not %q", v.Headline, old)
		}
		v.Headline = new
		return v, nil
	}
}

// annotate adds a publisher's note below the story.
func annotate(text string) act {
	return func(v version, _ time.Time) (version, error) {
		v.Blocks = append(v.Blocks, block{Kind: article.Note, Text: text})
		return v, nil
	}
}

// report adds an entry on top of a live blog.
func report(title, text string) act {
	return func(v version, at time.Time) (version, error) {
		i := slices.IndexFunc(v.Blocks, func(b block) bool { return b.Kind == entry })
		if i < 0 {
			return v, fmt.Errorf("no live blog: it has no entries")
		}
		v.Blocks = slices.Insert(v.Blocks, i,
			block{Kind: entry, Text: title, At: at},
			block{Kind: article.Paragraph, Text: text})
		return v, nil
	}
}

// stamp moves the time of update that readers see.
func stamp() act {
	return func(v version, at time.Time) (version, error) {
		v.Stamp = at
		return v, nil
	}
}

// serve changes what the address answers with.
func serve(what string) act {
	return func(v version, _ time.Time) (version, error) {
		if v.Serves == what {
			return v, fmt.Errorf("it serves %q already", what)
		}
		v.Serves = what
		return v, nil
	}
}

// find is the index of the one block that holds text, once.
func find(v version, text string) (int, error) {
	at := -1
	for i, b := range v.Blocks {
		switch n := strings.Count(b.Text, text); {
		case n > 1 || n == 1 && at >= 0:
			return 0, fmt.Errorf("%q stands there more than once", text)
		case n == 1:
			at = i
		}
	}
	if at < 0 {
		return 0, fmt.Errorf("%q does not stand there", text)
	}
	return at, nil
}
