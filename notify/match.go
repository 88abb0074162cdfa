package notify

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"stet/watcher/compare"
)

// A Match says which changes a route sends. All keys given must hold; a key
// that lists several values holds if any of them does. A key left out holds
// for every change. The zero Match gives no key.
type Match struct {
	// Weight lists the weights to send. A story that is gone or restored is
	// substantive. Cosmetic changes are sent only where Weight lists them.
	Weight []compare.Weight `toml:"weight"`
	// Silent is true for silent edits only, false for all but those.
	Silent     *bool                `toml:"silent"`
	Disclosure []compare.Disclosure `toml:"disclosure"`
	Nature     []compare.Nature     `toml:"nature"`
	// Field lists parts of the article; one of them must have changed.
	Field []compare.Field `toml:"field"`
	// Fact lists kinds of facts; one of them must have changed.
	Fact []string `toml:"fact"`
	// Host lists hosts of story addresses. A host stands for its subdomains
	// too: "paper.example" holds for "www.paper.example".
	Host   []string `toml:"host"`
	Tag    []string `toml:"tag"`
	Source []string `toml:"source"`
	// Language lists BCP 47 tags; "en" holds for "en-GB" too.
	Language []string `toml:"language"`
	// Words lists RE2 patterns, or words and phrases, one of which must be
	// found in the headline, a changed passage, old or new, or a note that
	// came, changed or went.
	Words []Pattern `toml:"words"`
}

// factKinds are the kinds of compare.Fact.
var factKinds = []string{"number", "date", "name", "quote", "negation", "certainty"}

// Validate reports every value that no change can have, with the ones it can.
func (m Match) Validate() error {
	return errors.Join(
		known("weight", m.Weight, compare.Cosmetic, compare.Minor, compare.Substantive, compare.Rewrite),
		known("disclosure", m.Disclosure, compare.Disclosed, compare.Partly, compare.Stamped, compare.Silent),
		known("nature", m.Nature, compare.Update, compare.Edit, compare.Removal, compare.Correction,
			compare.Revert, compare.Gone, compare.Restored, compare.Moved, compare.Walled),
		known("field", m.Field, compare.FieldHeadline, compare.FieldStandfirst, compare.FieldByline,
			compare.FieldBody, compare.FieldCaption, compare.FieldNote),
		known("fact", m.Fact, factKinds...),
		known("host", m.Host), known("tag", m.Tag), known("source", m.Source),
		known("language", m.Language),
	)
}

// known checks the values of a key: none may be blank, and each must be one
// of those that it can have, if they are counted.
func known[T ~string](key string, values []T, can ...T) error {
	var errs []error
	for _, v := range values {
		switch {
		case strings.TrimSpace(string(v)) == "":
			errs = append(errs, fmt.Errorf("match.%s: an empty value; leave the key out to match everything", key))
		case len(can) > 0 && !slices.Contains(can, v):
			errs = append(errs, fmt.Errorf("match.%s: %q is unknown; it can be %s", key, string(v), list(can)))
		}
	}
	return errors.Join(errs...)
}

// Empty reports whether no key is given.
func (m Match) Empty() bool {
	return m.Silent == nil && len(m.Weight)+len(m.Disclosure)+len(m.Nature)+len(m.Field)+len(m.Fact)+
		len(m.Host)+len(m.Tag)+len(m.Source)+len(m.Language)+len(m.Words) == 0
}

// A Reason is one condition of a route, and whether it held.
type Reason struct {
	Key   string `json:"key"` // of the match, or "told"
	Holds bool   `json:"holds"`
	Text  string `json:"text"`
}

// Explain judges a change by every key given and says why each held or not.
// The change is sent if all did.
func (m Match) Explain(a Alert) (sends bool, why []Reason) {
	why = append(why, m.told(a))
	why = append(why, oneOf("weight", m.Weight, orNone(a.Weight))...)
	if m.Silent != nil {
		why = append(why, Reason{"silent", a.Silent == *m.Silent, "it is " + silentWord(a.Silent) + "; wanted: " + silentWord(*m.Silent)})
	}
	why = append(why, oneOf("disclosure", m.Disclosure, orNone(a.Disclosure))...)
	why = append(why, oneOf("nature", m.Nature, natures(a))...)
	why = append(why, oneOf("field", m.Field, a.Fields)...)
	why = append(why, oneOf("fact", m.Fact, kinds(a.Facts))...)
	why = append(why, given("host", m.Host, hostOf(a.URL), func(want string) bool { return hostMatches(want, hostOf(a.URL)) })...)
	why = append(why, oneOf("tag", m.Tag, a.Tags)...)
	why = append(why, oneOf("source", m.Source, orNone(a.Source))...)
	why = append(why, given("language", m.Language, a.Language, func(want string) bool { return languageMatches(want, a.Language) })...)
	if len(m.Words) > 0 {
		why = append(why, m.wordsIn(a))
	}
	return !slices.ContainsFunc(why, func(r Reason) bool { return !r.Holds }), why
}

// natures are what a change is to a route. The end of a wall goes to those who
// want walls, too.
func natures(a Alert) []compare.Nature {
	if unwalled(a) {
		return []compare.Nature{compare.Restored, compare.Walled}
	}
	return orNone(a.Nature)
}

// unwalled reports whether a change is the end of a wall rather than the
// return of a story that was gone.
func unwalled(a Alert) bool { return a.Nature == compare.Restored && !a.Told }

// told holds for what the default route sends, for the cosmetic changes that
// Weight asks for, and for the moves and walls that Nature asks for. The further
// turns of a flapping variant are never sent.
func (m Match) told(a Alert) Reason {
	switch {
	case a.Told:
		return Reason{"told", true, "it is a change that the default route tells"}
	case a.Weight == compare.Cosmetic && slices.Contains(m.Weight, compare.Cosmetic):
		return Reason{"told", true, "it is cosmetic, and weight asks for those"}
	case a.Nature == compare.Moved && slices.Contains(m.Nature, compare.Moved):
		return Reason{"told", true, "the story moved, and nature asks for that"}
	case a.Nature == compare.Walled && slices.Contains(m.Nature, compare.Walled):
		return Reason{"told", true, "a wall stands before the story, and nature asks for that"}
	case unwalled(a) && (slices.Contains(m.Nature, compare.Walled) || slices.Contains(m.Nature, compare.Restored)):
		return Reason{"told", true, "the wall before the story is gone, and nature asks for that"}
	case a.Nature == compare.Moved:
		return Reason{"told", false, "the story moved; only a nature that lists moved asks for that"}
	case a.Nature == compare.Walled:
		return Reason{"told", false, "a wall stands before the story; only a nature that lists walled asks for that"}
	case unwalled(a):
		return Reason{"told", false, "the wall before the story is gone; only a nature that lists walled or restored asks for that"}
	case a.Weight == compare.Cosmetic:
		return Reason{"told", false, "it is cosmetic; only a weight that lists cosmetic asks for those"}
	case !a.Changed:
		return Reason{"told", false, "it is no change"}
	}
	return Reason{"told", false, "it was told before: a further turn between two variants"}
}

// wordsIn looks for the words in what the change is about.
func (m Match) wordsIn(a Alert) Reason {
	for _, p := range m.Words {
		for _, t := range textsOf(a) {
			if found, ok := p.Find(t.text); ok {
				return Reason{"words", true, p.in(found, t.where)}
			}
		}
	}
	return Reason{"words", false, "no changed passage has " + list(sources(m.Words))}
}

// A place is a text that words are looked for in, and what to call it.
type place struct{ where, text string }

// textsOf returns the texts that a change is about.
func textsOf(a Alert) []place {
	texts := []place{{"the headline", a.Headline}}
	for _, b := range a.Blocks {
		if b.Op != compare.Equal && b.Op != compare.Move {
			texts = append(texts, place{"a changed passage", b.New}, place{"a changed passage, as it was", b.Old})
		}
	}
	for _, n := range a.Notes {
		texts = append(texts, place{"a note", n.Text})
	}
	return texts
}

// sources returns patterns as they were written.
func sources(ps []Pattern) []string {
	var texts []string
	for _, p := range ps {
		texts = append(texts, p.String())
	}
	return texts
}

// oneOf explains a key of which the change has any number of values.
func oneOf[T ~string](key string, want, has []T) []Reason {
	return given(key, want, list(has), func(w T) bool {
		return slices.ContainsFunc(has, func(h T) bool { return strings.EqualFold(string(h), string(w)) })
	})
}

// given explains a key, if it is given: holds says whether a value does.
func given[T ~string](key string, want []T, has string, holds func(T) bool) []Reason {
	if len(want) == 0 {
		return nil
	}
	if has == "" {
		has = "none"
	}
	return []Reason{{key, slices.ContainsFunc(want, holds), fmt.Sprintf("%s is %s; wanted: %s", key, has, list(want))}}
}

// orNone is the list of the one value, or of none where it is "".
func orNone[T ~string](v T) []T {
	if v == "" {
		return nil
	}
	return []T{v}
}

func kinds(facts []compare.Fact) []string {
	var ks []string
	for _, f := range facts {
		if !slices.Contains(ks, f.Kind) {
			ks = append(ks, f.Kind)
		}
	}
	return ks
}

func silentWord(silent bool) string {
	if silent {
		return "a silent edit"
	}
	return "no silent edit"
}

// list joins values to "a, b or c".
func list[T ~string](vs []T) string {
	var b strings.Builder
	for i, v := range vs {
		switch {
		case i > 0 && i == len(vs)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(string(v))
	}
	return b.String()
}

// hostOf returns the host of an address in its ASCII form, without port.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return asciiHost(u.Hostname())
}

func asciiHost(host string) string {
	host = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(host), "."))
	if a, err := idna.Lookup.ToASCII(host); err == nil {
		return a
	}
	return host
}

func hostMatches(want, host string) bool {
	want = asciiHost(want)
	return host == want || strings.HasSuffix(host, "."+want)
}

func languageMatches(want, tag string) bool {
	want, tag = strings.ToLower(strings.TrimSpace(want)), strings.ToLower(tag)
	return tag == want || strings.HasPrefix(tag, want+"-")
}
