package article

import (
	"encoding/binary"
	"hash/crc32"
	"slices"
)

// An Outline is what one reading of a page leaves for the next: which blocks
// were the article's, which were not, and where they stood. Its fields are
// the reader's own; the store keeps it as bytes.
//
// The bytes are a version, the headline and authors with where they were
// found, then each block of the page in order as a [mark], the checksums of
// the site's rules if it has any, and a CRC-32. A page of 150 blocks leaves
// about 2 KB.
type Outline struct {
	data []byte
}

// MarshalBinary returns the outline for keeping.
func (o Outline) MarshalBinary() ([]byte, error) { return o.data, nil }

// UnmarshalBinary takes what MarshalBinary gave. Bytes of an older form, or
// damaged ones, make an empty outline: the next reading is then a first one.
func (o *Outline) UnmarshalBinary(data []byte) error {
	o.data = append([]byte(nil), data...)
	return nil
}

// MadeUnder reports whether the outline is of a page that was read by these
// rules; an empty one is of a page read by none. Where it is not, the next
// reading is a first one, and may differ from the last for the rules' sake.
func (o Outline) MadeUnder(r *Rules) bool {
	made, _ := o.sums()
	now, _ := r.sums()
	return made == now
}

// AskedAs reports whether the outline is of a page that was asked for as these
// rules say; an empty one is of a page asked for as any. Where it is not, the
// next page may differ from the last for that sake.
func (o Outline) AskedAs(r *Rules) bool {
	_, made := o.sums()
	_, now := r.sums()
	return made == now
}

// AskedLike reports whether two outlines are of pages that were asked for in
// the same way.
func (o Outline) AskedLike(other Outline) bool {
	_, a := o.sums()
	_, b := other.sums()
	return a == b
}

// sums returns the checksums of the rules that the outline was made under.
func (o Outline) sums() (read, asked uint64) {
	if len(o.data) < 2 || o.data[1]&(hasRules|hasAsked) == 0 {
		return 0, 0 // without taking it apart
	}
	if m := o.recall(); m != nil {
		return m.rules, m.asked
	}
	return 0, 0
}

// memory is an outline taken apart.
type memory struct {
	headline string
	shown    bool // the headline stood in a block
	closed   bool // the page had its closing tag
	places   uint8
	authors  []string
	marks    []mark
	rules    uint64 // checksum of the site's rules to read by, 0 for none
	asked    uint64 // checksum of how it was asked for, 0 for as any page
}

// A mark is what is remembered of a block.
type mark struct {
	hash   uint32 // of its words
	label  label
	kind   uint8 // its place in blockKinds
	depth  uint8
	sig    uint16 // of its element's tag and class
	words  int32
	sketch []uint16 // the least hashes of its words, sorted; see sketch
}

// blockKinds numbers the kinds for the outline. Never reorder it.
var blockKinds = [...]BlockKind{Paragraph, Heading, Quote, ListItem, Caption, TableRow, Note}

// kindNumber returns a kind's place in blockKinds.
func kindNumber(k BlockKind) uint8 {
	return uint8(max(slices.Index(blockKinds[:], k), 0))
}

// The sizes of sketches: of blocks that are the article's, and of others.
const (
	keptSketch    = 16
	droppedSketch = 5
)

// outlineVersion is the first byte of an outline; another makes it unread.
const outlineVersion = 1

// The flags of an outline that was made under a site's rules.
const (
	hasRules = 4
	hasAsked = 8
)

// maxMarks is the most blocks that an outline remembers.
const maxMarks = maxBlocks

// markOf returns what is to be remembered of a block.
func (p *page) markOf(b *block, v verdict) mark {
	e := &p.elems[b.elem]
	m := mark{hash: uint32(b.hash >> 32), label: v.label, kind: kindNumber(v.kind), depth: uint8(min(e.depth, 255)), sig: uint16(e.sig >> 8), words: b.words}
	switch {
	case v.label != dropped:
		m.sketch = sketch(b.text, keptSketch)
	case b.words >= 8:
		m.sketch = sketch(b.text, droppedSketch)
	}
	return m
}

// sketch returns the n least 16-bit hashes of a text's different words: the
// share of them that two sketches have in common estimates the share of words
// that the texts do.
// Source: A. Broder, On the resemblance and containment of documents, 1997.
func sketch(s string, n int) []uint16 {
	all := make([]uint16, 0, 64)
	eachWord(s, func(h uint64, _ int, _ bool) { all = append(all, uint16((h*0x9e3779b97f4a7c15)>>48)) })
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.Clip(all[:min(n, len(all))])
}

// resemblance estimates the share of words that two texts have in common,
// from 0 to 1, by their sketches.
func resemblance(a, b []uint16) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n := min(len(a), len(b))
	if len(a) < keptSketch && len(b) < keptSketch {
		n = max(len(a), len(b)) // both are whole: compare all
	}
	same, all, i, k := 0, 0, 0, 0
	for all < n && (i < len(a) || k < len(b)) {
		switch {
		case k == len(b) || i < len(a) && a[i] < b[k]:
			i++
		case i == len(a) || b[k] < a[i]:
			k++
		default:
			same++
			i++
			k++
		}
		all++
	}
	return float64(same) / float64(max(all, 1))
}

// encode returns the memory as an outline.
func (m *memory) encode() Outline {
	b := make([]byte, 0, 256+20*len(m.marks))
	b = append(b, outlineVersion)
	flags := byte(0)
	if m.shown {
		flags |= 1
	}
	if m.closed {
		flags |= 2
	}
	if m.rules != 0 {
		flags |= hasRules
	}
	if m.asked != 0 {
		flags |= hasAsked
	}
	b = append(b, flags, m.places, byte(len(m.authors)))
	b = appendString(b, m.headline)
	for _, s := range m.authors {
		b = appendString(b, s)
	}
	b = binary.AppendUvarint(b, uint64(len(m.marks)))
	for _, k := range m.marks {
		b = append(b, byte(k.label)|k.kind<<3, k.depth, byte(len(k.sketch)))
		b = binary.LittleEndian.AppendUint32(b, k.hash)
		b = binary.LittleEndian.AppendUint16(b, k.sig)
		b = binary.AppendUvarint(b, uint64(k.words))
		for _, h := range k.sketch {
			b = binary.LittleEndian.AppendUint16(b, h)
		}
	}
	if m.rules != 0 {
		b = binary.LittleEndian.AppendUint64(b, m.rules)
	}
	if m.asked != 0 {
		b = binary.LittleEndian.AppendUint64(b, m.asked)
	}
	return Outline{binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))}
}

func appendString(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// recall takes an outline apart. It returns nil for an empty one, one of an
// older form or a damaged one.
func (o Outline) recall() *memory {
	n := len(o.data) - 4
	if n < 5 || o.data[0] != outlineVersion || crc32.ChecksumIEEE(o.data[:n]) != binary.LittleEndian.Uint32(o.data[n:]) {
		return nil
	}
	d := decoder{rest: o.data[1:n]}
	m := &memory{}
	flags := d.byte()
	m.shown, m.closed = flags&1 != 0, flags&2 != 0
	m.places = d.byte()
	authors := int(d.byte())
	m.headline = d.string()
	for range authors {
		m.authors = append(m.authors, d.string())
	}
	count := d.uvarint()
	if count > maxMarks || count > uint64(len(d.rest)) {
		return nil
	}
	m.marks = make([]mark, count)
	for i := range m.marks {
		k := &m.marks[i]
		c := d.byte()
		k.label, k.kind = label(min(c&7, byte(standfirst))), min(c>>3, uint8(len(blockKinds)-1))
		k.depth = d.byte()
		k.sketch = make([]uint16, min(d.byte(), keptSketch))
		k.hash = binary.LittleEndian.Uint32(d.take(4))
		k.sig = binary.LittleEndian.Uint16(d.take(2))
		k.words = int32(min(d.uvarint(), 1<<24))
		for s := range k.sketch {
			k.sketch[s] = binary.LittleEndian.Uint16(d.take(2))
		}
	}
	if flags&hasRules != 0 {
		m.rules = binary.LittleEndian.Uint64(d.take(8))
	}
	if flags&hasAsked != 0 {
		m.asked = binary.LittleEndian.Uint64(d.take(8))
	}
	if d.short {
		return nil
	}
	return m
}

// A decoder takes bytes apart and remembers whether there were too few.
type decoder struct {
	rest  []byte
	short bool
	zero  [8]byte
}

func (d *decoder) take(n int) []byte {
	if n > len(d.rest) {
		d.short, d.rest = true, nil
		return d.zero[:min(n, len(d.zero))]
	}
	out := d.rest[:n]
	d.rest = d.rest[n:]
	return out
}

func (d *decoder) byte() byte { return d.take(1)[0] }

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 {
		d.short, d.rest = true, nil
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

func (d *decoder) string() string {
	n := d.uvarint()
	if n > uint64(len(d.rest)) {
		d.short = true
		return ""
	}
	return string(d.take(int(n)))
}

// outline returns what this reading leaves for the next; empty unless the
// page is a story that was read from its blocks.
func (r *reading) outline(a Article) Outline {
	rules, asked := r.src.Rules.sums()
	switch {
	case !a.Kind.Story(), len(r.unseen) > 0 && rules == 0 && asked == 0:
		return Outline{}
	case len(r.unseen) > 0: // only to tell under which rules
		m := memory{rules: rules, asked: asked}
		return m.encode()
	}
	m := memory{rules: rules, asked: asked, headline: r.title.text, shown: r.title.block >= 0, closed: r.closed, places: r.places, authors: r.authors}
	n := min(len(r.blocks), maxMarks)
	m.marks = make([]mark, n)
	for i := range n {
		m.marks[i] = r.markOf(&r.blocks[i], r.j.verdicts[i])
	}
	return m.encode()
}
