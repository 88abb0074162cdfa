package article

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// testPage returns a page of testdata as if it had been fetched.
func testPage(t testing.TB, name string) Page {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name+".html"))
	if err != nil {
		t.Fatal(err)
	}
	return Page{URL: "https://lindhaven.example/2026/03/04/" + name, ContentType: "text/html; charset=utf-8", Status: 200, Body: body}
}

// Each page of testdata has its article beside it as NAME.json. After a change
// run the test with -update and read what became of them.
func TestEachLayoutGivesItsArticle(t *testing.T) {
	files, err := filepath.Glob("testdata/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("testdata: %d pages, %v", len(files), err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".html")
		t.Run(name, func(t *testing.T) {
			a, _ := Read(testPage(t, name))
			got, err := json.MarshalIndent(a, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != strings.TrimSpace(string(want)) {
				t.Errorf("Read(%s) =\n%s\nwant\n%s", name, got, want)
			}
		})
	}
}

func TestExplainSaysOfEachBlockWhatReadMakesOfIt(t *testing.T) {
	for _, name := range []string{"plain", "live", "german", "table-layout", "paywall", "ld-only"} {
		t.Run(name, func(t *testing.T) {
			page := testPage(t, name)
			want, _ := Read(page)
			got, judged := Explain(page)
			if got.Hash() != want.Hash() {
				t.Errorf("Explain read another article: %s", firstDifference(want, got))
			}
			var kept []Block
			for _, j := range judged {
				if j.Reason == "" {
					t.Errorf("%s %q has no reason", j.Label, j.Text)
				}
				switch j.Label {
				case "printed", "watched":
					kept = append(kept, Block{j.Kind, j.Text, j.Label == "watched"})
				case "headline", "standfirst", "left out":
				default:
					t.Errorf("%q has the label %q", j.Text, j.Label)
				}
			}
			if !slices.Equal(kept, want.Blocks) {
				t.Errorf("Explain keeps\n%v\nRead keeps\n%v", kept, want.Blocks)
			}
		})
	}
}

func TestKindOfPage(t *testing.T) {
	tests := []struct {
		about  string
		page   string
		status int
		want   Kind
	}{
		{"a story is an article", "plain", 200, KindArticle},
		{"a live blog is live", "live", 200, KindLive},
		{"a front page is a listing", "front", 200, KindListing},
		{"a login form in the story's place is a wall", "login", 200, KindWall},
		{"a check for robots is a wall", "captcha", 200, KindWall},
		{"a consent page is a wall", "consent", 200, KindWall},
		{"an error page served with 200 is an error", "not-found", 200, KindError},
		{"a story served with 503 is an error", "plain", 503, KindError},
		{"a page that scripts fill in is empty", "scripts", 200, KindEmpty},
		{"a page whose text stands in JSON-LD alone is an article", "ld-only", 200, KindArticle},
		{"the first lines of a paid story are an article", "paywall", 200, KindArticle},
	}
	for _, tt := range tests {
		p := testPage(t, tt.page)
		p.Status = tt.status
		if a, _ := Read(p); a.Kind != tt.want {
			t.Errorf("%s: Read(%s).Kind = %s (%v), want %s", tt.about, tt.page, a.Kind, a.Reasons, tt.want)
		}
	}
}

func TestWhatIsNoStoryHasAReasonAndNoBlocks(t *testing.T) {
	for _, body := range []string{"", "   ", "%PDF-1.7 binary", "{\"json\": true}", "<html></html>"} {
		a, _ := Read(Page{Body: []byte(body)})
		if a.Kind != KindEmpty || len(a.Blocks) > 0 || len(a.Reasons) == 0 {
			t.Errorf("Read(%q) = %s with %d blocks and reasons %v, want empty with a reason", body, a.Kind, len(a.Blocks), a.Reasons)
		}
	}
}

func TestPageInAnyCharsetReadsTheSame(t *testing.T) {
	tests := []struct {
		about, page, header string
		enc                 encoding.Encoding
		meta                string // what the page's own meta says
	}{
		{"windows-1252 named by the header", "german", "text/html; charset=windows-1252", charmap.Windows1252, "utf-8"},
		{"windows-1252 named by the meta element", "german", "text/html", charmap.Windows1252, "windows-1252"},
		{"windows-1252 that calls itself UTF-8", "german", "text/html; charset=utf-8", charmap.Windows1252, "utf-8"},
		{"UTF-8 that calls itself latin-1", "german", "text/html; charset=iso-8859-1", encoding.Nop, "iso-8859-1"},
		{"Shift_JIS named by the header", "japanese", "text/html; charset=Shift_JIS", japanese.ShiftJIS, "utf-8"},
		{"Shift_JIS named by nobody", "japanese", "", japanese.ShiftJIS, ""},
		{"EUC-JP that calls itself UTF-8", "japanese", "text/html; charset=utf-8", japanese.EUCJP, "utf-8"},
	}
	for _, tt := range tests {
		p := testPage(t, tt.page)
		want, _ := Read(p)
		src := strings.Replace(string(p.Body), `<meta charset="utf-8">`, `<meta charset="`+tt.meta+`">`, 1)
		body, err := tt.enc.NewEncoder().Bytes([]byte(src))
		if err != nil {
			t.Fatalf("%s: %v", tt.about, err)
		}
		p.Body, p.ContentType = body, tt.header
		if got, _ := Read(p); got.Hash() != want.Hash() {
			t.Errorf("%s: %s", tt.about, firstDifference(want, got))
		}
	}
}

func TestStoryUnder600OpenElementsIsReadAndMarked(t *testing.T) {
	p := testPage(t, "plain")
	want, _ := Read(p)
	p.Body = []byte(strings.Replace(string(p.Body), "<main>", "<main>"+strings.Repeat("<font>", 600), 1))
	got, _ := Read(p)
	if !got.Degraded || got.Text() != want.Text() {
		t.Errorf("degraded %v, text %q, want degraded and %q", got.Degraded, got.Text(), want.Text())
	}
}

func TestNamesOfPeople(t *testing.T) {
	tests := []struct {
		about, byline string
		want          []string
	}{
		{"two people", "By Mara Lindqvist and Tomas Feld", []string{"Mara Lindqvist", "Tomas Feld"}},
		{"a person and their office", "Mara Lindqvist, Harbour Correspondent", []string{"Mara Lindqvist"}},
		{"an agency is no person", "By Associated Press", nil},
		{"the outlet is no person", "The Lindhaven Courier", nil},
		{"a German byline", "Von Mara Lindqvist und Tomas Feld", []string{"Mara Lindqvist", "Tomas Feld"}},
		{"a particle in the name", "By Ruben van der Meer", []string{"Ruben van der Meer"}},
		{"a handle goes", "By Mara Lindqvist @mara", []string{"Mara Lindqvist"}},
		{"a label set against the name", "ByMara Lindqvist", []string{"Mara Lindqvist"}},
		{"a date right behind the name", "By MARA LINDQVIST March 4, 2026 3:46 PM", []string{"MARA LINDQVIST"}},
		{"a date and a label before the name", "Posted on March 4, 2026 by Mara Lindqvist", []string{"Mara Lindqvist"}},
		{"a date and a dash before the name", "04.03.2026 - Mara Lindqvist", []string{"Mara Lindqvist"}},
		{"a job behind the name", "Mara Lindqvist Chefredakteurin", []string{"Mara Lindqvist"}},
		{"who edited did not write", "(Reporting by Mara Lindqvist; Editing by Tomas Feld)", []string{"Mara Lindqvist"}},
		{"a month may be a name", "by June Lindqvist", []string{"June Lindqvist"}},
		{"an organisation with a person's first word", "Harbour Weekly Editorial Staff", nil},
		{"a date on the same line", "By Mara Lindqvist Posted March 4, 2026", []string{"Mara Lindqvist"}},
		{"a Korean byline", "글 김도윤 기자", []string{"김도윤"}},
		{"nobody twice", "Mara Lindqvist, Mara Lindqvist", []string{"Mara Lindqvist"}},
	}
	for _, tt := range tests {
		if got := cleanNames([]string{tt.byline}, "The Lindhaven Courier"); !slices.Equal(got, tt.want) {
			t.Errorf("%s: cleanNames(%q) = %q, want %q", tt.about, tt.byline, got, tt.want)
		}
	}
}

func TestDaysInText(t *testing.T) {
	tests := []struct {
		text       string
		monthFirst bool
		want       string
	}{
		{"4 March 2026", false, "2026-03-04"},
		{"March 4th, 2026 at 9.40", false, "2026-03-04"},
		{"Mittwoch, 4. März 2026", false, "2026-03-04"},
		{"mercredi 4 août 2026", false, "2026-08-04"},
		{"4 de marzo de 2026", false, "2026-03-04"},
		{"2026年3月4日", false, "2026-03-04"},
		{"04.03.2026, 9:40 Uhr", true, "2026-03-04"},
		{"03/04/2026", true, "2026-03-04"},
		{"03/04/2026", false, "2026-04-03"},
		{"25/12/2026", true, "2026-12-25"},
		{"jeudi 13 juin 2026", false, "2026-06-13"},
		{"le 3 juillet 2026 à 10h", false, "2026-07-03"},
		{"3 czerwca 2026", false, "2026-06-03"},
		{"4 березня 2026", false, "2026-03-04"},
		{"2026. október 26.", false, "2026-10-26"},
		{"4 มีนาคม 2569", false, "2026-03-04"},
		{"٤ مارس ٢٠٢٦", false, "2026-03-04"},
		{"4. 3. 2026", false, "2026-03-04"},
		{"2026年 3月 4日", false, "2026-03-04"},
		{"August 19, 2026August 20", false, "2026-08-19"},
		{"30 February 2026", false, ""},
		{"12 boats", false, ""},
	}
	for _, tt := range tests {
		got := ""
		if d, ok := findDate(tt.text, tt.monthFirst); ok {
			got = d.String()
		}
		if got != tt.want {
			t.Errorf("findDate(%q, %v) = %q, want %q", tt.text, tt.monthFirst, got, tt.want)
		}
	}
}

func TestDaysInAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"https://outlet.example/2026/03/04/ferry":       "2026-03-04",
		"https://outlet.example/home/2026/3/4/ferry":    "2026-03-04",
		"https://outlet.example/2026/mar/04/ferry":      "2026-03-04",
		"https://outlet.example/news/04-03-2026-ferry":  "2026-03-04",
		"https://outlet.example/ferry-20260304":         "2026-03-04",
		"https://outlet.example/issues/2026/13/ferry":   "",
		"https://outlet.example/shop/item-19991234-red": "",
	} {
		got := ""
		if d, ok := dateInURL(address); ok {
			got = d.String()
		}
		if got != want {
			t.Errorf("dateInURL(%s) = %q, want %q", address, got, want)
		}
	}
}

func TestPitchesToReaders(t *testing.T) {
	for text, want := range map[string]bool{
		"Enjoying this story? You can support local reporting with a small monthly gift and a subscription.": true,
		"Unsere App hält Sie auf dem Laufenden, kostenlos und ohne Werbung.":                                 true,
		"Vous souhaitez soutenir une presse libre ? Faites un don à notre rédaction.":                        true,
		"Si te gusta lo que hacemos, hazte socio y apoya nuestro periodismo.":                                true,
		"The council wants to vote on a replacement for the older boat in June.":                             false,
		"“We urge our members to donate,” said the harbour union, “and you should subscribe.”":               false,
		"Islanders signed up for the free trial of the new ferry app, the operator said on Monday.":          false,
	} {
		b := block{text: text}
		b.measure()
		if got := isPitch(&b, "", pitchEvery); got != want {
			t.Errorf("isPitch(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestNamesThatALineBeginsWith(t *testing.T) {
	for text, want := range map[string]string{
		"Mara Lindqvist writes about harbours.":         "Mara Lindqvist",
		"Ruben van der Meer covers the islands.":        "Ruben van der Meer",
		"Mara Lindqvist, Tomas Feld and others signed.": "Mara Lindqvist",
		"The coin was found under the tiles.":           "",
		"Boats lie in the harbour.":                     "",
		"Harbour":                                       "",
		"":                                              "",
	} {
		if got := leadingName(text); got != want {
			t.Errorf("leadingName(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestLinesOnWriters(t *testing.T) {
	for text, want := range map[string]bool{
		"Ilse Brandt has reported from the islands since 2011 and lives in Karnholm.":               true,
		"Ilse Brandt is professor of law at the University of Karnholm.":                            true,
		"Ilse Brandt schreibt seit 2016 für den Kurier über Häfen.":                                 true,
		"Ilse Brandt, a professor at the harbour school, will lead the second inquiry.":             false,
		"Ilse Brandt, the paper's editor, said that she had not been asked.":                        false,
		"The reporters who had been on the boat were taken to hospital, an editor at the desk was.": false,
	} {
		b := block{text: text}
		b.measure()
		if got := readsAsBiography(&b, "The Lindhaven Courier"); got != want {
			t.Errorf("readsAsBiography(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestWhoAFirmOrWriterIs(t *testing.T) {
	tests := []struct {
		text, name string
		want       bool
	}{
		{"Karnholm Yards is a builder of ferries with 300 staff.", "Karnholm Yards", true},
		{"Karnholm Yards ist ein Fährbauer mit 300 Beschäftigten.", "Karnholm Yards", true},
		{"Mara Lindqvist covers the harbour for the Courier.", "Mara Lindqvist", true},
		{"Mara Lindqvist is the Courier's harbour correspondent.", "Mara Lindqvist", true},
		{"Karnholm Yards said on Monday that it would build the boat.", "Karnholm Yards", false},
		{"The yard is a builder of ferries.", "Karnholm Yards", false},
		{"It is a boat.", "", false},
	}
	for _, tt := range tests {
		if got := tellsOf(fold(tt.text), fold(tt.name)); got != tt.want {
			t.Errorf("tellsOf(%q, %q) = %v, want %v", tt.text, tt.name, got, tt.want)
		}
	}
}

func TestNotes(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"Correction: An earlier version of this story gave the wrong price.", true},
		{"Correction (4 March 2026): the ferry has two boats, not three.", true},
		{"This article was updated on 4 March to add the harbour office's reply.", true},
		{"Editor's note: a quotation that could not be verified was removed.", true},
		{"Due to an editing error, the price was given in euros.", true},
		{"Anmerkung der Redaktion: Der Preis wurde berichtigt.", true},
		{"In einer früheren Version hieß es, die Fähre habe drei Schiffe.", true},
		{"Rectificatif : le prix du billet est de douze couronnes.", true},
		{"Corrección: el precio del billete es de doce coronas.", true},
		{"訂正：渡し船の数を修正しました。お詫びいたします。", true},
		{"Исправление: в первой версии была указана неверная цена.", true},
		{"У першій версії тексту була зазначена неправильна ціна.", true},
		{"Sprostowanie: prom ma dwie jednostki, a nie trzy.", true},
		{"정정: 처음 판의 예인선 가격을 바로잡습니다.", true},
		{"Порт объявил, что исправление ошибки в расписании займёт неделю.", false},
		{"更正式的仪式将在春天举行，市长周一在码头上说。", false},
		{"Oprava mostu potrvá do konce září, oznámila správa silnic.", false},
		{"Correction officers at the island's prison went on strike on Monday.", false},
		{"The corrected figures will be published in June, the council said.", false},
		{"Updated plans for the quay were shown to islanders on Sunday.", false},
		{"Clarification is needed, the mayor said, before anyone can vote.", false},
		{"In eigener Regie bauten die Insulaner einen zweiten Steg.", false},
	}
	for _, tt := range tests {
		b := block{text: tt.text}
		b.measure()
		if got := isNote(&b); got != tt.want {
			t.Errorf("isNote(%q) = %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestBiographies(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"Mara Lindqvist is a reporter for The Lindhaven Courier.", true},
		{"Greta Holm ist Redakteurin im Ressort Regionales.", true},
		{"She covers the coast and its ports, and is based in Lindhaven.", true},
		{"About the author: Mara Lindqvist grew up in Ostrey.", true},
		{"The coin was found under the lowest row of tiles and was struck about the year 110.", false},
		{"The company was founded in 1998 and is based in Lindhaven.", false},
		{"Die Halle ist seit Jahren undicht, sagte der Redakteur der Schülerzeitung.", false},
	}
	for _, tt := range tests {
		b := block{text: tt.text}
		b.measure()
		if got := isBiography(&b); got != tt.want {
			t.Errorf("isBiography(%q) = %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestInvisibleCharactersAndSpacesAreFolded(t *testing.T) {
	tests := []struct{ about, in, want string }{
		{"soft hyphens go", "har\u00adbour", "harbour"},
		{"zero widths go", "a\u200bb\ufeff c", "ab c"},
		{"no-break spaces fold", "1\u00a0250\u202f000", "1 250 000"},
		{"letters are composed", "e\u0301", "é"},
		{"joiners that shape Persian stay", "می\u200cخواهم", "می\u200cخواهم"},
		{"line ends fold", " a \n\t b ", "a b"},
	}
	for _, tt := range tests {
		if got := tidy(tt.in); got != tt.want {
			t.Errorf("%s: tidy(%q) = %q, want %q", tt.about, tt.in, got, tt.want)
		}
	}
}
