package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"stet/cmd/stet/config"
	"stet/store"
	"stet/watcher"
)

// BenchmarkUnchanged counts checks of stories that did not change, through the
// real runner, client and store, against an outlet in the same process: what
// two cores do must serve both. One op is one check.
func BenchmarkUnchanged(b *testing.B) {
	page := storyPage("12") + "<script>" + strings.Repeat("noise = 1;\n", 14_500) + "</script>" // 160 KB, as pages are
	for _, bench := range []struct {
		name string
		etag string
	}{
		{"304", `"one"`},
		{"same bytes", ""},
	} {
		b.Run(bench.name, func(b *testing.B) {
			outlet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				if bench.etag != "" {
					w.Header().Set("ETag", bench.etag)
					if r.Header.Get("If-None-Match") == bench.etag {
						w.WriteHeader(http.StatusNotModified)
						return
					}
				}
				io.WriteString(w, page)
			}))
			defer outlet.Close()
			benchmarkChecks(b, outlet.URL)
		})
	}
}

// benchmarkChecks has watches of an outlet looked at b.N times, after a first
// look at each that is not counted.
func benchmarkChecks(b *testing.B, outlet string) {
	cfg := config.Default()
	cfg.Fetch.AllowPrivate = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	cfg.Fetch.PerHostInterval, cfg.Fetch.PerHostParallel, cfg.Fetch.RespectRobots = 0, 64, false
	db, err := store.Open(b.Context(), "sqlite:"+filepath.Join(b.TempDir(), "stet.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	c, err := client(cfg, quiet())
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	chk, err := checker(cfg, db, c)
	if err != nil {
		b.Fatal(err)
	}
	const watches = 1000
	for i := range watches {
		if _, _, err := addWatch(b.Context(), db, c, fmt.Sprintf("%s/story/%d", outlet, i), watcher.Watch{}); err != nil {
			b.Fatal(err)
		}
	}
	looks := make(chan watcher.Look, watches)
	var now atomic.Int64 // the watcher's clock: an hour later each time all were looked at
	now.Store(time.Now().UnixNano())
	chk.Now = func() time.Time { return time.Unix(0, now.Load()) }
	runner := &watcher.Runner{Checker: chk, Queue: db, Log: slog.New(slog.DiscardHandler), PerHost: 64, Tick: 5 * time.Millisecond,
		Looked: func(l watcher.Look, _ []watcher.Change) { looks <- l }}
	ctx, stop := context.WithCancel(b.Context())
	done := make(chan error, 1)
	go func() { done <- runner.Run(ctx) }()
	round := func(n int) {
		for range n {
			if l := <-looks; l.Result != watcher.Unchanged {
				b.Fatalf("a look came to %s: %s", l.Result, l.Reason)
			}
		}
		now.Add(int64(48 * time.Hour))
	}
	round(watches)
	b.ResetTimer()
	for left := b.N; left > 0; left -= watches {
		round(watches)
	}
	b.StopTimer()
	rounds := (b.N + watches - 1) / watches
	b.ReportMetric(float64(rounds*watches)/b.Elapsed().Seconds(), "checks/s")
	stop()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
}

// BenchmarkIdle measures what a stet process with 100,000 watches costs while
// none is due: the share of one core, and the memory that it holds.
func BenchmarkIdle(b *testing.B) {
	const watches = 100_000
	r := newRoom(b, "")
	db, err := store.Open(b.Context(), "sqlite:"+filepath.Join(r.dir, "stet.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	now := time.Now()
	for i := range watches {
		address := fmt.Sprintf("https://outlet%d.example/story/%d", i%500, i)
		w := watcher.Watch{URL: address, Key: strings.TrimPrefix(address, "https://"), State: watcher.Active, Added: now, NextCheck: now.Add(24 * time.Hour)}
		if _, _, err := db.AddWatch(b.Context(), w); err != nil {
			b.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	p := r.start("run")
	eventually(b, 10*time.Second, "stet run says that it watches", func() bool { return strings.Contains(p.String(), "history:") })
	time.Sleep(2 * time.Second)
	const span = 20 * time.Second
	before := cpuTime(b, p.cmd.Process.Pid)
	time.Sleep(span)
	used := cpuTime(b, p.cmd.Process.Pid) - before
	b.ReportMetric(100*used.Seconds()/span.Seconds(), "%core")
	b.ReportMetric(float64(residentBytes(b, p.cmd.Process.Pid))/1e6, "MB")
	b.ReportMetric(0, "ns/op")
}

// cpuTime returns the processor time that a process has used.
// Source: proc(5), /proc/pid/stat, fields 14 and 15, in hundredths of a second.
func cpuTime(b *testing.B, pid int) time.Duration {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Skip("no /proc here: ", err)
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	if err1 != nil || err2 != nil {
		b.Fatalf("/proc/%d/stat: %q", pid, text)
	}
	return time.Duration(user+system) * 10 * time.Millisecond
}

// residentBytes returns the memory that a process holds: proc(5), VmRSS.
func residentBytes(b *testing.B, pid int) int {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skip("no /proc here: ", err)
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kilobytes, err := strconv.Atoi(strings.Fields(value)[0])
			if err != nil {
				b.Fatal(err)
			}
			return kilobytes * 1024
		}
	}
	b.Fatal("no VmRSS in /proc")
	return 0
}
