package notify

import (
	"reflect"
	"strings"
	"testing"

	"stet/watcher/compare"
)

// patterns compiles patterns that are right.
func patterns(texts ...string) []Pattern {
	var ps []Pattern
	for _, s := range texts {
		p, err := ParsePattern(s)
		if err != nil {
			panic(err)
		}
		ps = append(ps, p)
	}
	return ps
}

// edit is a silent edit of a figure.
func edit() Alert {
	return Alert{
		ID: 1, URL: "https://www.Paper.example:8443/x", Headline: "Ferry burned", Tags: []string{"ships", "fire"}, Source: "paper", Language: "en-GB",
		Change: compare.Change{
			Changed: true, Told: true, Weight: compare.Substantive, Disclosure: compare.Silent, Nature: compare.Edit, Silent: true,
			Fields: []compare.Field{compare.FieldBody}, Facts: []compare.Fact{{Kind: "number", Old: "12", New: "19"}},
			Blocks: []compare.Block{
				{Op: compare.Equal, Old: "The harbour slept.", New: "The harbour slept."},
				{Op: compare.Replace, Old: "Twelve crew’s men were hurt.", New: "Nineteen crew’s men were hurt. 渡轮起火"},
			},
			Notes: []compare.NoteChange{{Op: compare.Add, Text: "Correction: a figure"}},
		},
	}
}

func TestMatch(t *testing.T) {
	yes, no := true, false
	for _, tt := range []struct {
		name  string
		match Match
		want  bool
	}{
		{"no key holds for what is told", Match{}, true},
		{"a weight that is listed", Match{Weight: []compare.Weight{compare.Rewrite, compare.Substantive}}, true},
		{"a weight that is not listed, though lighter ones are", Match{Weight: []compare.Weight{compare.Minor}}, false},
		{"silent edits wanted", Match{Silent: &yes}, true},
		{"all but silent edits wanted", Match{Silent: &no}, false},
		{"a disclosure", Match{Disclosure: []compare.Disclosure{compare.Silent}}, true},
		{"another disclosure", Match{Disclosure: []compare.Disclosure{compare.Stamped}}, false},
		{"a nature", Match{Nature: []compare.Nature{compare.Removal, compare.Edit}}, true},
		{"another nature", Match{Nature: []compare.Nature{compare.Gone}}, false},
		{"a field that changed", Match{Field: []compare.Field{compare.FieldHeadline, compare.FieldBody}}, true},
		{"a field that did not change", Match{Field: []compare.Field{compare.FieldHeadline}}, false},
		{"a kind of fact", Match{Fact: []string{"number"}}, true},
		{"another kind of fact", Match{Fact: []string{"name"}}, false},
		{"its host's domain, port and case aside", Match{Host: []string{"paper.example"}}, true},
		{"a host that only ends alike", Match{Host: []string{"per.example"}}, false},
		{"a subdomain it is not on", Match{Host: []string{"m.paper.example"}}, false},
		{"a tag", Match{Tag: []string{"fire"}}, true},
		{"a tag it lacks", Match{Tag: []string{"trains"}}, false},
		{"its source", Match{Source: []string{"paper"}}, true},
		{"another source", Match{Source: []string{"herald"}}, false},
		{"its language without the country", Match{Language: []string{"EN"}}, true},
		{"another country's language", Match{Language: []string{"en-US"}}, false},
		{"a word of the headline", Match{Words: patterns("FERRY")}, true},
		{"a word that was removed", Match{Words: patterns("twelve")}, true},
		{"a phrase with another apostrophe", Match{Words: patterns("crew's  men")}, true},
		{"a word of the note", Match{Words: patterns("correction")}, true},
		{"a part of a word", Match{Words: patterns("nine")}, false},
		{"a word of a passage that did not change", Match{Words: patterns("harbour")}, false},
		{"a Chinese word, which no space parts", Match{Words: patterns("起火")}, true},
		{"a pattern of a word that was removed, in any case", Match{Words: patterns("^TW(EL|EN)")}, true},
		{"a pattern that no changed text has", Match{Words: patterns(`\bharbour\b`)}, false},
		{"the second of two patterns", Match{Words: patterns("train", "ferr(y|ies)")}, true},
		{"every key holds", Match{
			Weight: []compare.Weight{compare.Substantive}, Silent: &yes, Disclosure: []compare.Disclosure{compare.Silent}, Nature: []compare.Nature{compare.Edit},
			Field: []compare.Field{compare.FieldBody}, Fact: []string{"number"}, Host: []string{"paper.example"}, Tag: []string{"ships"},
			Source: []string{"paper"}, Language: []string{"en"}, Words: patterns("ferry"),
		}, true},
		{"every key holds but the last", Match{
			Weight: []compare.Weight{compare.Substantive}, Silent: &yes, Disclosure: []compare.Disclosure{compare.Silent}, Nature: []compare.Nature{compare.Edit},
			Field: []compare.Field{compare.FieldBody}, Fact: []string{"number"}, Host: []string{"paper.example"}, Tag: []string{"ships"},
			Source: []string{"paper"}, Language: []string{"en"}, Words: patterns("train"),
		}, false},
		{"two keys that hold", Match{Tag: []string{"fire"}, Fact: []string{"number"}}, true},
		{"two keys, of which one does not hold", Match{Tag: []string{"fire"}, Fact: []string{"name"}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, why := tt.match.Explain(edit())
			if got != tt.want {
				t.Errorf("sends: %v, want %v; reasons %+v", got, tt.want, why)
			}
		})
	}
}

func TestWhatIsNotToldByDefault(t *testing.T) {
	cosmetic := Alert{Change: compare.Change{Changed: true, Weight: compare.Cosmetic}}
	moved := Alert{Change: compare.SelfChange(compare.Moved, "to another address")}
	walled := Alert{Change: compare.SelfChange(compare.Walled, "a login page")}
	unwalled := Alert{Change: compare.Unwalled("it can be read again")}
	restored := Alert{Change: compare.SelfChange(compare.Restored, "it is back")}
	flap := Alert{Change: compare.Change{Changed: true, Weight: compare.Minor, Nature: compare.Revert}}
	for _, tt := range []struct {
		name  string
		alert Alert
		match Match
		want  bool
	}{
		{"a cosmetic change, by default", cosmetic, Match{}, false},
		{"a cosmetic change, by a match on something else", cosmetic, Match{Host: []string{""}}, false},
		{"a cosmetic change, where weight asks for it", cosmetic, Match{Weight: []compare.Weight{compare.Cosmetic}}, true},
		{"a move, by default", moved, Match{}, false},
		{"a move, asked for by its nature", moved, Match{Nature: []compare.Nature{compare.Moved}}, true},
		{"a wall, by default", walled, Match{}, false},
		{"a wall, by a match on something else", walled, Match{Host: []string{""}}, false},
		{"a wall, asked for by its nature", walled, Match{Nature: []compare.Nature{compare.Walled}}, true},
		{"a wall, where gone is asked for", walled, Match{Nature: []compare.Nature{compare.Gone}}, false},
		{"the end of a wall, by default", unwalled, Match{}, false},
		{"the end of a wall, where walls are asked for", unwalled, Match{Nature: []compare.Nature{compare.Walled}}, true},
		{"the end of a wall, where what is restored is asked for", unwalled, Match{Nature: []compare.Nature{compare.Restored}}, true},
		{"the end of a wall, where gone is asked for", unwalled, Match{Nature: []compare.Nature{compare.Gone}}, false},
		{"a story that was gone and is back, by default", restored, Match{}, true},
		{"a story that was gone and is back, where walls are asked for", restored, Match{Nature: []compare.Nature{compare.Walled}}, false},
		{"a further turn of a variant, by default", flap, Match{}, false},
		{"a further turn of a variant, asked for by its nature", flap, Match{Nature: []compare.Nature{compare.Revert}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, why := tt.match.Explain(tt.alert); got != tt.want {
				t.Errorf("sends: %v, want %v; reasons %+v", got, tt.want, why)
			}
		})
	}
}

func TestReasonsSayWhatIsAndWhatIsWanted(t *testing.T) {
	_, why := Match{Weight: []compare.Weight{compare.Minor, compare.Rewrite}, Tag: []string{"trains"}}.Explain(edit())
	want := []Reason{
		{"told", true, "it is a change that the default route tells"},
		{"weight", false, "weight is substantive; wanted: minor or rewrite"},
		{"tag", false, "tag is ships or fire; wanted: trains"},
	}
	if !reflect.DeepEqual(why, want) {
		t.Errorf("reasons are %+v, want %+v", why, want)
	}
}

func TestPattern(t *testing.T) {
	for _, tt := range []struct {
		name, pattern, text string
		want                bool
	}{
		{"a word stands whole", "Rome", "They met in ROME.", true},
		{"a word within another", "Rome", "The romeo was late.", false},
		{"a phrase over other spaces", "prime minister", "the Prime\u00a0 Minister said", true},
		{"a hyphen is no RE2", "vice-president", "a Vice-President", true},
		{"a Chinese word, which no space parts", "起火", "渡轮起火后", true},
		{"a pattern is found within a word", "minist.r", "the ministers", true},
		{"a pattern that asks for a whole word", `\bminist.r\b`, "the ministers", false},
		{"a pattern in another case", "MINIST(ER|RY)", "the ministry", true},
		{"a pattern for which case counts", "(?-i)US (Navy|Army)", "us navy", false},
		{"a pattern for which case counts, in that case", "(?-i)US (Navy|Army)", "the US Navy", true},
		{"a pattern with a curly apostrophe", "crew’s (men|women)", "the crew's men", true},
		{"a pattern with a letter in two characters", "cafe\u0301s?", "two CAFÉS", true},
		{"alternatives are each in any case", "fire|FLOOD", "Floods and Fires", true},
		{"a figure", `\$\d+ (million|billion)`, "it cost $40 million", true},
		{"a script of its own", `\p{Cyrillic}{4}`, "сказал он", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := patterns(tt.pattern)[0]
			if found, ok := p.Find(tt.text); ok != tt.want {
				t.Errorf("%q in %q: found %q, %v, want %v", tt.pattern, tt.text, found, ok, tt.want)
			}
		})
	}
}

func TestPatternMistakes(t *testing.T) {
	for _, tt := range []struct{ name, pattern, want string }{
		{"a bracket that is not closed", "minister(s", `"minister(s" is no RE2 pattern: missing closing ): "minister(s"`},
		{"what RE2 leaves out", `(?=x)`, `"(?=x)" is no RE2 pattern: invalid or unsupported Perl syntax: "(?="`},
		{"a pattern that is found everywhere", "x*", `"x*" is found in every text, as it matches an empty one`},
		{"nothing", " ", "an empty value; leave the key out to match everything"},
		{"too much", strings.Repeat("ab", 501), `"abababababababababababababababababababab"… has 1002 characters; a pattern can have 1000`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := ParsePattern(tt.pattern); err == nil || err.Error() != tt.want {
				t.Errorf("ParsePattern(%.60q): %v, want %s", tt.pattern, err, tt.want)
			}
		})
	}
}

func TestAReasonSaysWhereAPatternWasFound(t *testing.T) {
	for pattern, want := range map[string]string{
		"ferry": `"ferry" stands in the headline`, "tw(elve|enty)": `"tw(elve|enty)" finds "Twelve" in a changed passage, as it was`,
		"correct.on": `"correct.on" finds "Correction" in a note`, "train": "no changed passage has train",
	} {
		_, why := Match{Words: patterns(pattern)}.Explain(edit())
		if got := why[len(why)-1].Text; got != want {
			t.Errorf("words %q: reason is %q, want %q", pattern, got, want)
		}
	}
}

func FuzzPattern(f *testing.F) {
	f.Add("minist(er|ry)", "The Minister")
	f.Add("起火", "渡轮起火")
	f.Add("a’b[^c]\u0301", "a'b\xff")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 100 { // a long one may repeat itself to a great size
			t.Skip()
		}
		p, err := ParsePattern(pattern)
		if err != nil {
			return
		}
		if _, everywhere := p.Find(""); everywhere {
			t.Errorf("%q is found where there is nothing", pattern)
		}
		p.Find(text)
	})
}

func TestRouting(t *testing.T) {
	names := []string{"news", "silent", "own"}
	ships := Route{To: []string{"news", "silent"}, Match: Match{Tag: []string{"ships"}}}
	silent := Route{To: []string{"silent"}, Match: Match{Disclosure: []compare.Disclosure{compare.Silent}}}
	trains := Route{To: []string{"news"}, Match: Match{Tag: []string{"trains"}}}
	for _, tt := range []struct {
		name   string
		routes []Route
		to     []string // of the watch
		want   []string
	}{
		{"no route: every destination", nil, nil, names},
		{"no route, and the watch names one: that one", nil, []string{"own"}, []string{"own"}},
		{"no route, and the watch names one that is unknown: as without", nil, []string{"lost"}, names},
		{"two routes to one destination: it gets the change once", []Route{ships, silent}, nil, []string{"news", "silent"}},
		{"with routes the watch's own comes in addition", []Route{silent}, []string{"own"}, []string{"silent", "own"}},
		{"no route matches", []Route{trains}, nil, nil},
		{"a route without a match is the default route", []Route{{To: []string{"news"}}}, nil, []string{"news"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := edit()
			a.WatchTo = tt.to
			if got := (Routing{Routes: tt.routes, Destinations: names}).To(a); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("goes to %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAChangeThatIsNotToldGoesNowhere(t *testing.T) {
	a := edit()
	a.Told, a.Weight, a.WatchTo = false, compare.Cosmetic, []string{"news"}
	if got := (Routing{Destinations: []string{"news"}}).To(a); got != nil {
		t.Errorf("goes to %q, want nowhere", got)
	}
}

func TestMatchMistakes(t *testing.T) {
	err := Match{Fact: []string{"colour"}, Host: []string{" "}, Field: []compare.Field{"title"}}.Validate()
	for _, want := range []string{
		`match.fact: "colour" is unknown; it can be number, date, name, quote, negation or certainty`,
		`match.host: an empty value`, `match.field: "title" is unknown; it can be headline, standfirst, byline, body, caption or note`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q: %v", want, err)
		}
	}
}
