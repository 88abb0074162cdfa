package newsroom

import (
	"fmt"
	"strings"

	"stet/watcher/compare"
)

// A Told is one alert that stet sent.
type Told struct {
	URL    string
	Change compare.Change
}

// A Verdict says how one expectation, or one alert that nobody expected, came out.
type Verdict string

// The verdicts. All but Right and Quiet are failures.
const (
	Right   Verdict = "told once"
	Quiet   Verdict = "rightly not told"
	Missed  Verdict = "missed"
	Doubled Verdict = "told twice"
	Wrong   Verdict = "misjudged"
	False   Verdict = "false alarm"
)

// A Line is one line of the scoreboard.
type Line struct {
	Verdict Verdict
	Path    string
	Says    string // the step's sentence, or the summary of a false alarm
	Detail  string // what is wrong, or ""
}

// OK reports whether the line is as it must be.
func (l Line) OK() bool { return l.Verdict == Right || l.Verdict == Quiet }

// Score sets what stet told against what it must tell: a line for each
// expectation, in the script's order, then one for each false alarm. It judges
// alerts alone; whether an edit that is not told was kept is for the history.
func Score(expected []Expectation, told []Told) []Line {
	lines := make([]Line, len(expected))
	for i, e := range expected {
		lines[i] = Line{Missed, e.Path, e.Says, ""}
		if !e.Told {
			lines[i].Verdict = Quiet
		}
	}
	for _, t := range told {
		i := match(expected, lines, t)
		if i < 0 {
			lines = append(lines, Line{False, pathOf(t.URL), t.Change.Summary, strings.Join(t.Change.Reasons, "; ")})
			continue
		}
		lines[i] = judge(expected[i], lines[i], t.Change)
	}
	return lines
}

// match is the index of the expectation that an alert is about: one that has
// no alert yet if there is any, else one that has; -1 if there is none.
func match(expected []Expectation, lines []Line, t Told) int {
	again := -1
	for i, e := range expected {
		if e.Path != pathOf(t.URL) || !e.About(t.Change) {
			continue
		}
		if lines[i].Verdict == Missed || lines[i].Verdict == Quiet {
			return i
		}
		again = i
	}
	return again
}

// judge is an expectation's line after one more alert about it.
func judge(e Expectation, l Line, c compare.Change) Line {
	if l.Verdict != Missed && l.Verdict != Quiet {
		l.Verdict = Doubled
		return l
	}
	l.Verdict = Right
	if err := e.Check(c); err != nil {
		l.Verdict, l.Detail = Wrong, err.Error()
	}
	if !e.Told {
		l.Verdict, l.Detail = False, "the default route must not tell it"
	}
	return l
}

// pathOf is a URL's path, without scheme, host and query.
func pathOf(url string) string {
	if _, rest, ok := strings.Cut(url, "://"); ok {
		_, path, _ := strings.Cut(rest, "/")
		url = "/" + path
	}
	url, _, _ = strings.Cut(url, "?")
	return url
}

// Tally counts a scoreboard in one sentence and reports whether all of it is
// as it must be.
func Tally(lines []Line) (sentence string, ok bool) {
	n := make(map[Verdict]int)
	ok = true
	for _, l := range lines {
		n[l.Verdict]++
		ok = ok && l.OK()
	}
	return fmt.Sprintf("%d told once, %d rightly not told, %d missed, %d told twice, %d misjudged, %d false alarms",
		n[Right], n[Quiet], n[Missed], n[Doubled], n[Wrong], n[False]), ok
}
