package perturb

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// A perturbation changes a page in one way, as outlets do between two fetches.
type perturbation struct {
	kind  string
	field string // what an edit must be told of: "body", "headline" …; "" for noise
	// make changes t's page and reports whether the page had a place for it.
	make func(t *trial) bool
	// heldOut keeps a kind out of what the reader may be tuned on, as every
	// third wording is: only the totals of these are printed.
	heldOut bool
}

// A trial is one page in the hands of one perturbation. The seed is of the
// page's and the kind's names, so that one pair does not depend on another.
type trial struct {
	*sheet                       // the page after
	before   *sheet              // the page before
	rng      *rand.Rand          // draws places and words
	style    *rand.Rand          // draws the shape of furniture, which stays while its words change
	lang     string              // of the page: en, de, fr, es, it, pt, nl
	was, now string              // what changed, for whoever reads the failure
	heldOut  bool                // wordings are drawn from those held out
	finish   func([]byte) []byte // changes the bytes of the page after; may be nil
}

// A madePair is a line of `stet compare --pairs`, and what must come of it.
type madePair struct {
	ID      string `json:"id"`
	Old     string `json:"old"`
	New     string `json:"new"`
	URL     string `json:"url"`
	Kind    string `json:"kind"`
	Expect  string `json:"expect"` // "none", or the field that an edit is in
	Was     string `json:"was"`
	Now     string `json:"now"`
	heldOut bool
}

// A pairAnswer is the part of a line of the program's answer that counts here.
type pairAnswer struct {
	ID      string   `json:"id"`
	Told    bool     `json:"told"`
	Fields  []string `json:"fields"`
	NewKind string   `json:"new_kind"`
	Summary string   `json:"summary"`
}

// TestPerturbedPages makes pairs of real pages, with noise or an edit of many
// kinds, has the program compare them, and counts by kind what went wrong.
// STET_CORPUS names the corpus; STET_CORPUS_PAGES limits how many of its pages
// are used; STET_KEEP_PAIRS names a folder that keeps the pairs that failed.
func TestPerturbedPages(t *testing.T) {
	corpus := os.Getenv("STET_CORPUS")
	if corpus == "" {
		t.Skip("STET_CORPUS does not name a folder of real pages")
	}
	limit, err := strconv.Atoi(cmp.Or(os.Getenv("STET_CORPUS_PAGES"), "0"))
	if err != nil {
		t.Fatalf("STET_CORPUS_PAGES: %v", err)
	}
	pages, err := readCorpus(corpus, limit)
	if err != nil {
		t.Fatal(err)
	}
	stet := buildStet(t)
	count := newTally()
	for _, page := range pages {
		if len(page.sheet.gaps()) == 0 {
			t.Logf("%s %s: left out, no two paragraphs of the true text stand side by side", page.id, page.url)
			continue
		}
		dir := t.TempDir()
		pairs := makePairs(t, page, dir)
		answers := comparePairs(t, stet, dir, pairs)
		for i, p := range pairs {
			if verdict := count.add(p, answers[i]); verdict != "" && !p.heldOut {
				t.Logf("%s: %s %s\n\twas %q\n\tnow %q\n\tanswer: fields %v, page %s, %s", verdict, p.ID, p.URL, p.Was, p.Now, answers[i].Fields, answers[i].NewKind, answers[i].Summary)
				keepPair(t, p)
			}
		}
		if err := os.RemoveAll(dir); err != nil { // some 10 MB a page
			t.Fatal(err)
		}
	}
	count.report(t)
}

// makePairs writes a page with each perturbation that it has a place for.
func makePairs(t *testing.T, page corpusPage, dir string) []madePair {
	t.Helper()
	var pairs []madePair
	for _, p := range perturbations() {
		tr := newTrial(page, p)
		if !p.make(tr) {
			continue
		}
		pair := madePair{ID: page.id + "/" + p.kind, URL: page.url, Kind: p.kind, Expect: cmp.Or(p.field, "none"), Was: tr.was, Now: tr.now, heldOut: tr.heldOut}
		pair.Old, pair.New = filepath.Join(dir, p.kind+".old.html"), filepath.Join(dir, p.kind+".new.html")
		before, after := tr.before.render(), tr.render()
		if tr.finish != nil {
			after = tr.finish(after)
		}
		if bytes.Equal(before, after) {
			t.Errorf("%s changed nothing", pair.ID)
			continue
		}
		writePage(t, pair.Old, before)
		writePage(t, pair.New, after)
		pairs = append(pairs, pair)
	}
	return pairs
}

// newTrial prepares a page for a perturbation. A third of the trials are held out.
func newTrial(page corpusPage, p perturbation) *trial {
	seed := fnv.New64a()
	fmt.Fprint(seed, page.id, p.kind)
	t := &trial{
		sheet:  page.sheet.clone(),
		before: page.sheet.clone(),
		rng:    rand.New(rand.NewPCG(seed.Sum64(), 4)),
		style:  rand.New(rand.NewPCG(seed.Sum64(), 5)),
		lang:   page.sheet.language(),
	}
	t.heldOut = p.heldOut || t.rng.IntN(3) == 0
	return t
}

func writePage(t *testing.T, file string, page []byte) {
	t.Helper()
	if err := os.WriteFile(file, page, 0o600); err != nil {
		t.Fatal(err)
	}
}

// buildStet compiles the program and returns its path.
func buildStet(t *testing.T) string {
	t.Helper()
	stet := filepath.Join(t.TempDir(), "stet")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", stet, "stet/cmd/stet").CombinedOutput(); err != nil {
		t.Fatalf("build stet: %v\n%s", err, out)
	}
	return stet
}

// comparePairs has a process of the program compare pairs.
func comparePairs(t *testing.T, stet, dir string, pairs []madePair) []pairAnswer {
	t.Helper()
	list := filepath.Join(dir, "pairs.jsonl")
	var lines bytes.Buffer
	for _, p := range pairs {
		writeLine(t, &lines, p)
	}
	writePage(t, list, lines.Bytes())
	cmd := exec.CommandContext(t.Context(), stet, "compare", "--pairs", list)
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("stet compare --pairs: %v", err)
	}
	var answers []pairAnswer
	scan := bufio.NewScanner(bytes.NewReader(out))
	scan.Buffer(nil, 16<<20)
	for scan.Scan() {
		var a pairAnswer
		if err := json.Unmarshal(scan.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		if i := len(answers); i >= len(pairs) || a.ID != pairs[i].ID {
			t.Fatalf("answer %d is about %q", i, a.ID)
		}
		answers = append(answers, a)
	}
	if scan.Err() != nil || len(answers) != len(pairs) {
		t.Fatalf("%d answers for %d pairs, %v", len(answers), len(pairs), scan.Err())
	}
	return answers
}

func writeLine(t *testing.T, b *bytes.Buffer, p madePair) {
	t.Helper()
	line, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	b.Write(append(line, '\n'))
}

// keepPair copies a pair that failed to STET_KEEP_PAIRS, with its line in that
// folder's pairs.jsonl.
func keepPair(t *testing.T, p madePair) {
	t.Helper()
	dir := os.Getenv("STET_KEEP_PAIRS")
	if dir == "" {
		return
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	kept := p
	name := filepath.Base(filepath.Dir(p.ID)) + "." + p.Kind
	kept.Old, kept.New = filepath.Join(dir, name+".old.html"), filepath.Join(dir, name+".new.html")
	for from, to := range map[string]string{p.Old: kept.Old, p.New: kept.New} {
		page, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		writePage(t, to, page)
	}
	f, err := os.OpenFile(filepath.Join(dir, "pairs.jsonl"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var line bytes.Buffer
	writeLine(t, &line, kept)
	if _, err := f.Write(line.Bytes()); err != nil {
		t.Fatal(err)
	}
}

// A tally counts pairs by kind.
type tally struct {
	kinds   map[string]*tallyRow
	heldOut map[string]*tallyRow // by "noise" and "edits"
	total   map[string]*tallyRow
}

// A tallyRow counts the pairs made, those told wrongly or missed, and the edits
// that were told but not of the field they are in.
type tallyRow struct{ made, wrong, misplaced int }

func newTally() *tally {
	return &tally{kinds: map[string]*tallyRow{}, heldOut: map[string]*tallyRow{}, total: map[string]*tallyRow{}}
}

// add counts a pair and says in words what went wrong, or "".
func (c *tally) add(p madePair, a pairAnswer) string {
	group := "noise"
	if p.Expect != "none" {
		group = "edits"
	}
	var rows []*tallyRow
	if p.heldOut {
		rows = append(rows, row(c.heldOut, group))
	} else {
		rows = append(rows, row(c.total, group), row(c.kinds, group+" "+p.Kind))
	}
	verdict := ""
	switch {
	case group == "noise" && a.Told:
		verdict = "noise told"
	case group == "edits" && !a.Told:
		verdict = "edit missed"
	case group == "edits" && !slices.Contains(a.Fields, p.Expect):
		verdict = "not told of the " + p.Expect
	}
	for _, r := range rows {
		r.made++
		switch verdict {
		case "":
		case "noise told", "edit missed":
			r.wrong++
		default:
			r.misplaced++
		}
	}
	return verdict
}

func row(rows map[string]*tallyRow, name string) *tallyRow {
	if rows[name] == nil {
		rows[name] = &tallyRow{}
	}
	return rows[name]
}

// report prints the table and fails where more went wrong than is known.
func (c *tally) report(t *testing.T) {
	t.Helper()
	t.Logf("%-36s %6s %6s %9s", "", "made", "wrong", "misplaced")
	for _, part := range []struct {
		name string
		rows map[string]*tallyRow
	}{{"", c.kinds}, {"all ", c.total}, {"held out: ", c.heldOut}} {
		for _, name := range slices.Sorted(maps.Keys(part.rows)) {
			r := part.rows[name]
			name = part.name + name
			t.Logf("%-36s %6d %6d %9d", name, r.made, r.wrong, r.misplaced)
			if most := knownWrong[name]; r.wrong+r.misplaced > most && part.name != "all " {
				t.Errorf("%s: %d pairs went wrong and %d were misplaced, %d together are known", name, r.wrong, r.misplaced, most)
			}
		}
	}
}

// knownWrong is how many pairs of each kind go wrong on the whole corpus, told
// wrongly, missed or misplaced; a kind not named has none. It may only be lowered.
var knownWrong = map[string]int{
	"edits author-added":                 4,
	"edits author-added-shown-only":      3,
	"edits author-replaced":              2,
	"edits author-replaced-shown-only":   2,
	"edits first-paragraph-rewritten":    1,
	"edits hedged":                       1,
	"edits last-paragraph-dropped":       1,
	"edits paragraph-before-first":       1,
	"edits paragraph-moved-and-edited":   1,
	"edits paragraphs-merged-and-edited": 1,
	"edits standfirst-word":              4,
	"edits subhead-dropped":              2,
	"edits unit":                         1,
	"edits word-in-first-paragraph":      1,
	"held out: edits":                    23,
	"held out: noise":                    183,
	"noise author-bio":                   2,
	"noise box-gone":                     1,
	"noise classes-opaque":               1,
	"noise line-gone":                    2,
	"noise native-ad-replaced":           2,
	"noise promo-rotated":                2,
	"noise read-also-rotated":            1,
	"noise redesign-hashed":              1,
	"noise redesign-opaque":              1,
	"noise related-moved-up":             1,
}

// perturbations returns every kind. Noise must not be told, edits must be.
func perturbations() []perturbation {
	return slices.Concat(insertedLines(), insertedBoxes(), changedBoxes(), changedMarkup(), changedMetadata(), textEdits(), blockEdits(), headEdits(), noteEdits(), mixedKinds())
}
