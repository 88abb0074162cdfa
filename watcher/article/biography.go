package article

import (
	"regexp"
	"strings"
	"unicode"
)

// biographies tell of the writer, not of the story.
var biographies = regexp.MustCompile(`(?i)^(?:about the author|[\p{Lu}][\p{L}.'’-]+(?: [\p{L}.'’-]+){0,4},? (?:is|was|has (?:been|reported|covered|worked|written|won)|joined|covers|writes|reports|é|es|è|ist|est|es|schreibt|berichtet|couvre|écrit|escribe|cubre)[ ,](?:.{0,80}[^\pL])?(?:reporter|correspondent|editor|staff writer|writer|columnist|freelance|journalist|producer|contributor|covering|author|based in|newsroom|redakteur(?:in)?|reporterin|korrespondent(?:in)?|autorin|autor|journalistin|journaliste|correspondante?|rédact(?:eur|rice)|periodista|redactora?|corresponsal|repórter|jornalista|giornalista|cronista|covers|about|reported from|since \d{4}|seit \d{4}|depuis \d{4}|desde \d{4}|dal \d{4})\b)`)

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

// academicWords say the same of writers who teach. Two of them tell as much as
// one of the others: sources of a story have such titles, too.
var academicWords = newStopList(`teaches professor lecturer university institute fellow consults researcher lehrt professorin universität forscht enseigne professeur professeure université
	chercheur chercheuse enseña profesor profesora universidad insegna professore professoressa università ensina professora universidade doceert hoogleraar universiteit`)

// saidWords follow the name of somebody whom a story quotes.
var saidWords = newStopList(`said says told asked added wrote-in sagte sagt erklärte dit déclaré affirme dijo afirmó disse ha-detto zei`)

// The bounds of a line on a writer, and how many words that tell of one it
// needs.
const (
	mostBiography  = 80
	tellsBiography = 2
)

// isBiography reports whether a block tells of its writer. Who begins with an
// article is no person.
func isBiography(b *block) bool {
	return b.words >= 6 && b.words < 60 && biographies.MatchString(b.text) && !articles.starts(fold(b.text))
}

// articles are the words that stand before a thing's name.
var articles = phrases("the", "a", "an", "this", "that", "these", "its", "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los", "las", "una", "il", "lo", "het", "een", "o", "os", "as", "um", "uma")

// readsAsBiography reports whether a block that stands where the lines on
// writers do, behind a story, begins with a person's name and tells of a
// writer.
func readsAsBiography(b *block, site string) bool {
	if b.words < 6 || b.words > mostBiography || strings.ContainsAny(b.text, "“„«\"") {
		return false
	}
	if !isPerson(leadingName(b.text), site) || articles.starts(fold(b.text)) {
		return false
	}
	n, academic, said := 0, 0, false
	eachWord(b.text, func(w uint64, _ int, _ bool) {
		said = said || saidWords.has(w)
		if biographyWords.has(w) {
			n++
		}
		if academicWords.has(w) {
			academic++
		}
	})
	n += academic / 2
	if strings.Contains(b.text, "@") {
		n++
	}
	rest := strings.TrimPrefix(b.text, leadingName(b.text))
	if strings.HasPrefix(rest, ",") || copulas.starts(strings.TrimSpace(fold(rest))) {
		n++
	}
	return !said && n >= tellsBiography
}

// copulas are the words between a name and what its bearer is.
var copulas = phrases("is", "was", "ist", "est", "es", "è", "é")

// particles are words without a capital within people's names.
var particles = phraseSet(`van der den de von zu zur di da del della dos das la le al bin ten ter y`)

// leadingName returns the words with capitals that a text begins with, and
// particles between them ("van der"); "" for fewer than two.
func leadingName(s string) string {
	end, capitals := 0, 0
	for at := 0; capitals < 4; {
		next := strings.IndexByte(s[at:], ' ')
		if next < 0 {
			break
		}
		w := []rune(s[at : at+next])
		switch {
		case len(w) > 0 && unicode.IsUpper(w[0]):
			capitals++
			end = at + next
		case capitals == 0 || !particles[string(w)]:
			at = len(s)
		}
		if at += next + 1; at >= len(s) || strings.ContainsRune(",:", w[len(w)-1]) {
			break
		}
	}
	if capitals < 2 {
		return ""
	}
	return strings.Trim(s[:end], ",:")
}
