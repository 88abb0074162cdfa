package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Times and sizes that bound one connection. A page is at most a few hundred
// kilobytes, a captured source at most 5 MiB, and all readers are on this
// machine.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	drainTimeout  = 3 * time.Second
	maxHeader     = 16 << 10
)

// Serve answers requests on l until ctx ends; then it takes no more, lets
// those under way finish for up to 3 seconds, and returns nil. It closes l. A
// listener that other machines can reach is refused.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	if err := CheckListen(l.Addr().String()); err != nil {
		l.Close()
		return fmt.Errorf("listen on %s: %w", l.Addr(), err)
	}
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve pages on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	err := srv.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close() // whoever is still reading is cut off
	}
	<-ended
	if err != nil {
		return fmt.Errorf("stop serving pages on %s: %w", l.Addr(), err)
	}
	return nil
}

// CheckListen returns an error in words unless listen, a host and port as
// net.Listen takes them, can be reached from this machine alone: the pages show
// stored stories, and have no password yet. The words are to stand behind the
// address.
func CheckListen(listen string) error {
	_, port, err := net.SplitHostPort(listen)
	if err != nil {
		return errors.New("write a host and a port, such as 127.0.0.1:8321")
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("the port %q is no number from 0 to 65535; write an address such as 127.0.0.1:8321", port)
	}
	if !Loopback(hostname(listen)) {
		return fmt.Errorf("the pages have no password yet, so only this machine may reach them; write 127.0.0.1:%s", port)
	}
	return nil
}
