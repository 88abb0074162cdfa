package note

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// label reads the label that a note starts with.
func label(low string) (kind string, ok bool) {
	low = strings.TrimLeft(low, " *[(-+#【（■◆●")
	head, found := labelHead(strings.TrimPrefix(low, "a "))
	if !found {
		return "", false
	}
	for _, l := range labels {
		for _, w := range l.words {
			if rest, is := strings.CutPrefix(head, w); is && !letterAt(rest, 0) && onlyTimes(rest) {
				return l.kind, true
			}
		}
	}
	return "", false
}

// labelHead returns what stands before the first mark that can end a label.
func labelHead(low string) (head string, ok bool) {
	const most = 80 // bytes
	for i, r := range low {
		if i > most {
			return "", false
		}
		switch r {
		case ':':
			if i > 0 && digitAt(low, i-1) && digitAt(low, i+1) {
				continue // a clock time
			}
			return low[:i], true
		case ']', ')', '|', '\n', '】', '）':
			if rest := strings.TrimLeft(low[i+utf8.RuneLen(r):], " "); strings.HasPrefix(rest, ":") {
				continue // "Update (14.05):"
			}
			return low[:i], true
		case '-':
			if i > 0 && low[i-1] == ' ' {
				return low[:i], true
			}
		case '.':
			if !strings.HasPrefix(low, "anm.") && !strings.HasPrefix(low, "ed.") && !(i > 0 && digitAt(low, i-1)) && !letterAt(low, i+1) && i > 5 {
				return low[:i], true
			}
		}
	}
	return "", false
}

// IsStamp reports whether text is a label with nothing but a time after it,
// such as "Updated 14:05".
func IsStamp(text string) bool {
	const most = 100 // bytes
	if len(text) > most || !strings.ContainsAny(text, "0123456789") {
		return false
	}
	low := strings.TrimLeft(fold(text), " *[(")
	for _, l := range stampLabels {
		if rest, is := strings.CutPrefix(low, l); is && !letterAt(rest, 0) && onlyTimes(rest) {
			return true
		}
	}
	return false
}

// onlyTimes reports whether a text says nothing but a time: digits, months,
// zones and small words.
func onlyTimes(s string) bool {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r != '\'' && !unicode.IsLetter(r) }) {
		if w = strings.Trim(w, "'"); w != "" && !timeWords[w] {
			return false
		}
	}
	return true
}

func letterAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

func digitAt(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

// timeWords are the words that may stand in a time, and those that may stand
// between a label and its time.
var timeWords = func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(`on at the of to this story article note notes appended and amp clarification clarifications correction corrections am pm a m p h s um uhr uur vom am zum den
		der du le el il de del di do da em à a às as las lo o os e y et und en te utc gmt bst cet cest est edt et ist jst pt pst pdt ist st nd rd th er was ultima ultimo última último última
		modifica modification last latest stand hr kl alle delle dalle ore las o'clock ago minutes hours vor minuten stunden geändert published publié publicado updated mis jour aktualisiert first posted
		zuletzt um vers ora horas heures godz годы года в г время мск saat tarihinde tarihli p.m a.m
		january jan february feb march mar april apr may june jun july jul august aug september sep sept october oct november nov december dec
		monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun yesterday today tonight
		januar jänner februar märz mai juni juli oktober dezember okt dez montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag gestern heute
		janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui
		enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo ayer hoy
		gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre lunedì martedì mercoledì giovedì venerdì sabato domenica ieri oggi
		janeiro fevereiro março maio junho julho setembro outubro novembro dezembro segunda terça quarta quinta sexta feira ontem hoje
		januari februari maart mei augustus maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gisteren vandaag
		stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia poniedziałek wtorek środa czwartek piątek sobota niedziela
		ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık pazartesi salı çarşamba perşembe cuma cumartesi pazar
		января февраля марта апреля мая июня июля августа сентября октября ноября декабря понедельник вторник среда четверг пятница суббота воскресенье
		年 月 日 時 时 分 上午 下午 午前 午後 晚间`) {
		set[w] = true
	}
	return set
}()
