package excerpt

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"stet/watcher/compare"
)

func TestClean(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"plain words", "Twelve hurt – “so far”", "Twelve hurt – “so far”"},
		{"white space of any kind", " a\n\tb\u00a0\u2028c ", "a b c"},
		{"a terminal's escape sequence", "\x1b[31mred\x1b[0m\a", "[31mred[0m"},
		{"the C1 form of it", "\u009b31mred", "31mred"},
		{"a bidi override and isolates", "\u202etxt.exe\u202c \u2066x\u2069", "txt.exe x"},
		{"zero-width characters and soft hyphens", "fer\u200bry\ufeff\u00ad", "ferry"},
		{"tags that nobody sees", "a\U000E0041\U000E0042b", "ab"},
		{"private use", "a\ue000b", "ab"},
		{"broken UTF-8", "a\xff\xfeb", "ab"},
		{"an emoji family keeps its joiners", "👩‍👩‍👧", "👩‍👩‍👧"},
		{"Persian keeps its non-joiner", "می\u200cخواهم", "می\u200cخواهم"},
		{"a joiner in Latin letters goes", "pass\u200dword", "password"},
		{"marks in a heap are cut down", "e" + strings.Repeat("\u0301", 40), "e" + strings.Repeat("\u0301", 6)},
		{"Vietnamese keeps its two", "ệ", "ệ"},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Clean(tt.text); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		most       int
		want       string
	}{
		{"what fits stays", "two words", 9, "two words"},
		{"at a word", "the ferry burned", 13, "the ferry …"},
		{"a comma goes with the cut", "the ferry, burned down", 14, "the ferry …"},
		{"a single long word", "incomprehensibilities", 10, "incompre…"},
		{"an emoji whole or not at all", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 15, "👩‍👩‍👧‍👦…"},
		{"an emoji that does not fit", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 8, "…"},
		{"room for the ellipsis alone", "ferry", 1, "…"},
		{"no room", "ferry", 0, ""},
		{"a mark stays on its letter", "ae\u0301e\u0301e\u0301", 5, "ae\u0301…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Cut(tt.text, tt.most)
			if got != tt.want || Len(got) > max(tt.most, 0) {
				t.Errorf("Cut(%q, %d) = %q, want %q", tt.text, tt.most, got, tt.want)
			}
		})
	}
}

func FuzzCut(f *testing.F) {
	f.Add("the ferry burned", 13)
	f.Add("👩‍👩‍👧‍👦 e\u0301", 7)
	f.Fuzz(func(t *testing.T, text string, most int) {
		clean := Clean(text)
		if !utf8.ValidString(clean) || Clean(clean) != clean {
			t.Errorf("Clean(%q) = %q, which is not clean", text, clean)
		}
		if got := Cut(clean, most); Len(got) > max(most, 0) || !utf8.ValidString(got) {
			t.Errorf("Cut(%q, %d) = %q, %d units", clean, most, got, Len(got))
		}
		double := func(s string) int { return 2 * Len(s) }
		if got := CutTo(clean, most, double); double(got) > max(most, 0) {
			t.Errorf("CutTo(%q, %d) = %q, too wide", clean, most, got)
		}
	})
}

func TestPassagesShowTheWordsAroundAChange(t *testing.T) {
	spans := []compare.Span{
		{Op: compare.Equal, Text: "One two three four five (six "}, {Op: compare.Add, Text: "new "}, {Op: compare.Remove, Text: "old\n"},
		{Op: compare.Equal, Text: "seven), eight nine ten eleven twelve "}, {Op: compare.Remove, Text: "gone "}, {Op: compare.Equal, Text: "last words of it."},
	}
	ps := Passages(compare.Change{Blocks: []compare.Block{{Op: compare.Replace, Kind: "paragraph", OldPlace: 2, NewPlace: 3, Spans: spans}}}, 2)
	want := []compare.Span{
		{Op: compare.Equal, Text: "… five (six "}, {Op: compare.Remove, Text: "old "}, {Op: compare.Add, Text: "new "},
		{Op: compare.Equal, Text: "seven), eight … eleven twelve "}, {Op: compare.Remove, Text: "gone "}, {Op: compare.Equal, Text: "last words …"},
	}
	if len(ps) != 1 || ps[0].Label != "Paragraph 3" || !reflect.DeepEqual(ps[0].Spans, want) {
		t.Errorf("passages are %+v, want Paragraph 3 with %+v", ps, want)
	}
}

func TestAHeadlineIsShownWhole(t *testing.T) {
	spans := []compare.Span{{Op: compare.Equal, Text: "A long headline of very many words that is "}, {Op: compare.Remove, Text: "old"}, {Op: compare.Add, Text: "new"}}
	ps := Passages(compare.Change{Blocks: []compare.Block{{Op: compare.Replace, Kind: "headline", Spans: spans}}}, 2)
	if !reflect.DeepEqual(ps[0].Spans, spans) {
		t.Errorf("spans are %+v, want all of them", ps[0].Spans)
	}
}

func TestABlockWithoutSpansIsShownOldThenNew(t *testing.T) {
	ps := Passages(compare.Change{Blocks: []compare.Block{{Op: compare.Replace, Kind: "byline", Old: "Ann", New: "Bob"}}}, 2)
	if want := []compare.Span{{Op: compare.Remove, Text: "Ann"}, {Op: compare.Add, Text: "Bob"}}; !reflect.DeepEqual(ps[0].Spans, want) {
		t.Errorf("spans are %+v, want %+v", ps[0].Spans, want)
	}
}

func TestChoosePicksWhatSaysMost(t *testing.T) {
	c := compare.Change{
		Facts: []compare.Fact{{Kind: "number", Old: "12", New: "19"}},
		Blocks: []compare.Block{
			{Op: compare.Replace, Kind: "headline", Old: "a", New: "b"},
			{Op: compare.Add, Kind: "paragraph", NewPlace: 1, New: "added"},
			{Op: compare.Replace, Kind: "paragraph", OldPlace: 1, NewPlace: 2, Old: "reworded", New: "rephrased"},
			{Op: compare.Remove, Kind: "paragraph", OldPlace: 2, Old: "removed"},
			{Op: compare.Move, Kind: "paragraph", OldPlace: 9, NewPlace: 4, Old: "m", New: "m"},
			{Op: compare.Replace, Kind: "paragraph", OldPlace: 3, NewPlace: 5, Old: "rose to 12", New: "rose to 19"},
			{Op: compare.Replace, Kind: "caption", OldPlace: 5, NewPlace: 6, Old: "x", New: "y"},
		},
	}
	picked, rest := Choose(Passages(c, 3), 3)
	var labels []string
	for _, p := range picked {
		labels = append(labels, p.Label)
	}
	if want := []string{"Headline", "Paragraph 2, removed", "Paragraph 5"}; !reflect.DeepEqual(labels, want) {
		t.Errorf("picked %q, want %q", labels, want)
	}
	if got, want := Also(rest), "Also ¶ 2 and the caption; ¶ 9 moved up to ¶ 4, words unchanged; 1 paragraph added"; got != want {
		t.Errorf("Also = %q, want %q", got, want)
	}
}

func TestAlsoCountsWhatIsMany(t *testing.T) {
	var ps []Passage
	for i := range 6 {
		ps = append(ps, Passage{Op: compare.Replace, Kind: "paragraph", To: i + 1}, Passage{Op: compare.Move, Kind: "paragraph", From: i, To: i + 1}, Passage{Op: compare.Remove, Kind: "list_item"})
	}
	want := "Also ¶ 1, ¶ 2, ¶ 3 and 3 more passages; 6 passages moved, words unchanged; 6 list items removed"
	if got := Also(ps); got != want {
		t.Errorf("Also = %q, want %q", got, want)
	}
	if got := Also(nil); got != "" {
		t.Errorf("Also of nothing is %q", got)
	}
}
