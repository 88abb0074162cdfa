package compare

import "testing"

func TestLexiconFor(t *testing.T) {
	for _, tt := range []struct{ name, tag, text, want string }{
		{"the page says its language", "de-AT", "The harbour was shut.", "de"},
		{"with an underscore", "fr_CA", "", "fr"},
		{"a language without a lexicon has none", "ja", "The harbour was shut and the boats were moved.", ""},
		{"the page says nothing, the text is English", "", "The harbour was shut and the boats were moved to the other side of it.", "en"},
		{"the page says nothing, the text is German", "", "Der Hafen ist zu, und die Boote sind auf der anderen Seite, wo sie mit dem Wind liegen.", "de"},
		{"undetermined", "und", "Le port est fermé et les bateaux sont de l'autre côté, dans la baie.", "fr"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := lexiconFor(tt.tag, tt.text).code; got != tt.want {
				t.Errorf("lexiconFor(%q, %q) is %q, want %q", tt.tag, tt.text, got, tt.want)
			}
		})
	}
}

func TestSlipsWithinQuotations(t *testing.T) {
	for _, tt := range []struct {
		name, old, new string
		want           Weight
	}{
		{"a typo mended in a quotation", `"Love does not pay the insurence," she told the board.`, `"Love does not pay the insurance," she told the board.`, Cosmetic},
		{"a typo and a word changed in a quotation", `"Love does not pay the insurence," she told the board.`, `"Love cannot pay the insurance," she told the board.`, Substantive},
		{"a word of a quotation changed", `"It is a scandal," she told the board.`, `"It is a mistake," she told the board.`, Substantive},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Compare(story("en", tt.old), story("en", tt.new)); got.Weight != tt.want {
				t.Errorf("Compare(%q, %q) is %s, want %s: %v", tt.old, tt.new, got.Weight, tt.want, got.Reasons)
			}
		})
	}
}
