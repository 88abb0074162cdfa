package web

import (
	"time"

	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// hostile is a headline that tries to break out of every place it may stand in.
const hostile = "Mayor “resigns” \u202egnp.exe\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{.}}${x}`</title>"

// invented returns a newsroom with a story for each thing a page has to show.
func invented() *newsroom {
	n := &newsroom{
		history:  make(map[int64][]watcher.Entry),
		articles: make(map[[2]int64]article.Article),
		captures: make(map[int64]fetch.Capture),
	}
	ferry(n)
	fine(n)
	bridge(n)
	attack(n)
	hospital(n)
	n.add(watcher.Watch{ID: 6, URL: "https://veldmoor.example/budget", Label: "Hospital budget tracker", Troubles: 31,
		LastResult: watcher.Quarantined, LastReason: "the page was a login wall, not the article", LastCheck: minutesAgo(4), NextCheck: minutesAgo(-26)})
	n.add(watcher.Watch{ID: 7, URL: "https://ostreyherald.example/news/council-leader-to-review-housing-claims", Troubles: 3, LastResult: watcher.Refused, LastFailure: fetch.FailRobots,
		LastReason: "the site asks robots to stay out of /news/; no request was made", LastCheck: minutesAgo(12), NextCheck: minutesAgo(-1440)})
	n.add(watcher.Watch{ID: 8, URL: "https://lakesenn.example/quay", Troubles: 1, LastResult: watcher.Failed, LastFailure: fetch.FailTimeout,
		LastReason: "no answer within 20 s", LastCheck: minutesAgo(2), NextCheck: minutesAgo(-2), Tags: []string{"courts"}})
	n.add(watcher.Watch{ID: 9, URL: "https://nine.tarrow.example/idris", Label: "Storm Idris: what we know", State: watcher.Paused,
		LastResult: watcher.Unchanged, LastReason: "unchanged", LastCheck: minutesAgo(1500), Schedule: "@every 10m"})
	n.add(watcher.Watch{ID: 10, URL: "https://kestrelwire.example/2026/11/a-story-that-nobody-has-looked-at-yet-and-whose-address-is-long-enough-to-wrap", NextCheck: minutesAgo(0)})
	return n
}

func paragraphs(texts ...string) []article.Block {
	var bs []article.Block
	for _, t := range texts {
		bs = append(bs, article.Block{Kind: article.Paragraph, Text: t})
	}
	return bs
}

// equal returns blocks that stayed the same, at places counted on from old and now.
func equal(old, now int, texts ...string) []compare.Block {
	var bs []compare.Block
	for i, t := range texts {
		bs = append(bs, compare.Block{Op: compare.Equal, Kind: "paragraph", Old: t, New: t, OldPlace: old + i, NewPlace: now + i})
	}
	return bs
}

// edit builds an edited block from texts that are in turn the same, removed
// and added.
func edit(kind string, old, now int, texts ...string) compare.Block {
	b := compare.Block{Op: compare.Replace, Kind: kind, OldPlace: old, NewPlace: now}
	for i, t := range texts {
		op := []compare.Op{compare.Equal, compare.Remove, compare.Add}[i%3]
		if t == "" {
			continue
		}
		if op != compare.Add {
			b.Old += t
		}
		if op != compare.Remove {
			b.New += t
		}
		b.Spans = append(b.Spans, compare.Span{Op: op, Text: t})
	}
	return b
}

// The story with everything: an update, a silent edit with moved, removed and
// added passages, and a note that covers a part of it.
func ferry(n *newsroom) {
	n.add(watcher.Watch{ID: 1, URL: "https://marlhavenpost.example/ferry-fire", Tags: []string{"courts", "transport"},
		LastResult: watcher.Unchanged, LastReason: "unchanged", LastCheck: minutesAgo(1), NextCheck: minutesAgo(-18), Checks: 61})
	a := article.Article{
		URL: "https://marlhavenpost.example/ferry-fire", Kind: article.KindArticle, Language: "en", Site: "Marlhaven Post",
		Headline:   "Ferry operator ‘ignored’ fire warnings, inspector says",
		Standfirst: "Twelve hurt and one missing after a blaze on the car deck of Senn Line’s night boat",
		Authors:    []string{"Ilse Corvane", "Tobin Ashgrove"}, Published: minutesAgo(767), Stamp: "Updated 07:00",
		Blocks: paragraphs(
			"The operator of the ferry that burned off Marlhaven ignored two written warnings about its car deck doors, a state inspector said, as the number of people injured rose to 12.",
			"The fire broke out at about 02:40 as the Aurelle, with 143 passengers, came round Pell Head. One man, a lorry driver from Ostrey, is missing.",
			"Senn Line said that the boat had passed its yearly check in March, and that the crew had followed procedure.",
			"“We asked for those doors to be mended twice, and twice we were told to wait,” said Jory Vance, a deckhand of nine years.",
			"Rescue boats from Ostrey reached her at 03:20 and took off the passengers in two trips.",
			"The harbour was closed until noon.", "Trains from Marlhaven ran late.",
			"The inspector, Maud Tressel, is to report to the harbour board on Friday."),
	}
	a.Blocks = append(a.Blocks,
		article.Block{Kind: article.Heading, Text: "A boat of nineteen years"},
		article.Block{Kind: article.Quote, Text: "She was never a lucky boat."},
		article.Block{Kind: article.ListItem, Text: "Built in 2007 at Brennstedt"},
		article.Block{Kind: article.Caption, Text: "The Aurelle under tow off Marlhaven. Picture: Wenna Oake"},
		article.Block{Kind: article.Paragraph, Text: "Have you seen it? Write to our desk.", Aside: true})
	n.revise(1, a, 760, 715, nil)
	n.revise(1, a, 709, 557, &compare.Change{Changed: true, Told: true, Weight: compare.Substantive, Disclosure: compare.Stamped, Nature: compare.Update,
		Summary: "injured 8 → 12; 4 paragraphs added", Reasons: []string{"Four paragraphs were added.", "The time shown moved to 07:00."},
		Facts:  []compare.Fact{{Kind: "number", Old: "8", New: "12"}},
		Blocks: append([]compare.Block{edit("paragraph", 1, 1, "The number of people injured rose to ", "8", "12", ".")}, compare.Block{Op: compare.Add, Kind: "paragraph", New: "Rescue boats from Ostrey reached her at 03:20.", NewPlace: 2}),
		Stats:  compare.Stats{WordsAdded: 91, WordsRemoved: 1}})
	a.Headline = "Ferry operator ‘was told of’ fire warnings, inspector says"
	n.revise(1, a, 551, 230, silentEdit())
	a.Stamp = "Updated 18:15"
	n.revise(1, a, 230, 1, &compare.Change{Changed: true, Told: true, Weight: compare.Minor, Disclosure: compare.Partly, Nature: compare.Correction,
		Summary: "a correction came; it names the injured", Fields: []compare.Field{compare.FieldNote},
		Notes:       []compare.NoteChange{{Op: compare.Add, Kind: "correction", Text: "An earlier version of this article gave the number of people injured as 12. It is 19."}},
		Undisclosed: []string{"the headline: ignored → was told of", "the quote of Jory Vance"},
		Reasons:     []string{"A note of correction came."},
		Blocks:      append(equal(1, 1, "The number of people injured rose to 19."), compare.Block{Op: compare.Add, Kind: "note", New: "An earlier version of this article gave the number of people injured as 12. It is 19.", NewPlace: 2})})
}

func silentEdit() *compare.Change {
	blocks := []compare.Block{
		edit("headline", 0, 0, "Ferry operator ", "‘ignored’ ", "‘was told of’ ", "fire warnings, inspector says"),
		edit("standfirst", 0, 0, "", "Twelve", "Nineteen", " hurt and one missing after a blaze on the car deck of Senn Line’s night boat"),
		{Op: compare.Equal, Kind: "byline", Old: "Ilse Corvane", New: "Ilse Corvane"},
		edit("paragraph", 1, 1, "The operator of the ferry that burned off Marlhaven ", "ignored", "had been told of", " two written warnings about its car deck doors, a state inspector said, as the number of people injured rose to ", "12", "19", "."),
	}
	blocks = append(blocks, equal(2, 2, "The fire broke out at about 02:40 as the Aurelle, with 143 passengers, came round Pell Head. One man, a lorry driver from Ostrey, is missing.")...)
	blocks = append(blocks, compare.Block{Op: compare.Remove, Kind: "quote", OldPlace: 4,
		Old: "“We asked for those doors to be mended twice, and twice we were told to wait,” said Jory Vance, a deckhand of nine years."})
	blocks = append(blocks, equal(5, 3, "Rescue boats from Ostrey reached her at 03:20 and took off the passengers in two trips.", "The harbour was closed until noon.",
		"Trains from Marlhaven ran late.", "The harbour office opened a telephone line for families.")...)
	blocks = append(blocks,
		compare.Block{Op: compare.Add, Kind: "paragraph", New: "Trading in the shares of Senn Line’s owner was halted at 09:15.", NewPlace: 7},
		compare.Block{Op: compare.Move, Kind: "paragraph", OldPlace: 3, NewPlace: 8,
			Old: "Senn Line said that the boat had passed its yearly check in March, and that the crew had followed procedure.",
			New: "Senn Line said that the boat had passed its yearly check in March, and that the crew had followed procedure."})
	blocks = append(blocks, equal(9, 9, "The inspector, Maud Tressel, is to report to the harbour board on Friday.", "Nobody at the yard could be reached.", "The line has four boats.", "It carried 200,000 people last year.")...)
	blocks = append(blocks, edit("caption", 13, 13, "The Aurelle under tow off Marlhaven on ", "Monday", "Tuesday", ". Picture: Wenna Oake"))
	return &compare.Change{Changed: true, Told: true, Silent: true, Weight: compare.Substantive, Disclosure: compare.Silent, Nature: compare.Edit,
		Summary: "12 injured → 19 injured; “ignored” → “was told of” in the headline; a quote removed",
		Reasons: []string{"The number 12 became 19, in the standfirst and ¶ 1.", "“ignored” became “was told of” in the headline and ¶ 1: a claim became weaker.",
			"A quotation of Jory Vance was removed.", "No note was added; the time shown did not move, so the edit was silent."},
		Fields: []compare.Field{compare.FieldHeadline, compare.FieldStandfirst, compare.FieldBody, compare.FieldCaption},
		Blocks: blocks,
		Facts: []compare.Fact{{Kind: "number", Old: "12", New: "19"}, {Kind: "certainty", Old: "ignored", New: "was told of"},
			{Kind: "quote", Old: "We asked for those doors to be mended twice"}, {Kind: "date", Old: "Monday", New: "Tuesday"}},
		Stats: compare.Stats{WordsAdded: 22, WordsRemoved: 29}}
}

// A number changed, and a note names it.
func fine(n *newsroom) {
	n.add(watcher.Watch{ID: 2, URL: "https://kestrelwire.example/tarrow-water-fine", LastResult: watcher.Changed, LastReason: "changed: £4m → £4.1m",
		LastCheck: minutesAgo(50), NextCheck: minutesAgo(-5)})
	a := article.Article{URL: "https://kestrelwire.example/tarrow-water-fine", Kind: article.KindArticle, Language: "en", Site: "Kestrel Wire",
		Headline: "Regulator fines Tarrow Water over river spill", Published: minutesAgo(76),
		Blocks: paragraphs("The water regulator has fined Tarrow Water £4.1m for letting sewage into the Senn for nine days in June.")}
	n.revise(2, a, 70, 55, nil)
	n.revise(2, a, 50, 50, &compare.Change{Changed: true, Told: true, Weight: compare.Substantive, Disclosure: compare.Disclosed, Nature: compare.Correction,
		Summary: "fine £4m → £4.1m", Facts: []compare.Fact{{Kind: "number", Old: "£4m", New: "£4.1m"}},
		Notes:   []compare.NoteChange{{Op: compare.Add, Kind: "correction", Text: "The fine is £4.1m, not £4m as first given."}},
		Reasons: []string{"The number £4m became £4.1m in ¶ 1.", "A note of correction names both."},
		Blocks:  []compare.Block{edit("paragraph", 1, 1, "The water regulator has fined Tarrow Water ", "£4m", "£4.1m", " for letting sewage into the Senn for nine days in June.")}})
}

// Spelling, in German, which nobody is told of.
func bridge(n *newsroom) {
	n.add(watcher.Watch{ID: 3, URL: "https://brennstedt.example/tarrow-brueke", LastResult: watcher.Unchanged, LastReason: "304, unchanged", LastCheck: minutesAgo(3), NextCheck: minutesAgo(-9)})
	a := article.Article{URL: "https://brennstedt.example/tarrow-brueke", Kind: article.KindArticle, Language: "de", Site: "Brennstedt Zeitung",
		Headline: "Ministerin: Brücke über den Tarrow bis zum Frühjahr sicher", Published: minutesAgo(2000),
		Blocks: paragraphs("Die Brücke über den Tarrow ist nach den Worten der Ministerin bis zum Frühjahr sicher.")}
	n.revise(3, a, 1900, 400, nil)
	n.revise(3, a, 380, 3, &compare.Change{Changed: true, Weight: compare.Cosmetic, Disclosure: compare.Silent, Nature: compare.Edit,
		Summary: "Schreibweise: Brüke → Brücke", Reasons: []string{"A spelling was mended."},
		Blocks: []compare.Block{edit("paragraph", 1, 1, "Die ", "Brüke", "Brücke", " über den Tarrow ist nach den Worten der Ministerin bis zum Frühjahr sicher.")}})
}

// A publisher who means harm.
func attack(n *newsroom) {
	n.add(watcher.Watch{ID: 4, URL: "https://bad.example/?a=\"><script>alert(3)</script>", LastResult: watcher.Unchanged, LastReason: hostile, LastCheck: minutesAgo(3), NextCheck: minutesAgo(-9),
		Tags: []string{"\"><b>tag</b>"}})
	a := article.Article{URL: "javascript:alert(4)", Kind: article.KindArticle, Language: "en\" onload=\"alert(5)", Site: hostile, Headline: hostile, Standfirst: hostile,
		Authors: []string{hostile}, Stamp: hostile, Published: minutesAgo(90), Reasons: []string{hostile}, Degraded: true,
		Blocks: []article.Block{{Kind: article.Paragraph, Text: hostile}, {Kind: article.BlockKind("x\" onclick=\"alert(6)"), Text: hostile}, {Kind: article.Note, Text: hostile}, {Kind: article.Heading, Text: hostile, Aside: true}}}
	n.revise(4, a, 80, 60, nil)
	block := edit("headline", 0, 0, "", hostile, hostile+"!")
	n.revise(4, a, 55, 3, &compare.Change{Changed: true, Told: true, Silent: true, Weight: compare.Minor, Disclosure: compare.Silent, Nature: compare.Edit,
		Summary: hostile, Reasons: []string{hostile}, Undisclosed: []string{hostile}, Facts: []compare.Fact{{Kind: "quote", Old: hostile, New: hostile}},
		Notes: []compare.NoteChange{{Op: compare.Replace, Kind: hostile, Text: hostile}},
		Blocks: []compare.Block{block, {Op: compare.Add, Kind: hostile, New: hostile, NewPlace: 1}, {Op: compare.Remove, Kind: "paragraph", Old: hostile, OldPlace: 1},
			{Op: compare.Move, Kind: "paragraph", Old: hostile, New: hostile, OldPlace: 3, NewPlace: 2}}})
}

// A story that went, came back, and whose address moved.
func hospital(n *newsroom) {
	n.add(watcher.Watch{ID: 5, URL: "https://veldmoor.example/list", Gone: true, LastResult: watcher.Gone, LastReason: "page not found (410)", LastCheck: minutesAgo(300), NextCheck: now.Add(19 * time.Hour)})
	a := article.Article{URL: "https://veldmoor.example/list", Kind: article.KindArticle, Language: "en", Site: "Veldmoor Dagblad",
		Headline: "Hospital trust kept second list of waiting patients", Published: minutesAgo(4000), Blocks: paragraphs("The trust kept a second list.")}
	n.revise(5, a, 3900, 345, nil)
	n.change(5, 1, 1, compare.Change{Changed: true, Told: true, Nature: compare.Gone, Summary: "The address now answers “page not found” (410), seen on 2 looks. The last text seen is kept.", Reasons: []string{"Two looks, 90 s apart, found a page that says 410."}})
}
