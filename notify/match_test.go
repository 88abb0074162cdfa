package notify

import (
	"reflect"
	"strings"
	"testing"

	"stet/watcher/compare"
)

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
		{"a word of the headline", Match{Words: []string{"FERRY"}}, true},
		{"a word that was removed", Match{Words: []string{"twelve"}}, true},
		{"a phrase with another apostrophe", Match{Words: []string{"crew's  men"}}, true},
		{"a word of the note", Match{Words: []string{"correction"}}, true},
		{"a part of a word", Match{Words: []string{"nine"}}, false},
		{"a word of a passage that did not change", Match{Words: []string{"harbour"}}, false},
		{"a Chinese word, which no space parts", Match{Words: []string{"起火"}}, true},
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
