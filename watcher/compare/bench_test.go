package compare

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"stet/watcher/article"
)

// newsStory makes an article of about 800 words in 40 passages.
func newsStory() article.Article {
	a := article.Article{Kind: article.KindArticle, Language: "en", Headline: "Ferry operator ignored fire warnings, inspector says",
		Standfirst: "Twelve people were hurt when a fire broke out off Marlhaven.", Authors: []string{"Ilse Corvane", "Tobin Ashgrove"}}
	for i := range 40 {
		a.Blocks = append(a.Blocks, article.Block{Kind: article.Paragraph, Text: fmt.Sprintf(
			"On deck %d the crew of the Pell Star, built in Ostrey in 1987, told Jory Vance that the doors had not been mended since %d May.", i, i%28+1)})
	}
	return a
}

// edited is newsStory with a figure, a headline and a quotation changed, and a note added.
func edited() article.Article {
	a := newsStory()
	a.Headline = "Ferry operator was told of fire warnings, inspector says"
	a.Blocks[3].Text = strings.Replace(a.Blocks[3].Text, "1987", "1978", 1)
	a.Blocks[9].Text = strings.Replace(a.Blocks[9].Text, "had not been mended", "had been mended", 1)
	a.Blocks[20].Text = strings.Replace(a.Blocks[20].Text, "told Jory Vance", "told the inspector", 1)
	a.Blocks = append(a.Blocks, article.Block{Kind: article.Note, Text: "Correction: An earlier version of this article said that the ship was built in 1987. It was 1978."})
	return a
}

func BenchmarkCompareFewEdits(b *testing.B) {
	old, new := newsStory(), edited()
	for b.Loop() {
		Compare(old, new)
	}
}

func BenchmarkCompareUnchanged(b *testing.B) {
	old, new := newsStory(), newsStory()
	for b.Loop() {
		Compare(old, new)
	}
}

// randomText makes n words that hardly repeat, in passages of the given length.
func randomText(seed uint64, n, passage int) article.Article {
	r := rand.New(rand.NewPCG(seed, 1))
	a := article.Article{Kind: article.KindArticle, Language: "en"}
	for n > 0 {
		var words []string
		for range min(n, passage) {
			words = append(words, fmt.Sprintf("w%d", r.IntN(30_000)))
		}
		a.Blocks = append(a.Blocks, article.Block{Kind: article.Paragraph, Text: strings.Join(words, " ")})
		n -= passage
	}
	return a
}

func BenchmarkCompareUnrelated(b *testing.B) {
	for _, passage := range []int{20_000, 2_000, 50, 3} {
		old, new := randomText(1, 20_000, passage), randomText(2, 20_000, passage)
		b.Run(fmt.Sprintf("20000 words in passages of %d", passage), func(b *testing.B) {
			for b.Loop() {
				Compare(old, new)
			}
		})
	}
}
