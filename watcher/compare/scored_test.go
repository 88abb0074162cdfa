package compare

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"stet/watcher/article"
	"stet/watcher/note"
)

// The tests in this file score the judge against labelled data. A third of
// each set is held back: rules are made without looking at its misses, so that
// its figures tell what to expect of other stories. Both are held to the bars.

// readLines reads a file of JSON lines.
func readLines[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []T
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s, line %d: %v", name, len(list)+1, err)
		}
		list = append(list, v)
	}
	if err := lines.Err(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return list
}

// A score counts how many of a sort were judged right, in the part that rules
// were made with and in the part held back.
type score struct{ right, all [2]int }

// A table is a score for each sort, and for all together.
type table map[string]*score

func (tb table) add(sort string, held, right bool) {
	part := 0
	if held {
		part = 1
	}
	for _, k := range [...]string{sort, "all"} {
		if tb[k] == nil {
			tb[k] = &score{}
		}
		tb[k].all[part]++
		if right {
			tb[k].right[part]++
		}
	}
}

func (tb table) log(t *testing.T, title string) {
	t.Helper()
	var sorts []string
	for k := range tb {
		sorts = append(sorts, k)
	}
	slices.Sort(sorts)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%-16s %12s %12s\n", title, "", "tuned on", "held back")
	for _, k := range sorts {
		s := tb[k]
		fmt.Fprintf(&b, "%-16s %6d/%-5d %6d/%-5d\n", k, s.right[0], s.all[0], s.right[1], s.all[1])
	}
	t.Log(b.String())
}

// reach fails t if less than the share of either part is right.
func (tb table) reach(t *testing.T, what string, tuned, held float64) {
	t.Helper()
	s := tb["all"]
	if s == nil {
		t.Fatalf("%s: nothing was scored", what)
	}
	for part, bar := range [2]float64{tuned, held} {
		if got := float64(s.right[part]) / float64(s.all[part]); got < bar {
			t.Errorf("%s: %d of %d (%.3f), want %.3f (part held back: %t)", what, s.right[part], s.all[part], got, bar, part == 1)
		}
	}
}

// miss logs a miss of the part that may be looked at.
func miss(t *testing.T, held bool, format string, args ...any) {
	t.Helper()
	if !held || os.Getenv("STET_LOOK_AT_HELD") != "" {
		t.Logf("miss: "+format, args...)
	}
}

// A labelledPair is one sentence before and after an edit.
type labelledPair struct {
	ID       string   `json:"id"`
	Language string   `json:"language"`
	Kind     string   `json:"kind"`
	Weight   string   `json:"weight"` // "minor+" is minor or more
	Facts    []string `json:"facts"`
	Old      string   `json:"old"`
	New      string   `json:"new"`
	Held     bool     `json:"held"`
}

func (p labelledPair) weighs(w Weight) bool {
	if p.Weight == "minor+" {
		return w.Rank() >= Minor.Rank()
	}
	return p.Weight == string(w)
}

func TestScoredPairs(t *testing.T) {
	onlyIfAsked(t)
	weights, facts, typos := table{}, table{}, table{}
	pairs := readLines[labelledPair](t, "pairs.jsonl")
	foreign := 0
	for _, p := range pairs {
		if p.Language != "en" {
			foreign++
		}
		rest := around[p.Language]
		if rest == "" {
			rest = "Marlhaven 2026."
		}
		old, new := story(p.Language, p.Old+"\n\n"+rest), story(p.Language, p.New+"\n\n"+rest)
		if p.Kind == "headline" {
			old, new = story(p.Language, rest), story(p.Language, rest)
			old.Headline, new.Headline = p.Old, p.New
		}
		c := Compare(old, new)
		right := p.weighs(c.Weight)
		weights.add(p.Kind, p.Held, right)
		if !right {
			miss(t, p.Held, "%s: %q became %q: %s %v, want %s", p.ID, p.Old, p.New, c.Weight, c.Facts, p.Weight)
		}
		for _, kind := range p.Facts {
			found := slices.ContainsFunc(c.Facts, func(f Fact) bool { return f.Kind == kind })
			facts.add(kind, p.Held, found)
			if !found {
				miss(t, p.Held, "%s: %q became %q: no %s in %v", p.ID, p.Old, p.New, kind, c.Facts)
			}
		}
		if p.Weight == string(Substantive) && c.Weight == Cosmetic {
			t.Errorf("%s: %q became %q: a substantive edit called cosmetic", p.ID, p.Old, p.New)
		}
		if p.Weight == string(Cosmetic) && (p.Kind == "typo" || p.Kind == "spelling") {
			typos.add(p.Kind, p.Held, right)
		}
	}
	weights.log(t, "weight right, by kind of edit")
	facts.log(t, "facts found, by kind of fact")
	typos.log(t, "typos and spellings called cosmetic")
	if len(pairs) < 400 || 4*foreign < len(pairs) {
		t.Errorf("%d pairs, %d not in English; want 400 and a quarter", len(pairs), foreign)
	}
	weights.reach(t, "weight right", 0.95, 0.95)
	facts.reach(t, "facts found", 0.97, 0.97)
	typos.reach(t, "typos and spellings called cosmetic", 0.9, 0.9)
}

// A labelledNote is a sentence that is a publisher's note of a kind, or none.
type labelledNote struct {
	Language string `json:"language"`
	Kind     string `json:"kind"` // "" for a sentence that is no note
	Text     string `json:"text"`
	Held     bool   `json:"held"`
}

func TestScoredNotes(t *testing.T) {
	onlyIfAsked(t)
	recall, precision, kinds := table{}, table{}, table{}
	notes := readLines[labelledNote](t, "notes.jsonl")
	decoys := 0
	for _, n := range notes {
		got := note.KindOf(visible(n.Text), false)
		if n.Kind == "" {
			decoys++
		} else {
			recall.add(n.Language, n.Held, got != "")
			kinds.add(n.Kind, n.Held, got == n.Kind)
		}
		if got != "" {
			precision.add(n.Language, n.Held, n.Kind != "")
		}
		if got != n.Kind {
			miss(t, n.Held, "%q is %q, want %q", n.Text, got, n.Kind)
		}
	}
	recall.log(t, "notes found, by language")
	precision.log(t, "notes among what was taken for one, by language")
	kinds.log(t, "kind right, by kind")
	if len(notes) < 300 || 2*decoys < len(notes) {
		t.Errorf("%d sentences, %d no notes; want 300 and a half", len(notes), decoys)
	}
	recall.reach(t, "notes found", 0.97, 0.97)
	precision.reach(t, "precision", 0.97, 0.97)
	kinds.reach(t, "kind right", 0.9, 0.9)
}

// A labelledSequence is a story's history: steps from revision to revision,
// and what the change that each leads to is in the end.
type labelledSequence struct {
	ID    string     `json:"id"`
	Kind  string     `json:"kind"`
	Story string     `json:"story"`
	Steps [][]string `json:"steps"` // see step
	Want  []string   `json:"want"`  // see standing
	Held  bool       `json:"held"`
}

// readStories reads the stories that the sequences start from.
func readStories(t *testing.T) map[string]article.Article {
	t.Helper()
	data, err := os.ReadFile("testdata/stories.txt")
	if err != nil {
		t.Fatal(err)
	}
	stories := map[string]article.Article{}
	for part := range strings.SplitSeq("\n"+strings.TrimSpace(string(data)), "\n# ") {
		head, text, _ := strings.Cut(part, "\n")
		if name, language, ok := strings.Cut(head, " "); ok {
			stories[name] = story(language, text[:])
		}
	}
	return stories
}

// step makes the next revision of those before: "old=>new" replaces words,
// "+text" and "^text" add a paragraph at the end and at the top, "-text" takes
// the paragraph away that starts so, "!text" is another headline, "@text" the
// time shown, "~time" the hidden one, and "back 1" is the text of revision 1.
func step(t *testing.T, before []article.Article, ops []string) article.Article {
	t.Helper()
	a := before[len(before)-1]
	a.Blocks = slices.Clone(a.Blocks)
	for _, op := range ops {
		old, new, replaces := strings.Cut(op, "=>")
		var n int
		switch {
		case op[0] == '+':
			a.Blocks = append(a.Blocks, article.Block{Kind: article.Paragraph, Text: op[1:]})
		case op[0] == '^':
			a.Blocks = slices.Insert(a.Blocks, 0, article.Block{Kind: article.Paragraph, Text: op[1:]})
		case op[0] == '-':
			had := len(a.Blocks)
			a.Blocks = slices.DeleteFunc(a.Blocks, func(b article.Block) bool { return strings.HasPrefix(b.Text, op[1:]) })
			if len(a.Blocks) != had-1 {
				t.Fatalf("%q takes away %d paragraphs", op, had-len(a.Blocks))
			}
		case op[0] == '!':
			a.Headline = op[1:]
		case op[0] == '@':
			a.Stamp = op[1:]
		case op[0] == '~':
			at, err := time.Parse(time.RFC3339, op[1:])
			if err != nil {
				t.Fatal(err)
			}
			a.Modified = at
		case replaces:
			at := slices.IndexFunc(a.Blocks, func(b article.Block) bool { return strings.Contains(b.Text, old) })
			if at < 0 {
				t.Fatalf("%q: no paragraph has it", op)
			}
			a.Blocks[at].Text = strings.Replace(a.Blocks[at].Text, old, new, 1)
		default:
			if _, err := fmt.Sscanf(op, "back %d", &n); err != nil || n < 1 || n > len(before) {
				t.Fatalf("%q is no step", op)
			}
			a = before[n-1]
		}
	}
	return a
}

// standing names how a change stands in the end.
func standing(c Change) string {
	noteGone := slices.ContainsFunc(c.Notes, func(n NoteChange) bool { return n.Op == Remove })
	switch {
	case c.Nature == Revert && c.Told:
		return "revert"
	case c.Nature == Revert:
		return "flap"
	case c.Weight == Cosmetic && !c.Told:
		return "cosmetic"
	case len(c.Fields) == 1 && c.Fields[0] == FieldNote && noteGone && c.Nature == Removal:
		return "gone"
	case len(c.Fields) == 1 && c.Fields[0] == FieldNote && c.Disclosure == Disclosed:
		return "note"
	case c.Disclosure == Disclosed, c.Disclosure == Partly, c.Disclosure == Stamped && c.Nature != Update:
		return string(c.Disclosure)
	case c.Nature == Update:
		return "update"
	case c.Silent && c.Weight == Minor:
		return "minor"
	case c.Silent:
		return "silent"
	}
	return fmt.Sprintf("%s, %s, %s", c.Weight, c.Nature, c.Disclosure)
}

func TestScoredSequences(t *testing.T) {
	onlyIfAsked(t)
	scores := table{}
	stories := readStories(t)
	sequences := readLines[labelledSequence](t, "sequences.jsonl")
	at := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	for _, s := range sequences {
		start, ok := stories[s.Story]
		if !ok {
			t.Fatalf("%s: no story %q", s.ID, s.Story)
		}
		articles := []article.Article{start}
		for _, ops := range s.Steps {
			articles = append(articles, step(t, articles, ops))
		}
		var revisions []Revision
		for i, a := range articles {
			revisions = append(revisions, Revision{a, at.Add(time.Duration(i) * time.Hour)})
		}
		var got, reasons []string
		for _, j := range Sequence(revisions) {
			got = append(got, standing(j.Change))
			reasons = append(reasons, j.Change.Reasons...)
		}
		right := slices.Equal(got, s.Want)
		scores.add(s.Kind, s.Held, right)
		if !right {
			miss(t, s.Held, "%s: %q in %s: %q, want %q; %q", s.ID, s.Steps, s.Story, got, s.Want, reasons)
		}
	}
	scores.log(t, "histories judged right, by kind")
	if len(sequences) < 150 {
		t.Errorf("%d sequences, want 150", len(sequences))
	}
	scores.reach(t, "histories judged right", 0.97, 0.97)
}

// onlyIfAsked skips a scored test unless STET_SCORED is set: the data ask for
// more than is reached yet.
func onlyIfAsked(t *testing.T) {
	t.Helper()
	if os.Getenv("STET_SCORED") == "" {
		t.Skip("STET_SCORED is not set: the bars that the labelled data set are not reached yet")
	}
}
