package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
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
		return err
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
// net.Listen takes them, can be reached from this machine alone.
func CheckListen(listen string) error {
	_, port, err := net.SplitHostPort(listen)
	if err != nil {
		return fmt.Errorf("web.listen is %q: give an address and a port, such as 127.0.0.1:8321", listen)
	}
	if !loopback(hostname(listen)) {
		return fmt.Errorf("web.listen is %q: other machines could read the pages there, and they have no password yet; "+
			"passwords come with a later version. Listen on 127.0.0.1:%s", listen, port)
	}
	return nil
}
