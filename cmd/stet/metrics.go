package main

import (
	"context"
	"fmt"
	"io"
	"time"

	vm "github.com/VictoriaMetrics/metrics"

	"stet/store"
	"stet/watcher"
)

// metrics counts what a service does, in Prometheus' text format.
type metrics struct {
	set *vm.Set
	db  *store.DB
}

func newMetrics(db *store.DB) *metrics {
	return &metrics{set: vm.NewSet(), db: db}
}

// looked counts a look and the changes that it found.
func (m *metrics) looked(l watcher.Look, changes []watcher.Change) {
	m.count(`stet_checks_total{result=%q}`, l.Result)
	if l.Watch.LastFailure != "" {
		m.count(`stet_check_failures_total{kind=%q}`, l.Watch.LastFailure)
	}
	m.set.GetOrCreateHistogram("stet_check_seconds").Update(l.Took.Seconds())
	for _, c := range changes {
		m.set.GetOrCreateCounter(fmt.Sprintf(`stet_changes_total{nature=%q,weight=%q,disclosure=%q}`,
			c.Nature, c.Weight, c.Disclosure)).Inc()
	}
}

func (m *metrics) count(name string, label any) {
	m.set.GetOrCreateCounter(fmt.Sprintf(name, label)).Inc()
}

// statusTime is the most a scrape waits for the store.
const statusTime = 5 * time.Second

// write writes all metrics. What the store can count is read from it now.
func (m *metrics) write(w io.Writer) {
	m.set.WritePrometheus(w)
	vm.WriteProcessMetrics(w)
	ctx, cancel := context.WithTimeout(context.Background(), statusTime)
	defer cancel()
	s, err := m.db.Status(ctx, time.Now())
	if err != nil {
		return // /readyz says that the store does not answer
	}
	for _, g := range []struct {
		name  string
		value int
	}{
		{`stet_watches{state="active"}`, s.Active},
		{`stet_watches{state="paused"}`, s.Paused},
		{`stet_watches_gone`, s.Gone},
		{`stet_watches_failing`, s.Failing},
		{`stet_watches_quarantined`, s.Quarantined},
		{`stet_watches_due`, s.Due},
		{`stet_watches_late`, s.Late},
		{`stet_revisions`, s.Revisions},
		{`stet_changes`, s.Changes},
		{`stet_deliveries_waiting`, s.Waiting},
		{`stet_deliveries_undelivered`, s.Undelivered},
	} {
		fmt.Fprintf(w, "%s %d\n", g.name, g.value)
	}
}
