package article

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// decode returns a page's body as UTF-8, and the name of the charset it was
// in. The order is that of the WHATWG encoding sniffing algorithm (BOM,
// header, meta), but a label is believed only if the bytes bear it out: a
// UTF-8 body labelled otherwise is UTF-8, and a body labelled UTF-8 that is
// not is looked at by its bytes.
// Source: https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
func decode(body []byte, contentType string) (text []byte, name string) {
	enc, name := byMark(body)
	if enc == nil {
		if utf8.Valid(body) {
			return decodeValid(body, contentType)
		}
		enc, name = byLabel(body, contentType)
	}
	if enc == nil || name == "windows-1252" { // what servers say that were never told
		enc, name = byBytes(body)
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\uFFFD")), "utf-8"
	}
	return out, name
}

// decodeValid decodes a body that is valid UTF-8, which ISO-2022-JP and
// UTF-16 without a mark are too: those two need the label.
func decodeValid(body []byte, contentType string) ([]byte, string) {
	if bytes.IndexByte(body, 0x1b) >= 0 || bytes.IndexByte(body, 0) >= 0 {
		if enc, name := byLabel(body, contentType); name == "iso-2022-jp" || strings.HasPrefix(name, "utf-16") {
			if out, err := enc.NewDecoder().Bytes(body); err == nil {
				return out, name
			}
		}
	}
	return body, "utf-8"
}

// byMark finds the encoding by the byte order mark.
func byMark(body []byte) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(body, []byte{0xef, 0xbb, 0xbf}):
		return unicode.UTF8BOM, "utf-8"
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "utf-16be"
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16le"
	}
	return nil, ""
}

// byLabel finds the encoding that the header or else a meta element names;
// nil where neither does, or where they name UTF-8, which was refuted.
func byLabel(body []byte, contentType string) (encoding.Encoding, string) {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if enc, name := charset.Lookup(params["charset"]); enc != nil && name != "utf-8" {
			return enc, name
		}
	}
	head := body[:min(len(body), 4096)]
	for {
		i := bytes.Index(head, []byte("charset="))
		if i < 0 {
			return nil, ""
		}
		head = bytes.TrimLeft(head[i+len("charset="):], `"' `)
		end := bytes.IndexAny(head, "\"'>; \r\n")
		if end < 0 {
			return nil, ""
		}
		if enc, name := charset.Lookup(string(head[:end])); enc != nil && name != "utf-8" && name != "replacement" {
			return enc, name
		}
	}
}
