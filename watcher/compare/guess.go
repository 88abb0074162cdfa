package compare

import (
	"strings"
	"sync"
	"unicode"
)

// guess returns the lexicon of the language that text seems to be in. Each
// word speaks for the languages that have it among their small words, months
// or numbers, the more the fewer they are, and each ending and letter that one
// language is known by speaks for that one. English has a list of words
// besides, so that a line of ordinary English words is English, whatever other
// language shares its "per" or "die". Without any sign it is English.
func guess(text string) *lexicon {
	const (
		enough = 400 // words
		lead   = 0.5 // that another language must have over English
	)
	score, words := map[string]float64{}, 0
	for _, t := range tokenize(text[:min(len(text), 10*enough)]) {
		if t.kind != wordToken || words == enough {
			continue
		}
		words++
		weighWord(t, score)
	}
	best := "en"
	for _, code := range guessed {
		if score[code] > score[best] && score[code] >= score["en"]+lead {
			best = code
		}
	}
	return lexicons()[best]
}

// weighWord adds what a word says of its language to score.
func weighWord(t token, score map[string]float64) {
	const english = 0.25 // what a word of the English list speaks for English
	key := strings.TrimRight(t.key, "'")
	codes := smallWords()[key]
	for _, code := range codes {
		score[code] += 1 / float64(len(codes))
	}
	if len(codes) == 0 && !t.upper && len(key) > 2 && letters(key) && englishWord(key) {
		score["en"] += english
	}
	if t.upper && !t.first {
		return
	}
	for _, e := range telling {
		if strings.HasSuffix(key, e.ending) && len(key) > len(e.ending)+1 || e.letter != 0 && strings.ContainsRune(key, e.letter) {
			score[e.code] += 0.6
		}
	}
}

// guessed are the languages besides English that a text without a tag can be
// found to be in.
var guessed = [...]string{"de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ru"}

// telling are endings and letters that one language is known by.
var telling = [...]struct {
	code, ending string
	letter       rune
}{
	{"de", "ung", 0}, {"de", "keit", 0}, {"de", "lich", 0}, {"de", "isch", 0}, {"de", "\x00", 'ß'}, {"de", "\x00", 'ä'},
	{"fr", "eur", 0}, {"fr", "eux", 0}, {"fr", "ée", 0}, {"fr", "és", 0}, {"fr", "\x00", 'è'}, {"fr", "\x00", 'œ'}, {"fr", "aient", 0},
	{"es", "ción", 0}, {"es", "dad", 0}, {"es", "\x00", 'ñ'}, {"es", "aron", 0}, {"es", "ieron", 0}, {"es", "ó", 0},
	{"it", "zione", 0}, {"it", "zioni", 0}, {"it", "ità", 0}, {"it", "ato", 0}, {"it", "gli", 0}, {"it", "cchi", 0}, {"it", "iamo", 0},
	{"pt", "ção", 0}, {"pt", "ções", 0}, {"pt", "dade", 0}, {"pt", "\x00", 'ã'}, {"pt", "\x00", 'õ'}, {"pt", "ram", 0}, {"pt", "ou", 0}, {"pt", "nh", 0},
	{"nl", "ij", 0}, {"nl", "heid", 0}, {"nl", "sche", 0}, {"nl", "tie", 0}, {"nl", "aar", 0},
	{"pl", "\x00", 'ą'}, {"pl", "\x00", 'ę'}, {"pl", "\x00", 'ł'}, {"pl", "\x00", 'ś'}, {"pl", "\x00", 'ż'},
	{"tr", "\x00", 'ı'}, {"tr", "\x00", 'ğ'}, {"tr", "\x00", 'ş'}, {"ru", "\x00", 'о'}, {"ru", "\x00", 'и'},
}

// smallWords maps the words that tell a language to those that have them.
var smallWords = sync.OnceValue(func() map[string][]string {
	codes := map[string][]string{}
	for _, code := range append(guessed[:], "en") {
		l := lexicons()[code]
		has := map[string]bool{}
		for _, set := range []map[string]bool{l.stop, l.articles, l.negation, l.says, l.quantities} {
			for w := range set {
				has[strings.TrimRight(w, "'")] = true
			}
		}
		for w := range l.numbers {
			has[w] = true
		}
		for _, table := range []map[string]int{l.months, l.weekdays, l.relative} {
			for w := range table {
				has[w] = true
			}
		}
		for w := range has {
			if w != "" && unicode.IsLetter([]rune(w)[0]) {
				codes[w] = append(codes[w], code)
			}
		}
	}
	return codes
})
