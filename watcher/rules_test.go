package watcher

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stet/watcher/article"
	"stet/watcher/compare"
)

// A ruledLook is a look under rules, and what it is to come to.
type ruledLook struct {
	ignore string // the rules' ignore; "" for no rules
	lookWant
	step string // a part of one of the steps
}

func TestRulesThatChangeAreNoEdit(t *testing.T) {
	const second, other = ".story-body p:nth-child(2)", "p:nth-child(3)"
	const reread, unknown = "read again under those of now", "is not known"
	asWas := lookWant{answer: ok(page(1, quayHeadline, paragraphs)), result: Unchanged}
	noise := lookWant{answer: ok(page(2, quayHeadline, paragraphs)), result: Unchanged}
	edited := page(3, quayHeadline, with(3, "in March", "in May"))
	edit := lookWant{answer: ok(edited), result: Changed, natures: []compare.Nature{compare.Edit}}
	more := lookWant{answer: ok(page(4, quayHeadline, with(3, "in March", "in May"))), result: Unchanged}
	inIgnored := lookWant{answer: ok(page(5, quayHeadline, with(1, "12 people", "19 people"))), result: Unchanged}
	lastly := lookWant{answer: ok(page(6, quayHeadline, paragraphs)), result: Unchanged}
	for _, tt := range []struct {
		name  string
		looks []ruledLook
		lose  bool // the pages kept, after the first look
	}{
		{"rules come", []ruledLook{{"", asWas, "headline"}, {second, noise, reread}, {second, noise, "same bytes"}, {second, inIgnored, reread}}, false},
		{"rules come with the bytes as they were", []ruledLook{{"", asWas, ""}, {second, asWas, "same bytes"}, {second, noise, reread}}, false},
		{"rules come and the story is edited at once", []ruledLook{{"", asWas, ""}, {second, edit, reread}, {second, more, "with the [[site]] of courier.example"}}, false},
		{"an edit some looks after rules came", []ruledLook{{"", asWas, ""}, {second, noise, reread}, {second, edit, reread}, {second, more, ""}}, false},
		{"rules go", []ruledLook{{second, asWas, "with the [[site]]"}, {"", noise, reread}, {"", edit, reread}, {"", more, ""}}, false},
		{"rules are others", []ruledLook{{second, asWas, ""}, {other, noise, reread}, {second, inIgnored, ""}}, false},
		{"rules come and no page was kept", []ruledLook{{"", asWas, ""}, {second, noise, unknown}, {second, edit, "with the [[site]]"}}, true},
		{"rules come, no page was kept, and the address leads to another story", []ruledLook{{"", asWas, ""},
			{second, lookWant{answer: led("http://courier.example/pool", page(2, otherHeadline, otherParagraphs)), result: Gone, pending: true, reason: "another story"}, unknown}}, true},
		{"the page reads as no story by the rules", []ruledLook{{"", asWas, ""},
			{"main", lookWant{answer: noise.answer, result: Quarantined}, ""}, {"", lastly, ""}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay", Key: "courier.example/quay", State: Active}}
			o := &outlet{}
			now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
			c := newChecker(t, o, s, &now)
			for i, want := range tt.looks {
				o.answers = []answer{want.answer}
				c.Rules = ignoring(t, want.ignore)
				l, _, err := c.Check(t.Context(), s.watch)
				if err != nil {
					t.Fatalf("look %d: %v", i+1, err)
				}
				judgeLook(t, i+1, l, want.lookWant)
				if steps := fmt.Sprint(l.Steps); !strings.Contains(steps, want.step) {
					t.Errorf("look %d: the steps are %s, want %q in them", i+1, steps, want.step)
				}
				for _, change := range l.Changes {
					if change.Stats.WordsAdded > 3 || change.Stats.WordsRemoved > 3 {
						t.Errorf("look %d: %d words came and %d went; only the edit is to be told", i+1, change.Stats.WordsAdded, change.Stats.WordsRemoved)
					}
				}
				if tt.lose {
					clear(s.captures)
				}
				now = l.Watch.NextCheck
			}
		})
	}
}

func TestATextThatASubscriptionOpensIsNoEdit(t *testing.T) {
	s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay", Key: "courier.example/quay", State: Active}}
	o := &outlet{}
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	c := newChecker(t, o, s, &now)
	subscriber := func(string) *article.Rules {
		rules, err := article.NewRules(article.RuleText{Site: "courier.example", Asked: "cookies"})
		if err != nil {
			t.Fatal(err)
		}
		return rules
	}
	edited := with(4, "south pier", "west pier")
	for i, look := range []struct {
		lookWant
		rules     func(string) *article.Rules
		revisions int
	}{
		{lookWant{answer: ok(page(1, quayHeadline, paragraphs[:2])), result: Unchanged}, nil, 1},
		{lookWant{answer: ok(page(2, quayHeadline, paragraphs)), result: Unchanged, reason: "nothing told"}, subscriber, 2},
		{lookWant{answer: ok(page(3, quayHeadline, paragraphs)), result: Unchanged}, subscriber, 2},
		{lookWant{answer: ok(page(4, quayHeadline, edited)), result: Changed, natures: []compare.Nature{compare.Edit}}, subscriber, 3},
		{lookWant{answer: ok(page(5, quayHeadline, edited[:2])), result: Unchanged, reason: "nothing told"}, nil, 4},
	} {
		o.answers, c.Rules = []answer{look.answer}, look.rules
		l, _, err := c.Check(t.Context(), s.watch)
		if err != nil {
			t.Fatalf("look %d: %v", i+1, err)
		}
		judgeLook(t, i+1, l, look.lookWant)
		if len(s.revisions) != look.revisions {
			t.Errorf("look %d: %d revisions are kept, want %d", i+1, len(s.revisions), look.revisions)
		}
		now = l.Watch.NextCheck
	}
}

// ignoring returns the rules of courier.example alone.
func ignoring(t *testing.T, selector string) func(string) *article.Rules {
	t.Helper()
	if selector == "" {
		return nil
	}
	rules, err := article.NewRules(article.RuleText{Site: "courier.example", Ignore: []string{selector}})
	if err != nil {
		t.Fatal(err)
	}
	return func(host string) *article.Rules {
		if host != "courier.example" {
			return nil
		}
		return rules
	}
}
