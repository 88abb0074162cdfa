package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// The figures that real pages must keep to: the share of noisy pairs that are
// told, and of edited pairs that are not.
const (
	mostNoiseTold   = 0.03
	mostEditsMissed = 0.10
)

// A realPair is one line of perturb.py's pairs.jsonl.
type realPair struct {
	ID     string `json:"id"`
	Old    string `json:"old"`
	New    string `json:"new"`
	Kind   string `json:"kind"`
	Expect string `json:"expect"` // "none" or "edit"
}

// TestRealPages serves real pages from loopback to a real `stet run`, first as
// they were and then with noise or an edit, and counts what is told.
// STET_CORPUS names the corpus; STET_CORPUS_PAGES limits how many of its pages
// are used (default: all).
func TestRealPages(t *testing.T) {
	corpus := os.Getenv("STET_CORPUS")
	if corpus == "" {
		t.Skip("STET_CORPUS does not name a folder of real pages")
	}
	pairs := perturb(t, corpus)
	var edited atomic.Bool
	news := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/story/%d", &n); err != nil || n >= len(pairs) {
			http.NotFound(w, r)
			return
		}
		file := pairs[n].Old
		if edited.Load() {
			file = pairs[n].New
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		http.ServeFile(w, r, file)
	}))
	defer news.Close()
	told := newInbox(t)

	r := newRoom(t, fmt.Sprintf("[schedule]\ndefault = \"@every 1m\"\nconfirm = \"2s\"\n[[destination]]\nname = \"inbox\"\ntype = \"webhook\"\nurl = %q\nsecret = \"stories\"\n", told.URL))
	var list strings.Builder
	for n := range pairs {
		fmt.Fprintf(&list, "%s/story/%d\n", news.URL, n)
	}
	file := filepath.Join(r.dir, "stories.txt")
	if err := os.WriteFile(file, []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	r.stet("watch", "import", file)
	p := r.start("run")
	awaitLooks(t, r, len(pairs), 1)
	edited.Store(true)
	awaitLooks(t, r, len(pairs), 2)
	time.Sleep(15 * time.Second) // second looks, and deliveries
	p.stop(t)
	report(t, pairs, told.urls(news.URL+"/story/"))
}

// perturb makes noisy and edited pairs of the corpus's pages.
func perturb(t *testing.T, corpus string) []realPair {
	t.Helper()
	out := t.TempDir()
	args := []string{filepath.Join(corpus, "..", "tools", "perturb.py"), corpus, out}
	if limit := os.Getenv("STET_CORPUS_PAGES"); limit != "" {
		args = append(args, "--limit", limit)
	}
	cmd := exec.Command("/usr/bin/python3", args...)
	if printed, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("make pairs (it needs Debian's python3-lxml): %v\n%s", err, printed)
	}
	f, err := os.Open(filepath.Join(out, "pairs.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var pairs []realPair
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var p realPair
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, p)
	}
	if lines.Err() != nil || len(pairs) == 0 {
		t.Fatalf("%d pairs, %v", len(pairs), lines.Err())
	}
	return pairs
}

// awaitLooks waits until every watch has been looked at so many times.
func awaitLooks(t *testing.T, r *room, watches, looks int) {
	t.Helper()
	since := time.Now()
	eventually(t, 10*time.Minute, fmt.Sprintf("look %d at each of %d stories", looks, watches), func() bool {
		time.Sleep(2 * time.Second)
		seen := 0
		for line := range strings.Lines(r.stet("watch", "list", "--json")) {
			var w struct {
				LastCheck *time.Time `json:"last_check"`
			}
			if err := json.Unmarshal([]byte(line), &w); err != nil {
				t.Fatal(err)
			}
			if w.LastCheck != nil && (looks == 1 || w.LastCheck.After(since)) {
				seen++
			}
		}
		return seen == watches
	})
}

// An inbox is a webhook destination that keeps what it is sent.
type inbox struct {
	*httptest.Server
	mu    sync.Mutex
	posts []map[string]any
}

func newInbox(t *testing.T) *inbox {
	i := &inbox{}
	i.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var post map[string]any
		if err := json.NewDecoder(r.Body).Decode(&post); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		i.mu.Lock()
		defer i.mu.Unlock()
		i.posts = append(i.posts, post)
	}))
	t.Cleanup(i.Close)
	return i
}

// urls returns the stories that alerts were about, by what follows prefix in
// their addresses.
func (i *inbox) urls(prefix string) map[string]bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	out := map[string]bool{}
	for _, post := range i.posts {
		text, _ := json.Marshal(post)
		if _, rest, ok := strings.Cut(string(text), prefix); ok {
			n, _, _ := strings.Cut(rest, `"`)
			out[n] = true
		}
	}
	return out
}

// report counts by kind, and fails where the shares are too high.
func report(t *testing.T, pairs []realPair, told map[string]bool) {
	t.Helper()
	type tally struct{ all, wrong int }
	kinds := map[string]*tally{}
	total := map[string]*tally{"none": {}, "edit": {}}
	for n, p := range pairs {
		kind := p.Expect + " " + p.Kind
		if kinds[kind] == nil {
			kinds[kind] = &tally{}
		}
		wrong := told[fmt.Sprint(n)] != (p.Expect == "edit")
		for _, c := range []*tally{kinds[kind], total[p.Expect]} {
			c.all++
			if wrong {
				c.wrong++
			}
		}
		if wrong {
			t.Logf("wrong: %s (%s)", p.ID, kind)
		}
	}
	var names []string
	for name := range kinds {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		t.Logf("%-24s %4d pairs, %d wrong", name, kinds[name].all, kinds[name].wrong)
	}
	noise, edits := total["none"], total["edit"]
	t.Logf("noise told %d of %d, edits missed %d of %d", noise.wrong, noise.all, edits.wrong, edits.all)
	if share := float64(noise.wrong) / float64(noise.all); share > mostNoiseTold {
		t.Errorf("%.1f %% of noisy pages are told, at most %.0f %% may be", 100*share, 100*mostNoiseTold)
	}
	if share := float64(edits.wrong) / float64(edits.all); share > mostEditsMissed {
		t.Errorf("%.1f %% of edits are missed, at most %.0f %% may be", 100*share, 100*mostEditsMissed)
	}
}
