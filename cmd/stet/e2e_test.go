package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"stet/notify/discord/discordtest"
	"stet/store"
	"stet/watcher"
)

const (
	botToken  = "bot-token-of-the-tests"
	channelID = "300000000000000001"
)

// newsAndDiscord starts an outlet with some stories, a fake Discord, and a
// room whose config posts to its channel as the bot.
func newsAndDiscord(t *testing.T, stories int) (*outlet, *discordtest.Server, *room) {
	news := newOutlet(t)
	for i := range stories {
		news.set(storyPath(i), storyPage("12"))
	}
	fake, api := discordtest.Start(t, botToken)
	fake.AddChannel(discordtest.Channel{ID: channelID, Name: "corrections"})
	r := newRoom(t, fmt.Sprintf("[schedule]\nconfirm = \"1s\"\n[discord]\ntoken = %q\napi_url = %q\n[[destination]]\nname = \"corrections\"\ntype = \"discord\"\nchannel = %q\n", botToken, api, channelID))
	for i := range stories {
		r.stet("watch", "add", news.URL+storyPath(i))
	}
	return news, fake, r
}

func storyPath(i int) string { return "/news/quay-" + strconv.Itoa(i) }

// lookNow makes every story due, also those that a killed process still holds.
func (r *room) lookNow(ctx context.Context) {
	r.t.Helper()
	db, err := store.Open(ctx, "sqlite:"+filepath.Join(r.dir, "stet.db"), store.Options{})
	if err != nil {
		r.t.Fatal(err)
	}
	defer db.Close()
	for w, err := range db.Watches(ctx, watcher.Filter{State: watcher.Active}) {
		if err == nil {
			err = db.SetState(ctx, w.ID, watcher.Active, time.Now())
		}
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

// count returns a number of `stet status`.
func (r *room) count(name string) int {
	r.t.Helper()
	var status map[string]any
	if err := json.Unmarshal([]byte(r.stet("status", "--json")), &status); err != nil {
		r.t.Fatal(err)
	}
	n, ok := status[name].(float64)
	if !ok {
		r.t.Fatalf("stet status has no %q: %v", name, status)
	}
	return int(n)
}

// TestEditBecomesOneMessage runs a real stet between an outlet and a Discord:
// an edit of the page becomes one message there, as people will read it.
func TestEditBecomesOneMessage(t *testing.T) {
	news, fake, r := newsAndDiscord(t, 1)
	p := r.start("run")
	eventually(t, 20*time.Second, "the first revision", func() bool { return r.count("revisions") == 1 })
	news.set(storyPath(0), storyPage("19"))
	r.lookNow(t.Context())
	eventually(t, 20*time.Second, "a message in the channel", func() bool { return len(fake.Messages(channelID)) > 0 })

	// A check beside the run, of the same story and of all, doubles nothing.
	r.stet("check", news.URL+storyPath(0))
	r.stet("check", "--all")
	eventually(t, 20*time.Second, "nothing waiting", func() bool { return r.count("waiting") == 0 })
	if took := p.stop(t); took > 10*time.Second {
		t.Errorf("stet took %v to stop, want at most 10 s", took)
	}

	messages := fake.Messages(channelID)
	if len(messages) != 1 {
		t.Fatalf("%d messages, want 1: %v", len(messages), messages)
	}
	form := messages[0].Form
	if len(form.Embeds) != 1 {
		t.Fatalf("%d embeds, want 1: %s", len(form.Embeds), form.Raw)
	}
	embed := form.Embeds[0]
	if embed.URL != news.URL+storyPath(0) || embed.Title != "Quay collapse frees fourteen boats" {
		t.Errorf("the headline %q links to %q, want the story", embed.Title, embed.URL)
	}
	if !strings.Contains(embed.Description, "~~12~~ **19**") {
		t.Errorf("the description does not mark what became what: %s", embed.Description)
	}
	if !strings.Contains(strings.ToLower(form.Content), "silent") {
		t.Errorf("the first line does not say that the edit was silent: %s", form.Content)
	}
	if form.AllowedMentions == nil || form.AllowedMentions.Parse == nil || len(form.AllowedMentions.Parse) > 0 || !form.EnforceNonce {
		t.Errorf("the message may mention somebody, or be posted twice: %s", form.Raw)
	}
	judgeDiscord(t, fake)
}

// judgeDiscord fails if Discord refused anything or would have banned stet.
func judgeDiscord(t *testing.T, fake *discordtest.Server) {
	t.Helper()
	if problems := fake.Problems(); len(problems) > 0 {
		t.Errorf("Discord refused: %v", problems)
	}
	if n := fake.Invalid(); n > 0 {
		t.Errorf("%d requests count as invalid", n)
	}
}

// kills returns how often TestKilled kills stet: STET_KILLS, or a few times
// with STET_E2E.
func kills(t *testing.T) int {
	text := os.Getenv("STET_KILLS")
	switch {
	case text == "" && os.Getenv("STET_E2E") == "":
		t.Skip("STET_E2E is not set: this takes two minutes")
	case text == "":
		return 10
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("STET_KILLS is %q, want a number", text)
	}
	return n
}

// TestKilled kills stet at random moments while pages change, then lets it
// end its work, and looks for revisions and alerts that were lost or doubled.
func TestKilled(t *testing.T) {
	const stories = 5
	news, fake, r := newsAndDiscord(t, stories)
	r.stet("check", "--all")
	rng := rand.New(rand.NewPCG(11, 17))
	served := make([]int, stories) // the figure on each page
	for i := range served {
		served[i] = 12
	}
	for n := range kills(t) {
		for i := range served {
			if rng.IntN(2) == 0 {
				served[i]++
				news.set(storyPath(i), storyPage(strconv.Itoa(served[i])))
			}
		}
		r.lookNow(t.Context())
		args := []string{"run"}
		if n%4 == 3 {
			args = []string{"check", "--all"}
		}
		p := r.start(args...)
		time.Sleep(time.Duration(rng.IntN(700)) * time.Millisecond)
		p.kill()
	}
	p := r.start("run")
	r.lookNow(t.Context())
	eventually(t, 5*time.Minute, "every page's last figure kept, and every alert sent", func() bool {
		time.Sleep(500 * time.Millisecond)
		for i, figure := range served {
			if !strings.Contains(r.stet("show", news.URL+storyPath(i), "--json"), fmt.Sprintf("but %d people", figure)) {
				r.lookNow(t.Context())
				return false
			}
		}
		return r.count("waiting") == 0
	})
	p.stop(t)
	judgeHistories(t, r, news, fake)
	judgeDiscord(t, fake)
	if out := r.stet("verify"); strings.Contains(out, "failed") {
		t.Errorf("the ledger does not verify:\n%s", out)
	}
}

// revisionLine is a message's footer: which revisions it is about.
var revisionLine = regexp.MustCompile(`r(\d+) → r(\d+)`)

// judgeHistories compares each story's history with what Discord was sent: one
// message for each change that is to be told, and the figures in order.
func judgeHistories(t *testing.T, r *room, news *outlet, fake *discordtest.Server) {
	t.Helper()
	sent := map[string]int{} // by story and revision
	for _, m := range fake.Messages(channelID) {
		found := revisionLine.FindStringSubmatch(m.Form.Embeds[0].Footer.Text)
		if found == nil {
			t.Fatalf("a message does not say which revisions it is about: %s", m.Form.Raw)
		}
		sent[m.Form.Embeds[0].URL+" r"+found[2]]++
	}
	told := 0
	for i := range news.pages {
		var last int
		number := 0
		for line := range strings.Lines(r.stet("history", news.URL+i, "--json")) {
			number++
			var row struct {
				Revision int
				Change   *struct {
					Told  bool
					Facts []struct{ Old, New string }
				}
			}
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatal(err)
			}
			if row.Revision != number || (row.Change == nil) != (number == 1) {
				t.Errorf("%s: revision %d stands at place %d of the history: %s", i, row.Revision, number, line)
			}
			if row.Change == nil {
				last = 12
				continue
			}
			before, after := figures(row.Change.Facts)
			if before != last || after <= before {
				t.Errorf("%s r%d: the figure %d became %d, want %d to become a later one", i, number, before, after, last)
			}
			last = after
			told++
			if key := fmt.Sprintf("%s%s r%d", news.URL, i, number); sent[key] != 1 || !row.Change.Told {
				t.Errorf("%s was sent %d times, want once", key, sent[key])
			}
		}
	}
	if messages := len(fake.Messages(channelID)); messages != told {
		t.Errorf("%d messages for %d changes", messages, told)
	}
	t.Logf("%d changes, each told once", told)
}

// figures returns the numbers that a change's facts begin with.
func figures(facts []struct{ Old, New string }) (before, after int) {
	for _, f := range facts {
		fmt.Sscan(f.Old, &before)
		fmt.Sscan(f.New, &after)
	}
	return before, after
}
