package fetch

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

// benchmarkGet measures Gets of unchanged pages from one server, as fast as
// they go, with robots.txt respected.
func benchmarkGet(b *testing.B, r Request, h http.HandlerFunc) {
	s := serve(b, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, "User-agent: *\nDisallow: /search\nDisallow: /*?print=\nCrawl-delay: 0\n")
			return
		}
		h(w, r)
	})
	opts := loopback()
	opts.RespectRobots, opts.PerHostParallel = true, 16
	c := newTestClient(b, opts)
	r.URL = s.URL + "/2026/03/01/harbour"
	var bytes atomic.Int64
	b.ReportAllocs()
	b.SetParallelism(4)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			got, err := c.Get(b.Context(), r)
			if err != nil {
				b.Error(err)
				return
			}
			bytes.Add(int64(len(got.Body)))
		}
	})
	b.SetBytes(bytes.Load() / int64(b.N))
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "gets/s")
}

func BenchmarkGetNotModified(b *testing.B) {
	benchmarkGet(b, Request{ETag: `"v1"`}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		w.WriteHeader(http.StatusNotModified)
	})
}

// page is about as large and as compressible as a news page.
func page() []byte {
	var b strings.Builder
	for b.Len() < 160<<10 {
		fmt.Fprintf(&b, "<div class=\"c%x\"><p>The ferry number %d leaves the harbour at %d.</p></div>\n", rand.Uint64(), rand.IntN(1e6), rand.IntN(24))
	}
	return []byte(b.String())
}

func BenchmarkGetSameBytes(b *testing.B) {
	text := page()
	for _, coding := range []string{"identity", "gzip", "br", "zstd"} {
		sent := text
		if coding != "identity" {
			sent = coded(b, coding, text)
		}
		b.Run(coding, func(b *testing.B) {
			benchmarkGet(b, Request{}, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", coding)
				w.Write(sent)
			})
		})
	}
}
