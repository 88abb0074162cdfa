package article

import (
	"regexp"
	"strings"
	"unicode"
)

// biographies tell of the writer, not of the story.
var biographies = regexp.MustCompile(`(?i)^(?:about the author|[\p{Lu}][\p{L}.'’-]+(?: [\p{L}.'’-]+){0,4},? (?:is|was|has (?:been|reported|covered|worked|written|won)|joined|covers|writes|reports|é|es|è|ist|est|es|schreibt|berichtet|couvre|écrit|escribe|cubre)\b.{0,80}\b(?:reporter|correspondent|editor|staff writer|writer|columnist|freelance|journalist|producer|contributor|covering|author|based in|newsroom|redakteur(?:in)?|reporterin|korrespondent(?:in)?|autorin|autor|journalistin|journaliste|correspondante?|rédact(?:eur|rice)|periodista|redactora?|corresponsal|repórter|jornalista|giornalista|cronista|covers|about|reported from|since \d{4}|seit \d{4}|depuis \d{4}|desde \d{4}|dal \d{4})\b)`)

// biographyWords say what writers do, for whom, where they live and what else
// they did, in several languages.
var biographyWords = newStopList(`reporter correspondent editor writer columnist journalist freelance freelancer contributor producer photographer newsroom desk beat
	covers covering covered writes writing wrote reports reported based lives joined previously formerly author blog podcast newsletter newspaper magazine award awards
	tweets contact follow graduated studied staff bureau
	reporterin redakteur redakteurin korrespondent korrespondentin autor autorin journalistin volontär volontärin schreibt berichtet arbeitet lebt seit studierte ressort redaktion kolumne kolumnistin
	journaliste correspondante rédacteur rédactrice chroniqueur chroniqueuse couvre écrit travaille vit depuis rubrique rédaction
	periodista reportero reportera redactor redactora corresponsal columnista cubre escribe trabaja vive desde sección redacción
	giornalista cronista corrispondente redattore redattrice scrive lavora vive dal redazione
	jornalista repórter correspondente redator redatora colunista cobre escreve trabalha redação
	verslaggever redacteur columniste schrijft werkt woont sinds redactie`)

// saidWords follow the name of somebody whom a story quotes.
var saidWords = newStopList(`said says told asked added wrote-in sagte sagt erklärte dit déclaré affirme dijo afirmó disse ha-detto zei`)

// The bounds of a line on a writer, and how many words that tell of one it
// needs.
const (
	mostBiography  = 80
	tellsBiography = 2
)

// isBiography reports whether a block tells of its writer.
func isBiography(b *block) bool {
	return b.words >= 6 && b.words < 60 && biographies.MatchString(b.text)
}

// readsAsBiography reports whether a block that stands where the lines on
// writers do, behind a story, begins with a person's name and tells of a
// writer.
func readsAsBiography(b *block, site string) bool {
	if b.words < 6 || b.words > mostBiography || strings.ContainsAny(b.text, "“„«\"") {
		return false
	}
	name := leadingName(b.text)
	if name == "" || !isPerson(name, site) {
		return false
	}
	n, said := 0, false
	eachWord(b.text, func(w uint64, _ int, _ bool) {
		said = said || saidWords.has(w)
		if biographyWords.has(w) {
			n++
		}
	})
	if strings.Contains(b.text, "@") {
		n++
	}
	return !said && n >= tellsBiography
}

// leadingName returns the two to four words with capitals that a text begins
// with, or "".
func leadingName(s string) string {
	end, words := 0, 0
	for at := 0; words < 4; {
		next := strings.IndexByte(s[at:], ' ')
		if next < 0 {
			break
		}
		w := []rune(s[at : at+next])
		if len(w) == 0 || !unicode.IsUpper(w[0]) {
			break
		}
		at += next + 1
		words++
		end = at - 1
		if last := w[len(w)-1]; last == ',' || last == ':' {
			break
		}
	}
	if words < 2 {
		return ""
	}
	return strings.Trim(s[:end], ",:")
}
