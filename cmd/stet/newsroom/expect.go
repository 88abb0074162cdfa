package newsroom

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"stet/watcher/compare"
)

// A Want is what stet must make of a step. The zero Want is nothing at all: no
// revision, nothing told.
type Want struct {
	Told       bool // whether the default route sends it
	Nature     compare.Nature
	Disclosure compare.Disclosure // "" where it does not matter
	Weight     compare.Weight     // at least; "" for none
	Field      compare.Field      // one that it must touch; "" where no text changes
	Old, New   string             // words of what stood there and of what stands there; "" for none
}

// An Expectation is a Want and where it applies.
type Expectation struct {
	Step  int    // index in Script
	Story string // slug
	Path  string // of the story's URL
	Says  string
	Want
}

// Expected lists what stet must make of the script, in its order. Steps that
// must make no revision, such as a login wall, are not in it.
func (n *Newsroom) Expected() []Expectation {
	var out []Expectation
	for i, st := range n.steps {
		if st.Want != (Want{}) {
			out = append(out, Expectation{i, st.Story, n.press.stories[st.Story].path(), st.Says, st.Want})
		}
	}
	return out
}

// About reports whether a change is on what the step did, however it is judged.
func (w Want) About(c compare.Change) bool {
	if w.Field == "" {
		return c.Nature == w.Nature
	}
	return touches(c, w.Old, w.New)
}

// Check compares a change's judgement with what is wanted and returns an error
// that names every difference.
func (w Want) Check(c compare.Change) error {
	var wrong []string
	differ := func(what string, got, want any) {
		wrong = append(wrong, fmt.Sprintf("%s is %v, want %v", what, got, want))
	}
	if c.Told != w.Told {
		differ("told", c.Told, w.Told)
	}
	if c.Nature != w.Nature {
		differ("nature", c.Nature, w.Nature)
	}
	if w.Disclosure != "" && c.Disclosure != w.Disclosure {
		differ("disclosure", c.Disclosure, w.Disclosure)
	}
	if silent := w.silent(); w.Disclosure != "" && c.Silent != silent {
		differ("silent", c.Silent, silent)
	}
	switch {
	case w.Weight == compare.Cosmetic && c.Weight != compare.Cosmetic:
		differ("weight", c.Weight, w.Weight)
	case c.Weight.Rank() < w.Weight.Rank():
		differ("weight", c.Weight, fmt.Sprintf("%s at least", w.Weight))
	}
	if w.Field != "" && !slices.Contains(c.Fields, w.Field) {
		differ("fields", c.Fields, w.Field)
	}
	if !w.About(c) {
		wrong = append(wrong, fmt.Sprintf("no block goes from %q to %q", w.Old, w.New))
	}
	if wrong != nil {
		return errors.New(strings.Join(wrong, "; "))
	}
	return nil
}

// silent reports whether what is wanted is a silent edit.
func (w Want) silent() bool {
	return w.Disclosure == compare.Silent && w.Weight.Rank() >= compare.Minor.Rank() &&
		(w.Nature == compare.Edit || w.Nature == compare.Removal)
}

// touches reports whether the blocks that differ hold old before and new after.
func touches(c compare.Change, old, new string) bool {
	var before, after bool
	for _, b := range c.Blocks {
		if b.Op == compare.Equal {
			continue
		}
		before = before || strings.Contains(b.Old, old) && !strings.Contains(b.New, old)
		after = after || strings.Contains(b.New, new) && !strings.Contains(b.Old, new)
	}
	return (before || old == "") && (after || new == "")
}
