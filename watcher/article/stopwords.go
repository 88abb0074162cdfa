package article

import "strings"

// stopWords are the commonest short words of several languages: running text
// has many of them, lists of links and labels few.
var stopWords = newStopList(`
a an the and or but of in on at to by for from with as is are was were be been has have had it its he she they we you i
his her their our this that these those not no will would can could who which when what said says after before about into than
der die das den dem des ein eine einen einem einer und oder aber von im in am zu zum zur mit auf bei nach aus für als ist sind
war waren wird werden hat haben hatte es er sie wir ich sich nicht kein auch noch wie dass über vor um
le la les un une des du de et ou mais dans sur à au aux par pour avec est sont était été ont avait il elle ils elles nous vous
ce cette ces qui que ne pas plus son sa ses leur se en y
el los las una unos y o pero del al por para con es son fue han ha había se su sus lo que no más como esta este
il lo gli i uno e ma di da nel nella dei delle della con per è sono era ha hanno che non più si suo sua come
o os as um uma e mas do da dos das no na nos nas por para com é são foi tem que não mais se seu sua como ao
de het een en of maar van op aan te bij met voor uit als is zijn was werd heeft had niet ook nog dat die er om naar
og en et den det som på av for til med er var har ikke om fra att och är på av inte som ett för med
и в на не что с по из за от к у о он она они но как это был была были его для
w na z do i że nie się to jest o po za od przez dla oraz jak
ve bir bu da de için ile olarak olan
في من على إلى عن أن التي الذي هذا هذه كان و مع ما لا
ו של על את זה לא עם הוא היא כי
`)

// maxStop is the most bytes that a stop word has.
const maxStop = 10

// A stopList is a set of words by hash.
type stopList map[uint64]struct{}

func newStopList(s string) stopList {
	l := stopList{}
	for w := range strings.FieldsSeq(s) {
		l[hashWord(w)] = struct{}{}
	}
	return l
}

func (l stopList) has(word uint64) bool {
	_, ok := l[word]
	return ok
}
