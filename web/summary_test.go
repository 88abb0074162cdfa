package web

import (
	"testing"

	"stet/watcher/article"
	"stet/watcher/compare"
)

func TestSummary(t *testing.T) {
	fact := func(old, now string) compare.Fact { return compare.Fact{Kind: "number", Old: old, New: now} }
	tests := []struct {
		name, summary string
		facts         []compare.Fact
		want          string
	}{
		{"a fact", "injured 12 → 19", []compare.Fact{fact("12", "19")}, "Injured [-12] → [+19]"},
		{"words in quotation marks", "“ignored” → “was told of” in the headline", nil, "[-“ignored”] → [+“was told of”] in the headline"},
		{"both, and what came", "12 → 19; “a” → “b”; paragraph 3 added", []compare.Fact{fact("12", "19")}, "[-12] → [+19]; [-“a”] → [+“b”]; paragraph 3 added"},
		{"the longest fact", "£4.1m → £4.15m", []compare.Fact{fact("1m", "£4.1"), fact("£4.1m", "£4.15m")}, "[-£4.1m] → [+£4.15m]"},
		{"a fact with its noun", "‘12 people’ became ‘19 people’, without a note", []compare.Fact{fact("12", "19")}, "‘[-12] people’ became ‘[+19] people’, without a note"},
		{"words that are no fact", "headline ‘ignored’ became ‘was told of’", nil, "Headline [-‘ignored’] became [+‘was told of’]"},
		{"a quotation with its own marks", "“Go” became “Stay”; ‘1’ became ‘2’", []compare.Fact{fact("1", "2")}, "[-“Go”] became [+“Stay”]; ‘[-1]’ became ‘[+2]’"},
		{"words that only look like a turn", "‘what became’ removed", nil, "‘what became’ removed"},
		{"no fact", "the time shown moved: 07:00 → 08:00", nil, "The time shown moved: 07:00 → 08:00"},
		{"an arrow at the end", "a → ", nil, "A → "},
		{"nothing", "", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := marked(summaryOf(compare.Change{Summary: tt.summary, Facts: tt.facts})); got != tt.want {
				t.Errorf("summaryOf(%q) = %q, want %q", tt.summary, got, tt.want)
			}
		})
	}
}

func TestTheSummaryOfARealChangeIsMarked(t *testing.T) {
	old := article.Article{Kind: article.KindArticle, Language: "en", Headline: "Ferry burns", Blocks: paragraphs("The blaze hurt 12 people on the boat.")}
	now := old
	now.Blocks = paragraphs("The blaze hurt 19 people on the boat.")
	ps := summaryOf(compare.Compare(old, now))
	var went, came string
	for _, p := range ps {
		switch p.Op {
		case compare.Remove:
			went += p.Text
		case compare.Add:
			came += p.Text
		}
	}
	if went != "12" || came != "19" {
		t.Errorf("the summary is %q, want 12 marked as old and 19 as new", marked(ps))
	}
}
