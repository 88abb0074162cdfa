package web

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// TestInChromium opens every page in a real browser, as narrow as a phone held
// upright may be. STET_CHROMIUM names the browser's binary.
func TestInChromium(t *testing.T) {
	binary := os.Getenv("STET_CHROMIUM")
	if binary == "" {
		t.Skip("STET_CHROMIUM does not name a Chromium to try the pages in")
	}
	s := serve(t, invented())
	server := httptest.NewServer(s)
	defer server.Close()
	var addresses []string
	crawl(t, s, func(path string, _ *httptest.ResponseRecorder, _ *html.Node) {
		addresses = append(addresses, server.URL+path)
	})
	explained := standalonePage(t, "explained.html", func(w io.Writer) error {
		a, blocks := pageRead()
		return WriteExplained(w, a, blocks)
	})
	addresses = append(addresses, explained, standalonePage(t, "diff.html", func(w io.Writer) error { return WriteDiff(w, *silentEdit()) }))

	b := openBrowser(t, binary)
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": 320, "height": 720, "deviceScaleFactor": 1, "mobile": true})
	for _, scheme := range []string{"light", "dark"} {
		b.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}})
		for _, address := range addresses {
			b.open(address)
			if got := b.eval("document.scrollingElement.scrollWidth"); got != 320.0 {
				t.Errorf("%s is %v px wide in a window of 320: %v", address, got, b.eval(widest))
			}
			if got := b.eval("matchMedia('(prefers-color-scheme: dark)').matches == (getComputedStyle(document.body).color == 'rgb(233, 234, 231)')"); got != true {
				t.Errorf("%s does not have the stylesheet's ink in %s", address, scheme)
			}
			if got := b.eval(smallTargets); got != "" {
				t.Errorf("%s has controls under 24 px: %v", address, got)
			}
		}
		b.open(explained)
		if got := b.eval(faint); got != "" {
			t.Errorf("in %s, words of the explained page have too little contrast: %v", scheme, got)
		}
	}
	const shown = "[...document.querySelectorAll('.judged > li')].filter(e => e.offsetHeight > 0).length"
	all := b.eval(shown)
	b.eval("document.querySelector('label').click()")
	if some := b.eval(shown); all != 8.0 || some != 6.0 {
		t.Errorf("the explained page shows %v runs of blocks, and %v of them without those left out; want 8 and 6", all, some)
	}
	for _, complaint := range b.complaints {
		t.Error(complaint)
	}
}

// widest names the elements that stand out of the window, smallTargets the
// controls that are too small to be hit (WCAG 2.2, 2.5.8; links in a sentence
// are exempt), faint the words with a contrast under 4.5:1 (1.4.3).
const (
	widest = `[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > 320.5)
		.map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right)).slice(0, 5).join(', ')`
	smallTargets = `[...document.querySelectorAll('button, .button, select, input, summary, .nav a, .tail a, .logo')]
		.filter(e => { const r = e.getBoundingClientRect(); return r.width > 0 && (r.height < 24 || r.width < 24) })
		.map(e => e.outerHTML.slice(0, 80)).join(', ')`
	faint = `(() => {
		const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b }
		const ground = e => { const c = getComputedStyle(e).backgroundColor; return c == 'rgba(0, 0, 0, 0)' ? ground(e.parentElement) : c }
		const contrast = e => { const [a, b] = [getComputedStyle(e).color, ground(e)].map(light).sort((a, b) => b - a); return (a + .05) / (b + .05) }
		return [...document.querySelectorAll('main *')].filter(e => e.innerText && contrast(e) < 4.5).map(e => e.outerHTML.slice(0, 80) + ' ' + contrast(e)).join(', ')
	})()`
)

// standalonePage writes a page of its own as a file and returns its address.
func standalonePage(t *testing.T, name string, write func(io.Writer) error) string {
	t.Helper()
	_, page := readPage(t, write)
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	return "file://" + file
}

// A browser is a Chromium driven through its debugging pipe: messages of JSON,
// each ended by a zero byte, to its file 3 and from its file 4.
// Source: https://chromedevtools.github.io/devtools-protocol/
type browser struct {
	t          *testing.T
	to         *os.File
	from       *bufio.Reader
	session    string
	last       int
	loaded     bool
	complaints []string // what the console said, and dialogs that opened
}

func openBrowser(t *testing.T, binary string) *browser {
	t.Helper()
	profile, err := os.MkdirTemp("", "stet-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	commands, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, answers, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--hide-scrollbars", "--user-data-dir="+profile, "--remote-debugging-pipe")
	cmd.ExtraFiles = []*os.File{commands, answers}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	commands.Close()
	answers.Close()
	from.SetReadDeadline(time.Now().Add(2 * time.Minute))
	t.Cleanup(func() {
		to.Close() // ends the browser
		cmd.Wait()
		from.Close()
		os.RemoveAll(profile) // what is left is in the system's folder for such things
	})
	b := &browser{t: t, to: to, from: bufio.NewReader(from)}
	target := b.call("Target.createTarget", map[string]any{"url": "about:blank"})
	b.session = b.call("Target.attachToTarget", map[string]any{"targetId": target["targetId"], "flatten": true})["sessionId"].(string)
	for _, domain := range []string{"Page", "Log", "Runtime"} {
		b.call(domain+".enable", nil)
	}
	return b
}

// open loads a page and waits until all of it is there.
func (b *browser) open(address string) {
	b.t.Helper()
	b.loaded = false
	b.call("Page.navigate", map[string]any{"url": address})
	for !b.loaded {
		b.heed(b.read())
	}
}

// eval returns what an expression is worth in the open page.
func (b *browser) eval(expression string) any {
	b.t.Helper()
	answer := b.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true})
	return answer["result"].(map[string]any)["value"]
}

// A message is a command to the browser, an answer or an event from it.
type message struct {
	ID      int            `json:"id,omitempty"`
	Session string         `json:"sessionId,omitempty"`
	Method  string         `json:"method,omitempty"`
	Params  any            `json:"params,omitempty"`
	Result  map[string]any `json:"result,omitempty"`
	Error   any            `json:"error,omitempty"`
}

// call sends a command and returns its answer.
func (b *browser) call(method string, params any) map[string]any {
	b.t.Helper()
	b.last++
	data, err := json.Marshal(message{ID: b.last, Session: b.session, Method: method, Params: params})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.to.Write(append(data, 0)); err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
	for {
		m := b.read()
		if m.ID != b.last {
			b.heed(m)
			continue
		}
		if m.Error != nil {
			b.t.Fatalf("%s: %v", method, m.Error)
		}
		return m.Result
	}
}

func (b *browser) read() message {
	b.t.Helper()
	data, err := b.from.ReadBytes(0)
	if err != nil {
		b.t.Fatalf("read from the browser: %v", err)
	}
	var m message
	if err := json.Unmarshal(data[:len(data)-1], &m); err != nil {
		b.t.Fatal(err)
	}
	return m
}

// heed takes note of an event.
func (b *browser) heed(m message) {
	switch m.Method {
	case "Page.loadEventFired":
		b.loaded = true
	case "Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Page.javascriptDialogOpening":
		said := fmt.Sprint(m.Params)
		if len(said) > 500 {
			said = strings.ToValidUTF8(said[:500], "") + "…"
		}
		b.complaints = append(b.complaints, m.Method+": "+said)
	}
}
