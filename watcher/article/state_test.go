package article

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

const (
	ownText   = "The tug lies in Karhamn in winter and in Lindhaven in summer. A ship that needs her at the other end will wait four hours or pay for speed, both councils said, and the price for speed will be fixed in May."
	otherText = "Two swarms of bees have settled in the roof of the customs house. The town has decided to leave them there, and a keeper will collect the honey, which is to be sold for the repair of the clock in the tower next door."
)

// statePage is a page with an empty root and one script.
func statePage(script string) Page {
	return Page{URL: "https://coastwise.example/tug", Status: 200, ContentType: "text/html; charset=utf-8",
		Body: []byte(`<html><head><title>Two harbours, one tug | Coastwise</title><meta property="og:site_name" content="Coastwise"></head><body><div id="app"></div>` + script + `</body></html>`)}
}

func TestStoryInTheStateOfScripts(t *testing.T) {
	tests := []struct {
		about, script string
		want          string // the text, or "" where the page is to be empty
	}{
		{"JSON of its own script element", `<script type="application/json">{"post":{"content":{"rendered":"<p>` + ownText + `<\/p>"}}}</script>`, ownText},
		{"a function that hands its strings over, as Nuxt 2 writes it", `<script>window.__NUXT__=(function(a,b){return {data:[{story:{title:"Two harbours, one tug",body:"\u003Cp\u003E` + ownText + `\u003C\u002Fp\u003E",tags:[a,b]}}],error:null,at:new Date("2026-02-12"),state:void 0}}("Harbours","Tugs"))</script>`, ownText},
		{"values that JSON does not have", `<script>window.__STATE__ = {user: undefined, 'story': {text: '` + ownText + `',}, n: -1.5e3, ok: !0}</script>`, ownText},
		{"a string for JSON.parse in single quotes", `<script>window.__STATE__=JSON.parse('{\x22story\x22:{\x22text\x22:\x22` + ownText + `\x22}}')</script>`, ownText},
		{"an assignment behind other code", `<script>var a=function(){if(b){return {c:1}}};a();window.__STATE__={"story":{"paragraphs":["` + ownText + `"]}};</script>`, ownText},
		{"of two stories the one beside the page's headline, though it is the shorter", `<script>var s={"list":[{"title":"Bees move in","body":"` + otherText + otherText + otherText + `"},{"title":"Two harbours, one tug","body":"` + ownText + `"}]}</script>`, ownText},
		{"of two stories without a headline neither, for nobody can tell", `<script>var s={"list":[{"body":"` + otherText + `"},{"body":"` + ownText + `"}]}</script>`, ""},
		{"a comment is no story", `<script>var s={"comments":[{"text":"` + otherText + `"}]}</script>`, ""},
		{"a text of consent is no story", `<script>var s={"layer":{"text":"We and our partners use cookies and similar tools to store and access information on your device. You can change your choices at any time, object where we rely on legitimate interest, or read the list of all our partners and what they do."}}</script>`, ""},
		{"broken JSON is no story", `<script>var s={"story":{"text":"` + ownText + `"</script>`, ""},
		{"a script that is cut off within a string", `<script>var s={"story":{"text":"` + ownText, ""},
	}
	for _, tt := range tests {
		a, _ := Read(statePage(tt.script))
		switch {
		case a.Text() != tt.want:
			t.Errorf("%s: Read(%s).Text() = %q, want %q (%q)", tt.about, tt.script, a.Text(), tt.want, a.Reasons)
		case tt.want != "" && (a.Kind != KindArticle || !a.Degraded || !strings.Contains(a.Reasons[0], "state of its scripts")):
			t.Errorf("%s: read as %s, degraded %v, %q, want a degraded article and the reason", tt.about, a.Kind, a.Degraded, a.Reasons)
		case tt.want == "" && a.Kind != KindEmpty:
			t.Errorf("%s: read as %s, want empty", tt.about, a.Kind)
		}
	}
}

func TestStateIsNotReadWherePageHasItsOwnText(t *testing.T) {
	p := statePage(`<script>var s={"story":{"text":"` + ownText + `"}}</script>`)
	p.Body = []byte(strings.Replace(string(p.Body), `<div id="app"></div>`, "<article><h1>Two harbours, one tug</h1><p>"+otherText+"</p></article>", 1))
	if a, _ := Read(p); a.Text() != otherText || a.Degraded {
		t.Errorf("Text() = %q, degraded %v, want the page's own text", a.Text(), a.Degraded)
	}
}

func TestStateOfListingMakesNoStoryOfIt(t *testing.T) {
	p := statePage(`<script>var s={"first":{"title":"Bees move in","text":"` + otherText + `"}}</script>`)
	links := strings.Repeat(`<h3><a href="/s">Bees move into the old customs house</a></h3>`, 8)
	p.Body = []byte(strings.Replace(string(p.Body), `<div id="app"></div>`, "<main>"+links+"</main>", 1))
	if a, _ := Read(p); a.Kind != KindListing {
		t.Errorf("Read(a page of links) = %s (%q), want listing", a.Kind, a.Reasons)
	}
}

func TestLiteralsOfScripts(t *testing.T) {
	tests := []struct {
		in   string
		want any
		ok   bool
	}{
		{`{"a": [1, 2.5, "x"], b: null}`, map[string]any{"a": []any{1.0, 2.5, "x"}, "b": nil}, true},
		{`["\u00e9\n\ud83d\ude00\x41\'", true, !1,]`, []any{"é\n😀A'", true, false}, true},
		{`[a.b, void 0, new Date("2026-01-01"), undefined]`, []any{nil, nil, nil, nil}, true},
		{`{"a"`, nil, false},
		{`{return 1}`, nil, false},
		{`"open`, nil, false},
		{strings.Repeat("[", 5000), nil, false},
	}
	for _, tt := range tests {
		l := literalReader{in: tt.in, nodes: 1000}
		got, ok := l.value(0)
		if ok != tt.ok || ok && !reflect.DeepEqual(got, tt.want) {
			t.Errorf("value of %.60q = %#v, %v, want %#v, %v", tt.in, got, ok, tt.want, tt.ok)
		}
	}
}

func FuzzStateOfScripts(f *testing.F) {
	f.Add(`{"story":{"body":"<p>` + ownText + `</p>"}}`)
	f.Add(`window.s=JSON.parse('{"text":"` + ownText + `"}')`)
	f.Add(`[["x",1],{"body":2},[2,3,2],"` + ownText + `"]`)
	f.Fuzz(func(t *testing.T, script string) {
		s := &stateReader{nodes: maxStateNodes, tried: maxStateTried}
		s.script(script)
		for _, story := range s.found {
			if story.words <= minPrinted || len(story.blocks) == 0 {
				t.Errorf("script(%q) found %+v, want no story of %d words or fewer", script, story, minPrinted)
			}
		}
	})
}

// hostileStates are scripts built to be slow or deep.
func hostileStates() map[string][]byte {
	script := func(s string) []byte { return []byte("<html><body><div id=app></div><script>var s=" + s + "</script>") }
	var stories strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&stories, `{"body":"%d. %s"},`, i, ownText)
	}
	return map[string][]byte{
		"state nested deeply":                script(strings.Repeat(`{"body":[`, 300_000)),
		"state that begins again and again":  script(strings.Repeat("={a:", 700_000)),
		"state with a million open strings":  script(strings.Repeat(`={"`, 900_000)),
		"a list whose values point in rings": script("[" + strings.Repeat(`{"body":[1,2,3,4,5,6,7,8,9,0]},`, 60_000) + "0]"),
		"a state of one long text":           script(`{"body":"` + strings.Repeat("<p>and the boats", 180_000) + `"}`),
		"ten thousand stories":               script("[" + stories.String() + "0]"),
	}
}
