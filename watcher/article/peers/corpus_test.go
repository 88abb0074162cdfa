package peers

import (
	"cmp"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A realPage is a page of STET_CORPUS, a folder in the layout of the
// article-extraction-benchmark: html/ID.html.gz and ground-truth.json. Real
// pages are not ours to publish; without that variable the tests skip.
type realPage struct {
	id   string
	url  string
	html []byte
	body string // the story's true text
}

// corpus reads all pages, in the order of their ids.
func corpus(t testing.TB) []realPage {
	t.Helper()
	dir := os.Getenv("STET_CORPUS")
	if dir == "" {
		t.Skip("STET_CORPUS names no folder of real pages")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string]struct{ ArticleBody, URL string }
	if err := json.Unmarshal(raw, &truth); err != nil {
		t.Fatalf("ground-truth.json: %v", err)
	}
	if len(truth) == 0 {
		t.Fatal("ground-truth.json names no page")
	}
	var pages []realPage
	for id, v := range truth {
		pages = append(pages, realPage{id, v.URL, unzip(t, filepath.Join(dir, "html", id+".html.gz")), v.ArticleBody})
	}
	slices.SortFunc(pages, func(a, b realPage) int { return cmp.Compare(a.id, b.id) })
	return pages
}

func unzip(t testing.TB, file string) []byte {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return data
}

// bytesOf returns the size of all pages.
func bytesOf(pages []realPage) (n int) {
	for _, p := range pages {
		n += len(p.html)
	}
	return n
}

var wordRun = regexp.MustCompile(`[\p{L}\p{N}\p{M}_]+`)

// grams counts the word 4-grams of a text.
func grams(s string) map[string]int {
	w := wordRun.FindAllString(s, -1)
	out := map[string]int{}
	if len(w) > 0 && len(w) < 4 {
		out[strings.Join(w, " ")]++
	}
	for i := 0; i+4 <= len(w); i++ {
		out[strings.Join(w[i:i+4], " ")]++
	}
	return out
}

// A score is how well a reader finds the stories' texts, each from 0 to 1.
type score struct{ f1, precision, recall float64 }

// scoreOf measures as the article-extraction-benchmark does: the word 4-grams
// of the true and the found text are matched as multisets, precision and recall
// are averaged over the pages, and F1 is taken of the two averages. A page of
// which nothing was found counts for recall alone.
// Source: https://github.com/scrapinghub/article-extraction-benchmark
func scoreOf(pages []realPage, found []string) score {
	var precision, recall float64
	answered := 0
	for i, p := range pages {
		truth, got := grams(p.body), grams(found[i])
		common := 0
		for g, n := range truth {
			common += min(n, got[g])
		}
		if n := total(got); n > 0 {
			answered++
			precision += float64(common) / float64(n)
		}
		if n := total(truth); n > 0 {
			recall += float64(common) / float64(n)
		}
	}
	s := score{precision: precision / float64(max(answered, 1)), recall: recall / float64(len(pages))}
	if s.precision+s.recall > 0 {
		s.f1 = 2 * s.precision * s.recall / (s.precision + s.recall)
	}
	return s
}

func total(grams map[string]int) (n int) {
	for _, k := range grams {
		n += k
	}
	return n
}
