package discord

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"stet/notify"
	"stet/notify/excerpt"
	"stet/watcher/compare"
)

// How long the parts of a message become, in UTF-16 units. Together with
// mostHunks they stay under MaxEmbedText, whatever the page says.
const (
	mostLine    = 400 // the content: it is to be read on a lock screen
	mostSite    = 80
	mostAuthors = 120
	mostReason  = 220
	mostReasons = 3
	mostNote    = 500
	mostNotes   = 2
	mostUncover = 400
)

// The colours of an embed's edge.
const (
	red    = 0xD8433B
	amber  = 0xC98A1B
	purple = 0x9B6BD3
	green  = 0x2E9B71
	grey   = 0x7B828C
)

// Layout makes the message for a delivery. It is a function of values: the
// same delivery always gives the same message. Everything that comes from a
// page is cleaned, shortened and escaped.
func Layout(d notify.Delivery) Message {
	m := Message{AllowedMentions: AllowedMentions{Parse: []string{}}}
	switch {
	case len(d.Gathered) > 1:
		m.Content = gatheredLine(d)
		m.Embeds = []Embed{gatheredCard(d)}
		m.Components = buttons(*d.Alert, latestDiff)
	case d.Alert != nil:
		m.Content = line(*d.Alert)
		m.Embeds = []Embed{card(*d.Alert, d.ID)}
		m.Components = buttons(*d.Alert, fullDiff)
	case d.News != nil:
		m.Content = "stet: " + fit(d.News.Text, mostLine, false)
		m.Embeds = []Embed{newsCard(*d.News, d.ID)}
	}
	return m
}

// line is the content: all that a lock screen shows, whole by itself.
func line(a notify.Alert) string {
	v := a.Verdict()
	site := fit(siteOf(a), mostSite, false)
	headline := "“" + fit(a.Headline, MaxTitle, false) + "”"
	switch {
	case a.FirstLook():
		return v.Mark + " " + site + ": now watched, " + headline
	case a.Nature == compare.Gone:
		return v.Mark + " " + site + ": a story is gone, " + headline
	case a.Nature == compare.Restored && !a.Told: // it was walled
		return v.Mark + " " + site + ": a story can be read again, " + headline
	case a.Nature == compare.Restored:
		return v.Mark + " " + site + ": a story is back, " + headline
	case a.Nature == compare.Moved:
		return v.Mark + " " + site + ": a story has moved, " + headline
	case a.Nature == compare.Walled:
		return v.Mark + " " + site + ": a story is behind a wall, " + headline
	case excerpt.Clean(a.Summary) == "":
		return v.Mark + " " + site + ", " + v.Adverb + ": " + headline
	}
	return v.Mark + " " + site + ", " + v.Adverb + ": " + fit(a.BareSummary(), mostLine, false)
}

// card is the embed of an alert.
func card(a notify.Alert, delivery string) Embed {
	v := a.Verdict()
	e := Embed{
		Author:      &Author{Name: author(a, v.Mark+" "+v.Word)},
		Title:       title(a),
		URL:         linkTo(a.URL, MaxURL),
		Description: description(a),
		Color:       colour(a.Change),
		Fields:      fields(a, v),
		Footer:      &Footer{Text: footer(a, a.From, delivery)},
	}
	if sane(a.Seen) {
		e.Timestamp = a.Seen.UTC().Format(time.RFC3339)
	}
	return e
}

func author(a notify.Alert, verdict string) string {
	parts := []string{verdict}
	parts = append(parts, plain(siteOf(a), mostSite))
	if names := plain(strings.Join(a.Authors, ", "), mostAuthors); names != "" {
		parts = append(parts, names)
	}
	return strings.Join(parts, " · ")
}

// siteOf returns what to call the outlet; never "".
func siteOf(a notify.Alert) string {
	for _, name := range []string{a.Site, hostname(a.URL)} {
		if excerpt.Clean(name) != "" {
			return name
		}
	}
	return "A story"
}

// title is the headline, or else the address. A headline that looks like an
// address could pass for where the link leads, so the host is added.
func title(a notify.Alert) string {
	host := excerpt.Cut(excerpt.Clean(hostname(a.URL)), mostSite)
	headline := excerpt.Clean(a.Headline)
	switch {
	case headline == "":
		return fit(strings.TrimPrefix(strings.TrimPrefix(a.URL, "https://"), "http://"), MaxTitle, true)
	case strings.Contains(headline, "://") || strings.Contains(strings.ToLower(headline), "www."):
		return fit(headline, MaxTitle-mostSite-3, true) + " · " + escape(host, false)
	}
	return fit(headline, MaxTitle, true)
}

func description(a notify.Alert) string {
	switch {
	case a.FirstLook():
		return "Changes to it are told from now on."
	case statement(a.Nature):
		lines := reasons(a.Reasons)
		if a.Nature == compare.Gone {
			lines = append(lines, "The last text is kept.")
		}
		return strings.Join(append(lines, trimmed(hunks(a.Change, mostPassages, mostHunks))...), "\n")
	}
	return hunks(a.Change, mostPassages, mostHunks)
}

// statement reports whether a change says something of the story's address,
// and its reasons are what there is to read.
func statement(n compare.Nature) bool {
	return n == compare.Gone || n == compare.Restored || n == compare.Moved || n == compare.Walled
}

func trimmed(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func fields(a notify.Alert, v notify.Verdict) []Field {
	var fs []Field
	for i, n := range a.Notes {
		if i == mostNotes {
			fs = append(fs, Field{Name: "Notes", Value: fmt.Sprintf("%d more", len(a.Notes)-i)})
			break
		}
		fs = append(fs, noteField(n))
	}
	if len(a.Undisclosed) > 0 {
		fs = append(fs, Field{Name: "The note does not cover", Value: uncovered(a.Undisclosed), Inline: true})
	}
	if !statement(a.Nature) {
		fs = append(fs, Field{Name: why(a, v), Value: strings.Join(reasons(a.Reasons), "\n"), Inline: true})
	}
	fs = append(fs, Field{Name: "When", Value: when(a), Inline: true}, Field{Name: "History", Value: history(a, fullDiff)})
	return slices.DeleteFunc(fs, func(f Field) bool { return f.Value == "" })
}

// history links to history pages that no other computer can open; others get
// buttons.
func history(a notify.Alert, diff string) string {
	u := linkTo(a.Diff, MaxButtonURL)
	if u == "" || !loopback(u) {
		return ""
	}
	return fmt.Sprintf("[%s](%s), on the computer that stet runs on", diff, u)
}

func why(a notify.Alert, v notify.Verdict) string {
	switch {
	case a.Silent, a.Disclosure == compare.Stamped, a.Disclosure == compare.Partly, a.Disclosure == compare.Disclosed:
		return "Why " + strings.ToLower(v.Word)
	}
	return "Why"
}

// noteNames are the words for kinds of note.
var noteNames = map[string]string{
	"correction":    "Correction",
	"clarification": "Clarification",
	"update":        "Update note",
	"editors_note":  "Editor’s note",
	"retraction":    "Retraction",
}

func noteField(n compare.NoteChange) Field {
	name, ok := noteNames[n.Kind]
	if !ok {
		name = "Note"
	}
	switch n.Op {
	case compare.Add:
		name += ", added"
	case compare.Remove:
		name += ", removed"
	default:
		name += ", changed"
	}
	text := fit(n.Text, mostNote, false)
	if text == "" {
		return Field{}
	}
	return Field{Name: name, Value: "> " + text}
}

// uncovered lists what no note speaks of.
func uncovered(what []string) string {
	var b strings.Builder
	for i, w := range what {
		text := fit(w, mostReason, true)
		if text == "" {
			continue
		}
		text += "\n"
		if excerpt.Len(b.String())+excerpt.Len(text) > mostUncover {
			fmt.Fprintf(&b, "and %d more", len(what)-i)
			break
		}
		b.WriteString(text)
	}
	return strings.TrimSpace(b.String())
}

// reasons makes a sentence of each reason, escaped. Of many it keeps the first,
// which says most, and the last ones, which say what readers were told; the
// rest can be read from the description.
func reasons(rs []string) []string {
	more := len(rs) - mostReasons
	if more > 0 {
		rs = append(rs[:1:1], rs[1+more:]...)
	}
	var out []string
	for _, r := range rs {
		if s := fit(excerpt.Sentence(r), mostReason, true); s != "" {
			out = append(out, s)
		}
	}
	if more > 0 {
		out = append(out, fmt.Sprintf("%d more in the history.", more))
	}
	return out
}

// when lists the times that matter; Discord shows them in the reader's words.
func when(a notify.Alert) string {
	previous := "Old text last seen"
	if statement(a.Nature) {
		previous = "Last seen"
	}
	var lines []string
	for _, l := range []struct {
		what string
		at   time.Time
	}{{"Published", a.Published}, {"First seen", a.FirstSeen}, {previous, a.Previous}} {
		if sane(l.at) {
			lines = append(lines, fmt.Sprintf("%s <t:%d:R>", l.what, l.at.Unix()))
		}
	}
	return strings.Join(lines, "\n")
}

// sane reports whether a time is one that Discord's clients can show.
func sane(t time.Time) bool { return t.Year() > 1970 && t.Year() < 2200 }

// footer names the evidence: revisions, ledger leaf, and the delivery, by
// which a message that was sent before is found again.
func footer(a notify.Alert, from int, delivery string) string {
	parts := []string{"stet", fmt.Sprintf("r%d", a.To)}
	if from != a.To && from > 0 {
		parts[1] = fmt.Sprintf("r%d → r%d", from, a.To)
	}
	if a.Ledger != "" {
		parts = append(parts, "ledger "+a.Ledger)
	}
	return strings.Join(append(parts, delivery), " · ")
}

func colour(c compare.Change) int {
	switch {
	case statement(c.Nature) || c.Weight == compare.Cosmetic:
		return grey
	case c.Silent:
		return red
	case c.Disclosure == compare.Disclosed:
		return green
	case c.Disclosure == compare.Partly:
		return purple
	case c.Disclosure == compare.Stamped:
		return amber
	}
	return grey
}

// What the link to a change's page is called: of one change, and of the last of
// several.
const (
	fullDiff   = "Full diff"
	latestDiff = "Latest diff"
)

// buttons link to the history pages, where a reader's phone can reach them.
func buttons(a notify.Alert, diff string) []Component {
	var row []Component
	for _, b := range []struct{ label, url string }{{diff, a.Diff}, {"History", a.Story}} {
		if u := linkTo(b.url, MaxButtonURL); u != "" && !loopback(u) {
			row = append(row, Component{Type: TypeButton, Style: StyleLink, Label: b.label, URL: u})
		}
	}
	if row == nil {
		return nil
	}
	return []Component{{Type: TypeRow, Components: row}}
}

// linkTo returns an address as Discord takes it, or "" if it would not.
func linkTo(address string, most int) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	if s := u.String(); len(s) <= most && excerpt.Clean(s) == s {
		return s
	}
	return ""
}

func hostname(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// loopback reports whether an address leads to the machine it is opened on.
func loopback(address string) bool {
	host := strings.ToLower(strings.TrimSuffix(hostname(address), "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap().IsLoopback() || ip.IsUnspecified()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// newsCard is the embed of news for the operator.
func newsCard(n notify.News, delivery string) Embed {
	e := Embed{
		Author:      &Author{Name: "For the operator"},
		Description: fit(n.URL, mostLine, true),
		Color:       grey,
		Footer:      &Footer{Text: "stet · " + delivery},
	}
	if sane(n.At) {
		e.Timestamp = n.At.UTC().Format(time.RFC3339)
	}
	return e
}
