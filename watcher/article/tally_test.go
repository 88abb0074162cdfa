package article

import (
	"strings"
	"testing"
)

func TestTally(t *testing.T) {
	page := Page{URL: "https://courier.example/quay", ContentType: "text/html; charset=utf-8", Body: []byte(`<!doctype html><html lang="en"><head><title>Quay collapse frees fourteen boats</title></head>
<body><nav><ul><li><a href="/">Home page</a></li><li><a href="/sport">All of sport</a></li></ul></nav><main><article><h1>Quay collapse frees fourteen boats</h1>
<p>Fourteen fishing boats were torn from their moorings in Pell Haven on Monday night when the north quay gave way, the harbour office said.</p>
<p>Nobody was aboard, but 12 people who had come to secure the lines were taken to hospital with cuts and bruises, according to the ambulance service.</p>
<p>The council said that engineers had inspected the quay in March and found no cause for alarm, and that a full report would be published next week.</p>
</article></main><aside><h3>Most read</h3><ol><li><a href="/a">Bus fares rise again</a></li></ol></aside></body></html>`)}
	a, o := Read(page)
	tally := o.Tally()
	if a.Kind != KindArticle || tally.Story != 4 || tally.LeftOut == 0 || tally.Kinds[ListItem] == 0 {
		t.Errorf("%s, %+v, want an article of 4 blocks with list items left out", a.Kind, tally)
	}
	if got := tally.String(); !strings.HasPrefix(got, "4 of ") || !strings.Contains(got, "list items") {
		t.Errorf("String() = %q", got)
	}
	if got := (Outline{}).Tally().String(); got != "" {
		t.Errorf("an empty outline's tally is %q, want nothing", got)
	}
	one := Tally{Story: 2, Watched: 1, LeftOut: 1, Words: 3, Kinds: map[BlockKind]int{TableRow: 1}}
	if got, want := one.String(), "2 of 4 blocks are the story's, 1 more are watched; left out are 1 with 3 words (1 table row)"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
}

func TestRulesSayWhichThereAre(t *testing.T) {
	r, err := NewRules(RuleText{Site: "courier.example", Article: []string{"article"}, Ignore: []string{".ad", ".promo"}, IgnoreText: []string{"Photo: .*"}, Asked: "cookies"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := r.String(), "courier.example (1 article, 2 ignore, 1 ignore_text)"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
	asked, err := NewRules(RuleText{Site: "courier.example", Asked: "cookies"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := asked.String(), "courier.example (none to read by)"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
}
