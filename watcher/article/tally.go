package article

import (
	"fmt"
	"strings"
)

// A Tally counts the blocks of a page by what a reading did with them. The
// zero Tally is that of a page whose blocks were not judged: one that is no
// story, or whose story stands in its metadata or scripts.
type Tally struct {
	Story   int // headline, standfirst and what is printed
	Watched int // left out of the text, but watched for edits
	LeftOut int
	Words   int               // of what was left out
	Kinds   map[BlockKind]int // of what was left out
}

// Tally counts what the reading that left the outline did with the blocks of
// its page.
func (o Outline) Tally() Tally {
	var t Tally
	m := o.recall()
	if m == nil {
		return t
	}
	for i := range m.marks {
		k := &m.marks[i]
		switch k.label {
		case dropped:
			if t.Kinds == nil {
				t.Kinds = map[BlockKind]int{}
			}
			t.LeftOut++
			t.Words += int(k.words)
			t.Kinds[blockKinds[k.kind]]++
		case watched:
			t.Watched++
		default:
			t.Story++
		}
	}
	return t
}

// String says the counts in words, such as "14 of 40 blocks are the story's;
// left out are 26 with 210 words (20 list items, 6 paragraphs)"; "" for the
// zero Tally.
func (t Tally) String() string {
	all := t.Story + t.Watched + t.LeftOut
	if all == 0 {
		return ""
	}
	text := fmt.Sprintf("%d of %d blocks are the story's", t.Story, all)
	if t.Watched > 0 {
		text += fmt.Sprintf(", %d more are watched", t.Watched)
	}
	if t.LeftOut == 0 {
		return text
	}
	var kinds []string
	for _, k := range blockKinds {
		if n := t.Kinds[k]; n > 0 {
			name := strings.ReplaceAll(string(k), "_", " ")
			if n > 1 {
				name += "s"
			}
			kinds = append(kinds, fmt.Sprintf("%d %s", n, name))
		}
	}
	return text + fmt.Sprintf("; left out are %d with %d words (%s)", t.LeftOut, t.Words, strings.Join(kinds, ", "))
}
