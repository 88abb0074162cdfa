package compare

import (
	"strings"
	"testing"

	"stet/watcher/article"
)

// story makes an article of body text, its paragraphs parted by blank lines.
func story(language, text string) article.Article {
	a := article.Article{Kind: article.KindArticle, Language: language, Headline: "Council meets"}
	for p := range strings.SplitSeq(text, "\n\n") {
		if p != "" {
			a.Blocks = append(a.Blocks, article.Block{Kind: article.Paragraph, Text: p})
		}
	}
	return a
}

// checkSpans fails t unless the spans of every changed block spell both texts.
func checkSpans(t *testing.T, c Change) {
	t.Helper()
	for _, b := range c.Blocks {
		if b.Op != Replace {
			continue
		}
		var old, new strings.Builder
		for _, s := range b.Spans {
			if s.Op != Add {
				old.WriteString(s.Text)
			}
			if s.Op != Remove {
				new.WriteString(s.Text)
			}
		}
		if old.String() != b.Old || new.String() != b.New {
			t.Errorf("spans %q spell %q and %q, want %q and %q", b.Spans, old.String(), new.String(), b.Old, b.New)
		}
	}
}

func TestWeight(t *testing.T) {
	const rest = "\n\nThe harbour office will give more details later this week, once all reports are in."
	tests := []struct {
		name     string
		language string
		old, new string
		weight   Weight
		facts    string // "kind old→new; …"
	}{
		{"a death toll with its digits turned round", "en", "The fire killed 12 people in Ostrey.", "The fire killed 21 people in Ostrey.", Substantive, "number 12→21"},
		{"a sum ten times as large", "en", "The bridge cost $4 million to mend.", "The bridge cost $40 million to mend.", Substantive, "number $4 million→$40 million"},
		{"a negation dropped", "en", "The mayor did not sign the contract.", "The mayor did sign the contract.", Substantive, "*negation"},
		{"a neutral verb of saying becomes a loaded one", "en", "The guard said the door was locked.", "The guard alleged the door was locked.", Substantive, "*certainty"},
		{"a known misspelling mended", "en", "Pupils will recieve a letter.", "Pupils will receive a letter.", Cosmetic, ""},
		{"one word for another of the same letters", "en", "The trial runs along the river.", "The trail runs along the river.", Minor, ""},
		{"a number written out", "en", "The crew saved 8 sailors.", "The crew saved eight sailors.", Cosmetic, ""},
		{"a separator of thousands", "en", "About 5000 people came.", "About 5,000 people came.", Cosmetic, ""},
		{"quotes made typographic", "en", `"We go," she said.`, "“We go,” she said.", Cosmetic, ""},
		{"a German number with another separator means the same", "de", "Die Stadt zahlt 1200 Euro.", "Die Stadt zahlt 1.200 Euro.", Cosmetic, ""},
		{"a German figure changed", "de", "Bei dem Brand starben zwölf Menschen.", "Bei dem Brand starben einundzwanzig Menschen.", Substantive, "number zwölf→einundzwanzig"},
		{"a French figure changed", "fr", "Le pont a coûté quatre-vingt-dix millions d'euros.", "Le pont a coûté quatre-vingts millions d'euros.", Substantive, "*number"},
		{"a Spanish figure written in digits", "es", "Llegaron treinta y un barcos.", "Llegaron 31 barcos.", Cosmetic, ""},
		{"a weekday changed", "en", "The vote is on Tuesday.", "The vote is on Thursday.", Substantive, "date Tuesday→Thursday"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := Compare(story(tt.language, tt.old+rest), story(tt.language, tt.new+rest))
			checkSpans(t, c)
			var facts []string
			for _, f := range c.Facts {
				facts = append(facts, f.Kind+" "+f.Old+"→"+f.New)
			}
			got := strings.Join(facts, "; ")
			kind, loose := strings.CutPrefix(tt.facts, "*")
			if c.Weight != tt.weight || loose && !strings.Contains(got, kind) || !loose && got != tt.facts {
				t.Errorf("Compare(%q, %q) is %s with facts %q, want %s with %q; reasons %q", tt.old, tt.new, c.Weight, got, tt.weight, tt.facts, c.Reasons)
			}
		})
	}
}
