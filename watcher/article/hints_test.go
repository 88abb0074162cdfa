package article

import "testing"

func TestHintsInClassNames(t *testing.T) {
	for _, tt := range []struct {
		name, class string
		want        hint
	}{
		{"a word", "ad", hintAd},
		{"a word among others", "slot ad-left", hintAd},
		{"two words that belong together", "most-read", hintRelated},
		{"a capital begins a word", "articleBody", hintContent},
		{"the end of a hash is no word", "css-1502ad", 0},
		{"a hash that begins like a word is none", "css-ad4f21", 0},
		{"a number behind a word", "ad2", 0},
		{"a number before a word, apart", "col-2 nav", hintNav},
		{"a name of two letters among its like is no word", "aa ad paragraph", hintContent},
		{"the class of an inserted advert", "adsbyinvented", hintAd},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := hintsIn(tt.class); got != tt.want {
				t.Errorf("hintsIn(%q) = %b, want %b", tt.class, got, tt.want)
			}
		})
	}
}
