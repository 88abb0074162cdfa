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
		{"a class that hides", "card is-hidden", hintHidden},
		{"a class that hides a field's label", "field--name-hidden", 0},
		{"a class that cuts off what runs over", "overflow-hidden", 0},
		{"a class that hides on narrow screens only", "hidden md:block", 0},
		{"names that a page builder gives to everything", "elementor-widget cmp-text dialog-off-canvas-main-canvas", 0},
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
