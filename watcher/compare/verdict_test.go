package compare

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"stet/watcher/article"
)

// ferry is the story that the tests below edit.
const ferry = `Nineteen passengers were led off the ferry Pell Star after a fire broke out off Marlhaven on Monday.

The number of people injured rose to 12, the harbour office said. Two of them are children.

The operator had been told twice that the fire doors on the lower deck did not close.

“We asked for those doors to be mended twice, and twice we were told to wait,” said Jory Vance, a welder.

An inquiry opens in Ostrey on 4 May.`

func TestVerdict(t *testing.T) {
	figure := func(s string) string { return strings.Replace(s, "rose to 12", "rose to 19", 1) }
	without := func(s, passage string) string { return strings.Replace(s, "\n\n"+passage, "", 1) }
	quote := "“We asked for those doors to be mended twice, and twice we were told to wait,” said Jory Vance, a welder."
	tests := []struct {
		name       string
		old, new   string
		change     func(old, new *article.Article)
		weight     Weight
		disclosure Disclosure
		nature     Nature
		silent     bool
		told       bool
		reason     string // one that must be among them, or part of one
		summary    string // or part of it
	}{
		{name: "a figure changed, nothing said", old: ferry, new: figure(ferry),
			weight: Substantive, disclosure: Silent, nature: Edit, silent: true, told: true,
			reason: "The figure 12 became 19 in paragraph 2.", summary: "injured ‘12’ became ‘19’, without a note"},
		{name: "a figure changed and a note that names both", old: ferry,
			new:    figure(ferry) + "\n\nCorrection: An earlier version of this article gave the number of people injured as 12. It is 19.",
			weight: Substantive, disclosure: Disclosed, nature: Correction, told: true, reason: "A correction came. It covers injured 12 → 19."},
		{name: "a figure changed and a note on something else", old: ferry,
			new:    figure(ferry) + "\n\nCorrection: An earlier version of this article misspelled the name of the welder as Jorry Vanse.",
			weight: Substantive, disclosure: Silent, nature: Edit, silent: true, told: true, reason: "on something else"},
		{name: "two facts changed and a note on one", old: ferry,
			new:    strings.Replace(figure(ferry), "4 May", "14 May", 1) + "\n\nCorrection: An earlier version of this article gave the number of people injured as 12. It is 19.",
			weight: Substantive, disclosure: Partly, nature: Correction, told: true, reason: "It does not cover 4 May → 14 May."},
		{name: "a vague note and one fact", old: ferry, new: figure(ferry) + "\n\nThis article has been corrected.",
			weight: Substantive, disclosure: Disclosed, nature: Correction, told: true},
		{name: "a figure changed and the time readers see", old: ferry, new: figure(ferry),
			change: func(old, new *article.Article) { old.Stamp, new.Stamp = "Updated 18:15", "Updated 19:05" },
			weight: Substantive, disclosure: Stamped, nature: Edit, told: true,
			reason: "The time shown moved from Updated 18:15 to Updated 19:05; no note says what changed."},
		{name: "a figure changed and a hidden time", old: ferry, new: figure(ferry),
			change: func(old, new *article.Article) { new.Modified = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC) },
			weight: Substantive, disclosure: Silent, nature: Edit, silent: true, told: true,
			reason: "The hidden time in the page moved, the time readers see did not."},
		{name: "a quotation's paragraph gone", old: ferry, new: without(ferry, quote),
			weight: Substantive, disclosure: Silent, nature: Removal, silent: true, told: true, reason: "Paragraph 4 was removed.", summary: "quote “We asked"},
		{name: "a paragraph added", old: ferry, new: ferry + "\n\nThe ferry was towed to Pell Head on Tuesday, where divers will look at its hull.",
			weight: Substantive, disclosure: Silent, nature: Update, told: true, summary: "paragraph 6 added"},
		{name: "a sentence added to a paragraph", old: ferry, new: strings.Replace(ferry, "on 4 May.", "on 4 May. It will hear thirty witnesses in public.", 1),
			weight: Substantive, disclosure: Silent, nature: Update, told: true},
		{name: "a paragraph added and a figure changed", old: ferry, new: figure(ferry) + "\n\nThe ferry was towed to Pell Head on Tuesday, where divers will look at its hull.",
			weight: Substantive, disclosure: Silent, nature: Edit, silent: true, told: true},
		{name: "a live page goes on", old: ferry, new: "A third tug has reached the Pell Star, the coastguard says.\n\n" + ferry,
			change: func(old, new *article.Article) { old.Kind, new.Kind = article.KindLive, article.KindLive },
			weight: Substantive, disclosure: Silent, nature: Update, told: true},
		{name: "a paragraph moved", old: ferry, new: without(ferry, quote) + "\n\n" + quote,
			weight: Minor, disclosure: Silent, nature: Edit, silent: true, told: true, reason: "moved"},
		{name: "a paragraph split in two", old: ferry, new: strings.Replace(ferry, "said. Two", "said.\n\nTwo", 1),
			weight: Cosmetic, disclosure: Silent, nature: Edit, reason: "split or joined"},
		{name: "two paragraphs joined, and a figure changed", old: ferry, new: strings.Replace(figure(ferry), "children.\n\nThe operator", "children. The operator", 1),
			weight: Substantive, disclosure: Silent, nature: Edit, silent: true, told: true, summary: "injured ‘12’ became ‘19’, without a note"},
		{name: "a sentence moved to its own paragraph elsewhere", old: ferry,
			new:    strings.Replace(ferry, " Two of them are children.", "", 1) + "\n\nTwo of them are children.",
			weight: Minor, disclosure: Silent, nature: Edit, silent: true, told: true},
		{name: "a typo mended", old: strings.Replace(ferry, "passengers", "passangers", 1), new: ferry,
			weight: Cosmetic, disclosure: Silent, nature: Edit},
		{name: "a note taken away", old: ferry + "\n\nCorrection: An earlier version of this article misspelled a name.", new: ferry,
			weight: Minor, disclosure: Silent, nature: Removal, silent: true, told: true, reason: "A correction was taken away."},
		{name: "a note alone", old: ferry, new: ferry + "\n\nCorrection: An earlier version of this article misspelled a name.",
			weight: Minor, disclosure: Disclosed, nature: Correction, told: true, summary: "correction note added"},
		{name: "a headline swapped", old: ferry, new: ferry,
			change: func(old, new *article.Article) { new.Headline = "Ferry operator ignored warnings of fire" },
			weight: Substantive, disclosure: Silent, nature: Edit, silent: true, told: true, summary: "headline ‘Council meets’ became "},
		{name: "another text at the address", old: strings.Repeat(ferry+"\n\n", 2), new: strings.Repeat("Bakers in Veldmoor fear for their flour as mills along the canal close one after another this winter.\n\n", 9),
			weight: Rewrite, disclosure: Silent, nature: Edit, silent: true, told: true},
		{name: "an author added", old: ferry, new: ferry,
			change: func(old, new *article.Article) {
				old.Authors, new.Authors = []string{"Ilse Corvane"}, []string{"Ilse Corvane", "Tobin Ashgrove"}
			},
			weight: Minor, disclosure: Silent, nature: Edit, silent: true, told: true},
		{name: "a German figure and its note", old: "Bei dem Brand auf der Fähre wurden zwölf Menschen verletzt.\n\nDie Reederei schweigt.",
			new:    "Bei dem Brand auf der Fähre wurden neunzehn Menschen verletzt.\n\nDie Reederei schweigt.\n\nKorrektur: In einer früheren Version dieses Artikels war von zwölf Verletzten die Rede. Es sind neunzehn.",
			change: func(old, new *article.Article) { old.Language, new.Language = "de", "de-DE" },
			weight: Substantive, disclosure: Disclosed, nature: Correction, told: true},
		{name: "a French figure and its note", old: "L'incendie du ferry a fait douze blessés.\n\nL'armateur se tait.",
			new:    "L'incendie du ferry a fait dix-neuf blessés.\n\nL'armateur se tait.\n\nRectificatif : une première version de cet article parlait de douze blessés. Ils sont dix-neuf.",
			change: func(old, new *article.Article) { old.Language, new.Language = "fr", "fr" },
			weight: Substantive, disclosure: Disclosed, nature: Correction, told: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			old, new := story("en", tt.old), story("en", tt.new)
			if tt.change != nil {
				tt.change(&old, &new)
			}
			c := Compare(old, new)
			checkSpans(t, c)
			if c.Weight != tt.weight || c.Disclosure != tt.disclosure || c.Nature != tt.nature || c.Silent != tt.silent || c.Told != tt.told || !c.Changed {
				t.Errorf("got %s, %s, %s, silent %t, told %t; want %s, %s, %s, %t, %t\nreasons %q\nsummary %q",
					c.Weight, c.Disclosure, c.Nature, c.Silent, c.Told, tt.weight, tt.disclosure, tt.nature, tt.silent, tt.told, c.Reasons, c.Summary)
			}
			if !slices.ContainsFunc(c.Reasons, func(r string) bool { return strings.Contains(r, tt.reason) }) {
				t.Errorf("reasons %q, want one with %q", c.Reasons, tt.reason)
			}
			if !strings.Contains(c.Summary, tt.summary) || utf8.RuneCountInString(c.Summary) >= 200 || c.Summary == "" {
				t.Errorf("summary %q, want under 200 characters with %q", c.Summary, tt.summary)
			}
		})
	}
}

func TestNothingChanged(t *testing.T) {
	noise := strings.NewReplacer("passengers", "passen\u00adgers", "Pell Star", "Pell\u00a0Star", "\n\n", "  \n\n ", "fire", "fi\u200bre")
	tests := []struct {
		name   string
		change func(new *article.Article)
	}{
		{"the same article", func(*article.Article) {}},
		{"invisible characters and other spaces", func(new *article.Article) { *new = story("en", noise.Replace(ferry)) }},
		{"the time shown alone", func(new *article.Article) { new.Stamp = "Updated 14:05" }},
		{"the hidden time alone", func(new *article.Article) { new.Modified = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC) }},
		{"a line that shows the time of update", func(new *article.Article) {
			new.Blocks = append(new.Blocks, article.Block{Kind: article.Paragraph, Text: "Updated 14:05"})
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			new := story("en", ferry)
			tt.change(&new)
			c := Compare(story("en", ferry), new)
			if c.Changed || c.Told || c.Silent || c.Weight != "" || c.Disclosure != "" || c.Nature != "" || c.Summary != "" || len(c.Fields) > 0 {
				t.Errorf("Compare found a change: %+v", c)
			}
		})
	}
}

func TestNoStory(t *testing.T) {
	for _, kind := range []article.Kind{article.KindListing, article.KindWall, article.KindError, article.KindEmpty} {
		c := Compare(story("en", ferry), article.Article{Kind: kind, Headline: "Log in to go on"})
		if c.Changed || c.Told || c.NewKind != kind || len(c.Reasons) != 1 {
			t.Errorf("Compare with a page of kind %q: changed %t, told %t, new_kind %q, reasons %q", kind, c.Changed, c.Told, c.NewKind, c.Reasons)
		}
	}
}

func TestBlocksAndFields(t *testing.T) {
	old, new := story("en", ferry), story("en", strings.Replace(ferry, "rose to 12", "rose to 19", 1))
	old.Standfirst, new.Standfirst = "Twelve people were hurt.", "Nineteen people were hurt."
	new.Headline = "Council meets again"
	new.Authors = []string{"Ilse Corvane"}
	new.Blocks = append(new.Blocks, article.Block{Kind: article.Caption, Text: "The Pell Star on Monday"})
	c := Compare(old, new)
	var kinds []string
	for _, b := range c.Blocks {
		kinds = append(kinds, b.Kind+":"+string(b.Op))
	}
	want := []string{"headline:change", "standfirst:change", "byline:add", "paragraph:equal", "paragraph:change", "paragraph:equal", "paragraph:equal", "paragraph:equal", "caption:add"}
	if !slices.Equal(kinds, want) {
		t.Errorf("blocks are %q, want %q", kinds, want)
	}
	if fields := []Field{FieldHeadline, FieldStandfirst, FieldByline, FieldBody, FieldCaption}; !slices.Equal(c.Fields, fields) {
		t.Errorf("fields are %q, want %q", c.Fields, fields)
	}
	if spans := []Span{{Equal, "The number of people injured rose to "}, {Remove, "12"}, {Add, "19"},
		{Equal, ", the harbour office said. Two of them are children."}}; !slices.Equal(c.Blocks[4].Spans, spans) {
		t.Errorf("spans are %q, want %q", c.Blocks[4].Spans, spans)
	}
}

func TestJSONHasNoNull(t *testing.T) {
	gone := SelfChange(Gone, "the address answers “page not found” (410)")
	for name, c := range map[string]Change{
		"unchanged": Compare(story("en", ferry), story("en", ferry)),
		"changed":   Compare(story("en", ferry), story("en", ferry[:200])),
		"no story":  Compare(story("en", ferry), article.Article{Kind: article.KindWall}),
		"gone":      gone,
		"stamp":     StampMove(article.Article{Stamp: "Updated 14:05"}, article.Article{Stamp: "Updated 15:10"}),
	} {
		out, err := json.Marshal(c)
		if err != nil || strings.Contains(string(out), "null") {
			t.Errorf("%s: JSON is %s, %v, want it without null", name, out, err)
		}
	}
}

func TestSameChangeEveryTime(t *testing.T) {
	old, new := newsStory(), edited()
	first := Compare(old, new)
	for range 20 {
		if again := Compare(old, new); !reflect.DeepEqual(first, again) {
			t.Fatalf("Compare gave two changes for one pair:\n%+v\n%+v", first, again)
		}
	}
}
