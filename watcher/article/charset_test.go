package article

import (
	"bytes"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Old pages come in old charsets, and as often as not under the wrong name. The
// pages are turned into them here; what a charset lacks is written as a
// character reference, as publishers' systems do.
func TestLayoutsInOldCharsetsReadTheSame(t *testing.T) {
	const none = "" // no charset in the header, or none in the meta element
	big5 := traditionalchinese.Big5
	tests := []struct {
		about, page  string
		enc          encoding.Encoding
		header, meta string
	}{
		{"Russian in windows-1251", "russian", charmap.Windows1251, "windows-1251", none},
		{"Russian in windows-1251, which only the meta element says", "russian", charmap.Windows1251, none, "windows-1251"},
		{"Russian in KOI8-R", "russian", charmap.KOI8R, "koi8-r", none},
		{"Russian in windows-1251 that nobody names", "russian", charmap.Windows1251, none, none},
		{"Russian in KOI8-R that nobody names", "russian", charmap.KOI8R, none, none},
		{"Russian in windows-1251 that calls itself UTF-8", "russian", charmap.Windows1251, "utf-8", "utf-8"},
		{"Russian in windows-1251 that calls itself ISO-8859-1", "russian", charmap.Windows1251, "iso-8859-1", none},
		{"Ukrainian in windows-1251", "ukrainian", charmap.Windows1251, none, "windows-1251"},
		{"Ukrainian in KOI8-U", "ukrainian", charmap.KOI8U, "koi8-u", none},
		{"Greek in ISO-8859-7", "greek", charmap.ISO8859_7, "iso-8859-7", none},
		{"Greek in windows-1253 that calls itself UTF-8", "greek", charmap.Windows1253, "utf-8", none},
		{"Polish in ISO-8859-2", "polish", charmap.ISO8859_2, "iso-8859-2", none},
		{"Polish in windows-1250", "polish", charmap.Windows1250, none, "windows-1250"},
		{"Czech in windows-1250", "czech", charmap.Windows1250, "windows-1250", "utf-8"},
		{"Arabic in windows-1256", "arabic", charmap.Windows1256, "windows-1256", none},
		{"Arabic in windows-1256 that calls itself UTF-8", "arabic", charmap.Windows1256, "utf-8", "utf-8"},
		{"Hebrew in windows-1255", "hebrew", charmap.Windows1255, none, "windows-1255"},
		{"Thai in windows-874", "thai", charmap.Windows874, "tis-620", none},
		{"French in windows-1252 that calls itself UTF-8", "french-news", charmap.Windows1252, "utf-8", "utf-8"},
		{"Spanish in windows-1252 that calls itself ISO-8859-1", "spanish-news", charmap.Windows1252, "iso-8859-1", none},
		{"Chinese in GBK", "chinese-simplified", simplifiedchinese.GBK, none, "gbk"},
		{"Chinese in GBK that calls itself GB2312", "chinese-simplified", simplifiedchinese.GBK, "gb2312", none},
		{"Chinese in GB18030 that nobody names", "chinese-simplified", simplifiedchinese.GB18030, none, none},
		{"Chinese in GB18030 that calls itself UTF-8", "chinese-simplified", simplifiedchinese.GB18030, "utf-8", "utf-8"},
		{"Chinese in GB18030 that calls itself ISO-8859-1", "chinese-simplified", simplifiedchinese.GB18030, "iso-8859-1", none},
		{"Chinese in Big5", "chinese-traditional", big5, "big5", none},
		{"Chinese in Big5 that nobody names", "chinese-traditional", big5, none, none},
		{"Japanese in Shift_JIS", "japanese-news", japanese.ShiftJIS, none, "shift_jis"},
		{"Japanese in Shift_JIS that calls itself ISO-8859-1", "japanese-news", japanese.ShiftJIS, "iso-8859-1", none},
		{"Japanese in EUC-JP", "japanese-news", japanese.EUCJP, "euc-jp", none},
		{"Japanese in EUC-JP that nobody names", "japanese-news", japanese.EUCJP, none, none},
		{"Japanese in ISO-2022-JP", "japanese-news", japanese.ISO2022JP, "iso-2022-jp", none},
		{"Korean in EUC-KR", "korean", korean.EUCKR, none, "euc-kr"},
		{"Korean in EUC-KR that calls itself UTF-8", "korean", korean.EUCKR, "utf-8", "utf-8"},
		{"Korean in EUC-KR that nobody names", "korean", korean.EUCKR, none, none},
		{"German in UTF-16 with a mark", "german-news", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), none, none},
		{"German in UTF-16, the other way round, with a mark", "german-news", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "utf-8", none},
		{"Korean in UTF-8 that calls itself EUC-KR", "korean", encoding.Nop, "euc-kr", "euc-kr"},
		{"Russian in UTF-8 that calls itself windows-1251", "russian", encoding.Nop, "windows-1251", "windows-1251"},
	}
	for _, tt := range tests {
		p := layoutPage(t, tt.page)
		want, _ := Read(p)
		p.Body, p.ContentType = inCharset(t, p.Body, tt.enc, tt.meta), "text/html"
		if tt.header != none {
			p.ContentType += "; charset=" + tt.header
		}
		if got, _ := Read(p); got.Hash() != want.Hash() {
			t.Errorf("%s: Read(%s): %s; reasons %q", tt.about, tt.page, firstDifference(want, got), got.Reasons)
		}
	}
}

// inCharset turns a page of UTF-8 into another charset, which its meta element
// then calls name; "" takes the element's charset away.
func inCharset(t *testing.T, body []byte, enc encoding.Encoding, name string) []byte {
	t.Helper()
	for _, said := range []string{`<meta charset="utf-8">`, `<meta charset="UTF-8">`, `<meta charset="utf-8"/>`, `<meta charset="UTF-8"/>`, `<meta charSet="utf-8"/>`, `<meta http-equiv="Content-Type" content="text/html; charset=utf-8">`} {
		now := `<meta charset="` + name + `">`
		if name == "" {
			now = ""
		}
		body = bytes.Replace(body, []byte(said), []byte(now), 1)
	}
	out, err := encoding.HTMLEscapeUnsupported(enc.NewEncoder()).Bytes(body)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
