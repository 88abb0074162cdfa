package article

import (
	"bytes"
	"strings"
)

// lean returns a page without what no reading needs: comments, the content of
// scripts (JSON-LD aside), styles and drawings, and every attribute that is
// not looked at. What is left is a quarter of a usual page and parses in less
// than half the time; a hostile page's million attributes never reach the
// parser. It reads tags as the tokenizer of the HTML standard does, quotes
// included, so that markup within attributes is not taken for tags.
//
// all keeps what selectors may ask for: every attribute and every element, of
// drawings, scripts and the like without what is in them.
func lean(text []byte, all bool) []byte {
	l := leaner{in: text, out: make([]byte, 0, len(text)/2), all: all}
	for l.at < len(l.in) {
		i := bytes.IndexByte(l.in[l.at:], '<')
		if i < 0 {
			l.out = append(l.out, l.in[l.at:]...)
			break
		}
		l.text(l.in[l.at : l.at+i])
		l.at += i
		l.markup()
	}
	return l.out
}

// A leaner is a page being made lean.
type leaner struct {
	in, out []byte
	all     bool // for selectors
	at      int  // what lies before is done
	roots   int  // html and body tags so far
	scripts int  // script tags so far
	openSVG bool // a drawing was found that never closes; no later one does
	parted  bool // the last tag starts or ends a block: white space shows nothing
}

// text copies the text before a "<". White space alone beside a tag that
// starts or ends a block shows nothing and is left out.
func (l *leaner) text(s []byte) {
	if len(s) == 0 {
		return
	}
	if len(bytes.TrimLeft(s, " \n\t\r\f")) > 0 {
		l.out = append(l.out, s...)
		l.parted = false
		return
	}
	if !l.parted && !partsBlocks(tagAt(l.in[l.at+len(s):])) {
		l.out = append(l.out, ' ')
	}
}

// tagAt returns the name of the tag that s begins with, or nil.
func tagAt(s []byte) []byte {
	s = bytes.TrimPrefix(bytes.TrimPrefix(s, []byte("<")), []byte("/"))
	i := 0
	for i < len(s) && i < 12 && (isASCIILetter(s[i]) || s[i] >= '0' && s[i] <= '9') {
		i++
	}
	return s[:i]
}

// partsBlocks reports whether a tag of this name starts or ends a block.
func partsBlocks(name []byte) bool {
	switch string(name) { // in small letters, as nearly all pages write them
	case "div", "p", "ul", "ol", "li", "section", "article", "aside", "header", "footer", "nav", "main", "figure", "figcaption", "table", "thead", "tbody",
		"tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "form", "blockquote", "dl", "dt", "dd", "body", "html", "head", "hr":
		return true
	}
	return false
}

// markup reads what begins with the "<" at l.at.
func (l *leaner) markup() {
	rest := l.in[l.at:]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		l.comment()
	case len(rest) > 1 && isASCIILetter(rest[1]):
		l.startTag()
	default: // an end tag, a doctype or a stray sign
		l.parted = partsBlocks(tagAt(rest))
		l.out = append(l.out, '<')
		l.at++
	}
}

// comment leaves a comment out. One that never ends is left to the parser.
func (l *leaner) comment() {
	rest := l.in[l.at+4:]
	if bytes.HasPrefix(rest, []byte(">")) {
		l.at += 5
		return
	}
	if bytes.HasPrefix(rest, []byte("->")) {
		l.at += 6
		return
	}
	end := bytes.Index(rest, []byte("-->"))
	if alt := bytes.Index(rest[:max(end, 0)], []byte("--!>")); alt >= 0 {
		l.at += 4 + alt + 4
		return
	}
	if end < 0 {
		l.out = append(l.out, l.in[l.at:]...)
		l.at = len(l.in)
		return
	}
	l.at += 4 + end + 3
}

// maxAttribute is the most bytes of an attribute's value that are kept. A
// longer one says nothing of its element.
const maxAttribute = 8 << 10

// startTag copies a start tag with the attributes that are looked at, and
// leaves out the content of elements whose text is never read.
func (l *leaner) startTag() {
	before := len(l.out)
	name := l.name()
	l.out = append(l.out, '<')
	l.out = append(l.out, name...)
	tag := strings.ToLower(string(name[:min(len(name), 20)]))
	l.parted = partsBlocks(name)
	if tag == "html" || tag == "body" {
		l.roots++
	}
	data, canonical, kept := false, false, 0
	for l.at < len(l.in) && l.in[l.at] != '>' {
		key, value, ok := l.attribute()
		if !ok {
			break
		}
		if kept >= maxAttributes || !l.all && !wantedAttribute(key, value, tag) || len(value) > maxAttribute || l.roots > maxRoots && (tag == "html" || tag == "body") {
			continue
		}
		kept++
		data = data || tag == "script" && bytes.Contains(value, []byte("ld+json"))
		canonical = canonical || tag == "link" && bytes.EqualFold(value, []byte("canonical"))
		l.put(key, value)
	}
	closed := l.in[l.at-1] == '/'
	if !l.all && (tag == "img" || tag == "source" || tag == "track" || tag == "link" && !canonical) {
		l.out = l.out[:before]
		l.at = min(l.at+1, len(l.in))
		return
	}
	if l.at < len(l.in) && l.in[l.at] == '>' {
		l.at++
	}
	l.out = append(l.out, '>')
	switch tag {
	case "svg":
		l.drawing(before, closed)
	case "script":
		l.raw(tag, data)
		if l.scripts++; !data && !l.all && l.scripts > 1 { // one tells that the page has some
			l.out = l.out[:before]
			l.endTag(tag)
		}
	case "style", "noscript", "iframe", "textarea", "noembed", "noframes", "xmp":
		l.raw(tag, false)
	case "title":
		l.raw(tag, true)
	}
}

// drawing leaves out a drawing whose start tag was written at before: for a
// selector its content, else its tag too, as it may close itself.
func (l *leaner) drawing(before int, closed bool) {
	if !closed && !l.openSVG {
		l.raw("svg", false)
	}
	if !l.all || l.openSVG && !closed {
		l.out = l.out[:before]
		if !closed && !l.openSVG {
			l.endTag("svg")
		}
	} else if closed {
		l.out = append(l.out, "</svg>"...)
	}
}

// endTag passes over the end tag of an element that is left out whole, if it
// comes next.
func (l *leaner) endTag(tag string) {
	rest := l.in[l.at:]
	if len(rest) < len(tag)+2 || rest[0] != '<' || rest[1] != '/' || !strings.EqualFold(string(rest[2:len(tag)+2]), tag) {
		return
	}
	if end := bytes.IndexByte(rest, '>'); end >= 0 {
		l.at += end + 1
	}
}

// name reads a tag's name.
func (l *leaner) name() []byte {
	from := l.at + 1
	i := from
	for i < len(l.in) && !isSpaceOr(l.in[i], '>') && l.in[i] != '/' {
		i++
	}
	l.at = i
	return l.in[from:i]
}

// attribute reads one attribute. ok is false where there is none left.
func (l *leaner) attribute() (key, value []byte, ok bool) {
	i := l.at
	for i < len(l.in) && (isSpaceOr(l.in[i], '/')) {
		i++
	}
	if i >= len(l.in) || l.in[i] == '>' {
		l.at = i
		return nil, nil, false
	}
	from := i
	i++ // a "=" at the start belongs to the name
	for i < len(l.in) && !isSpaceOr(l.in[i], '=') && l.in[i] != '>' && l.in[i] != '/' {
		i++
	}
	key = l.in[from:i]
	k := i
	for k < len(l.in) && isSpaceOr(l.in[k], ' ') {
		k++
	}
	if k >= len(l.in) || l.in[k] != '=' {
		l.at = i
		return key, nil, true
	}
	k++
	for k < len(l.in) && isSpaceOr(l.in[k], ' ') {
		k++
	}
	value, l.at = l.value(k)
	return key, value, true
}

// value reads an attribute's value that begins at i, and returns where it
// ends.
func (l *leaner) value(i int) (value []byte, end int) {
	if i >= len(l.in) {
		return nil, i
	}
	if q := l.in[i]; q == '"' || q == '\'' {
		n := bytes.IndexByte(l.in[i+1:], q)
		if n < 0 {
			return nil, len(l.in)
		}
		return l.in[i+1 : i+1+n], i + n + 2
	}
	from := i
	for i < len(l.in) && !isSpaceOr(l.in[i], '>') {
		i++
	}
	return l.in[from:i], i
}

// put writes an attribute.
func (l *leaner) put(key, value []byte) {
	l.out = append(l.out, ' ')
	l.out = append(l.out, key...)
	quote := byte('"')
	if bytes.IndexByte(value, '"') >= 0 {
		quote = '\''
		if bytes.IndexByte(value, '\'') >= 0 {
			value = bytes.ReplaceAll(value, []byte("'"), []byte("&#39;"))
		}
	}
	l.out = append(l.out, '=', quote)
	l.out = append(l.out, value...)
	l.out = append(l.out, quote)
}

// raw passes over the content of an element whose text is not markup, up to
// its end tag; keep copies it.
func (l *leaner) raw(tag string, keep bool) {
	from := l.at
	i := from
	for {
		n := bytes.Index(l.in[i:], []byte("</"))
		if n < 0 {
			i = len(l.in)
			break
		}
		i += n
		if end := i + 2 + len(tag); end <= len(l.in) && strings.EqualFold(string(l.in[i+2:end]), tag) && (end == len(l.in) || isSpaceOr(l.in[end], '>') || l.in[end] == '/') {
			break
		}
		i += 2
	}
	if i == len(l.in) && tag == "svg" {
		l.openSVG = true // what follows is the page
		return
	}
	if keep {
		l.out = append(l.out, l.in[from:i]...)
	}
	l.at = i
}

// wantedAttribute reports whether a reading looks at an attribute of a tag.
func wantedAttribute(key, value []byte, tag string) bool {
	switch strings.ToLower(string(key[:min(len(key), 32)])) {
	case "class", "id", "role", "itemprop", "hidden", "rel", "datetime", "aria-modal", "aria-hidden", "shadowrootmode", "shadowroot",
		"data-component", "data-testid", "data-qa", "data-module", "data-type", "data-module-name":
		return true
	case "style":
		return bytes.Contains(value, []byte("display"))
	case "content", "name", "property", "charset", "http-equiv":
		return tag == "meta" || tag == "time" || tag == "span" || tag == "div" || tag == "p"
	case "title":
		return tag == "abbr"
	case "href":
		return tag == "link" || tag == "base" || tag == "a" && bytes.HasPrefix(value, []byte("#"))
	case "type":
		return tag == "script" || tag == "input"
	case "src":
		return tag == "iframe"
	case "lang":
		return tag == "html"
	}
	return false
}

func isASCIILetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// isSpaceOr reports whether c is the white space of HTML, or or.
func isSpaceOr(c, or byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == or
}
