package notify

import (
	"context"
	"testing"
	"time"
)

// BenchmarkWakeToSend measures the time from Wake, after a change was kept, to
// the call of Send.
func BenchmarkWakeToSend(b *testing.B) {
	box := newBox()
	sent := make(chan time.Time, 1)
	s := &sender{f: func(context.Context, Delivery) (string, error) { sent <- time.Now(); return "1", nil }}
	d, err := NewDispatcher(Config{Outbox: box, Log: quiet(), Destinations: []Destination{{Name: "a", Sender: s}}})
	if err != nil {
		b.Fatal(err)
	}
	stop := start(d)
	defer stop()
	var worst time.Duration
	for i := 0; b.Loop(); i++ {
		box.mu.Lock()
		box.rows = nil
		box.mu.Unlock()
		woken := time.Now()
		box.add(told(int64(i)))
		d.Wake()
		worst = max(worst, (<-sent).Sub(woken))
		for len(box.states()) > 0 && box.states()[0][len(box.states()[0])-4:] != "sent" {
			time.Sleep(10 * time.Microsecond) // its mark is still to be written
		}
	}
	b.ReportMetric(float64(worst.Microseconds()), "worst-µs")
}
