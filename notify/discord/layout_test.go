package discord

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stet/notify"
	"stet/notify/discord/discordtest"
	"stet/watcher/compare"
)

var update = flag.Bool("update", false, "write the golden files anew")

// at is a time on the day of the invented stories.
func at(clock string) time.Time {
	t, err := time.Parse(time.RFC3339, "2026-11-17T"+clock+"Z")
	if err != nil {
		panic(err)
	}
	return t
}

// ferry is the alert of a silent edit.
func ferry() notify.Alert {
	return notify.Alert{
		ID: 9107, Watch: 4812, From: 2, To: 3,
		URL:      "https://marlhavenpost.example/ferry-fire",
		Headline: "Ferry operator ‘was told of’ fire warnings, inspector says",
		Site:     "Marlhaven Post", Language: "en", Authors: []string{"Ilse Corvane", "Tobin Ashgrove"},
		Published: at("05:05:00"), FirstSeen: at("05:12:00"), Previous: at("08:40:12"), Seen: at("08:41:48"),
		Ledger: "9f3ac1d07be4",
		Story:  "https://stet.example/story/4812", Diff: "https://stet.example/diff/9107",
		Change: compare.Change{
			Changed: true, Told: true, Weight: compare.Substantive, Disclosure: compare.Silent, Nature: compare.Edit, Silent: true,
			Summary: "injured 12 → 19; headline ‘ignored’ → ‘was told of’",
			Reasons: []string{"no note stands on the page", "the time shown stayed at 07:00"},
			Facts:   []compare.Fact{{Kind: "number", Old: "12", New: "19"}},
			Blocks: []compare.Block{
				{Op: compare.Replace, Kind: "headline", Old: "Ferry operator ‘ignored’ fire warnings, inspector says", New: "Ferry operator ‘was told of’ fire warnings, inspector says",
					Spans: []compare.Span{{Op: compare.Equal, Text: "Ferry operator "}, {Op: compare.Remove, Text: "‘ignored’"}, {Op: compare.Add, Text: "‘was told of’"}, {Op: compare.Equal, Text: " fire warnings, inspector says"}}},
				{Op: compare.Replace, Kind: "standfirst", Old: "Twelve people were hurt.", New: "Nineteen people were hurt.",
					Spans: []compare.Span{{Op: compare.Remove, Text: "Twelve"}, {Op: compare.Add, Text: "Nineteen"}, {Op: compare.Equal, Text: " people were hurt."}}},
				{Op: compare.Replace, Kind: "paragraph", OldPlace: 1, NewPlace: 1,
					Old: "The company that ran the ferry which burned off Marlhaven ignored two written warnings about its car deck in the spring, the inspector said on Monday, as the number of people injured rose to 12.",
					New: "The company that ran the ferry which burned off Marlhaven had been told of two written warnings about its car deck in the spring, the inspector said on Monday, as the number of people injured rose to 19.",
					Spans: []compare.Span{{Op: compare.Equal, Text: "The company that ran the ferry which burned off Marlhaven "}, {Op: compare.Remove, Text: "ignored "}, {Op: compare.Add, Text: "had been told of "},
						{Op: compare.Equal, Text: "two written warnings about its car deck in the spring, the inspector said on Monday, as the number of people injured rose to "}, {Op: compare.Remove, Text: "12"}, {Op: compare.Add, Text: "19"}, {Op: compare.Equal, Text: "."}}},
				{Op: compare.Equal, Kind: "paragraph", OldPlace: 2, NewPlace: 2, Old: "One man is missing.", New: "One man is missing."},
				{Op: compare.Remove, Kind: "paragraph", OldPlace: 4, Old: "“We asked for those doors to be mended twice, and twice we were told to wait,” said Jory Vance, who loads the cars."},
				{Op: compare.Add, Kind: "paragraph", NewPlace: 5, New: "The company did not answer questions on Monday."},
				{Op: compare.Move, Kind: "paragraph", OldPlace: 3, NewPlace: 7, Old: "The ferry is 31 years old.", New: "The ferry is 31 years old."},
				{Op: compare.Replace, Kind: "caption", OldPlace: 8, NewPlace: 8, Old: "The ferry on Monday", New: "The ferry on Tuesday",
					Spans: []compare.Span{{Op: compare.Equal, Text: "The ferry on "}, {Op: compare.Remove, Text: "Monday"}, {Op: compare.Add, Text: "Tuesday"}}},
			},
			Fields: []compare.Field{compare.FieldHeadline, compare.FieldStandfirst, compare.FieldBody, compare.FieldCaption},
		},
	}
}

// golden compares v, as JSON, with the file of that name.
func golden(t *testing.T, name string, v any) {
	t.Helper()
	var got bytes.Buffer
	enc := json.NewEncoder(&got)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "golden", name+".json")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run the test with -update to write it", err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("message differs from %s; got:\n%s", path, got.Bytes())
	}
}

func delivery(a notify.Alert) notify.Delivery {
	return notify.Delivery{ID: "dlv7kq2mxv", Destination: "news", Alert: &a}
}

// with returns the ferry's alert, changed.
func with(change func(a *notify.Alert)) notify.Alert {
	a := ferry()
	change(&a)
	return a
}

func TestLayoutGolden(t *testing.T) {
	note := compare.NoteChange{Op: compare.Add, Kind: "correction", Text: "Correction: An earlier version of this article gave the number of people injured as 12. It is 19."}
	plainChange := func(c compare.Change) compare.Change { c.Changed, c.Told = true, true; return c }
	still := func(n compare.Nature, reasons ...string) func(a *notify.Alert) {
		return func(a *notify.Alert) {
			a.From = a.To
			a.Change = plainChange(compare.Change{Nature: n, Reasons: reasons, Summary: "the story is " + string(n)})
		}
	}
	for _, tt := range []struct {
		name  string
		alert notify.Alert
	}{
		{"silent", ferry()},
		{"stamped", with(func(a *notify.Alert) {
			a.Disclosure, a.Silent, a.Summary = compare.Stamped, false, "a lorry driver “is missing” → “was found alive”"
			a.Reasons = []string{"the time shown moved from 18:15 to 19:05", "no note says what changed"}
		})},
		{"disclosed by a correction", with(func(a *notify.Alert) {
			a.Disclosure, a.Silent, a.Nature, a.Notes = compare.Disclosed, false, compare.Correction, []compare.NoteChange{note}
			a.Reasons = []string{"a correction was added and names the injured, 12 → 19"}
		})},
		{"partly disclosed", with(func(a *notify.Alert) {
			a.Disclosure, a.Silent, a.Notes = compare.Partly, false, []compare.NoteChange{note}
			a.Undisclosed = []string{"headline ‘ignored’ → ‘was told of’", "the quote of Jory Vance", "caption Monday → Tuesday"}
		})},
		{"a note is removed", with(func(a *notify.Alert) {
			n := note
			n.Op = compare.Remove
			a.Change = plainChange(compare.Change{Weight: compare.Minor, Disclosure: compare.Silent, Nature: compare.Removal, Silent: true, Notes: []compare.NoteChange{n},
				Summary: "the correction is no longer there", Reasons: []string{"the note went; no other came"},
				Blocks: []compare.Block{{Op: compare.Remove, Kind: "note", Old: n.Text, OldPlace: 9}}})
		})},
		{"four notes at once", with(func(a *notify.Alert) {
			a.Disclosure, a.Silent, a.Notes = compare.Disclosed, false, []compare.NoteChange{note, {Op: compare.Replace, Kind: "editors_note", Text: "Editor’s note: a name was taken out."}, note, note}
			a.Reasons = []string{"four notes came", "the time shown moved from 07:00 to 12:28"}
		})},
		{"gone", with(still(compare.Gone, "the address answers “page not found” (410): 3 looks over 40 min"))},
		{"restored", with(still(compare.Restored, "the address serves the story again, words unchanged"))},
		{"moved", with(still(compare.Moved, "the address leads to https://marlhavenpost.example/news/ferry-fire for good (301)"))},
		{"walled", with(still(compare.Walled, "a login or subscription page stands in the story's place, on 3 looks in a row; the last text is kept"))},
		{"walled no more", with(func(a *notify.Alert) {
			still(compare.Restored, "the story can be read again, after 5 looks that met a wall")(a)
			a.Told = false
		})},
		{"first look", with(func(a *notify.Alert) {
			a.From, a.To, a.Previous = 0, 1, time.Time{}
			a.Change = plainChange(compare.Change{})
		})},
		{"cosmetic", with(func(a *notify.Alert) {
			a.Change = plainChange(compare.Change{Weight: compare.Cosmetic, Disclosure: compare.Silent, Nature: compare.Edit, Summary: "“organisation” → “organization”"})
		})},
		{"update", with(func(a *notify.Alert) { a.Nature, a.Silent = compare.Update, false })},
		{"revert", with(func(a *notify.Alert) { a.Nature, a.Silent = compare.Revert, false })},
		{"hostile headline", with(func(a *notify.Alert) {
			a.Headline = "@everyone ||spoiler|| `code` [click](https://evil.example) ~~*__x__*~~ \u202etxt.exe\u202c <@1234> https://bank.example/login"
			a.Site = "# Big\n\n**Outlet** discord.gg/free"
			a.Summary = "- # list <#99> :smile: @here 1. x"
			a.Reasons = []string{"> quoted", "# heading", "1. listed"}
		})},
		{"Chinese", with(func(a *notify.Alert) {
			a.Headline, a.Site, a.Language, a.Summary = "渡轮起火：伤者增至19人", "马港邮报", "zh", "12 → 19"
			a.Blocks = []compare.Block{{Op: compare.Replace, Kind: "paragraph", OldPlace: 1, NewPlace: 1, Spans: []compare.Span{
				{Op: compare.Equal, Text: strings.Repeat("检查员星期一说经营渡轮的公司春天收到过两次书面警告，", 5) + "受伤人数增至"}, {Op: compare.Remove, Text: "12"}, {Op: compare.Add, Text: "19"}, {Op: compare.Equal, Text: "人。"}}}}
		})},
		{"a paragraph of 4,000 characters", with(func(a *notify.Alert) {
			a.Blocks = []compare.Block{{Op: compare.Remove, Kind: "paragraph", OldPlace: 3, Old: strings.Repeat("The ferry burned. ", 222)}}
		})},
		{"pages on loopback", with(func(a *notify.Alert) {
			a.Story, a.Diff = "http://127.0.0.1:8080/story/4812", "http://localhost:8080/diff/9107"
		})},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := Layout(delivery(tt.alert))
			accepted(t, m)
			golden(t, strings.NewReplacer(" ", "-", ",", "").Replace(tt.name), m)
		})
	}
	t.Run("news", func(t *testing.T) {
		m := Layout(notify.Delivery{ID: "n1", News: &notify.News{URL: "https://marlhavenpost.example/ferry-fire", Text: "3 checks in a row found a login page", At: at("09:00:00")}})
		accepted(t, m)
		golden(t, "news", m)
	})
}

// accepted posts a message to the fake, which is strict on every limit.
func accepted(t *testing.T, m Message) {
	t.Helper()
	body, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	fake := discordtest.New(testToken)
	fake.AddChannel(discordtest.Channel{ID: testChannel})
	r := httptest.NewRequest("POST", "/api/v9/channels/"+testChannel+"/messages", bytes.NewReader(body))
	r.Header.Set("Authorization", "Bot "+testToken)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", userAgent)
	w := httptest.NewRecorder()
	fake.ServeHTTP(w, r)
	if w.Code != 200 {
		t.Errorf("Discord would refuse it: %d %s", w.Code, w.Body)
	}
}

// TestLayoutAtItsWorst fills every part of an alert with far too much.
func TestLayoutAtItsWorst(t *testing.T) {
	for name, unit := range map[string]string{
		"letters": "a", "marks": "*", "words": "word ", "emoji": "👩‍👩‍👧‍👦", "flags": "🇩🇰", "combining marks": "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308",
		"one endless grapheme": "\u200d👩", "Chinese": "渡", "links": "https://x.example/ ", "mentions": "@everyone ", "bidi": "\u202eabc\u202c ", "backslashes": "\\", "newlines": "\n# x\n",
		"broken UTF-8": "\xff\xfe", "controls": "\x1b[31m\a", "nothing": "",
	} {
		t.Run(name, func(t *testing.T) { accepted(t, Layout(delivery(flooded(strings.Repeat(unit, 1500))))) })
	}
}

// flooded returns an alert that has the text in every place there is for one.
func flooded(text string) notify.Alert {
	return with(func(a *notify.Alert) {
		a.Headline, a.Site, a.Summary, a.URL, a.Story, a.Diff = text, text, text, "https://x.example/"+text, "https://x.example/"+text, text
		a.Authors, a.Reasons, a.Undisclosed = []string{text, text}, []string{text, text, text, text, text, text, text}, []string{text, text, text}
		for range 4 {
			a.Notes = append(a.Notes, compare.NoteChange{Op: compare.Add, Kind: "correction", Text: text})
		}
		a.Blocks = nil
		for _, op := range []compare.Op{compare.Add, compare.Remove, compare.Replace, compare.Move} {
			for _, kind := range []string{"headline", "paragraph", "caption", text} {
				a.Blocks = append(a.Blocks, compare.Block{Op: op, Kind: kind, Old: text, New: text, OldPlace: 3, NewPlace: 4,
					Spans: []compare.Span{{Op: compare.Equal, Text: text}, {Op: compare.Remove, Text: text}, {Op: compare.Add, Text: text}, {Op: compare.Equal, Text: text}}})
			}
		}
	})
}

func FuzzLayout(f *testing.F) {
	f.Add("Ferry", "https://paper.example/x", 3)
	f.Add("@everyone **x** [a](b) \u202e", "javascript:alert(1)", 400)
	f.Add("e\u0301\u0301", "http://[::1]/", 5000)
	f.Fuzz(func(t *testing.T, text, address string, n int) {
		a := flooded(strings.Repeat(text, max(1, min(n, 3000/(len(text)+1)))))
		a.URL, a.Story = address, address
		m := Layout(delivery(a))
		accepted(t, m)
		all, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(string(all), "\u202e\u202d\u2066\u200b") {
			t.Errorf("invisible characters are left in %s", all)
		}
	})
}

func TestEscape(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"plain words stay as they are", "12 → 19, at 07:00 (Monday) – 3.5 %", "12 → 19, at 07:00 (Monday) – 3.5 %"},
		{"a mention", "@everyone", `\@everyone`},
		{"a user and a channel", "<@1> <#2>", `\<\@1> \<#2>`},
		{"marks", "**b** __u__ ~~s~~ ||x|| `c`", `\*\*b\*\* \_\_u\_\_ \~\~s\~\~ \|\|x\|\| ` + "\\`c\\`"},
		{"a masked link", "[bank](https://evil.example)", `\[bank\](https\://evil.example)`},
		{"an invitation", "join discord.gg/abc", `join discord.gg\/abc`},
		{"an emoji's name", "ok :smile:", `ok \:smile:`},
		{"a backslash", `\*`, `\\\*`},
		{"a heading at the start", "# x", `\# x`},
		{"a quote at the start", "> x", `\> x`},
		{"a list at the start", "1. x", `1\. x`},
		{"a hash within", "no # x", "no # x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := escape(tt.text, true); got != tt.want {
				t.Errorf("escape(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func BenchmarkLayout(b *testing.B) {
	d := delivery(ferry())
	for b.Loop() {
		Layout(d)
	}
}
