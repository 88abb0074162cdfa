package article

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func newRules(t testing.TB, text RuleText) *Rules {
	t.Helper()
	text.Site = "courier.example"
	r, err := NewRules(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// quay is a page on which the reader errs: the story's short lines stand in
// boxes, another text is longer, and the h1 is the section's.
const quay = `<!doctype html><html><head><title>Harbour | The Courier</title><meta property="og:title" content="Old harbour headline"></head><body>
<h1>Harbour and coast</h1>
<p class="kicker" data-role="title">Quay <b>collapse</b> frees fourteen boats</p>
<div class="sidebar story" data-x="1"><p>Fourteen boats drifted into the estuary on Monday after the east quay gave way, the harbour office of Lindhaven said.</p>
<div class="ask"><p>Help us keep the harbour desk alive, and become a friend of The Courier for as little as two crowns a week, today.</p></div>
<p>Nobody was hurt.</p>
<p>Wim Carver, who keeps the lighthouse, said that he had heard the piles crack for a week. (Photo 7 of 31)</p>
<p>The <b>north pier</b> holds, and so the ferries are going to leave from there for as long as the council wants them to.</p>
<p>17 readers are on this page now</p>
<p>The council meets on Thursday to hear what the repair of the quay, built in 1931, is going to cost the town.</p></div>
<div class="other"><p>In another matter, the ferry company of Lindhaven said on Tuesday that its timetable for the winter would be printed on paper again, as many of its passengers had asked for it at the meetings that were held in the town hall, and that the price of a ticket for children would stay where it has been since the spring of the year before, while dogs go free of charge on every day.</p>
<p>Two of the three ships are to be painted before the end of the year, the company said, one of them in the colours that it had when it was built, for which the museum of the harbour has found the tins.</p></div>
</body></html>`

func read(t testing.TB, page string, rules RuleText) Article {
	t.Helper()
	a, _ := Read(Page{URL: "https://courier.example/quay", Status: 200, Body: []byte(page), Rules: newRules(t, rules)})
	return a
}

func TestRulesSayWhatIsRead(t *testing.T) {
	const boats, hurt, carver, council, ferry = "Fourteen boats", "Nobody was hurt", "Wim Carver", "The council", "In another matter"
	tests := []struct {
		name     string
		rules    RuleText
		has      []string
		hasNot   []string
		headline string
		says     string // among the reasons
	}{
		{"without rules the longer text is taken", RuleText{Ignore: []string{"nothing"}},
			[]string{ferry}, nil, "", ""},
		{"the article rule holds the story, short lines and all", RuleText{Article: []string{".story"}},
			[]string{boats, hurt, carver, council}, []string{ferry}, "", ""},
		{"several elements hold it", RuleText{Article: []string{".story > p:first-child", "div.story>p:last-of-type"}},
			[]string{boats, council}, []string{ferry, carver}, "", ""},
		{"an article rule that matches nothing is as none", RuleText{Article: []string{".nowhere"}},
			[]string{ferry}, nil, "", "article matches nothing"},
		{"an article rule that matches what is empty is as none", RuleText{Article: []string{"meta"}},
			[]string{ferry}, nil, "", "article matches nothing"},
		{"the headline rule gives the headline whole", RuleText{Article: []string{".story"}, Headline: []string{"[data-role=title]"}},
			[]string{boats}, nil, "Quay collapse frees fourteen boats", ""},
		{"a part of a line can be the headline", RuleText{Article: []string{".story"}, Headline: []string{".kicker b"}},
			[]string{boats}, nil, "collapse", ""},
		{"a sentence that has the headline within it is read, too", RuleText{Article: []string{".story"}, Headline: []string{".story p > b"}},
			[]string{"The north pier holds, and so"}, nil, "north pier", ""},
		{"the page's title can be the headline", RuleText{Article: []string{".story"}, Headline: []string{"head title"}},
			[]string{boats}, nil, "Harbour | The Courier", ""},
		{"the first match with text counts", RuleText{Article: []string{".story"}, Headline: []string{"meta", ".other p, .kicker"}},
			nil, nil, "Quay collapse frees fourteen boats", ""},
		{"a headline rule that matches nothing is as none", RuleText{Headline: []string{".nowhere"}},
			nil, nil, "", "headline matches nothing"},
		{"what is ignored is not there", RuleText{Article: []string{".story"}, Ignore: []string{".ask", "p:nth-child(6)"}},
			[]string{boats, carver}, []string{"Help us", "17 readers"}, "", ""},
		{"what is ignored is counted by selectors", RuleText{Article: []string{".story"}, Ignore: []string{".story > :nth-child(2)", ".story > :nth-child(3)"}},
			[]string{boats, carver, council}, []string{hurt}, "", ""},
		{"a part of a line can be ignored", RuleText{Article: []string{".story"}, Headline: []string{".kicker"}, Ignore: []string{".kicker b"}},
			nil, nil, "Quay frees fourteen boats", ""},
		{"words are cut out of a block", RuleText{Article: []string{".story"}, IgnoreText: []string{` ?\(Photo \d+ of \d+\)`}},
			[]string{"crack for a week."}, []string{"Photo 7"}, "", ""},
		{"a block that is cut empty is gone", RuleText{Article: []string{".story"}, IgnoreText: []string{`^\d+ readers .*$`}},
			[]string{boats, council}, []string{"readers"}, "", ""},
		{"words are cut out of a headline", RuleText{Headline: []string{".kicker"}, IgnoreText: []string{"(?i) FREES"}},
			nil, nil, "Quay collapse fourteen boats", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := read(t, quay, tt.rules)
			text, said := a.Text(), strings.Join(a.Reasons, "\n")
			for _, s := range tt.has {
				if !strings.Contains(text, s) {
					t.Errorf("the text lacks %q:\n%s", s, text)
				}
			}
			for _, s := range tt.hasNot {
				if strings.Contains(text, s) {
					t.Errorf("the text has %q:\n%s", s, text)
				}
			}
			if tt.headline != "" && a.Headline != tt.headline {
				t.Errorf("the headline is %q, want %q", a.Headline, tt.headline)
			}
			if strings.Contains(said, tt.says) != true || tt.says == "" && strings.Contains(said, "matches nothing") {
				t.Errorf("the reasons are %q, want them to say %q", a.Reasons, tt.says)
			}
		})
	}
}

func TestTheTextOfAnElement(t *testing.T) {
	root, err := html.Parse(strings.NewReader("<h1><div>Quay</div>collapse<br>frees <i>four</i>teen<p>boats<script>x</script><p></h1>"))
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(root, 100); got != "Quay collapse frees fourteen boats" {
		t.Errorf("the text is %q", got)
	}
	if got := textOf(root, 8); len(got) > 8 || !strings.HasPrefix(got, "Quay") {
		t.Errorf("the first bytes of the text, 8 at most, are %q", got)
	}
}

func TestExplainSaysWhatTheRulesLeftOut(t *testing.T) {
	rules := newRules(t, RuleText{Article: []string{".story"}, Headline: []string{".kicker"}, Ignore: []string{".ask"}, IgnoreText: []string{`^\d+ readers .*$`}})
	_, all := Explain(Page{URL: "https://courier.example/quay", Body: []byte(quay), Rules: rules})
	why := map[string]string{}
	var order []string
	for _, j := range all {
		start := strings.Join(strings.Fields(j.Text)[:2], " ")
		why[start], order = j.Label+": "+j.Reason, append(order, start)
	}
	for start, want := range map[string]string{
		"Quay collapse": "headline: the [[site]] headline: .kicker",
		"Help us":       "left out: left out by [[site]] ignore: .ask",
		"17 readers":    "left out: left out by [[site]] ignore_text",
		"In another":    "left out: outside of the [[site]] article",
	} {
		if why[start] != want {
			t.Errorf("%q: %q, want %q", start, why[start], want)
		}
	}
	if !slices.Equal(order[2:5], []string{"Fourteen boats", "Help us", "Nobody was"}) {
		t.Errorf("the passages stand in the order %q", order)
	}
}

// changedUnder reads two pages as the watcher does and returns what it would see.
func changedUnder(t *testing.T, before, after string, rules RuleText) (old, now Article) {
	t.Helper()
	page := func(s string) Page {
		return Page{URL: "https://courier.example/quay", Status: 200, Body: []byte(s), Rules: newRules(t, rules)}
	}
	old, o := Read(page(before))
	now, next := Reread(page(after), o)
	if again, _ := Reread(page(after), next); !reflect.DeepEqual(again.Blocks, now.Blocks) || again.Headline != now.Headline {
		t.Errorf("read once more, the page has the headline %q and the blocks %v", again.Headline, again.Blocks)
	}
	return old, now
}

func TestWhatIsIgnoredIsNoEdit(t *testing.T) {
	rules := RuleText{Article: []string{".story"}, Headline: []string{".kicker"}, Ignore: []string{".ask"}, IgnoreText: []string{`\(Photo.*\)`, `^\d+ readers.*`}}
	tests := []struct{ name, from, to string }{
		{"other words in an ignored element", "two crowns", "nine crowns"},
		{"an ignored element goes", `<div class="ask"><p>Help us keep the harbour desk alive, and become a friend of The Courier for as little as two crowns a week, today.</p></div>`, ""},
		{"another ignored element comes", "<p>Nobody", `<aside class="ask">Ask the harbour desk, it said, and we shall answer all of it tomorrow.</aside><p>Nobody`},
		{"a count in ignored text", "17 readers", "4 readers"},
		{"other words beside it", "Photo 7 of 31", "Photo 8 of 31"},
		{"an edit outside of the article", "go free of charge", "cost one crown"},
		{"a paragraph comes outside of the article", "<p>Two of the three", "<p>The mayor of Lindhaven said that she was sorry for all of it, and left the town.</p><p>Two of the three"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			after := strings.Replace(quay, tt.from, tt.to, 1)
			if after == quay {
				t.Fatalf("%q is not on the page", tt.from)
			}
			old, now := changedUnder(t, quay, after, rules)
			if !reflect.DeepEqual(old.Blocks, now.Blocks) || old.Headline != now.Headline {
				t.Errorf("before: %q %v\nnow: %q %v", old.Headline, old.Blocks, now.Headline, now.Blocks)
			}
		})
	}
}

func TestAnEditShowsUnderRules(t *testing.T) {
	rules := RuleText{Article: []string{".story"}, Headline: []string{".kicker"}, Ignore: []string{".ask"}}
	tests := []struct{ name, from, to, now string }{
		{"a word in the story", "after the east quay", "after the west quay", "west quay"},
		{"a short line of it", "Nobody was hurt.", "Two were hurt.", "Two were hurt."},
		{"a new paragraph", "<p>The council", "<p>The mayor of Lindhaven said that she was sorry for all of it.</p><p>The council", "she was sorry"},
		{"the headline", "frees fourteen", "frees forty", "frees forty boats"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, now := changedUnder(t, quay, strings.Replace(quay, tt.from, tt.to, 1), rules)
			if all := now.Headline + "\n" + now.Text(); !strings.Contains(all, tt.now) {
				t.Errorf("the edit to %q is not in what was read:\n%s", tt.now, all)
			}
		})
	}
}

func TestAnOutlineRemembersItsRules(t *testing.T) {
	a, b := newRules(t, RuleText{Ignore: []string{".ask"}}), newRules(t, RuleText{Ignore: []string{".ask", ".x"}})
	page := Page{URL: "https://courier.example/quay", Body: []byte(quay)}
	dataOnly := Page{URL: page.URL, Body: testPage(t, "ld-only").Body}
	for _, p := range []Page{page, dataOnly} {
		outlines := map[*Rules]Outline{}
		for _, r := range []*Rules{nil, a, b} {
			p.Rules = r
			_, outlines[r] = Read(p)
		}
		for made, o := range outlines {
			for _, r := range []*Rules{nil, a, b} {
				if got := o.MadeUnder(r); got != (made == r) {
					t.Errorf("an outline made under %v is said to be made under %v: %t", made, r, got)
				}
			}
		}
	}
	page.Rules = nil
	_, o := Read(page)
	page.Rules = newRules(t, RuleText{Article: []string{".story"}})
	if fresh, _ := Read(page); true {
		if got, _ := Reread(page, o); !reflect.DeepEqual(got, fresh) {
			t.Errorf("with an outline of other rules the page reads %v, want it anew: %v", got.Blocks, fresh.Blocks)
		}
	}
}

func TestRulesThatMatchNothingChangeNothing(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join("testdata", "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	rules := newRules(t, RuleText{Ignore: []string{"no-such-element"}, IgnoreText: []string{"no such words"}})
	for _, file := range pages {
		p := testPage(t, strings.TrimSuffix(filepath.Base(file), ".html"))
		want, _ := Read(p)
		p.Rules = rules
		if got, _ := Read(p); !reflect.DeepEqual(got, want) {
			t.Errorf("%s reads under rules that match nothing\n%+v\nand without\n%+v", file, got, want)
		}
	}
}

func TestAnOutlineRemembersHowItsPageWasAskedFor(t *testing.T) {
	cookies, key := newRules(t, RuleText{Asked: "cookies"}), newRules(t, RuleText{Asked: "key"})
	both := newRules(t, RuleText{Asked: "cookies", Ignore: []string{".ask"}})
	all := []*Rules{nil, cookies, key, both}
	asked := map[*Rules]string{nil: "", cookies: "cookies", key: "key", both: "cookies"}
	for _, body := range [][]byte{[]byte(quay), testPage(t, "ld-only").Body} {
		p := Page{URL: "https://courier.example/quay", Body: body}
		want, _ := Read(p)
		for _, made := range all {
			p.Rules = made
			a, o := Read(p)
			if made != both && !reflect.DeepEqual(a, want) {
				t.Errorf("asked for by %q, the same page reads otherwise", asked[made])
			}
			for _, r := range all {
				if got := o.AskedAs(r); got != (asked[made] == asked[r]) {
					t.Errorf("a page asked for by %q is said to be as by %q: %t", asked[made], asked[r], got)
				}
				if got := o.MadeUnder(r); got != ((made == both) == (r == both)) {
					t.Errorf("an outline of a page asked for by %q is said to be made under the rules of %q: %t", asked[made], asked[r], got)
				}
			}
		}
	}
}

func TestRulesOfNothingAreNone(t *testing.T) {
	if r, err := NewRules(RuleText{Site: "courier.example"}); r != nil || err != nil {
		t.Errorf("NewRules without rules = %v, %v; want nil, nil", r, err)
	}
}

func TestNewRulesNamesEachBadOne(t *testing.T) {
	_, err := NewRules(RuleText{
		Article: []string{"main", "p >"}, Headline: []string{""}, Ignore: []string{"a[href", ".ok"},
		IgnoreText: []string{"fine", "(", strings.Repeat("a", maxRule+1)},
	})
	var got []string
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		var bad *RuleError
		if !errors.As(e, &bad) {
			t.Fatalf("%v is no RuleError", e)
		}
		got = append(got, fmt.Sprintf("%s %d", bad.Key, bad.Index))
	}
	if want := []string{"article 1", "headline 0", "ignore 0", "ignore_text 1", "ignore_text 2"}; !slices.Equal(got, want) {
		t.Errorf("NewRules found %q wrong, want %q:\n%v", got, want, err)
	}
	if _, err := NewRules(RuleText{Ignore: make([]string, maxRules+1)}); err == nil || !strings.Contains(err.Error(), "one more than") {
		t.Errorf("more rules than maxRules gave %v", err)
	}
}

func TestSelectors(t *testing.T) {
	root, err := html.Parse(strings.NewReader(`<body><div id=a class="x y"><p id=b>1</p><p id=c data-n="a > b, c">2</p><span id=d>3<i id=e></i></span></div>
		<section id=f><div id=g><p id=h>4</p></div><img id=i src=z></section></body>`))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ selector, want string }{
		{"p", "b c h"}, {"#c", "c"}, {"div p", "b c h"}, {"div > p", "b c h"}, {"section > p", ""}, {"section p", "h"},
		{"section>div>p", "h"}, {"section > div p, .x  >  span", "d h"}, {"body div p", "b c h"}, {"div div p", ""},
		{"p + p", "c"}, {"p ~ span", "d"}, {"p + span > i", "e"}, {"p ~ p ~ span", "d"}, {"div ~ section", "f"}, {"span + p", ""},
		{`[data-n="a > b, c"]`, "c"}, {"[data-n*='>']", "c"}, {"*[src]", "i"}, {".x.y", "a"}, {"div:not(.x)", "g"}, {"div:has(span, b)", "a"},
		{"p:first-child", "b h"}, {"p:nth-child(2n)", "c"}, {"div > :nth-child(2n + 1)", "b d h"}, {"p:not([data-n], #h)", "b"}, {"\n p\t", "b c h"},
	}
	for _, tt := range tests {
		sel, err := parseSelector(tt.selector)
		if err != nil {
			t.Errorf("parseSelector(%q): %v", tt.selector, err)
			continue
		}
		var got []string
		m := matcher{selectors: []selector{sel}, visit: func(n *html.Node, _ []bool) bool {
			got = append(got, attr(n, "id"))
			return true
		}}
		m.match(root)
		slices.Sort(got)
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%q matches %q, want %q", tt.selector, s, tt.want)
		}
	}
}

func TestSelectorsThatAreNone(t *testing.T) {
	for selector, says := range map[string]string{
		"> p": "nothing stands before", "p >": "nothing stands after", "p > > a": "follows", "p,": "missing beside the comma", ",p": "missing beside the comma",
		"p[": "missing at the end", `a[b="c]`: "missing at the end", "p..a": "", "p::before": "", "p:hover-ish": "", "12": "", "p:nth-child(x)": "",
		`p:contains("Read also")`: "ignore_text", ":not(div p)": "without combinators", ":has(> p)": "without combinators", ":not(:has(p))": "further parentheses", ":has(a, b c)": "without combinators",
		strings.Repeat("a ", maxChain+1): "parts",
	} {
		if _, err := parseSelector(selector); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("parseSelector(%q) = %v, want an error that says %q", selector, err, says)
		}
	}
}

// A page built against selectors: matched element by element, the first takes
// hours.
func TestRulesOnHostilePagesTakeTimeWithTheirSize(t *testing.T) {
	rules := newRules(t, RuleText{
		Article: []string{"section div div div div div p"},
		Ignore:  []string{"i ~ i ~ i ~ p", "div:has(table)", "p:nth-child(3n+1):nth-last-child(2)", "[class*=q] [class*=q] [class*=q] b"},
	})
	for name, body := range map[string]string{
		"deep":    strings.Repeat(`<div class=q>`, 480) + strings.Repeat("<p>a boat", 60_000),
		"wide":    strings.Repeat("<p>a boat<i></i>", 30_000),
		"nothing": strings.Repeat("<div>", 300_000),
	} {
		start := time.Now()
		a, _ := Read(Page{URL: "https://courier.example/quay", Body: []byte(body), Rules: rules})
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: reading took %v", name, took) // load does not make this of a second
		}
		if said := strings.Join(a.Reasons, "\n"); !strings.Contains(said, "more elements than") {
			t.Errorf("%s: the reasons %q do not say that the rules hold for a part", name, said)
		}
	}
}

func FuzzRules(f *testing.F) {
	f.Add(".story, main > p", "h1", ".ask:not(p) ~ b", `\d+`, quay)
	f.Add("td p", "title", "tr", "a|^$", "<table><tr><td>a<td>b<p>c</table>")
	f.Add("svg", "*", "svg + p", "x*", "<svg/><p>a</p><svg><g></svg><p>b")
	f.Fuzz(func(t *testing.T, article, headline, ignore, text, page string) {
		rules, err := NewRules(RuleText{Article: []string{article}, Headline: []string{headline}, Ignore: []string{ignore}, IgnoreText: []string{text}})
		if err != nil {
			return
		}
		p := Page{URL: "https://courier.example/quay", Body: []byte(page), Rules: rules}
		a, o := Read(p)
		if a.Kind.Story() && !o.MadeUnder(rules) {
			t.Error("the outline does not know its rules")
		}
		again, _ := Reread(p, o)
		if a.Kind.Story() && again.Kind.Story() && !reflect.DeepEqual(a.Blocks, again.Blocks) {
			t.Errorf("read again, the same page has the blocks\n%v, before\n%v", again.Blocks, a.Blocks)
		}
		Explain(p)
	})
}
