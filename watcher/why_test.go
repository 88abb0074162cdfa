package watcher

import (
	"testing"

	"stet/watcher/compare"
)

func TestKeptAndFormerInWords(t *testing.T) {
	r := Revision{Number: 2, Leaf: 1, LeafHash: [32]byte{0x9f, 0x3a, 0xc1, 0xd0, 0x7b, 0xe4}}
	if got, want := r.Kept(), "revision 2, leaf 1 of the ledger (9f3ac1d07be4)"; got != want {
		t.Errorf("Kept() = %q, want %q", got, want)
	}
	f := FormerVerdict{Why: "a note of revision 3 speaks of it", Change: compare.Change{Weight: compare.Substantive, Nature: compare.Edit, Disclosure: compare.Silent}}
	if got, want := f.String(), "until then substantive, edit, silent; a note of revision 3 speaks of it"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
	if got, want := (FormerVerdict{Change: compare.Change{Nature: compare.Gone}}).String(), "until then gone"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
}
