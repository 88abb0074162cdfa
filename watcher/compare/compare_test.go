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
