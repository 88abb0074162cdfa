package compare

import "testing"

func TestSlipsOfThePen(t *testing.T) {
	j := &judge{lex: lexiconFor("en", "")}
	tests := []struct {
		name, old, new string
		slip           bool
	}{
		{"two letters swapped", "recieve", "receive", true},
		{"two letters swapped in a short word", "teh", "the", true},
		{"a letter dropped", "goverment", "government", true},
		{"a letter doubled", "untill", "until", true},
		{"a letter wrong", "seperate", "separate", true},
		{"two letters wrong in a long word", "accomodattion", "accommodation", true},
		{"a slip made rather than mended", "passengers", "passangers", true},
		{"trial and trail", "trial", "trail", false},
		{"charged and changed", "charged", "changed", false},
		{"convicted and convinced", "convicted", "convinced", false},
		{"county and country", "county", "country", false},
		{"prosecute and persecute", "prosecute", "persecute", false},
		{"united and untied", "united", "untied", false},
		{"public and pubic", "public", "pubic", false},
		{"casual and causal", "casual", "causal", false},
		{"defused and diffused", "defused", "diffused", false},
		{"a word and its plural", "boat", "boats", false},
		{"a name and a word", "Smyth", "Smith", false},
		{"two words that are none", "brennt", "brannt", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := j.misspelt(tokenize("a " + tt.old)[1:], tokenize("a " + tt.new)[1:]); got != tt.slip {
				t.Errorf("misspelt(%q, %q) = %t, want %t", tt.old, tt.new, got, tt.slip)
			}
		})
	}
}

func TestEnglishWord(t *testing.T) {
	for word, want := range map[string]bool{"aardvark": true, "harbour": true, "harbor": true, "zulus": false, "zygotes": true, "": false, "aaa": false, "zzzz": false, "recieve": false} {
		if got := englishWord(word); got != want {
			t.Errorf("englishWord(%q) = %t, want %t", word, got, want)
		}
	}
}
