package article

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

// times are when the story was published and modified, as far as the page
// says.
type times struct {
	published, modified time.Time
	stamp               string
	shown               time.Time // what stamp says; zero if that is not known
	hidden              []Stamp
	date                string
	source              string // what the date was taken from
}

// updateLabel finds the words that go before the time of an update, in a line
// that readers see.
var updateLabel = regexp.MustCompile(`(?i)\b(?:(?:last |latest )?updated?(?: on| at)?|last (?:modified|edited|changed)|modified|revised|aktualisiert(?: am)?|zuletzt (?:aktualisiert|bearbeitet|geändert)|letzte (?:aktualisierung|änderung)|stand|update vom|mis(?:e)? à jour|modifié|actualisé|actualizad[oa]|última actualización|modificad[oa]|aggiornat[oa]|ultimo aggiornamento|atualizad[oa]|bijgewerkt|laatste update|oppdatert|uppdaterad|opdateret|обновлено)\b|更新|업데이트|(?:آخر تحديث|تحديث)`)

// relativeAge finds times that grow by themselves: "3 minutes ago".
var relativeAge = regexp.MustCompile(`(?i)\b(?:ago|just now|vor \d+|vor (?:einer|wenigen)|il y a|hace \d+|há \d+|fa\b|geleden|today|heute|yesterday|gestern|hier|ieri|ayer|ontem|gisteren|igår|i går)\b|前`)

// The weights of what speaks for a day of publication. The greater ones come
// from a measurement on 421 pages; the lesser decide only where nothing else
// speaks.
const (
	weighShown    = 4.0 // the first line at the headline that readers see
	weighAddress  = 2.5
	weighElement  = 1.5 // a time element at the headline
	weighMetadata = 1.5
	weighFurther  = 1.0  // another line at the headline, or metadata of less use
	weighOpening  = 0.9  // how the story's first paragraph begins
	weighMarked   = 0.8  // an element or metadata marked as a publication, wherever it stands
	weighPage     = 0.7  // JSON-LD on the page rather than the story
	weighBelow    = 0.6  // a line below the story
	weighUpdate   = 0.25 // a time of update
)

// times finds when the story was published and modified: by a vote among the
// line shown at the headline, the address, time elements and metadata.
func (p *page) times(title, first, last int32, pageURL string) times {
	var t times
	votes := &dayVotes{sum: map[string]float64{}}
	p.metaTimes(&t, votes)
	if d, ok := dateInURL(pageURL); ok {
		votes.add(d.String(), weighAddress, "the address")
	}
	monthFirst := monthFirst(p.meta.language())
	p.shownTimes(&t, votes, title, first, monthFirst)
	if votes.top() < weighFurther {
		p.otherTimes(&t, votes, title, first, last, monthFirst)
	}
	t.date, t.source = votes.winner()
	t.westward(monthFirst)
	if t.published.IsZero() && t.date != "" {
		t.published, _ = time.Parse(time.DateOnly, t.date)
	}
	return t
}

// westward mends a day that metadata gives in UTC: a story that readers see
// updated on the day before was published on it, where the page is at home.
func (t *times) westward(monthFirst bool) {
	_, offset := t.published.Zone()
	if offset != 0 || t.published.Hour() >= 12 || t.published.Format(time.DateOnly) != t.date {
		return
	}
	day, ok := findDate(t.stamp, monthFirst)
	if ok && day.time().AddDate(0, 0, 1).Format(time.DateOnly) == t.date {
		t.date, t.source = day.String(), t.source+", in the zone of the update that is shown"
	}
}

// metaTimes reads the times of metadata.
func (p *page) metaTimes(t *times, votes *dayVotes) {
	for _, c := range []struct {
		value, source string
		weight        float64
	}{
		{p.meta.ldText("datePublished"), "JSON-LD", weighMetadata},
		{p.meta.first("article:published_time", "og:article:published_time", "article:published"), "article:published_time", weighMetadata},
		{p.meta.first("datepublished", "date", "dc.date", "dc.date.issued", "pubdate", "publishdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "originalpublicationdate", "article.published", "dcterms.created", "dc.date.created", "dcterms.date", "dc:date.created", "datecreated"), "metadata", weighFurther},
		{p.meta.firstLike("publish", "pubdate", "created"), "metadata", weighMarked},
		{p.meta.ldText("dateCreated"), "JSON-LD", weighMarked},
		{p.meta.pageText("datePublished"), "JSON-LD of the page", weighPage},
	} {
		if at, only, ok := parseTime(c.value); ok {
			votes.add(at.Format(time.DateOnly), c.weight, c.source)
			t.publish(at, only)
		}
	}
	for _, s := range []struct {
		source StampSource
		value  string
	}{
		{FromJSONLD, p.meta.ldText("dateModified")},
		{FromMeta, p.meta.first("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified", "lastmod", "revised")},
	} {
		at, _, ok := parseTime(s.value)
		if !ok {
			continue
		}
		t.hidden = append(t.hidden, Stamp{s.source, at})
		if at.After(t.modified) {
			t.modified = at
		}
	}
}

// publish takes a time of publication unless a clearer one is known.
func (t *times) publish(at time.Time, only bool) {
	if t.published.IsZero() || !only && t.published.Equal(t.published.Truncate(24*time.Hour)) {
		t.published = at
	}
}

// shownTimes reads the times that stand around the headline: blocks between
// six before it and the story's first sentence, and time elements there.
func (p *page) shownTimes(t *times, votes *dayVotes, title, first int32, monthFirst bool) {
	from, to := max(title-6, 0), min(max(title+14, first+1), int32(len(p.blocks)))
	seen := 0
	for i := from; i < to; i++ {
		b := &p.blocks[i]
		e := &p.elems[b.elem]
		marked := (e.other|b.hints)&(hintDate|hintUpdated|hintByline) != 0 || isDateline(b)
		if i == title || b.words > 30 || !marked && (b.words > 14 || b.good && i >= first) || e.noise&(hintRelated|hintComments|hintHidden) != 0 {
			continue
		}
		if !hasDigit(b.text) && (i+1 == to || !hasDigit(p.blocks[i+1].text)) {
			continue // neither a time nor the label of one
		}
		label := updateLabel.FindStringIndex(b.text)
		if t.stamp == "" && (label != nil || (e.other|b.hints)&hintUpdated != 0) {
			if t.stamp = p.stamp(i, label); t.stamp != "" {
				t.shown = p.stampTime(i, t.stamp, t.modified)
			}
		}
		if d, ok := findDate(publication(b.text, label), monthFirst); ok && seen < 2 {
			weight := weighShown
			if seen > 0 || i < title {
				weight = weighFurther
			}
			seen++
			votes.add(d.String(), weight, "the line at the headline")
			if d.loose {
				votes.either(d)
			}
		}
	}
	for _, s := range p.shown {
		if s.at < from || s.at > to || s.own&hintUpdated != 0 || updateLabel.MatchString(s.text) {
			continue
		}
		if at, only, ok := parseTime(s.said()); ok {
			votes.add(at.Format(time.DateOnly), weighElement, "the time element at the headline")
			t.publish(at, only)
			break
		}
	}
}

// publishLabel finds the words that go before the time of publication.
var publishLabel = regexp.MustCompile(`(?i)\b(?:(?:first |originally )?(?:published|posted|created)|erstveröffentlich\w*|veröffentlicht|erschienen|erstellt|wurde am|publié|créé|publicad[oa]|pubblicat[oa]|gepubliceerd|publicerad|publisert|publiceret|opublikowan[oa]|опубликовано)\b`)

// publication returns what a line says of the publication: what stands before
// the label of an update, or behind a later label of publication.
func publication(text string, update []int) string {
	if update == nil {
		return text
	}
	if at := publishLabel.FindStringIndex(text[update[1]:]); at != nil {
		return text[update[1]+at[1]:]
	}
	return text[:update[0]]
}

// otherTimes looks farther off, where neither the headline nor metadata says
// when the story was published: how its first paragraph begins, elements that
// are marked as a date in it or right below it, and the time of an update.
func (p *page) otherTimes(t *times, votes *dayVotes, title, first, last int32, monthFirst bool) {
	add := func(text string, weight float64, source string) {
		if d, ok := findDate(text, monthFirst); ok {
			votes.add(d.String(), weight, source)
		}
	}
	for i := max(title, 0); i < int32(len(p.blocks)) && i <= first; i++ {
		switch i {
		case title:
			add(p.blocks[i].text, weighOpening, "the headline's line")
		case first:
			add(opening(p.blocks[i].text), weighOpening, "the story's first words")
		}
	}
	for i := last + 1; i > 0 && i < min(last+12, int32(len(p.blocks))); i++ {
		b := &p.blocks[i]
		e := &p.elems[b.elem]
		if e.noise&(hintRelated|hintComments|hintHidden) != 0 || b.words > 40 || b.linkShare() > 0.8 {
			continue
		}
		label := updateLabel.FindStringIndex(b.text)
		if (e.other|b.hints)&(hintDate|hintByline) != 0 || publishLabel.MatchString(b.text) || isDateline(b) {
			add(publication(b.text, label), weighBelow, "a line below the story")
		}
		if label != nil {
			add(b.text[label[1]:], weighUpdate, "a time of update")
		}
	}
	for _, s := range p.shown {
		if at, only, ok := parseTime(s.said()); ok && s.at >= max(title-30, 0) && s.at <= last+12 && s.own&hintUpdated == 0 {
			votes.add(at.Format(time.DateOnly), weighMarked, "a time element")
			t.publish(at, only)
			break
		}
	}
	add(t.stamp, weighUpdate, "a time of update")
	if !t.modified.IsZero() {
		votes.add(t.modified.Format(time.DateOnly), weighUpdate, "a time of update")
	}
}

// opening returns the first words of a paragraph, where a date may stand
// before the text: "(18.01.2026) The council".
func opening(text string) string {
	const most = 48
	if len(text) > most {
		text = text[:most]
	}
	return text
}

// stamp returns the time of update that block i shows, without its label and
// without what grows by itself; "" if it shows no clock or date.
func (p *page) stamp(i int32, label []int) string {
	text := p.blocks[i].text
	if label != nil {
		text = text[label[1]:]
	}
	text = strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) || r == '|' })
	if r := []rune(text); len(r) > 60 {
		text = string(r[:60])
	}
	if text == "" && i+1 < int32(len(p.blocks)) && p.blocks[i+1].words <= 12 {
		text = p.blocks[i+1].text
	}
	if relativeAge.MatchString(text) {
		for _, s := range p.shown {
			if s.at == i && s.when != "" && relativeAge.MatchString(s.text) {
				return s.when
			}
		}
		return ""
	}
	if !hasDigit(text) {
		return ""
	}
	return untilClock(text)
}

// clockEnd finds a time of day and its zone, whatever follows without a space.
var clockEnd = regexp.MustCompile(`(?i)\d{1,2}[:h]\d\d(?: ?(?:uhr|[ap]\.?m\.?|gmt|utc|bst|ce?s?t|[ecmp][ds]t)\b)?`)

// untilClock cuts off what follows the time of day and is no date, such as how
// long the story takes to read.
func untilClock(text string) string {
	at := clockEnd.FindStringIndex(text)
	if at == nil {
		return text
	}
	rest := text[at[1]:]
	if _, dated := findDate(rest, false); dated || !hasDigit(rest) {
		return text
	}
	return text[:at[1]]
}

func hasDigit(s string) bool {
	for _, r := range s {
		if r >= '0' && r <= '9' || r >= 0x660 && unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// dayVotes counts what speaks for each day.
type dayVotes struct {
	sum    map[string]float64
	order  []string
	source map[string]string
	loose  []day
}

func (v *dayVotes) add(d string, weight float64, source string) {
	if _, ok := v.sum[d]; !ok {
		v.order = append(v.order, d)
		if v.source == nil {
			v.source = map[string]string{}
		}
		v.source[d] = source
	} else if !strings.Contains(v.source[d], source) {
		v.source[d] += ", " + source
	}
	v.sum[d] += weight
}

// top returns the most votes that a day has.
func (v *dayVotes) top() float64 {
	most := 0.0
	for _, n := range v.sum {
		most = max(most, n)
	}
	return most
}

// either says that a day might be meant with day and month exchanged.
func (v *dayVotes) either(d day) { v.loose = append(v.loose, d) }

// winner returns the day with the most votes, the first named on a tie, and
// what spoke for it.
func (v *dayVotes) winner() (day, source string) {
	for _, d := range v.loose {
		if other := d.swapped().String(); v.sum[other] > 0 {
			v.sum[other] += v.sum[d.String()]
			v.sum[d.String()] = 0
		}
	}
	most := 0.0
	for _, d := range v.order {
		if v.sum[d] > most {
			day, most = d, v.sum[d]
		}
	}
	return day, v.source[day]
}
