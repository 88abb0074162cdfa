package article

import (
	"mime"
	"net/http"
	"strings"
)

// notHTML returns what a page is if it is no HTML, such as "image/png", or "".
// The bytes count where the header says nothing, or nothing sure.
func notHTML(p Page) string {
	said, _, err := mime.ParseMediaType(p.ContentType)
	if err == nil && said != "" && said != "application/octet-stream" {
		if strings.Contains(said, "html") || strings.Contains(said, "xml") || strings.HasPrefix(said, "text/") {
			return ""
		}
		return said
	}
	found, _, _ := strings.Cut(http.DetectContentType(p.Body), ";")
	if strings.HasPrefix(found, "text/") || found == "application/octet-stream" {
		return "" // which old charsets look like, too
	}
	return found
}

// noPage is the reading of what is no page at all.
func noPage(p Page, is string) Article {
	return Article{URL: p.URL, Kind: KindEmpty, Reasons: []string{"not HTML but " + is}}
}
