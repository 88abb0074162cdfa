package article

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// sampled is the most bytes of a page by which its charset is guessed.
const sampled = 64 << 10

// byBytes guesses the encoding of a body that is not UTF-8 and bears no label
// worth believing. A body that is UTF-8 but for a few broken bytes is UTF-8;
// one whose bytes pair into common characters of Japanese, Chinese or Korean
// is in their charset; one whose words are written in an alphabet other than
// the Latin is in the charset that makes its commonest letters common; all
// else is windows-1252.
func byBytes(body []byte) (encoding.Encoding, string) {
	from := 0
	for from < len(body) && body[from] < 0x80 {
		from++
	}
	sample := body[from:min(len(body), from+sampled)]
	if nearlyUTF8(sample) {
		return unicode.UTF8, "utf-8"
	}
	if enc, name := inPairs(sample); enc != nil {
		return enc, name
	}
	if enc, name := inLetters(sample); enc != nil {
		return enc, name
	}
	return charmap.Windows1252, "windows-1252"
}

// nearlyUTF8 reports whether a sample has twenty characters of UTF-8 for each
// broken byte.
func nearlyUTF8(sample []byte) bool {
	broken, multi := 0, 0
	for i := 0; i < len(sample); {
		r, size := utf8.DecodeRune(sample[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			multi++
		}
		i += size
	}
	return multi > 20*broken
}

// A pairCharset writes most characters as two bytes, and the common ones with
// first bytes from lo to hi; 0 where the decoded text itself tells enough.
type pairCharset struct {
	enc    encoding.Encoding
	name   string
	lo, hi byte
	high   bool    // the second byte of a common character is above 0xa0
	weight float64 // Korean text is Chinese by its bytes, Chinese text half Korean
}

// inPairs finds the charset of Japanese, Chinese or Korean, or nil. The ranges
// are those of the levels of common characters in GB 2312, Big5 and KS X 1001.
func inPairs(sample []byte) (best encoding.Encoding, name string) {
	most := 0.6
	for _, c := range []pairCharset{
		{japanese.ShiftJIS, "shift_jis", 0, 0, false, 1},
		{japanese.EUCJP, "euc-jp", 0, 0, false, 1},
		{korean.EUCKR, "euc-kr", 0xb0, 0xc8, true, 1.2},
		{simplifiedchinese.GB18030, "gb18030", 0xb0, 0xd7, true, 1},
		{traditionalchinese.Big5, "big5", 0xa4, 0xc6, false, 1},
	} {
		share := c.weight * eastAsian(c.enc, sample)
		if share > most && c.lo > 0 {
			share *= c.common(sample)
		}
		if share > most {
			best, name, most = c.enc, c.name, share
		}
	}
	return best, name
}

// common returns the share of a sample's pairs of bytes, punctuation aside,
// that are common characters.
func (c pairCharset) common(sample []byte) float64 {
	all, common := 0, 0
	for i := 0; i+1 < len(sample); i++ {
		first, second := sample[i], sample[i+1]
		if first < 0x80 {
			continue
		}
		i++
		if first < 0xa4 {
			continue
		}
		all++
		if first >= c.lo && first <= c.hi && (second > 0xa0 || !c.high) {
			common++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(common) / float64(all)
}

// eastAsian returns the share of a sample's characters outside ASCII that are
// kana, Hangul, ideographs of the first plane or their punctuation when read as
// enc, less ten times the share that is broken. Kana count double: no accident
// makes them.
func eastAsian(enc encoding.Encoding, sample []byte) float64 {
	out, err := enc.NewDecoder().Bytes(sample)
	if err != nil {
		return 0
	}
	var all, good, broken float64
	for _, r := range string(out) {
		switch {
		case r < 0x80:
			continue
		case r == utf8.RuneError:
			broken++
		case r >= 0x3041 && r <= 0x30ff:
			good += 2
		case r >= 0x3000 && r <= 0x3040, r >= 0x4e00 && r <= 0x9fff, r >= 0xff00 && r <= 0xff60, r >= 0xac00 && r <= 0xd7a3:
			good++
		}
		all++
	}
	if all == 0 {
		return 0
	}
	return (good - 10*broken) / all
}

// inLetters finds the charset of a text in an alphabet other than the Latin, or
// nil: the one in which most of its letters are the commonest of the
// alphabet's languages.
func inLetters(sample []byte) (best encoding.Encoding, name string) {
	if !mostlyHigh(sample) {
		return nil, ""
	}
	most := 0.4
	for _, c := range []struct {
		enc     encoding.Encoding
		name    string
		letters string // the commonest, in lower case
	}{
		{charmap.Windows1251, "windows-1251", "оаеинтсрвлі"},
		{charmap.KOI8U, "koi8-u", "оаеинтсрвлі"},
		{charmap.Windows1253, "windows-1253", "αοιετσνηυρς"},
		{charmap.Windows1256, "windows-1256", "اليمنورتبهع"},
		{charmap.Windows1255, "windows-1255", "יוהלאמרתשבנ"},
		{charmap.Windows874, "windows-874", "านรอกเงมลยว"},
	} {
		if share := letterShare(c.enc, c.letters, sample); share > most {
			best, name, most = c.enc, c.name, share
		}
	}
	return best, name
}

// mostlyHigh reports whether most bytes above ASCII stand three or more in a
// row. In a Latin alphabet they are single letters with accents.
func mostlyHigh(sample []byte) bool {
	all, inRuns, run := 0, 0, 0
	for i := 0; i <= len(sample); i++ {
		if i < len(sample) && sample[i] >= 0x80 {
			run++
			continue
		}
		all += run
		if run >= 3 {
			inRuns += run
		}
		run = 0
	}
	return all > 40 && 4*inRuns > 3*all
}

// letterShare returns the share of a sample's characters outside ASCII that are
// among letters when read as enc.
func letterShare(enc encoding.Encoding, letters string, sample []byte) float64 {
	out, err := enc.NewDecoder().Bytes(sample)
	if err != nil {
		return 0
	}
	all, common := 0, 0
	for _, r := range string(out) {
		if r < 0x80 {
			continue
		}
		all++
		if strings.ContainsRune(letters, r) {
			common++
		}
	}
	return float64(common) / float64(max(all, 1))
}
