package config

import (
	"fmt"
	"net/http"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"stet/watcher/fetch"
)

func TestASiteIsReadWithItsSecrets(t *testing.T) {
	clearEnvironment(t)
	dir := t.TempDir()
	t.Setenv("PAPER_TOKEN", " Bearer from-environment ")
	write(t, dir, "key", "from-file\n")
	write(t, dir, "cookies.txt", ".paper.example\tTRUE\t/\tTRUE\t1800000000\tid\t7\nother.example\tFALSE\t/\tFALSE\t0\tid\t8\nwww.paper.example\tFALSE\t/\tFALSE\t0\tview\twide\n")
	c, err := Load(write(t, dir, "stet.toml", `
[[site]]
hosts = ["Paper.example"]
article = "main .story"
ignore = [".ask", "aside"]
headers = { authorization = { env = "PAPER_TOKEN" }, X-Key = { file = "key" }, X-Open = "given" }
cookie_file = "cookies.txt"
user_agent = "newsdesk/1"
accept_language = "nl"
[[site]]
hosts = ["*.paper.example"]
headline = "h1"
[site.headers]
X-Key = "below"
`))
	if err != nil {
		t.Fatal(err)
	}
	got := c.Identity("paper.example")
	want := http.Header{"Authorization": {"Bearer from-environment"}, "X-Key": {"from-file"}, "X-Open": {"given"}}
	if got == nil || !reflect.DeepEqual(got.Headers, want) || got.UserAgent != "newsdesk/1" || got.AcceptLanguage != "nl" {
		t.Errorf("the identity is not the one configured")
	}
	cookies := []fetch.Cookie{
		{Domain: "paper.example", Subdomains: true, Path: "/", Secure: true, Expires: time.Unix(1800000000, 0).UTC(), Name: "id", Value: "7"},
		{Domain: "www.paper.example", Path: "/", Name: "view", Value: "wide"},
	}
	if !reflect.DeepEqual(c.Sites[0].Cookies(), cookies) {
		t.Errorf("the cookies are %v, want those of the site's own hosts alone", c.Sites[0].Cookies())
	}
	if files := c.Sites[0].SecretFiles(); !reflect.DeepEqual(files, []string{filepath.Join(dir, "cookies.txt"), filepath.Join(dir, "key")}) {
		t.Errorf("the secrets stand in %q", files)
	}
	if r := c.Rules("paper.example"); r == nil || r.Site() != "Paper.example" {
		t.Errorf("the rules are %v", r)
	}
	if c.Identity("login.paper.example").Headers.Get("X-Key") != "below" || c.Rules("login.paper.example") == c.Rules("paper.example") {
		t.Error("the second site is not its own")
	}
	if c.Identity("other.example") != nil || c.Rules("other.example") != nil {
		t.Error("a host of no site has rules or an identity")
	}
}

func TestWhichSiteAHostBelongsTo(t *testing.T) {
	clearEnvironment(t)
	var doc strings.Builder
	sites := []string{"*.paper.example", "paper.example", "www.paper.example", "*.live.paper.example", "gazette.example", "*.wide.example", "bücher.example", "127.0.0.1", "[::1]"}
	for _, host := range sites {
		fmt.Fprintf(&doc, "[[site]]\nhosts = [%q]\narticle = \"main\"\n", host)
	}
	c := parseString(t, doc.String())
	for host, want := range map[string]string{
		"paper.example": "paper.example", "www.paper.example": "www.paper.example", "news.paper.example": "*.paper.example",
		"live.paper.example": "*.paper.example", "a.live.paper.example": "*.live.paper.example", "b.a.live.paper.example": "*.live.paper.example",
		"gazette.example": "gazette.example", "www.gazette.example": "gazette.example", "m.gazette.example": "", "www.m.gazette.example": "",
		"wide.example": "", "www.wide.example": "*.wide.example", "wallpaper.example": "", "example": "", "": "",
		"xn--bcher-kva.example": "bücher.example", "127.0.0.1": "127.0.0.1", "::1": "[::1]",
	} {
		got := ""
		if r := c.Rules(host); r != nil {
			got = r.Site()
		}
		if got != want {
			t.Errorf("%q belongs to the site %q, want %q", host, got, want)
		}
	}
}

func TestMistakesInSites(t *testing.T) {
	clearEnvironment(t)
	dir := t.TempDir()
	write(t, dir, "cookies.txt", "# none\nother.example\tFALSE\t/\tFALSE\t0\tid\thunter2\n")
	write(t, dir, "spaces.txt", "paper.example FALSE / FALSE 0 id hunter2\n")
	write(t, dir, "lines", "hunter2\nhunter2")
	const paper = "[[site]]\nhosts = [\"paper.example\"]\n"
	tests := []struct {
		name, file string
		want       []string // a line each: a part of it
	}{
		{"no hosts", "[[site]]\narticle = \"main\"", []string{`:1: site[1].hosts: is missing; name the site's hosts, such as ["paper.example"]`}},
		{"hosts and nothing else", paper, []string{":1: site[1]: has hosts and nothing else"}},
		{"a URL for a host", "[[site]]\nhosts = [\n\"https://paper.example\"]\narticle = \"main\"", []string{`:3: site[1].hosts[1]: is "https://paper.example"; write the host alone`}},
		{"a path after a host", "[[site]]\nhosts = [\"paper.example/sport\"]\narticle = \"main\"", []string{"write the host alone"}},
		{"a port after a host", "[[site]]\nhosts = [\"paper.example:8080\"]\narticle = \"main\"", []string{"without its port"}},
		{"every host", "[[site]]\nhosts = [\"*\"]\narticle = \"main\"", []string{"too wide for one site"}},
		{"every host of a domain", "[[site]]\nhosts = [\"*.example\"]\narticle = \"main\"", []string{"too wide for one site"}},
		{"a star within a name", "[[site]]\nhosts = [\"news*.paper.example\", \"*.*.example\"]\narticle = \"main\"", []string{"only at the start", "hosts[2]: is"}},
		{"no host at all", "[[site]]\nhosts = [\"\", \"pa per\"]\narticle = \"main\"", []string{"is empty", "is no host"}},
		{"one host in two sites", paper + "article = \"main\"\n" + "[[site]]\nhosts = [\"other.example\", \"PAPER.example\"]\narticle = \"main\"",
			[]string{`:5: site[2].hosts[2]: "PAPER.example" is a host of site[1] too`}},
		{"a selector that is none", paper + "article = \"main >\"", []string{`:3: site[1].article: is "main >", which is no CSS selector that stet can use: nothing stands after '>'`}},
		{"one selector of several", paper + "ignore = [\n\"a\",\n\"b[\",\n]", []string{`:5: site[1].ignore[2]: is "b[", which is no CSS selector`}},
		{"a pattern that is none", paper + "ignore_text = ['a(']", []string{"site[1].ignore_text[1]: is \"a(\", which is no RE2 pattern: missing closing )"}},
		{"a number for selectors", paper + "headline = 1", []string{"site[1].headline: is the number 1; it must be a string in quotes or a list of them"}},
		{"a list for headers", paper + "headers = []", []string{`site[1].headers: is a list; it must be a table, such as { Name = "value" }`}},
		{"a number for a header", paper + "headers = { X-Key = 31337 }", []string{`site[1].headers.X-Key: is a number; it must be a string in quotes, or { env = "NAME" } or { file = "PATH" }`}},
		{"a header that is stet's own", paper + "headers = { Host = \"a\", if-none-match = \"b\" }", []string{"headers.Host: follows from the request itself", "headers.if-none-match: is a condition"}},
		{"a header that is no name", paper + "headers = { \"X Key\" = \"a\" }", []string{`headers."X Key": is no name of a header`}},
		{"a header twice", paper + "headers = { X-Key = \"a\", x-key = \"b\" }", []string{"headers.x-key: is given twice"}},
		{"a header without a value", paper + "headers = { A = \"\", B = {} }", []string{"headers.A: has no value", "headers.B: has no value"}},
		{"a header from nowhere", paper + "headers = { A = { env = \"STET_TEST_UNSET\" }, B = { file = \"nowhere\" }, C = { env = \"A\", file = \"b\" } }",
			[]string{"headers.A: comes from $STET_TEST_UNSET, which is not set", "headers.B.file: cannot be read", "headers.C: has env and file"}},
		{"a header with a key unknown", paper + "headers = { A = { enw = \"X\" } }", []string{"headers.A.enw: unknown key; did you mean site[1].headers.A.env?"}},
		{"a header of two lines", paper + "headers = { A = { file = \"lines\" } }", []string{"headers.A: has a line break"}},
		{"a Cookie header beside a cookie file", paper + "headers = { cookie = \"a=hunter2\" }\ncookie_file = \"nowhere\"", []string{"headers.cookie: is given beside cookie_file", "cookie_file: cannot be read"}},
		{"cookies of another site", paper + "cookie_file = \"cookies.txt\"", []string{"which has no cookie for paper.example"}},
		{"a file that is no cookies.txt", paper + "cookie_file = \"spaces.txt\"", []string{"whose line 1 has 1 fields parted by tabs"}},
		{"a user agent with a line break", paper + "user_agent = \"a\\nb\"", []string{"site[1].user_agent: must be at most 200 plain ASCII"}},
		{"a language in other letters", paper + "accept_language = \"nł\"", []string{"site[1].accept_language: must be at most 200 plain ASCII"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(write(t, dir, "stet.toml", tt.file))
			if err == nil {
				t.Fatalf("no mistake was found in\n%s", tt.file)
			}
			lines := strings.Split(err.Error(), "\n")
			if len(lines) != len(tt.want) {
				t.Fatalf("the mistakes are\n%v\nwant %d", err, len(tt.want))
			}
			for i, want := range tt.want {
				if !strings.Contains(lines[i], want) {
					t.Errorf("the mistake is\n%s\nwant in it\n%s", lines[i], want)
				}
			}
			if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "31337") {
				t.Errorf("a secret is shown: %v", err)
			}
		})
	}
}
