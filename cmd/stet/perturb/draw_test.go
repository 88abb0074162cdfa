package perturb

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// languages are those that the wordings are in, each with words that only its
// texts are full of, and its days.
var languages = []struct{ code, common, days string }{
	{"en", " the of and to in that was ", "Monday Tuesday Wednesday Thursday Friday"},
	{"de", " der die und das ist nicht mit ", "Montag Dienstag Mittwoch Donnerstag Freitag"},
	{"fr", " les des est dans une pour qui ", "lundi mardi mercredi jeudi vendredi"},
	{"es", " los las del una con por para ", "lunes martes miércoles jueves viernes"},
	{"it", " il di che per della sono gli ", "lunedì martedì mercoledì giovedì venerdì"},
	{"pt", " os da do uma com para não ", "segunda terça quarta quinta sexta"},
	{"nl", " het een van en niet zijn voor ", "maandag dinsdag woensdag donderdag vrijdag"},
}

// language returns the language whose common words the true text has most of,
// "en" if it has none.
func (s *sheet) language() string {
	best, most := "en", 0
	for _, l := range languages {
		n := 0
		for w := range strings.FieldsSeq(strings.ToLower(s.truth)) {
			if strings.Contains(l.common, " "+w+" ") {
				n++
			}
		}
		if n > most {
			best, most = l.code, n
		}
	}
	return best
}

// line draws a wording, more often than not in the page's language, and fills
// it in.
func (t *trial) line(words []wording) string {
	w := t.draw(words)
	return t.fill(w.lang, w.text)
}

func (t *trial) draw(words []wording) wording {
	return words[t.drawIndex(len(words), func(i int) string { return words[i].lang })]
}

// drawIndex draws one of n wordings: one of every third if the trial is held
// out, one of the others if it is not.
func (t *trial) drawIndex(n int, lang func(int) string) int {
	var own, all []int
	for i := range n {
		if (i%3 == 2) != t.heldOut && n >= 3 {
			continue
		}
		all = append(all, i)
		if lang(i) == t.lang {
			own = append(own, i)
		}
	}
	if len(own) > 0 && t.rng.IntN(5) < 3 {
		return pick(t.rng, own...)
	}
	return pick(t.rng, all...)
}

// ownLine draws a wording in the page's language, if there is one: an edit is
// in the story's tongue.
func (t *trial) ownLine(words []wording) string {
	own := slices.DeleteFunc(slices.Clone(words), func(w wording) bool { return w.lang != t.lang })
	if len(own) == 0 {
		own = words
	}
	return t.line(own)
}

// fill fills the braces of a text with invented names and figures.
func (t *trial) fill(lang, text string) string {
	days := strings.Fields(languages[0].days)
	for _, l := range languages {
		if l.code == lang {
			days = strings.Fields(l.days)
		}
	}
	outlet := pick(t.rng, "The Quay Courier", "Morrow", "the Lantern", "Fenland Post", "The Northgate Review", "Kestrel")
	day := pick(t.rng, days...)
	return strings.NewReplacer(
		"{outlet}", outlet,
		"{handle}", strings.ToLower(strings.ReplaceAll(outlet, " ", "")),
		"{name}", t.name(),
		"{place}", pick(t.rng, "Harrowmouth", "Ostwick", "Velden Bay", "Marrow Point", "Castelvento", "Sankt Irmen", "Port Aubrey"),
		"{topic}", pick(t.rng, "climate", "housing", "energy", "markets", "schools", "football", "transport"),
		"{brand}", pick(t.rng, "Solvane", "Nordhus", "Quillo", "Aerisa", "Bantam & Lowe"),
		"{code}", pick(t.rng, "QUAY20", "AUTUMN", "LANTERN5"),
		"{price}", pick(t.rng, "£1", "€2.50", "$4", "€9,90", "$29", "£12"),
		"{month}", pick(t.rng, "January", "March", "June", "October"),
		"{day}", day, "{weekday}", day,
		"{daynum}", fmt.Sprint(11+t.rng.IntN(17)),
		"{n}", fmt.Sprint(3+t.rng.IntN(7)),
	).Replace(text)
}

// name invents a person's name.
func (t *trial) name() string {
	return pick(t.rng, "Ada", "Ruben", "Ilse", "Tomas", "Noor", "Celia", "Edwin") + " " +
		pick(t.rng, "Okonedo", "Varga", "Lindqvist", "Pellow", "Marchetti", "Strand", "Abara")
}

func pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }

// linked turns a wording into markup: what stands in brackets becomes a link.
func (t *trial) linked(text string) string {
	href := pick(t.rng, "/offers", "https://shop.outlet.example/go?src=story", "/u/"+fmt.Sprint(t.rng.IntN(9999)), "https://outlet.example/more")
	return strings.NewReplacer("[", `<a href="`+href+`">`, "]", "</a>").Replace(html.EscapeString(text))
}

// unbracketed returns a wording's words without brackets.
func unbracketed(text string) string { return strings.NewReplacer("[", "", "]", "").Replace(text) }

// otherStory invents a link to another story.
func (t *trial) otherStory() (href, headline string) {
	headline = html.EscapeString(t.line(otherHeadlines))
	return fmt.Sprintf("/%s/%d/story-%d", pick(t.rng, "news", "world", "sport", "2019/11"), 10+t.rng.IntN(80), t.rng.IntN(1e6)), headline
}
