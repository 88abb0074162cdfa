package notify

import (
	"testing"

	"stet/watcher/article"
	"stet/watcher/compare"
)

// story is an article with these paragraphs.
func story(texts ...string) article.Article {
	a := article.Article{Kind: article.KindArticle, Headline: "Ferry burns off Marlhaven", Language: "en"}
	for _, t := range texts {
		a.Blocks = append(a.Blocks, article.Block{Kind: article.Paragraph, Text: t})
	}
	return a
}

// withNote is a story that a note stands under.
func withNote(a article.Article, text string) article.Article {
	a.Blocks = append(a.Blocks, article.Block{Kind: article.Note, Text: text})
	return a
}

// turned is the change from one of two variants back to the other, after as
// many turns.
func turned(c compare.Change, turns int) compare.Change {
	a, b := [32]byte{1}, [32]byte{2}
	var earlier []compare.Version
	for i := range turns + 1 {
		earlier = append(earlier, compare.Version{Number: i + 1, Hash: [][32]byte{a, b}[i%2]})
	}
	return compare.Settle(c, earlier, compare.Version{Number: turns + 2, Hash: [][32]byte{a, b}[(turns+1)%2]})
}

// TestTheDefaultRoute holds the route without a match to what it is to tell:
// every change of weight minor or more, every note that comes, changes or goes,
// gone, restored and the first revert; no cosmetic change, no further turn of a
// flapping variant.
func TestTheDefaultRoute(t *testing.T) {
	const (
		ferry  = "The ferry burned for six hours and 12 people were taken to hospital, the harbour office said."
		mended = "The ferry burned for six hours and 19 people were taken to hospital, the harbour office said."
		calm   = "The harbour was calm when the fire began."
		note   = "Correction: An earlier version of this article gave the number of people in hospital as 12. It is 19."
		other  = "Correction: An earlier version of this article gave the number of people in hospital as 12. It is 21."
	)
	first := story(ferry, calm)
	edit := compare.Compare(first, story(mended, calm))
	for _, tt := range []struct {
		name   string
		change compare.Change
		want   bool
	}{
		{"a figure", edit, true},
		{"other words", compare.Compare(first, story(ferry, "The harbour was quiet when the fire began.")), true},
		{"a paragraph more", compare.Compare(first, story(ferry, calm, "The company did not answer questions on Monday evening.")), true},
		{"a paragraph less", compare.Compare(first, story(ferry)), true},
		{"punctuation", compare.Compare(first, story(ferry, "The harbour was calm, when the fire began.")), false},
		{"nothing", compare.Compare(first, first), false},
		{"a note comes", compare.Compare(first, withNote(first, note)), true},
		{"a note changes", compare.Compare(withNote(first, note), withNote(first, other)), true},
		{"a note goes", compare.Compare(withNote(first, note), first), true},
		{"the story is gone", compare.SelfChange(compare.Gone, "the address answers 404"), true},
		{"the story is back", compare.SelfChange(compare.Restored, "the address serves it again"), true},
		{"the story has moved", compare.SelfChange(compare.Moved, "to another address"), false},
		{"the time shown alone", compare.StampMove(article.Article{Stamp: "10:00"}, article.Article{Stamp: "11:00"}), false},
		{"the first revert", turned(edit, 1), true},
		{"a further turn", turned(edit, 2), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := Alert{Change: tt.change}
			routing := Routing{Destinations: []string{"desk"}}
			if got := len(routing.To(a)) == 1; got != tt.want {
				t.Errorf("sent: %v, want %v; weight %s, nature %s, reasons %+v", got, tt.want, a.Weight, a.Nature, routing.Explain(a))
			}
			routing.Routes = []Route{{To: []string{"desk"}}}
			if got := len(routing.To(a)) == 1; got != tt.want {
				t.Errorf("sent by a route without a match: %v, want %v", got, tt.want)
			}
		})
	}
}
