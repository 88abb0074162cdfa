package article

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// counterWords are the words that stand beside counts of readers, shares and
// comments, and the marks of buttons around them.
var counterWords = map[string]bool{
	"share": true, "shares": true, "shared": true, "comment": true, "comments": true, "view": true, "views": true, "like": true, "likes": true,
	"read": true, "reads": true, "readers": true, "times": true, "people": true, "are": true, "reading": true, "this": true, "now": true,
	"reactions": true, "replies": true, "love": true, "wow": true, "haha": true, "sad": true, "angry": true, "care": true, "recommend": true, "votes": true, "vote": true, "saved": true, "save": true, "print": true, "email": true, "tweet": true, "follow": true, "min": true, "mins": true, "minute": true, "minutes": true,
	"teilen": true, "geteilt": true, "mal": true, "kommentar": true, "kommentare": true, "aufrufe": true, "drucken": true, "merken": true, "lesezeit": true, "minuten": true,
	"partager": true, "partages": true, "commentaire": true, "commentaires": true, "vues": true, "lectures": true, "réactions": true, "imprimer": true, "lecture": true, "de": true,
	"compartir": true, "compartido": true, "comentario": true, "comentarios": true, "vistas": true, "lecturas": true, "veces": true, "minutos": true, "lectura": true,
	"condividi": true, "condivisioni": true, "commenti": true, "compartilhar": true, "comentários": true, "delen": true, "reacties": true, "keer": true, "gedeeld": true,
	"и": true, "комментариев": true, "комментария": true, "просмотров": true, "поделиться": true, "udostępnij": true, "komentarzy": true, "yorum": true, "paylaş": true,
}

// counterMarks are the same in scripts without spaces.
var counterMarks = []string{"のコメント", "コメント", "シェアする", "シェア", "いいね", "ツイート", "ブックマーク", "閲覧", "件", "回", "人が", "评论", "条", "分享", "点赞", "阅读", "次", "댓글", "공유", "조회", "개"}

// isCounter reports whether a block is counts of readers, shares or comments
// and nothing else.
func isCounter(b *block) bool {
	if b.words > 14 || !hasDigit(b.text) {
		return false
	}
	s := fold(b.text)
	for _, mark := range counterMarks {
		s = strings.ReplaceAll(s, mark, " ")
	}
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != ',' }) {
		w = strings.Trim(w, ".,")
		if w == "" || counterWords[w] || w[0] >= '0' && w[0] <= '9' {
			continue
		}
		return false
	}
	return true
}

// clock finds a time of day.
var clock = regexp.MustCompile(`\b\d{1,2} ?[:.hH] ?\d\d\b|\d{1,2}時\d{1,2}分`)

// datelineWords are the words between the dates and times of a dateline.
var datelineWords = phraseSet(`updated published posted modified last on at by and first filed date time
	aktualisiert veröffentlicht stand am um uhr von vom und erstellt publié le à par mis jour modifié heure et
	publicado actualizado el de del a las por y pubblicato aggiornato il alle di da atualizado em às bijgewerkt gepubliceerd op om door
	gmt utc bst cet cest est edt pst pdt am pm a.m p.m h min minute minutes lectura lecture lesezeit read mon tue wed thu fri sat sun
	monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
	lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo`)

func phraseSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// mostDateline is the most words of a dateline, and restDateline of these the
// most that are no part of a date: a writer's names.
const (
	mostDateline = 24
	restDateline = 5
)

// isDateline reports whether a block says when, and perhaps by whom, a story
// was published or updated, and nothing else.
func isDateline(b *block) bool {
	if b.words > mostDateline || b.sentence || !hasDigit(b.text) {
		return false
	}
	if _, dated := findDate(b.text, false); !dated && !clock.MatchString(b.text) {
		return false
	}
	rest := 0
	for w := range strings.FieldsFuncSeq(fold(b.text), func(r rune) bool { return !unicode.IsLetter(r) && r != '.' }) {
		if w = strings.Trim(w, "."); w != "" && !datelineWords[w] && month(w) == 0 {
			rest++
		}
	}
	return rest <= restDateline
}

// datelines is how many blocks below the headline are looked through for them.
const datelines = 8

// belowTitle reports whether block i stands where a dateline does.
func (j *judging) belowTitle(i int32) bool {
	return i > j.title && i <= j.title+datelines && !j.blocks[i].list
}

// furniture drops what stands around and between the story's paragraphs and is
// known by standing otherwise than they do: datelines, and short lines that are
// no sentence.
func (j *judging) furniture() {
	body := j.bodyTag()
	for i := j.from; i < j.to; i++ {
		b, v := &j.blocks[i], &j.verdicts[i]
		switch {
		case v.label != printed || v.kind == Note || v.kind == Caption:
		case isDateline(b) && j.belowTitle(i):
			v.label, v.why = dropped, "byline or date"
		case v.kind == Paragraph && !j.given() && !j.sameBody(b) && j.odd(b, body):
			v.label, v.why = dropped, "a short line that stands otherwise than the story"
		case v.kind == Paragraph && !j.sameBody(b) && b.words < oddSentence && j.pitched(b):
			v.label, v.why = dropped, "in a box that asks for something"
		}
	}
}

// oddLine and oddSentence are the most words of a line, and of a sentence,
// that is taken for no part of the story because of how it stands.
const (
	oddLine     = 14
	oddSentence = 25
)

// odd reports whether a short paragraph stands as none of the story's would: it
// is no sentence, or its element is of another sort than theirs.
func (j *judging) odd(b *block, body atom.Atom) bool {
	if body != atom.P || b.tag == atom.Pre || b.tag == atom.P && b.sentence || b.strong*2 > b.chars {
		return false
	}
	return !b.sentence && b.words < oddLine || b.tag != atom.P && b.words < oddSentence
}

// maxPitch is the most blocks of a box that asks for something.
const maxPitch = 6

// pitched reports whether a block stands in a small box, without a paragraph of
// the story, in which another line asks for something.
func (j *judging) pitched(b *block) bool {
	box := &j.elems[j.elems[b.elem].parent]
	if box.end-box.first > maxPitch {
		return false
	}
	asks := false
	for i := box.first; i < box.end; i++ {
		c := &j.blocks[i]
		if j.sameBody(c) && c.good {
			return false
		}
		asks = asks || c != b && isPromo(c)
	}
	return asks
}

// bodyTag returns the tag of most of the story's good words, or 0 if that is
// not clear.
func (j *judging) bodyTag() atom.Atom {
	sums := map[atom.Atom]int32{}
	all := int32(0)
	for i := j.from; i < j.to; i++ {
		if b := &j.blocks[i]; j.verdicts[i].label == printed && b.good {
			sums[b.tag] += b.words
			all += b.words
		}
	}
	for tag, n := range sums {
		if 4*n > 3*all {
			return tag
		}
	}
	return 0
}
