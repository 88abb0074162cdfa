package compare

import (
	"fmt"
	"strings"
)

// A Rule is one word of a judgement, and the rule that gave it.
type Rule struct {
	Word   string `json:"word"`   // weight, nature, disclosure, silent or told
	Answer string `json:"answer"` // such as "substantive" or "yes"
	Rule   string `json:"rule"`   // why, in words
}

func (r Rule) String() string { return r.Word + " " + r.Answer + ": " + r.Rule }

// Rules says by which rule a change got each word of its judgement. What it
// says follows from the change alone, so it can be asked of a kept one, too.
func (c Change) Rules() []Rule {
	if !c.Changed {
		return []Rule{{"told", "no", "nothing of the article changed"}}
	}
	rules := []Rule{{"nature", string(c.Nature), c.natureRule()}}
	if len(c.Blocks) > 0 {
		rules = []Rule{
			{"weight", string(c.Weight), c.weightRule()},
			{"disclosure", string(c.Disclosure), c.disclosureRule()},
			rules[0],
			{"silent", yesNo(c.Silent), c.silentRule()},
		}
	}
	return append(rules, Rule{"told", yesNo(c.Told), c.toldRule()})
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (c Change) weightRule() string {
	switch c.Weight {
	case Cosmetic:
		return "the same words and values: spelling, punctuation, spacing, case or notation alone"
	case Minor:
		if c.notesAlone() {
			return "nothing changed but notes"
		}
		return "other words or another order, and no fact that stet knows of changed"
	case Rewrite:
		return "hardly any of the earlier text is left"
	}
	const most = 3
	var facts []string
	for _, f := range c.Facts[:min(len(c.Facts), most)] {
		facts = append(facts, f.words())
	}
	switch more := len(c.Facts) - most; {
	case len(facts) == 0:
		return "a passage came or went, or words with a meaning of their own changed"
	case more > 0:
		return fmt.Sprintf("facts changed: %s, and %d more", strings.Join(facts, "; "), more)
	case len(facts) > 1:
		return "facts changed: " + strings.Join(facts, "; ")
	}
	return "a fact changed: " + facts[0]
}

// words is a fact in words: "number 12 → 19".
func (f Fact) words() string {
	old, new := shorten(f.Old, 60), shorten(f.New, 60)
	switch {
	case old == "":
		return f.Kind + " " + new + " added"
	case new == "":
		return f.Kind + " " + old + " removed"
	}
	return f.Kind + " " + old + " → " + new
}

func (c Change) disclosureRule() string {
	late := c.LateDisclosure()
	switch c.Disclosure {
	case Disclosed:
		if late != "" {
			return late
		}
		return "a note speaks of what changed"
	case Partly:
		rule := "a note speaks of some of what changed"
		if late != "" {
			rule = late
		}
		return rule + "; it does not cover " + strings.Join(c.Undisclosed, "; ")
	}
	note := "no note came"
	for _, n := range c.Notes {
		if note = "a note went"; n.Op != Remove {
			note = "the note does not speak of what changed"
			break
		}
	}
	if c.Disclosure == Stamped {
		return note + "; a time that readers see moved"
	}
	return note + ", and no time that readers see moved"
}

func (c Change) natureRule() string {
	switch c.Nature {
	case Update:
		if len(c.Blocks) == 0 {
			return "only the time that readers see moved"
		}
		return "the story goes on: text was added, and no stated fact changed"
	case Removal:
		if len(c.Blocks) > 0 && c.notesAlone() {
			return "a note was taken away"
		}
		return "something is no longer there, and nothing stands in its place"
	case Correction:
		return "a note of correction came"
	case Revert:
		return "an earlier revision is back"
	case Gone:
		return "the address no longer serves the story, seen on two looks"
	case Restored:
		return "the story can be read at its address again"
	case Moved:
		return "the address leads elsewhere for good"
	case Walled:
		return "a wall stood in the story's place on several looks in a row"
	}
	return "what stood there reads differently"
}

func (c Change) silentRule() string {
	if c.Silent {
		return "weight is minor or more, disclosure is silent, nature is edit or removal"
	}
	var not []string
	if c.Weight.Rank() < Minor.Rank() {
		not = append(not, "weight is below minor")
	}
	if c.Disclosure != Silent {
		not = append(not, "disclosure is "+string(c.Disclosure))
	}
	if c.Nature != Edit && c.Nature != Removal {
		not = append(not, "nature is "+string(c.Nature))
	}
	return strings.Join(not, ", ")
}

// toldRule is why the default route tells a change, or does not.
func (c Change) toldRule() string {
	switch {
	case c.Told && c.Nature == Revert:
		return "it is the first revert"
	case c.Told && len(c.Notes) > 0:
		return "a note came, changed or went"
	case c.Told && len(c.Blocks) > 0:
		return "weight is minor or more"
	case c.Told:
		return "a story that is gone, or back, is told"
	case c.Nature == Moved:
		return "a move is told only where a route asks for it"
	case c.Nature == Walled:
		return "a wall is told only where a route asks for it"
	case c.Nature == Restored:
		return "a wall that went is told no more than the wall was"
	case len(c.Blocks) == 0:
		return "a time that moves by itself is told only where a route asks for it"
	case c.Weight == Cosmetic:
		return "a cosmetic change is told only where a route asks for it"
	case c.Nature == Revert:
		return "a further turn of two variants is told only once"
	}
	return "the default route does not tell such changes"
}
