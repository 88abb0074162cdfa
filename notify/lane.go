package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"
)

// A lane sends one destination's deliveries, one after the other, in order. A
// delivery that is to be tried again holds up those behind it, so that alerts
// stay in order, and one that gathers updates does not; from its Patience-th try on they may pass, so that one message that
// a destination always chokes on does not silence it.
type lane struct {
	d    *Dispatcher
	dest Destination
	log  *slog.Logger
	wake chan struct{}

	mu    sync.Mutex // held while one delivery is claimed, sent and marked
	until time.Time  // nothing is claimed before
	off   bool       // switched off for as long as this process runs
}

// Patience is the tries of a delivery for which those behind it wait: two to four
// minutes, by backoff.
const Patience = 8

const (
	passPause = 30 * time.Second // between deliveries that pass a stuck one

	backoffFirst = 2 * time.Second
	backoffMost  = time.Hour
	askedMost    = 24 * time.Hour // a destination that asks for longer is asked again after this

	leaseMargin  = 15 * time.Second // more than SendLimit and the marking take
	flushPatient = 5 * time.Second  // the longest wait within Flush,
	flushWaits   = 5                // and the most of them
	offPause     = time.Minute      // where a switch-off could not be written
	markLimit    = 5 * time.Second  // for writing down what became of a delivery
)

func newLane(d *Dispatcher, dest Destination) *lane {
	return &lane{d: d, dest: dest, log: d.Log.With("destination", dest.Name), wake: make(chan struct{}, 1)}
}

// run sends what is due whenever the lane is woken, until ctx ends.
func (l *lane) run(ctx context.Context) {
	troubles := 0 // errors of the outbox in a row
	for ctx.Err() == nil {
		on, _, err := l.step(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			troubles++
			l.log.ErrorContext(ctx, "deliveries could not be read or marked, trying again", "err", err)
			sleep(ctx, min(time.Duration(troubles)*time.Second, 30*time.Second))
		case on:
			troubles = 0
		default:
			troubles = 0
			l.rest(ctx)
		}
	}
}

// rest waits until there may be something to send.
func (l *lane) rest(ctx context.Context) {
	if wait := l.paused(); wait > 0 {
		sleep(ctx, wait)
		return
	}
	select {
	case <-ctx.Done():
	case <-l.wake:
	}
}

// paused returns how long nothing is to be claimed.
func (l *lane) paused() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.until)
}

// flush sends what is due and says what could not be sent.
func (l *lane) flush(ctx context.Context) error {
	var failed []error // the deliveries that failed for good
	var held error     // why the rest waits
	for waits := 0; ctx.Err() == nil && waits < flushWaits; {
		on, problem, err := l.step(ctx)
		if err != nil {
			return fmt.Errorf("destination %s: %w", l.dest.Name, err)
		}
		if on {
			failed = append(failed, problem)
			held = nil
			continue
		}
		if problem != nil {
			held = problem
		}
		wait := l.paused()
		if wait <= 0 || wait > flushPatient {
			break
		}
		waits++
		sleep(ctx, wait)
	}
	if err := errors.Join(append(failed, held, ctx.Err())...); err != nil {
		return fmt.Errorf("destination %s: %w", l.dest.Name, err)
	}
	return nil
}

// step claims one delivery, sends it and marks what became of it. It reports
// whether there may be another to send now; problem is what went wrong with
// the delivery, err what went wrong with the outbox.
func (l *lane) step(ctx context.Context) (on bool, problem, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.off || time.Now().Before(l.until) {
		return false, nil, nil
	}
	// One at a time: a claim counts as an attempt, and senders tell by the
	// attempts whether a message may be there already.
	claimed, err := l.d.Outbox.Claim(ctx, l.dest.Name, time.Now(), l.d.SendLimit+leaseMargin, 1)
	if err != nil {
		return false, nil, fmt.Errorf("claim a delivery: %w", err)
	}
	if len(claimed) == 0 {
		return false, nil, nil
	}
	d := claimed[0]
	l.d.linkAll(d)
	message, problem := l.send(ctx, d)
	mark, cancel := context.WithTimeout(context.WithoutCancel(ctx), markLimit)
	defer cancel()
	on, err = l.settle(ctx, mark, d, message, problem)
	return on, problem, err
}

// settle marks what became of a delivery and reports whether the lane goes on.
func (l *lane) settle(ctx, mark context.Context, d Delivery, message string, problem error) (on bool, err error) {
	log := l.log.With("delivery", d.ID, "attempt", d.Attempts+1)
	var later *LaterError
	var gone *GoneError
	switch {
	case problem == nil:
		log.InfoContext(ctx, "delivered", "message", message)
		return true, l.markSent(mark, d.ID, message)

	case errors.As(problem, &gone):
		log.ErrorContext(ctx, "destination is switched off; its deliveries are kept until its settings change", "err", problem)
		return false, l.switchOff(mark, d.ID, gone.Error())

	case ctx.Err() != nil && errors.Is(problem, context.Canceled):
		log.InfoContext(ctx, "stopped before an answer came; the delivery is given back")
		return false, l.d.Outbox.Postpone(mark, d.ID, time.Now(), "stet was stopped before an answer came")

	case errors.As(problem, &later):
		wait, pause := l.waits(d, later.After)
		l.until = time.Now().Add(pause)
		log.WarnContext(ctx, "destination takes no delivery now", "err", problem, "wait", wait.Round(time.Millisecond))
		return false, l.d.Outbox.Postpone(mark, d.ID, time.Now().Add(wait), problem.Error())
	}
	log.ErrorContext(ctx, "delivery failed for good", "err", problem)
	return true, l.d.Outbox.Fail(mark, d.ID, problem.Error())
}

// switchOff holds the destination's deliveries and gives this one back. If
// that cannot be written down, the destination is left alone for a while: one
// that says no is not to be asked again and again.
func (l *lane) switchOff(mark context.Context, id, why string) error {
	err := l.d.Outbox.SwitchOff(mark, Off{l.dest.Name, l.dest.Fingerprint, why, time.Now().UTC()})
	if err != nil {
		l.until = time.Now().Add(offPause)
		return fmt.Errorf("switch off: %w", err)
	}
	l.off = true
	return l.d.Outbox.Postpone(mark, id, time.Now(), why)
}

// markSent marks an accepted delivery. It is stubborn: a mark that is lost
// means a second sending.
func (l *lane) markSent(mark context.Context, id, message string) (err error) {
	for try := range 5 {
		if err = l.d.Outbox.Sent(mark, id, message, time.Now().UTC()); err == nil {
			return nil
		}
		sleep(mark, time.Duration(try+1)*100*time.Millisecond)
	}
	return fmt.Errorf("mark delivery %s as sent: %w", id, err)
}

// waits returns how long a delivery waits, and how long its lane does.
func (l *lane) waits(d Delivery, asked time.Duration) (delivery, lane time.Duration) {
	if asked > 0 {
		delivery = min(asked, askedMost)
		return delivery, delivery
	}
	delivery = backoff(d.Attempts)
	if d.Attempts+1 >= Patience {
		return delivery, min(delivery, passPause)
	}
	return delivery, delivery
}

// backoff returns the wait after the attempt with that many before it: 2 s,
// doubled each time, at most an hour, of which a random half is taken off at
// most ("equal jitter").
func backoff(attempts int) time.Duration {
	most := backoffMost
	if attempts < 12 {
		most = min(backoffFirst<<max(attempts, 0), backoffMost)
	}
	return most/2 + rand.N(most/2+1)
}

// send makes one try, within SendLimit, and within StopGrace once ctx has
// ended. A Send that panics, or that does not come back, is tried again later.
func (l *lane) send(ctx context.Context, d Delivery) (message string, err error) {
	sending, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.d.SendLimit)
	defer cancel()
	stop := context.AfterFunc(ctx, func() {
		sleep(sending, l.d.StopGrace)
		cancel()
	})
	defer stop()

	type outcome struct {
		message string
		err     error
	}
	done := make(chan outcome, 1)
	go func() {
		message, err := l.guarded(sending, d)
		done <- outcome{message, err}
	}()
	select {
	case o := <-done:
		return o.message, laterIfCut(sending, o.err)
	case <-sending.Done():
	}
	// It should return at once now; it is not waited for if it does not.
	select {
	case o := <-done:
		return o.message, laterIfCut(sending, o.err)
	case <-time.After(time.Second):
		return "", laterIfCut(sending, fmt.Errorf("no answer: %w", context.Cause(sending)))
	}
}

// laterIfCut makes an error of a Send whose time was up, or that was stopped,
// one to try again.
func laterIfCut(sending context.Context, err error) error {
	if err == nil || sending.Err() == nil {
		return err
	}
	var later *LaterError
	var gone *GoneError
	if errors.As(err, &later) || errors.As(err, &gone) {
		return err
	}
	return &LaterError{Err: errors.Join(err, sending.Err())}
}

// guarded calls Send and makes an error of a panic.
func (l *lane) guarded(ctx context.Context, d Delivery) (message string, err error) {
	defer func() {
		if p := recover(); p != nil {
			l.log.ErrorContext(ctx, "sender panicked", "delivery", d.ID, "panic", p, "stack", string(debug.Stack()))
			err = &LaterError{Err: fmt.Errorf("the sender panicked: %v", p)}
		}
	}()
	return l.dest.Send(ctx, d)
}

// sleep waits for d or until ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
