package article

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"
)

// The bounds of what is read of the state that a page's scripts hold.
const (
	maxState      = 3 << 20 // bytes of scripts
	maxStateTried = 6 << 20 // bytes read as literals, in vain or not
	maxStateNodes = 300_000 // values, those looked at again included
	maxStateDepth = 60
	maxStories    = 100
)

// A stateStory is a text found in a script's state.
type stateStory struct {
	headline string
	blocks   []Block
	words    int
	titled   bool // it stands beside the page's own headline
}

// A stateReader looks for a story in the literals of a page's scripts: the
// JSON of a script element, the value of an assignment, the argument of
// JSON.parse. It knows no publisher's names, only that a story's text stands
// under a key such as "body" or "content", as HTML, as a list of paragraphs or
// as a tree of blocks and spans.
type stateReader struct {
	title wordSet // of the page's headline
	nodes int
	tried int
	flat  []any // of a list whose values point at each other, such as Nuxt's
	found []stateStory
}

// fromState takes the story's text from the state of the page's scripts, the
// last resort where neither the page nor its JSON-LD has one. Of several
// stories it takes the one beside the page's headline; without one, the only
// one that is twice as long as any other.
func (r *reading) fromState() {
	s := &stateReader{title: words(r.title.text), nodes: maxStateNodes, tried: maxStateTried}
	eachScript(r.text, s.script)
	slices.SortStableFunc(s.found, func(a, b stateStory) int {
		switch {
		case a.titled == b.titled:
			return cmp.Compare(b.words, a.words)
		case a.titled:
			return -1
		}
		return 1
	})
	if len(s.found) == 0 || !s.found[0].titled && len(s.found) > 1 && 2*s.found[1].words > s.found[0].words {
		return
	}
	best := s.found[0]
	r.unseen, r.unseenIn = r.ruled.cutBlocks(best.blocks), "the state of its scripts"
	if !best.titled && best.headline != "" {
		r.title = titleChoice{best.headline, -1, r.unseenIn}
	}
}

// eachScript calls f with the content of each script element, maxState bytes
// in all.
func eachScript(text []byte, f func(string)) {
	left := maxState
	for left > 0 {
		i := bytes.Index(text, []byte("<script"))
		if i < 0 {
			return
		}
		text = text[i:]
		open := bytes.IndexByte(text, '>')
		if open < 0 {
			return
		}
		data := bytes.Contains(text[:open], []byte("ld+json"))
		text = text[open+1:]
		end := bytes.Index(text, []byte("</script"))
		if end < 0 {
			return
		}
		if !data && end > 0 {
			n := min(end, left)
			left -= n
			f(string(text[:n]))
		}
		text = text[end:]
	}
}

// script reads the literals of one script.
func (s *stateReader) script(src string) {
	for at := 0; at < len(src) && s.tried > 0; {
		i := strings.IndexAny(src[at:], `{["'`)
		if i < 0 {
			return
		}
		at += i
		if !literalBefore(src[:at], src[at]) {
			at++
			continue
		}
		l := literalReader{in: src[:min(len(src), at+s.tried)], at: at, nodes: s.nodes}
		v, ok := l.value(0)
		s.tried -= l.at - at
		if !ok {
			at++
			continue
		}
		at, s.nodes = l.at, l.nodes
		if text, is := v.(string); is {
			s.parsed(text)
		} else {
			s.root(v)
		}
	}
}

// literalBefore reports whether a literal that begins with c may begin where
// before ends: an object or list after an assignment, a bracket, "return" or
// at the start; a string as the argument of JSON.parse alone.
func literalBefore(before string, c byte) bool {
	before = strings.TrimRight(before[max(0, len(before)-40):], " \n\t\r")
	if c == '"' || c == '\'' {
		return strings.HasSuffix(before, "JSON.parse(")
	}
	return before == "" || strings.HasSuffix(before, "=") || strings.HasSuffix(before, "(") || strings.HasSuffix(before, "return")
}

// parsed reads what JSON.parse is given.
func (s *stateReader) parsed(text string) {
	l := literalReader{in: text, nodes: s.nodes}
	v, ok := l.value(0)
	s.nodes = l.nodes
	if ok {
		s.root(v)
	}
}

// root looks through one literal.
func (s *stateReader) root(v any) {
	s.flat, _ = v.([]any)
	s.look(v, "", false, 0)
}

// look looks for stories below a value. headline is that of the nearest
// object around it, and titled whether it is the page's.
func (s *stateReader) look(v any, headline string, titled bool, depth int) {
	if s.nodes--; s.nodes < 0 || depth > maxStateDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			s.look(x, headline, titled, depth+1)
		}
	case map[string]any:
		if own := s.headlineOf(v); own != "" {
			headline, titled = own, words(own).alike(s.title) > 0.6
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			key, x := bareKey(k), v[k]
			if otherKeys[key] || storyKeys[key] && s.keep(s.blocks(x, "", depth+1), headline, titled) {
				continue
			}
			s.look(x, headline, titled, depth+1)
		}
	}
}

// keep adds a story if it is long enough to be one.
func (s *stateReader) keep(blocks []Block, headline string, titled bool) bool {
	n := wordsOf(blocks)
	if n <= minPrinted || len(s.found) >= maxStories {
		return false
	}
	for _, f := range s.found {
		if f.blocks[0] == blocks[0] {
			return true // the same story, kept twice
		}
	}
	s.found = append(s.found, stateStory{headline, blocks, n, titled})
	return true
}

// deref returns what a number in a flat list points at, and all else as it is.
func (s *stateReader) deref(v any) any {
	if n, ok := v.(float64); ok && n >= 0 && int(n) < len(s.flat) {
		return s.flat[int(n)]
	}
	return v
}

// headlineOf returns the headline among an object's values, or "".
func (s *stateReader) headlineOf(m map[string]any) string {
	for _, k := range []string{"headline", "title", "headlines", "heading"} {
		v := s.deref(m[k])
		if inner, ok := v.(map[string]any); ok {
			v = cmp.Or(inner["basic"], inner["rendered"], inner["main"], inner["text"])
		}
		if t, ok := v.(string); ok && t != "" && len(t) < 400 {
			return tidy(t)
		}
	}
	return ""
}

// bareKey returns a key in lower case without marks.
func bareKey(k string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(k[:min(len(k), 60)]))
}

// storyKeys are the keys, bare, under which a story's text stands.
var storyKeys = phraseSet(`body bodytext bodyhtml bodycontent articlebody articletext articlecontent content contenthtml contents html text fulltext
	maintext maincontent paragraphs contentelements blocks elements story storybody storytext rendered richtext document`)

// otherKeys are the keys, bare, below which no page's own story stands.
var otherKeys = phraseSet(`comments comment related relatedcontent relatedarticles relatedstories recommended recommendations mostread popular trending
	teasers navigation nav menu menus footer header sidebar translations i18n messages strings locale locales labels config settings consent
	cookies privacy newsletter newsletters author authors bio ads advertising next previous more comingnext latest`)

// blocks returns the passages of a story's text in any of its forms. kind is
// that of the block around it, or "".
func (s *stateReader) blocks(v any, kind BlockKind, depth int) []Block {
	v = s.deref(v)
	if s.nodes--; s.nodes < 0 || depth > maxStateDepth {
		return nil
	}
	switch v := v.(type) {
	case string:
		return passages(v, kind)
	case []any:
		var out []Block
		for _, x := range v {
			out = append(out, s.blocks(x, kind, depth+1)...)
		}
		return out
	case map[string]any:
		return s.node(v, kind, depth)
	}
	return nil
}

// node returns the passages of one object within a text: a paragraph of
// spans, or whatever it holds under a key for text.
func (s *stateReader) node(m map[string]any, kind BlockKind, depth int) []Block {
	sort := s.sortOf(m)
	if noText(sort) {
		return nil
	}
	kind = kindOfSort(sort, kind)
	for _, k := range []string{"children", "content", "contents", "text", "html", "value", "rendered", "body", "items", "blocks", "paragraphs", "elements", "data", "nodes", "document", "root"} {
		v := s.deref(m[k])
		if v == nil {
			continue
		}
		if list, ok := v.([]any); ok && s.spans(list) {
			return passages(s.join(list, depth+1), kind)
		}
		return s.blocks(v, kind, depth+1)
	}
	return nil
}

// sortOf returns what an object says it is, in lower case.
func (s *stateReader) sortOf(m map[string]any) string {
	var b strings.Builder
	for _, k := range []string{"type", "_type", "nodeType", "__typename", "style", "listItem", "tag", "tagName", "kind"} {
		if t, ok := s.deref(m[k]).(string); ok && len(t) < 60 {
			b.WriteString(strings.ToLower(t))
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// noText reports whether an object of this sort is no part of a story's text.
func noText(sort string) bool {
	for _, w := range []string{"image", "photo", "picture", "video", "audio", "gallery", "embed", "advert", "related", "newsletter", "interstitial", "promo", "social", "podcast", "caption", "credit", "script", "pull", "reference", "figure"} {
		if strings.Contains(sort, w) {
			return true
		}
	}
	return strings.HasPrefix(sort, "ad ") || strings.HasPrefix(sort, "ads ")
}

// kindOfSort returns the kind of block that a sort names, else around.
func kindOfSort(sort string, around BlockKind) BlockKind {
	for w := range strings.FieldsSeq(sort) {
		switch {
		case strings.HasPrefix(w, "head"), len(w) == 2 && w[0] == 'h' && w[1] >= '1' && w[1] <= '6', w == "subheading", w == "subhead":
			return Heading
		case strings.Contains(w, "quote"):
			return Quote
		case strings.Contains(w, "list"), w == "bullet", w == "number", w == "li":
			return ListItem
		}
	}
	return around
}

// spans reports whether a list holds the parts of one passage rather than
// passages.
func (s *stateReader) spans(list []any) bool {
	for _, x := range list {
		m, ok := s.deref(x).(map[string]any)
		if !ok {
			return false
		}
		switch sort := strings.TrimSpace(s.sortOf(m)); sort {
		case "text", "span", "":
			if _, ok := s.deref(cmp.Or(m["text"], m["value"])).(string); ok {
				return true
			}
		}
	}
	return false
}

// join returns the text of a list of spans, those within links included.
func (s *stateReader) join(list []any, depth int) string {
	if s.nodes -= len(list); s.nodes < 0 || depth > maxStateDepth {
		return ""
	}
	var b strings.Builder
	for _, x := range list {
		m, _ := s.deref(x).(map[string]any)
		for _, k := range []string{"text", "value", "children", "content"} {
			switch v := s.deref(m[k]).(type) {
			case string:
				b.WriteString(v)
			case []any:
				b.WriteString(s.join(v, depth+1))
			}
		}
	}
	return b.String()
}

// passages takes a story's text apart, HTML or plain with line ends, and leaves
// out what leads away from it. kind is that of plain lines, or "".
func passages(raw string, kind BlockKind) []Block {
	if !strings.Contains(raw, "<p") && !strings.Contains(raw, "<br") && !strings.Contains(raw, "</") {
		var out []Block
		for line := range strings.Lines(strings.ReplaceAll(raw, "\r", "\n")) {
			if b := (block{text: tidy(line)}); b.measure() && !leadsAway(&b) {
				out = append(out, Block{Kind: plainKind(&b, kind), Text: b.text})
			}
		}
		return out
	}
	p := walk(parseFlat([]byte(raw)), true, nil)
	var out []Block
	for i := range p.blocks {
		if b := &p.blocks[i]; !leadsAway(b) && p.elems[b.elem].own&hintNoise == 0 {
			out = append(out, Block{Kind: cmp.Or(kind, p.kind(b)), Text: b.text})
		}
	}
	return out
}

// plainKind returns the kind of a line without markup.
func plainKind(b *block, kind BlockKind) BlockKind {
	if isNote(b) {
		return Note
	}
	return cmp.Or(kind, Paragraph)
}

// leadsAway reports whether a passage is no part of a story by its words.
func leadsAway(b *block) bool {
	return b.linkShare() > 0.7 || isPromo(b) || isConsent(b) || isLegal(b)
}
