package article

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// layouts of testdata that hold the same kind of story; each has the marks
// <!--early-->, <!--middle-->, <!--late--> and <!--end--> between its
// paragraphs, where noise and edits go.
var storyLayouts = []string{"plain", "div-soup", "br", "table-layout", "unclosed", "amp"}

// put replaces a mark by markup in the layout's own manner: where its
// paragraphs are lines, p becomes two line breaks.
func put(name, page, mark, markup string) string {
	switch name {
	case "br":
		markup = strings.NewReplacer("<p>", "<br><br>", "</p>", "<br><br>").Replace(markup)
	case "div-soup":
		markup = strings.NewReplacer("<p>", `<div class="x5">`, "</p>", "</div>").Replace(markup)
	case "unclosed":
		markup = strings.ReplaceAll(markup, "</p>", "")
	}
	return strings.Replace(page, mark, markup, 1)
}

// noises are changes to a page that are no edit: what is put where.
var noises = []struct{ about, mark, markup string }{
	{"a promotion in the article's own markup", "<!--middle-->", `<p>Sign up for our morning newsletter and get the harbour news in your inbox.</p>`},
	{"a promotion with a link", "<!--late-->", `<p>Download our app for <a href="/app">news from the quay</a>.</p>`},
	{"a read-also line", "<!--early-->", `<p>Read also: <a href="/b">Why the bells of the fish market moved</a></p>`},
	{"a read-more line in bold", "<!--middle-->", `<p><strong>Read more:</strong> <a href="/b">Seven bakeries and one oven</a></p>`},
	{"a linked headline alone", "<!--middle-->", `<p><a href="/b">Seven bakeries share one oven to save wood this winter</a></p>`},
	{"an author's biography", "<!--end-->", `<p>Mara Lindqvist is a reporter covering the harbour and the islands for The Lindhaven Courier.</p>`},
	{"an author's biography in a box", "<!--end-->", `<div class="author-bio"><h4>About the author</h4><p>Mara writes about boats, ropes and the people who mend them. She lives on Ostrey.</p></div>`},
	{"an embedded player", "<!--middle-->", `<div class="audio-player"><span>Listen to this story</span><span>4 min</span><button>Play</button></div>`},
	{"a player without class words", "<!--middle-->", `<div class="k3"><p>Listen: 4 min</p></div>`},
	{"share counts within the article", "<!--early-->", `<div class="k9"><span>1.2K shares</span></div>`},
	{"a count of comments", "<!--end-->", `<p>37 comments</p>`},
	{"an age that grows", "<!--early-->", `<p>3 minutes ago</p>`},
	{"a time to read", "<!--early-->", `<p>4 min read</p>`},
	{"the word advertisement", "<!--middle-->", `<p>Advertisement</p>`},
	{"an advert", "<!--late-->", `<div class="ad-slot"><p>Boats for hire. Two crowns an hour, bring your own oars and your own bread.</p></div>`},
	{"a list of related stories", "<!--late-->", `<div class="related"><h3>Related</h3><ul><li><a href="/1">Lighthouse keeper retires after forty winters</a></li><li><a href="/2">Choir wins a silver cup</a></li></ul></div>`},
	{"a list of related stories without class words", "<!--end-->", `<div class="k1"><h3>More from the harbour</h3><ul><li><a href="/1">Lighthouse keeper retires after forty winters</a></li><li><a href="/2">Choir wins a silver cup</a></li></ul></div>`},
	{"a related teaser with a picture's caption", "<!--middle-->", `<aside><figure><img src="t.jpg"><figcaption>The lighthouse at dusk, seen from the old pier.</figcaption></figure><a href="/1">Lighthouse keeper retires</a></aside>`},
	{"a newsletter form", "<!--middle-->", `<form><h3>The morning mail</h3><p>Six stories before breakfast, every day but Sunday.</p><input type="email"></form>`},
	{"a survey", "<!--late-->", `<div class="poll"><p>Should the ferry sail at noon as well? Tell us what you think.</p></div>`},
	{"a consent layer", "<!--early-->", `<div class="cmp-overlay"><p>We value your privacy. We and our partners use cookies to store information on your device.</p></div>`},
	{"a subscription offer", "<!--middle-->", `<p>Support our journalism: subscribe now for as little as two crowns a week.</p>`},
	{"a German read-also line", "<!--middle-->", `<p>Lesen Sie auch: <a href="/b">Warum die Glocken umziehen</a></p>`},
	{"a French newsletter line", "<!--middle-->", `<p>Inscrivez-vous à notre newsletter pour recevoir les nouvelles du port.</p>`},
	{"a Spanish read-also line", "<!--middle-->", `<p>Te puede interesar: <a href="/b">Siete panaderías comparten un horno</a></p>`},
	{"a call to follow", "<!--end-->", `<p>Follow us on the usual channels for more from the quay.</p>`},
	{"an advert in the guise of a story", "<!--middle-->", `<div class="k4"><span>Sponsored</span><h3><a href="https://ads.example/1">Oars come to Ostrey</a></h3><p>This oar was carved for rowers and is now in every boat of the bay. The makers use ash from their own wood, and each one is numbered.</p></div>`},
	{"a teaser with a summary", "<!--late-->", `<section class="k5"><h2>Worth your time</h2><div><a href="/3"><h3>Bells of the fish market move</h3></a><p>The council says the tower is too weak, and the bell ringers do not believe it.</p></div></section>`},
	{"the next story", "<!--end-->", `<article class="k6"><h1>Bells of the fish market move to the hill</h1><p>By Tomas Feld</p><p>The bells of the fish market will hang on the hill from May, the council said on Friday.</p><p>“We heard them every morning,” said Petra Hallund, who sells smoked fish below the tower.</p></article>`},
	{"comments without class words", "<!--end-->", `<section class="k7"><h2>What readers say</h2><div><strong>oarsman12</strong> <span>2 hours ago</span><p>My uncle ran the old boat for ten years and never missed a day.</p></div><div><strong>quaygull</strong> <span>Yesterday</span><p>Three boats or none, that is what I say to the council.</p></div></section>`},
	{"a poll", "<!--middle-->", `<div class="k8"><h4>Should the ferry sail at noon?</h4><ul><li>Yes <b>63%</b></li><li>No <b>37%</b></li></ul><p>1204 votes</p><button>Vote</button></div>`},
	{"a plea in the article's own markup", "<!--middle-->", `<p>Before you go: could you chip in $4 for our reporters on the islands?</p>`},
	{"an offer in the article's own markup", "<!--late-->", `<p>Try the Courier for 3 weeks for £1 and read every story on your phone.</p>`},
	{"a line on a writer whom nobody named", "<!--end-->", `<p>Ilse Brandt has reported from the islands since 2011 and lives in Karnholm.</p>`},
	{"a copyright line", "<!--end-->", `<p>© 2026 Quay Press. All rights reserved.</p>`},
}

// reworks are changes to a whole page that are no edit.
var reworks = []struct {
	about string
	do    func(string) string
}{
	{"classes are renamed", func(s string) string {
		return regexp.MustCompile(`class="?[^" >]*"?`).ReplaceAllString(s, `class="css-9f3a1c"`)
	}},
	{"white space changes", func(s string) string { return strings.ReplaceAll(s, " the ", "\n\t  the ") }},
	{"spans wrap words", func(s string) string {
		return strings.ReplaceAll(s, " harbour office", ` <span class="u1">harbour</span> office`)
	}},
	{"soft hyphens come", func(s string) string { return strings.ReplaceAll(s, "timetable", "time\u00adtable") }},
	{"no-break spaces come", func(s string) string { return strings.ReplaceAll(s, " crowns", "\u00a0crowns") }},
	{"the page is wrapped in more elements", func(s string) string {
		return strings.Replace(strings.Replace(s, "<h1", `<div class="w1"><div class="w2"></div></div><h1`, 1), "</body>", "</div></body>", 1)
	}},
	{"the list of the most read changes", func(s string) string {
		return strings.NewReplacer("Lighthouse keeper retires after forty winters on the rock", "A seal slept on the steps of the bank", "Seven bakeries and one oven", "Ten boats and no sail").Replace(s)
	}},
	{"the count of shares changes", func(s string) string { return strings.ReplaceAll(s, "214 shares", "3,018 shares") }},
	{"the time of update moves", func(s string) string { return strings.ReplaceAll(s, "2026, 9.40", "2026, 11.05") }},
	{"the consent layer is gone", func(s string) string {
		return regexp.MustCompile(`(?s)<div id="cookie-consent".*?</div>`).ReplaceAllString(s, "")
	}},
	{"the navigation is another", func(s string) string { return strings.ReplaceAll(s, ">Markets<", ">Money<") }},
}

func TestNoiseIsNoEdit(t *testing.T) {
	for _, name := range storyLayouts {
		p := testPage(t, name)
		page := string(p.Body)
		before, o := Read(p)
		check := func(about string, body string) {
			t.Helper()
			if body == page {
				return // this layout has no such part
			}
			q := p
			q.Body = []byte(body)
			after, next := Reread(q, o)
			if after.Hash() != before.Hash() {
				t.Errorf("%s: %s: %s", name, about, firstDifference(before, after))
			}
			if back, _ := Reread(p, next); back.Hash() != before.Hash() {
				t.Errorf("%s: %s, and gone again: %s", name, about, firstDifference(before, back))
			}
		}
		for _, n := range noises {
			check(n.about, put(name, page, n.mark, n.markup))
		}
		for _, w := range reworks {
			check(w.about, w.do(page))
		}
	}
}

func TestNoiseThatGoesIsNoEdit(t *testing.T) {
	for _, name := range storyLayouts {
		p := testPage(t, name)
		page := string(p.Body)
		for _, n := range noises {
			q := p
			q.Body = []byte(put(name, page, n.mark, n.markup))
			before, o := Read(q)
			if after, _ := Reread(p, o); after.Hash() != before.Hash() {
				t.Errorf("%s: gone: %s: %s", name, n.about, firstDifference(before, after))
			}
		}
	}
}

// edits are what must show.
var edits = []struct {
	about    string
	old, new string // replaced in the page; a mark stands for new text there
}{
	{"a figure changes", "2.4 million", "3.4 million"},
	{"a word of the first paragraph changes", "again on Friday, the", "again on Sunday, the"},
	{"a word of the last paragraph changes", "in June. An offer", "in July. An offer"},
	{"a quotation is softened", "Nobody here will forget", "Some here may forget"},
	{"a paragraph comes", "<!--middle-->", "<p>A second inquiry will look at the records of the dock, officials said on Wednesday.</p>"},
	{"a short paragraph comes", "<!--late-->", "<p>The mayor would not comment on the price.</p>"},
	{"a paragraph comes at the end", "<!--end-->", "<p>The dock in Lindhaven will stay open through the summer, the yard's owner said.</p>"},
	{"a correction comes at the end", "<!--end-->", "<p><em>Correction: An earlier version of this story said that the repairs cost 3.4 million crowns. It was 2.4 million.</em></p>"},
	{"an editor's note comes in the middle", "<!--early-->", "<p><i>Editor's note: This story was updated to remove a quotation that could not be verified.</i></p>"},
	{"the headline changes", ">Ferry to Ostrey will sail again after eleven weeks in dock</h1>", ">Ferry to Ostrey sails again, at twice the price</h1>"},
	{"one word of the headline changes", "eleven weeks in dock</h1>", "twelve weeks in dock</h1>"},
	{"a paragraph goes", "Boats will leave at 7.10 and 16.40 on weekdays. A third crossing at noon, which schools had asked for, is not planned before May.", ""},
	{"two sentences become one", "Two boats a day", "One boat a day"},
	{"the standfirst changes", "fewer boats and a new timetable.</p>", "more boats and a new timetable.</p>"},
	{"the caption changes", "in dry dock at Lindhaven last week", "in dry dock at Karnholm last week"},
	{"a paragraph comes that speaks of subscribers", "<!--middle-->", "<p>The operator said that 1,200 islanders had signed up for the new ferry app since Friday.</p>"},
	{"a paragraph comes in a list of its own", "<!--middle-->", "<ul><li>The first boat leaves Lindhaven at six in the morning, the operator said.</li></ul>"},
	{"a section of text comes in an element of its own", "<!--middle-->", `<div class="k3"><p>The yard in Karnholm had offered to build a larger boat for less, according to letters that the islanders' council made public on Wednesday after months of asking.</p><p>The letters show that the operator turned the offer down in autumn, because it would have had to close the crossing for a whole summer while the quay was made deeper.</p></div>`},
	{"a note comes below its label", "<!--end-->", `<div class="k9"><h4>Correction</h4><p>The repairs cost 2.4 million crowns and not 3.4 million, as we wrote at first.</p></div>`},
	{"a paragraph comes that speaks of a newsletter", "<!--middle-->", "<p>The operator had announced the fares in a newsletter in March, the harbour office said.</p>"},
	{"a note of an update comes in a box", "<!--end-->", `<div class="k9"><p>Actualización: este artículo incluye ahora la respuesta del puerto.</p></div>`},
	{"an author goes from the page", `</a> and Tomas Feld</div>`, `</a></div>`},
}

func TestEditShows(t *testing.T) {
	for _, name := range storyLayouts {
		p := testPage(t, name)
		page := string(p.Body)
		before, o := Read(p)
		for _, e := range edits {
			body := strings.Replace(page, e.old, e.new, 1)
			if strings.HasPrefix(e.old, "<!--") {
				body = put(name, page, e.old, e.new)
			}
			if e.about == "an author goes from the page" {
				body = strings.Replace(body, `,{"@type":"Person","name":"Tomas Feld"}`, "", 1)
			}
			if body == page {
				continue // this layout has no such part
			}
			q := p
			q.Body = []byte(body)
			after, _ := Reread(q, o)
			if after.Hash() == before.Hash() || !after.Kind.Story() || after.Degraded {
				t.Errorf("%s: %s: does not show: %s %v %v", name, e.about, after.Kind, after.Degraded, after.Reasons)
			}
			if n := changedBlocks(before, after); n > 2 {
				t.Errorf("%s: %s: %d blocks differ, want one: %s", name, e.about, n, firstDifference(before, after))
			}
		}
	}
}

// changedBlocks counts the blocks of either article that the other lacks.
func changedBlocks(a, b Article) int {
	n := 0
	for _, x := range a.Blocks {
		if !slices.Contains(b.Blocks, x) {
			n++
		}
	}
	for _, x := range b.Blocks {
		if !slices.Contains(a.Blocks, x) {
			n++
		}
	}
	return n
}

func TestStoryReplacedBySomethingElse(t *testing.T) {
	tests := []struct {
		about, page string
		want        Kind
	}{
		{"by a login wall", "login", KindWall},
		{"by a check for robots", "captcha", KindWall},
		{"by a consent page", "consent", KindWall},
		{"by an error page with 200", "not-found", KindError},
		{"by a page that scripts fill in", "scripts", KindEmpty},
		{"by the front page", "front", KindListing},
		{"by its first lines and an offer", "paywall", KindWall},
	}
	for _, tt := range tests {
		before, o := Read(testPage(t, "plain"))
		after, next := Reread(testPage(t, tt.page), o)
		if after.Kind != tt.want {
			t.Errorf("%s: kind %s (%v), want %s", tt.about, after.Kind, after.Reasons, tt.want)
		}
		if back, _ := Reread(testPage(t, "plain"), next); back.Hash() != before.Hash() {
			t.Errorf("%s, and back: %s", tt.about, firstDifference(before, back))
		}
	}
}

func TestHalfAPageIsNeverTheStory(t *testing.T) {
	p := testPage(t, "plain")
	before, o := Read(p)
	for _, share := range []int{30, 45, 60, 75, 90} {
		q := p
		q.Body = p.Body[:len(p.Body)*share/100]
		a, next := Reread(q, o)
		if a.Kind.Story() && a.Hash() != before.Hash() {
			t.Errorf("%d %% of the page: %s, %v, %s", share, a.Kind, a.Reasons, firstDifference(before, a))
		}
		if back, _ := Reread(p, next); back.Hash() != before.Hash() {
			t.Errorf("%d %% of the page, and back: %s", share, firstDifference(before, back))
		}
	}
	q := p
	body := string(p.Body)
	from, to := strings.Index(body, "“We know"), strings.Index(body, "The council wants")
	q.Body = []byte(body[:from] + body[to+60:])
	a, _ := Reread(q, o)
	if a.Kind.Story() && (!a.Degraded || !strings.Contains(strings.Join(a.Reasons, " "), "shrunken")) {
		t.Errorf("most paragraphs gone: %s, degraded %v, %v, want shrunken", a.Kind, a.Degraded, a.Reasons)
	}
}

func TestNewEntryOfALiveBlogShows(t *testing.T) {
	p := testPage(t, "live")
	before, o := Read(p)
	q := p
	q.Body = []byte(strings.Replace(string(p.Body), `<div class="liveblog-entry">`, `<div class="liveblog-entry"><time>15:02</time><h3>Water falls</h3><p>The water at the north quay fell by a hand's breadth within the hour, the harbour office said.</p></div><div class="liveblog-entry">`, 1))
	after, _ := Reread(q, o)
	if after.Kind != KindLive || len(after.Blocks) != len(before.Blocks)+2 {
		t.Errorf("%s with %d blocks, want live with %d: %s", after.Kind, len(after.Blocks), len(before.Blocks)+2, firstDifference(before, after))
	}
}

func TestRedesignWithTheSameTextIsNoEdit(t *testing.T) {
	before, o := Read(testPage(t, "div-soup"))
	for _, name := range []string{"amp", "br", "table-layout"} {
		after, _ := Reread(testPage(t, name), o)
		before.Authors, after.Authors = nil, nil // the old layouts name none
		if after.Hash() != before.Hash() {
			t.Errorf("as %s: %s", name, firstDifference(before, after))
		}
	}
}

func TestOutlineSurvivesKeepingAndNothingElse(t *testing.T) {
	p := testPage(t, "plain")
	want, o := Read(p)
	data, err := o.MarshalBinary()
	if err != nil || len(data) == 0 || len(data) > 4000 {
		t.Fatalf("MarshalBinary = %d bytes, %v", len(data), err)
	}
	var kept Outline
	if err := kept.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	if kept.recall() == nil {
		t.Fatal("the kept outline cannot be recalled")
	}
	if got, _ := Reread(p, kept); got.Hash() != want.Hash() {
		t.Errorf("with the kept outline: %s", firstDifference(want, got))
	}
	for i := range data {
		bad := slices.Clone(data)
		bad[i] ^= 0x55
		if (Outline{bad}).recall() != nil {
			t.Fatalf("byte %d damaged: the outline is still believed", i)
		}
	}
	if got, _ := Reread(p, Outline{data[:len(data)/2]}); got.Hash() != want.Hash() {
		t.Errorf("with half an outline: %s", firstDifference(want, got))
	}
}

func FuzzReadAndReread(f *testing.F) {
	for _, name := range []string{"plain", "br", "live", "japanese", "unclosed", "table-layout"} {
		f.Add(testPage(f, name).Body, []byte("<p>Another paragraph came here on Monday.</p>"))
	}
	f.Fuzz(func(t *testing.T, body, more []byte) {
		p := Page{URL: "https://lindhaven.example/a", Body: body}
		a, o := Read(p)
		if b, _ := Reread(p, o); a.Kind.Story() && b.Kind.Story() && a.Hash() != b.Hash() {
			t.Errorf("the same bytes read again differ: %s", firstDifference(a, b))
		}
		for _, b := range a.Blocks {
			if b.Text == "" || tidy(b.Text) != b.Text {
				t.Errorf("block %q is not tidy", b.Text)
			}
		}
		p.Body = append(slices.Clone(body), more...)
		Reread(p, o)
		Reread(Page{Body: more}, Outline{more})
	})
}

// BenchmarkRead and BenchmarkReread read a page of testdata, brought to 160 KB
// by the navigation, scripts and lists that real pages have.
func BenchmarkRead(b *testing.B)   { benchmark(b, false) }
func BenchmarkReread(b *testing.B) { benchmark(b, true) }

func benchmark(b *testing.B, again bool) {
	p := testPage(b, "plain")
	p.Body = heavy(p.Body)
	_, o := Read(p)
	for b.Loop() {
		if again {
			Reread(p, o)
		} else {
			Read(p)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric(float64(len(p.Body))/1000, "KB/page")
}

// heavy gives a page the weight of a real one: 160 KB with about 1,700 tags.
func heavy(page []byte) []byte {
	s := string(page)
	paragraph := `<p>The crossing took forty minutes on a calm day, and islanders said that <a class="inline-link" href="/x?id=17&amp;ref=body">nobody on the quay</a> could remember a longer winter, <em>not even</em> the oldest of them.</p>`
	s = strings.Replace(s, "<!--late-->", strings.Repeat(paragraph, 25), 1)
	card := `<li class="teaser-card css-8f1c2"><a class="teaser-link" href="/story/17?ref=list" data-track='{"pos":17,"list":"most-read"}'><picture><source srcset="/i/17-400.jpg 400w, /i/17-800.jpg 800w"><img class="lazy" src="/i/17.jpg" alt="A boat"></picture><span class="kicker">Harbour</span><h4>Seven bakeries share one oven to save wood</h4></a></li>`
	s = strings.Replace(s, "</aside>", "<ul class=\"recommended\">"+strings.Repeat(card, 130)+"</ul></aside>", 1)
	script := "<script>window.__q=window.__q||[];" + strings.Repeat("q.push({slot:'top',size:[970,250],key:'lindhaven'});", 100) + "</script>"
	for len(s) < 160_000 {
		s = strings.Replace(s, "</body>", script+"</body>", 1)
	}
	return []byte(s)
}
