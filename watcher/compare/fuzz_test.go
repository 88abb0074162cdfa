package compare

import (
	"reflect"
	"testing"
	"unicode/utf8"
)

// FuzzCompare holds what must be true of any two texts: the spans spell both,
// the same pair gives the same change, the summary fits, and two texts that
// read the same are no change.
func FuzzCompare(f *testing.F) {
	for _, e := range readEdits(f) {
		f.Add(e.language, e.old, e.new)
	}
	f.Add("", ferry, ferry[:300])
	f.Add("de", "„Nein“, sagte er am 4. Mai.\n\n»Doch«", "‚Nein‘\n\nKorrektur: In einer früheren Version hieß es…")
	f.Add("fr", "l’« é \u00ad 1\u202f200", "'“\xff\u200d\ud7ff")
	f.Fuzz(func(t *testing.T, language, a, b string) {
		old, new := story(language, a), story(language, b)
		c := Compare(old, new)
		checkSpans(t, c)
		if again := Compare(old, new); !reflect.DeepEqual(c, again) {
			t.Errorf("two changes for one pair: %+v and %+v", c, again)
		}
		if n := utf8.RuneCountInString(c.Summary); n >= 200 {
			t.Errorf("summary of %d characters: %q", n, c.Summary)
		}
		if c.Changed != (c.Weight != "") || c.Changed && c.Summary == "" {
			t.Errorf("changed %t with weight %q and summary %q", c.Changed, c.Weight, c.Summary)
		}
		if same := Compare(old, old); same.Changed {
			t.Errorf("a text differs from itself: %+v", same)
		}
	})
}
