package perturb

import (
	"fmt"
	"regexp"
	"strings"
)

// changedMetadata is what readers do not see.
func changedMetadata() []perturbation {
	return []perturbation{
		{kind: "date-modified", make: (*trial).dateModified},
		{kind: "json-ld-added", heldOut: true, make: (*trial).jsonLDAdded},
		{kind: "og-title-changed", make: (*trial).ogTitleChanged},
		{kind: "description-changed", make: (*trial).descriptionChanged},
		{kind: "title-counter", make: (*trial).titleCounter},
		{kind: "title-site-form", make: (*trial).titleSiteForm},
		{kind: "scripts-changed", make: (*trial).scriptsChanged},
	}
}

var modifiedInJSON = regexp.MustCompile(`("dateModified"\s*:\s*")[^"]*"`)

func (t *trial) dateModified() bool {
	found := false
	now := fmt.Sprintf("2019-11-2%dT1%d:3%d:00Z", t.rng.IntN(9), t.rng.IntN(9), t.rng.IntN(9))
	for _, n := range elements(t.doc, "meta") {
		if name := attr(n, "property") + attr(n, "name") + attr(n, "itemprop"); strings.Contains(name, "modified") || strings.Contains(name, "updated_time") {
			setAttr(n, "content", now)
			found = true
		}
	}
	for _, n := range elements(t.doc, "script") {
		if attr(n, "type") == "application/ld+json" && n.FirstChild != nil && modifiedInJSON.MatchString(n.FirstChild.Data) {
			n.FirstChild.Data = modifiedInJSON.ReplaceAllString(n.FirstChild.Data, "${1}"+now+`"`)
			found = true
		}
	}
	return found
}

func (t *trial) jsonLDAdded() bool {
	first(t.doc, "head").AppendChild(markup(fmt.Sprintf(`<script type="application/ld+json">{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"News","item":"https://outlet.example/%d"}]}</script>`, t.rng.IntN(99)))[0])
	return true
}

// ogTitleChanged writes another title for those who share the page, under the
// same headline.
func (t *trial) ogTitleChanged() bool {
	found := false
	if t.headline == nil {
		return false
	}
	t.now = "You won't believe it: " + textOf(t.headline) + pick(t.rng, " (again)", " – here is why", ", explained")
	for _, n := range elements(t.doc, "meta") {
		if name := attr(n, "property") + attr(n, "name"); name == "og:title" || name == "twitter:title" {
			setAttr(n, "content", t.now)
			found = true
		}
	}
	return found
}

// descriptionChanged writes another summary for search engines, where the page
// shows no such text.
func (t *trial) descriptionChanged() bool {
	found := false
	for _, n := range elements(t.doc, "meta") {
		switch attr(n, "property") + attr(n, "name") {
		case "description", "og:description", "twitter:description":
			if shown := fold(attr(n, "content")); shown == "" || strings.Contains(textOf(first(t.doc, "body")), shown[:min(len(shown), 40)]) {
				return false
			}
			setAttr(n, "content", t.fill("en", "Everything to know about {place} today, from {outlet}."))
			found = true
		}
	}
	return found
}

func (t *trial) titleCounter() bool {
	n := first(t.doc, "title")
	if n == nil || n.FirstChild == nil {
		return false
	}
	n.FirstChild.Data = fmt.Sprintf("(%d) %s", 1+t.rng.IntN(9), strings.TrimSpace(n.FirstChild.Data))
	return true
}

// titleSiteForm names the site in another way behind the headline.
func (t *trial) titleSiteForm() bool {
	n := first(t.doc, "title")
	if n == nil || t.headline == nil {
		return false
	}
	t.now = textOf(t.headline) + t.fill("en", pick(t.rng, " | {outlet}", " – {outlet} – News", " :: {outlet}", " - {outlet} {place}"))
	n.FirstChild.Data = t.now
	return true
}

func (t *trial) scriptsChanged() bool {
	for _, n := range elements(t.doc, "script") {
		if n.FirstChild != nil && !strings.Contains(attr(n, "type"), "json") {
			n.FirstChild.Data += fmt.Sprintf("\n;window.__req=\"%x\";", t.rng.Uint64())
		}
	}
	for _, n := range markup(fmt.Sprintf(`<script src="https://cmp.example/%d.js"></script><script>window.dataLayer=[{"id":%d}]</script>`, t.rng.IntN(999), t.rng.IntN(1e6))) {
		first(t.doc, "head").AppendChild(n)
	}
	return true
}
