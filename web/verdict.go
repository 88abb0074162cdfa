package web

import (
	"stet/watcher/compare"
)

// A verdict is what a change is called: never by colour alone, but by a word,
// a shape and a fill too.
type verdict struct {
	Word  string
	Icon  string // the id of its shape in the layout
	Class string // its fill and colour: "silent", "stamped", "partly", "disclosed" or "plain"
}

// verdictOf names a change. An edit's disclosure comes first; what is no edit,
// or one that nobody needs to be told of, is plain.
func verdictOf(c compare.Change) verdict {
	switch c.Nature {
	case compare.Gone:
		return verdict{"Gone", "gone", "plain"}
	case compare.Restored:
		return verdict{"Restored", "restored", "plain"}
	case compare.Moved:
		return verdict{"Moved", "moved", "plain"}
	case compare.Walled:
		return verdict{"Behind a wall", "hold", "plain"}
	}
	if !c.Changed {
		return verdict{"No edit", "same", "plain"}
	}
	switch c.Disclosure {
	case compare.Disclosed:
		return verdict{"Disclosed", "disclosed", "disclosed"}
	case compare.Partly:
		return verdict{"Partly disclosed", "partly", "partly"}
	}
	if c.Disclosure == compare.Stamped && len(c.Blocks) == 0 {
		return verdict{"Stamp moved", "stamped", "stamped"} // and nothing else
	}
	if c.Weight == compare.Cosmetic {
		return verdict{"Cosmetic", "same", "plain"}
	}
	switch {
	case c.Disclosure == compare.Stamped:
		return verdict{"Stamped", "stamped", "stamped"}
	case c.Silent:
		return verdict{"Silent", "silent", "silent"}
	case c.Nature == compare.Revert:
		return verdict{"Reverted", "restored", "plain"}
	case c.Nature == compare.Update:
		return verdict{"Update", "update", "plain"}
	}
	return verdict{"Changed", "same", "plain"}
}

// A fact is a fact that changed, as a page shows it.
type fact struct {
	Kind, Old, New string
	At             moment // when that was seen, and the place on the page that tells of it
	Anchor         string
}

func factsOf(c compare.Change) []fact {
	facts := make([]fact, 0, len(c.Facts))
	for _, f := range c.Facts {
		facts = append(facts, fact{Kind: upperFirst(f.Kind), Old: f.Old, New: f.New})
	}
	return facts
}

// A note is a publisher's note, as a page shows it.
type note struct {
	Head string // "Correction, added"
	Text string
}

func notesOf(c compare.Change) []note {
	said := map[compare.Op]string{compare.Add: "added", compare.Replace: "changed", compare.Remove: "removed"}
	notes := make([]note, 0, len(c.Notes))
	for _, n := range c.Notes {
		notes = append(notes, note{Head: noteName(n.Kind) + ", " + said[n.Op], Text: n.Text})
	}
	return notes
}

// noteName puts a kind of note in words.
func noteName(kind string) string {
	switch kind {
	case "":
		return "The publisher’s note"
	case "editors_note":
		return "Editor’s note"
	}
	return upperFirst(kind)
}

// traits are the plain words that stand under a change: its weight, and the
// kinds of fact in it, each once.
func traits(c compare.Change) []string {
	var words []string
	if c.Weight != "" {
		words = append(words, upperFirst(string(c.Weight)))
	}
	seen := make(map[string]bool)
	for _, f := range c.Facts {
		if !seen[f.Kind] {
			seen[f.Kind] = true
			words = append(words, upperFirst(f.Kind))
		}
	}
	return words
}
