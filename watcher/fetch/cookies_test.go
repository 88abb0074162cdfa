package fetch

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

const cookiesFile = "# Netscape HTTP Cookie File\r\n" +
	"\n" +
	".Paper.example\tTRUE\t/\tTRUE\t1800000000\tsession\tone two\r\n" +
	"#HttpOnly_login.paper.example\tFALSE\t/a\tFALSE\t0\tid\tx=y\n" +
	"paper.example\tfalse\t\tfalse\t1800000000.5\tempty\n"

func TestParseCookies(t *testing.T) {
	got, err := ParseCookies([]byte("\ufeff" + cookiesFile))
	end := time.Unix(1800000000, 0).UTC()
	want := []Cookie{
		{"paper.example", true, "/", true, end, "session", "one two"},
		{"login.paper.example", false, "/a", false, time.Time{}, "id", "x=y"},
		{"paper.example", false, "/", false, end, "empty", ""},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		for _, c := range got {
			t.Logf("%s %t %s %t %s %s %s", c.Domain, c.Subdomains, c.Path, c.Secure, c.Expires, c.Name, c.Value)
		}
		t.Errorf("ParseCookies gave %d cookies and %v, want %d others", len(got), err, len(want))
	}
}

func TestParseCookiesSaysWhatIsWrong(t *testing.T) {
	tests := []struct{ name, line, says string }{
		{"spaces for tabs", "paper.example TRUE / TRUE 0 n v3ry-s3cret", "line 2 has 1 fields"},
		{"no flag", "paper.example\tyes\t/\tTRUE\t0\tn\tv3ry-s3cret", "second field"},
		{"no other flag", "paper.example\tTRUE\t/\t1\t0\tn\tv3ry-s3cret", "fourth field"},
		{"an expiry in words", "paper.example\tTRUE\t/\tTRUE\tnever\tn\tv3ry-s3cret", "fifth field"},
		{"an expiry that is no number", "paper.example\tTRUE\t/\tTRUE\tNaN\tn\tv3ry-s3cret", "fifth field"},
		{"no domain", ".\tTRUE\t/\tTRUE\t0\tn\tv3ry-s3cret", "first field"},
		{"a URL for a domain", "https://paper.example\tTRUE\t/\tTRUE\t0\tn\tv3ry-s3cret", "first field"},
		{"a path without a slash", "paper.example\tTRUE\ta\tTRUE\t0\tn\tv3ry-s3cret", "third field"},
		{"a name with a space", "paper.example\tTRUE\t/\tTRUE\t0\tn n\tv3ry-s3cret", "sixth field"},
		{"two cookies in one", "paper.example\tTRUE\t/\tTRUE\t0\tn\tv3ry-s3cret; b=2", "seventh field"},
		{"a carriage return within", "paper.example\tTRUE\t/\tTRUE\t0\tn\tv3ry-s3cret\rX: y", "seventh field"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseCookies([]byte("# a comment\n" + tt.line + "\n"))
			if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), "line 2") || strings.Contains(err.Error(), "v3ry-s3cret") {
				t.Errorf("ParseCookies(%q) = %v, want it to say %q and no value", tt.line, err, tt.says)
			}
		})
	}
	if _, err := ParseCookies([]byte(strings.Repeat("a.example\tTRUE\t/\tTRUE\t0\tn\tv\n", MaxCookies+1))); err == nil {
		t.Error("more cookies than MaxCookies were taken")
	}
}

func TestWhereACookieGoes(t *testing.T) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	domain := Cookie{Domain: "paper.example", Subdomains: true, Path: "/", Name: "n"}
	tests := []struct {
		name   string
		change func(*Cookie)
		url    string
		want   bool
	}{
		{"to its own host", func(*Cookie) {}, "https://paper.example/", true},
		{"to its own host on another port", func(*Cookie) {}, "https://paper.example:8443/", true},
		{"to a subdomain", func(*Cookie) {}, "https://www.paper.example/", true},
		{"not to a name that only ends alike", func(*Cookie) {}, "https://wallpaper.example/", false},
		{"not to the domain above", func(*Cookie) {}, "https://example/", false},
		{"not to a subdomain where it is the host's alone", func(c *Cookie) { c.Subdomains = false }, "https://www.paper.example/", false},
		{"to its path", func(c *Cookie) { c.Path = "/a" }, "https://paper.example/a", true},
		{"below its path", func(c *Cookie) { c.Path = "/a" }, "https://paper.example/a/b", true},
		{"below its path with a slash", func(c *Cookie) { c.Path = "/a/" }, "https://paper.example/a/b", true},
		{"not beside its path", func(c *Cookie) { c.Path = "/a" }, "https://paper.example/ab", false},
		{"not above its path", func(c *Cookie) { c.Path = "/a/" }, "https://paper.example/a", false},
		{"a secure one by https", func(c *Cookie) { c.Secure = true }, "https://paper.example/", true},
		{"not a secure one by http", func(c *Cookie) { c.Secure = true }, "http://paper.example/", false},
		{"before its end", func(c *Cookie) { c.Expires = now.Add(time.Second) }, "https://paper.example/", true},
		{"not at its end", func(c *Cookie) { c.Expires = now }, "https://paper.example/", false},
	}
	for _, tt := range tests {
		c := domain
		tt.change(&c)
		u, err := url.Parse(tt.url)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(cookiesFor([]Cookie{c}, u, now)) == 1; got != tt.want {
			t.Errorf("%s: goes to %s is %t, want %t", tt.name, tt.url, got, tt.want)
		}
	}
}

func FuzzParseCookies(f *testing.F) {
	f.Add([]byte(cookiesFile))
	f.Add([]byte("a\tTRUE\t/\tTRUE\t1e300\tn\tv\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		all, err := ParseCookies(text)
		if err != nil && all != nil {
			t.Errorf("%d cookies beside the error %v", len(all), err)
		}
		for _, c := range all {
			if c.Domain == "" || c.Name == "" || !strings.HasPrefix(c.Path, "/") || HeaderValueProblem(c.Value) != "" && len(c.Value) < 1000 {
				t.Errorf("a cookie of %q with path %q and name %q was taken", c.Domain, c.Path, c.Name)
			}
		}
	})
}
