package watcher

import (
	"fmt"
	"strings"
)

// Kept says in words what is kept of a revision: "revision 2, leaf 1 of the
// ledger (9f3ac1d07be4)".
func (r Revision) Kept() string {
	return fmt.Sprintf("revision %d, leaf %d of the ledger (%x)", r.Number, r.Leaf, r.LeafHash[:6])
}

// String says what was judged until then, and why no longer: "until then
// substantive, edit, silent; a note of revision 3 speaks of it".
func (f FormerVerdict) String() string {
	var words []string
	for _, w := range []string{string(f.Weight), string(f.Nature), string(f.Disclosure)} {
		if w != "" {
			words = append(words, w)
		}
	}
	text := "until then " + strings.Join(words, ", ")
	if f.Why != "" {
		text += "; " + f.Why
	}
	return text
}
