package article

import (
	"strings"
	"testing"
)

func TestWhatIsNoHTMLIsEmpty(t *testing.T) {
	page := string(testPage(t, "plain").Body)
	for _, tt := range []struct{ name, contentType, body, reason string }{
		{"a picture", "image/png", "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01", 500), "not HTML but image/png"},
		{"a picture without a header", "", "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01", 500), "not HTML but image/png"},
		{"JSON", "application/json", `{"articleBody": "The harbour was shut."}`, "not HTML but application/json"},
		{"a PDF of unknown type", "application/octet-stream", "%PDF-1.7\n", "not HTML but application/pdf"},
		{"HTML", "text/html; charset=utf-8", page, ""},
		{"XHTML", "application/xhtml+xml", page, ""},
		{"HTML without a header", "", page, ""},
		{"HTML with a header that is none", "html; ;;", page, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, _ := Read(Page{URL: "https://harbour.example/", ContentType: tt.contentType, Body: []byte(tt.body)})
			if tt.reason == "" && !a.Kind.Story() {
				t.Errorf("Read: %s, %v, want an article", a.Kind, a.Reasons)
			}
			if tt.reason != "" && (a.Kind != KindEmpty || a.Reasons[0] != tt.reason) {
				t.Errorf("Read: %s, %v, want empty: %s", a.Kind, a.Reasons, tt.reason)
			}
		})
	}
}
