package peers

import (
	"bytes"
	"fmt"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"stet/watcher/article"
)

// A reader finds the text of a page's story, or "". Each is given the page as
// it was sent, and is through when its text is there.
type reader struct {
	name string
	read func(realPage) string
}

var (
	stet = reader{"stet", func(p realPage) string {
		a, _ := article.Read(pageOf(p))
		return a.Text()
	}}

	// The peers as their documentation has them used. Trafilatura asks
	// readability and dom-distiller too where it is not sure, which reads
	// better and takes longer; it is measured both ways.
	others = []reader{
		{"trafilatura", func(p realPage) string { return readTrafilatura(p, true) }},
		{"trafilatura-alone", func(p realPage) string { return readTrafilatura(p, false) }},
		{"readability", readReadability},
	}

	// The parser that all of them build on, and nothing else.
	parser = reader{"parser", func(p realPage) string {
		html.Parse(bytes.NewReader(p.html)) // fails only where its Reader does
		return ""
	}}
)

func pageOf(p realPage) article.Page {
	return article.Page{URL: p.url, Status: 200, Body: p.html}
}

func readTrafilatura(p realPage, fallback bool) string {
	u, _ := url.Parse(p.url) // nil where it is no address; the reader does without
	r, err := trafilatura.Extract(bytes.NewReader(p.html), trafilatura.Options{OriginalURL: u, EnableFallback: fallback, ExcludeComments: true})
	if err != nil {
		return ""
	}
	return r.ContentText
}

func readReadability(p realPage) string {
	u, _ := url.Parse(p.url)
	a, err := readability.FromReader(bytes.NewReader(p.html), u)
	if err != nil || a.Node == nil {
		return ""
	}
	var text strings.Builder
	if err := a.RenderText(&text); err != nil {
		return ""
	}
	return text.String()
}

// rereader returns stet reading pages again, with what its first reading left.
func rereader(pages []realPage) reader {
	outlines := make(map[string]article.Outline, len(pages))
	for _, p := range pages {
		_, outlines[p.id] = article.Read(pageOf(p))
	}
	return reader{"stet, re-read", func(p realPage) string {
		a, _ := article.Reread(pageOf(p), outlines[p.id])
		return a.Text()
	}}
}

// oneCore holds the program to one core until the test ends, garbage
// collection included.
func oneCore(t testing.TB) {
	was := runtime.GOMAXPROCS(1)
	t.Cleanup(func() { runtime.GOMAXPROCS(was) })
}

func BenchmarkFirstReading(b *testing.B) {
	pages := corpus(b)
	for _, r := range append([]reader{stet, parser}, others...) {
		b.Run(r.name, func(b *testing.B) { benchmark(b, pages, r) })
	}
}

func BenchmarkReread(b *testing.B) {
	pages := corpus(b)
	b.Run(stet.name, func(b *testing.B) { benchmark(b, pages, rereader(pages)) })
}

// benchmark reads all pages in each iteration, so that every reader has the
// same ones however often it comes round.
func benchmark(b *testing.B, pages []realPage, r reader) {
	oneCore(b)
	rounds := 0
	for b.Loop() {
		for _, p := range pages {
			r.read(p)
		}
		rounds++
	}
	seconds := b.Elapsed().Seconds()
	b.ReportMetric(float64(rounds*len(pages))/seconds, "pages/s")
	b.ReportMetric(float64(rounds*bytesOf(pages))/1e6/seconds, "MB/s")
	b.ReportMetric(float64(bytesOf(pages))/float64(len(pages))/1e3, "KB/page")
}

// passes is how often the pages are read to see how fast a reader is; the best
// counts, as the machine may have other work.
const passes = 3

// A figure is what one reader showed.
type figure struct {
	reader
	took  time.Duration // for all pages
	found []string      // each page's text
}

// TestStetIsFasterAndReadsBetterThanItsPeers compares in one run, readers in
// turn, so that a busy machine slows all of them alike. How fast stet is to be
// is the benchmarks' matter; here it is only to be ahead.
func TestStetIsFasterAndReadsBetterThanItsPeers(t *testing.T) {
	pages := corpus(t)
	oneCore(t)
	first, again, bare := figure{reader: stet}, figure{reader: rereader(pages)}, figure{reader: parser}
	all := []*figure{&first, &again, &bare}
	for _, r := range others {
		all = append(all, &figure{reader: r})
	}
	for range passes {
		for _, f := range all {
			f.readAll(pages)
		}
	}

	size := float64(bytesOf(pages))
	t.Logf("%d pages of %.0f KB, one core", len(pages), size/float64(len(pages))/1e3)
	t.Logf("%-18s %8s %7s %9s %8s %10s %7s", "", "pages/s", "MB/s", "x parser", "body F1", "precision", "recall")
	scores := map[*figure]score{}
	for _, f := range all {
		scores[f] = scoreOf(pages, f.found)
		s, seconds := scores[f], f.took.Seconds()
		line := fmt.Sprintf("%-18s %8.0f %7.1f %9.2f", f.name, float64(len(pages))/seconds, size/1e6/seconds, bare.took.Seconds()/seconds)
		if f != &bare {
			line += fmt.Sprintf(" %8.4f %10.4f %7.4f", s.f1, s.precision, s.recall)
		}
		t.Log(line)
	}
	for _, f := range all[3:] { // the peers
		t.Logf("stet beside %s: %.1f times as fast, %.1f times on a re-read", f.name, f.took.Seconds()/first.took.Seconds(), f.took.Seconds()/again.took.Seconds())
		if f.took <= first.took {
			t.Errorf("%s read the pages in %v, stet in %v; stet is to be faster", f.name, f.took, first.took)
		}
		if scores[f].f1 >= scores[&first].f1 {
			t.Errorf("%s has a body F1 of %.4f, stet of %.4f; stet is to read better", f.name, scores[f].f1, scores[&first].f1)
		}
	}
}

// readAll reads all pages and keeps the time where it is the best so far.
func (f *figure) readAll(pages []realPage) {
	f.found = make([]string, len(pages))
	runtime.GC() // no reader pays for the one before
	start := time.Now()
	for i, p := range pages {
		f.found[i] = f.read(p)
	}
	if took := time.Since(start); f.took == 0 || took < f.took {
		f.took = took
	}
}
