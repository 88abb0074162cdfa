package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// asStet makes the test binary run as stet: for tests that need a process of
// its own, which can be killed.
const asStet = "STET_TEST_AS_STET"

func TestMain(m *testing.M) {
	if os.Getenv(asStet) != "" {
		main()
		return
	}
	testscript.Main(m, map[string]func(){"stet": main})
}

// TestScripts runs the terminal sessions under testdata/script. Each has an
// outlet on loopback, whose pages are the files that the script writes to
// $WORK/www, and a config that lets stet fetch from it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			www := filepath.Join(env.WorkDir, "www")
			if err := os.MkdirAll(www, 0o755); err != nil {
				return err
			}
			outlet := httptest.NewServer(http.FileServer(http.Dir(www)))
			env.Defer(outlet.Close)
			config := "[fetch]\nallow_private = [\"127.0.0.0/8\"]\nper_host_interval = \"0s\"\n[web]\nlisten = \"127.0.0.1:0\"\n"
			file := filepath.Join(env.WorkDir, "test.toml")
			if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
				return err
			}
			env.Setenv("OUTLET", outlet.URL)
			env.Setenv("STET_CONFIG", file)
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "data"))
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, "config"))
			env.Setenv("NO_COLOR", "1")
			return nil
		},
	})
}

// An outlet is a news server whose pages a test sets.
type outlet struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string // by path; "" answers 404
	asked map[string]int
}

func newOutlet(t *testing.T) *outlet {
	o := &outlet{pages: map[string]string{}, asked: map[string]int{}}
	o.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.mu.Lock()
		o.asked[r.URL.Path]++
		page := o.pages[r.URL.Path]
		o.mu.Unlock()
		if page == "" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page)
	}))
	t.Cleanup(o.Close)
	return o
}

func (o *outlet) set(path, page string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pages[path] = page
}

// A room is a place on disk where stet processes of a test run: a config, a
// store and an environment of their own.
type room struct {
	t      testing.TB
	dir    string
	config string
}

// newRoom makes a room whose config lets stet fetch from loopback; more is
// added to that config.
func newRoom(t testing.TB, more string) *room {
	t.Helper()
	r := &room{t: t, dir: t.TempDir()}
	r.config = filepath.Join(r.dir, "stet.toml")
	text := fmt.Sprintf("[store]\nurl = \"sqlite:%s\"\n[fetch]\nallow_private = [\"127.0.0.0/8\"]\nper_host_interval = \"0s\"\nper_host_parallel = 8\n[web]\nlisten = \"127.0.0.1:0\"\n%s",
		filepath.ToSlash(filepath.Join(r.dir, "stet.db")), more)
	if err := os.WriteFile(r.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return r
}

// command returns a stet process that is not started yet.
func (r *room) command(ctx context.Context, args ...string) *exec.Cmd {
	r.t.Helper()
	self, err := os.Executable()
	if err != nil {
		r.t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), asStet+"=1", "STET_CONFIG="+r.config, "HOME="+r.dir, "NO_COLOR=1")
	return cmd
}

// stet runs a command to its end and returns what it printed.
func (r *room) stet(args ...string) string {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 2*time.Minute)
	defer cancel()
	cmd := r.command(ctx, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		r.t.Fatalf("stet %s: %v\n%s%s", strings.Join(args, " "), err, stdout.String(), stderr.String())
	}
	return stdout.String()
}

// start starts a command that runs until it is stopped; what it prints goes to
// the test's log if the test fails.
func (r *room) start(args ...string) *process {
	r.t.Helper()
	p := &process{cmd: r.command(context.Background(), args...), output: &bytes.Buffer{}}
	p.cmd.Stdout, p.cmd.Stderr = p, p
	if err := p.cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	p.done = make(chan struct{})
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	r.t.Cleanup(func() {
		p.kill()
		if r.t.Failed() {
			r.t.Logf("stet %s printed:\n%s", strings.Join(args, " "), p.String())
		}
	})
	return p
}

// A process is a stet that runs.
type process struct {
	cmd    *exec.Cmd
	done   chan struct{}
	err    error // once done is closed
	mu     sync.Mutex
	output *bytes.Buffer
}

func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.output.Write(b)
}

// String returns what the process has printed so far.
func (p *process) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.output.String()
}

// kill kills the process as kill -9 does, and waits until it is gone.
func (p *process) kill() {
	p.cmd.Process.Kill()
	<-p.done
}

// stop asks the process to stop as Ctrl-C does, and returns how long it took.
func (p *process) stop(t *testing.T) time.Duration {
	t.Helper()
	start := time.Now()
	p.cmd.Process.Signal(os.Interrupt)
	select {
	case <-p.done:
	case <-time.After(15 * time.Second):
		t.Error("stet did not stop within 15 s of SIGINT")
		p.kill()
	}
	if p.err != nil {
		t.Errorf("stet ended with %v after SIGINT, want exit code 0", p.err)
	}
	return time.Since(start)
}

// eventually waits until a condition holds.
func eventually(t testing.TB, within time.Duration, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	if !holds() {
		t.Fatalf("not within %v: %s", within, what)
	}
}
