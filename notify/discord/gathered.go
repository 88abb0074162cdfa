package discord

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"stet/notify"
	"stet/notify/excerpt"
)

// How much a message shows of updates that it tells together, in UTF-16 units.
// Both together with the other parts stay under MaxEmbedText.
const (
	mostGathered  = 2800 // of the description: all updates
	mostOfSummary = 160  // of one update's summary
)

// updateMark is the mark of updates that are told together.
const updateMark = "○"

// gatheredLine is the content of a message that tells several updates.
func gatheredLine(d notify.Delivery) string {
	head := updateMark + " " + fit(siteOf(*d.Alert), mostSite, false) + ", " + d.Tally() + ": "
	var says []string
	for _, a := range slices.Backward(d.Gathered) { // on a lock screen the newest counts
		if s := excerpt.Clean(a.Summary); s != "" && !slices.Contains(says, s) {
			says = append(says, s)
		}
	}
	if len(says) == 0 {
		return head + "“" + fit(d.Alert.Headline, MaxTitle, false) + "”"
	}
	return head + fit(strings.Join(says, "; "), mostLine, false)
}

// gatheredCard is the embed of several updates, headed by the newest.
func gatheredCard(d notify.Delivery) Embed {
	a, first := *d.Alert, d.Gathered[0]
	e := Embed{
		Author:      &Author{Name: author(a, fmt.Sprintf("%s %d updates", updateMark, len(d.Gathered)))},
		Title:       title(a),
		URL:         linkTo(a.URL, MaxURL),
		Description: updates(d.Gathered),
		Color:       grey,
		Fields: slices.DeleteFunc([]Field{
			{Name: "Why the latest is an update", Value: strings.Join(reasons(a.Reasons), "\n"), Inline: true},
			{Name: "When", Value: when(first), Inline: true},
			{Name: "History", Value: history(a, latestDiff)},
		}, func(f Field) bool { return f.Value == "" }),
		Footer: &Footer{Text: footer(a, first.From, d.ID)},
	}
	if sane(a.Seen) {
		e.Timestamp = a.Seen.UTC().Format(time.RFC3339)
	}
	return e
}

// updates shows updates one after the other, as many as there is room for, the
// passages of each the fewer the more they are.
func updates(as []notify.Alert) string {
	passages := max(1, mostPassages/len(as))
	var lines []string
	room := mostGathered
	for i, a := range as {
		text := updateHead(a)
		if h := hunks(a.Change, passages, mostHunks/2); h != "" {
			text += "\n" + h
		}
		if room -= excerpt.Len(text) + 1; room < 0 {
			lines = append(lines, "-# "+more(len(as)-i))
			break
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

// updateHead says when an update was seen, whether readers were told, and what
// it is.
func updateHead(a notify.Alert) string {
	head := "**" + a.Verdict().Mark
	if sane(a.Seen) {
		head += fmt.Sprintf(" <t:%d:t>", a.Seen.Unix())
	}
	if s := fit(a.Summary, mostOfSummary, false); s != "" {
		return head + "** " + s
	}
	return head + "**"
}

func more(n int) string {
	if n == 1 {
		return "and 1 more update, in the history"
	}
	return fmt.Sprintf("and %d more updates, in the history", n)
}
