package fetch

import (
	"net/netip"
	"strings"
	"testing"
)

func TestParseURL(t *testing.T) {
	for _, tt := range []struct {
		name, raw, want string
	}{
		{"a story's address", "https://news.example/2026/harbour?page=2", "https://news.example/2026/harbour?page=2"},
		{"no path", "http://news.example", "http://news.example/"},
		{"a query without a path", "http://news.example?id=7", "http://news.example/?id=7"},
		{"capitals in scheme and host", "HTTPS://News.EXAMPLE/Story", "https://news.example/Story"},
		{"the scheme's own port", "https://news.example:443/a", "https://news.example/a"},
		{"another port", "http://news.example:8080/a", "http://news.example:8080/a"},
		{"a colon and no port", "http://news.example:/a", "http://news.example/a"},
		{"a trailing dot", "http://news.example./a", "http://news.example/a"},
		{"a name in other letters", "https://nachrichten-münchen.example/größe", "https://xn--nachrichten-mnchen-y6b.example/gr%C3%B6%C3%9Fe"},
		{"other letters in the query", "https://news.example/?q=größe", "https://news.example/?q=gr%C3%B6%C3%9Fe"},
		{"a joiner in a Persian path", "https://news.example/می\u200cشود", "https://news.example/%D9%85%DB%8C%E2%80%8C%D8%B4%D9%88%D8%AF"},
		{"an underscore in the host", "http://old_site.news.example/", "http://old_site.news.example/"},
		{"localhost", "http://localhost:8080/", "http://localhost:8080/"},
		{"an IPv4 address", "http://192.0.2.7/", "http://192.0.2.7/"},
		{"an IPv6 address in long", "http://[2001:0DB8:0::7]:80/", "http://[2001:db8::7]/"},
		{"an @ in the path", "https://news.example/@desk/story", "https://news.example/@desk/story"},
		{"a percent-encoded path", "https://news.example/a%20b%2Fc", "https://news.example/a%20b%2Fc"},
		{"a URL in the query", "https://news.example/?to=https://other.example/", "https://news.example/?to=https://other.example/"},
		{"exactly as long as allowed", "https://news.example/" + strings.Repeat("a", MaxURL-21), "https://news.example/" + strings.Repeat("a", MaxURL-21)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseURL(tt.raw)
			if err != nil {
				t.Fatalf("ParseURL(%q) = %v", tt.raw, err)
			}
			if got.String() != tt.want {
				t.Errorf("ParseURL(%q) = %q, want %q", tt.raw, got, tt.want)
			}
		})
	}
}

// unfetchable are URLs that ParseURL refuses, whatever the client allows.
var unfetchable = []struct {
	name, raw, says string
}{
	{"nothing", "", "is empty"},
	{"words", "the harbour story", "space or line break at character 4"},
	{"a space at the end", "https://news.example/ ", "space or line break at character 22"},
	{"a line break", "https://news.example/\nHost: evil.example", "space or line break"},
	{"a tab in the host", "https://news\t.example/", "space or line break"},
	{"a no-break space", "https://news.example/\u00a0a", "space or line break"},
	{"a zero byte", "https://news.example/\x00", "invisible character (U+0000)"},
	{"a zero-width space", "https://news\u200b.example/", "invisible character (U+200B)"},
	{"text turned around", "https://news.example/\u202ecod", "invisible character (U+202E)"},
	{"a byte order mark", "\ufeffhttps://news.example/", "invisible character (U+FEFF)"},
	{"bytes that are no text", "https://news.example/\xff\xfe", "not UTF-8"},
	{"a backslash for a slash", `https:\\news.example\a`, "backslash at character 7"},
	{"a backslash before an @", `http://news.example\@127.0.0.1/`, "backslash"},
	{"no scheme", "news.example/story", "lacks http:// or https://"},
	{"no scheme, but a port", "news.example:8080/story", "lacks http:// or https://"},
	{"no scheme, localhost and a port", "localhost:8080/story", "lacks http:// or https://"},
	{"a path", "/story", "lacks http:// or https://"},
	{"no scheme, two slashes", "//news.example/story", "lacks http:// or https://"},
	{"FTP", "ftp://news.example/story", `starts with "ftp://"`},
	{"a file", "file:///etc/passwd", `starts with "file://"`},
	{"a script", "javascript:alert(1)", `starts with "javascript:"`},
	{"data", "data:text/html,hello", `starts with "data:"`},
	{"gopher", "gopher://127.0.0.1:6379/_INFO", `starts with "gopher://"`},
	{"an @ mail address", "mailto:desk@news.example", `starts with "mailto:"`},
	{"one slash", "http:/news.example/", "lacks the two slashes"},
	{"no slash", "https:news.example", "lacks the two slashes"},
	{"three slashes", "http:///story", "names no host"},
	{"no host", "https://", "names no host"},
	{"a port and no host", "http://:80/", "names no host"},
	{"a user name", "https://desk@news.example/", "user name or password"},
	{"a password", "https://desk:hunter2@news.example/", "user name or password"},
	{"an empty user name", "https://@news.example/", "user name or password"},
	{"a host that looks like the user name", "https://news.example@127.0.0.1/", "user name or password"},
	{"a host after two @", "https://a@b@127.0.0.1/", "user name or password"},
	{"a percent-encoded host", "http://%31%32%37.0.0.1/", "percent-encoded"},
	{"a percent-encoded dot in the host", "http://127%2e0%2e0%2e1/", "percent-encoded"},
	{"port 0", "http://news.example:0/", "port 0 is out of range"},
	{"port 65536", "http://news.example:65536/", "port 65536 is out of range"},
	{"a port of many digits", "http://news.example:99999999999999999999/", "out of range"},
	{"a negative port", "http://news.example:-80/", "cannot be read"},
	{"a port of letters", "http://news.example:http/", "cannot be read"},
	{"a broken percent-encoding", "http://news.example/100%", "cannot be read"},
	{"a bracket too few", "http://[::1/", "cannot be read"},
	{"a name in brackets", "http://[news.example]/", "cannot be read"},
	{"IPv4 in brackets", "http://[127.0.0.1]/", "cannot be read"},
	{"IPv4 in the clothes of IPv6", "http://[::ffff:127.0.0.1]/", "write 127.0.0.1"},
	{"the same in hexadecimal", "http://[::ffff:7f00:1]/", "write 127.0.0.1"},
	{"a zone", "http://[fe80::1%25eth0]/", "percent-encoded"},
	{"one word", "http://intranet/", "no dot"},
	{"two dots", "http://news..example/", "empty part"},
	{"two dots at the end", "http://127.0.0.1../", "empty part"},
	{"a dot alone", "http://./", "empty part"},
	{"a label of 64 letters", "http://" + strings.Repeat("a", 64) + ".example/", "over 63 characters"},
	{"a name of 254 letters", "http://" + strings.Repeat("abcdefg.", 31) + "example/", "has 255 characters"},
	{"a sign in the host", "http://news!.example/", `has "!" in it`},
	{"an accent without a letter", "http://\u0301a.example/", "no valid domain name"},
	{"a joiner without letters to join", "http://a\u200db.example/", "no valid domain name"},
	{"one character over the limit", "https://news.example/" + strings.Repeat("a", MaxURL-20), "has 2001 characters"},

	{"127.0.0.1 in hexadecimal and short", "http://0x7f.1/", "odd spelling"},
	{"127.0.0.1 in octal", "http://017700000001/", "odd spelling"},
	{"127.0.0.1 as one number", "http://2130706433/", "odd spelling"},
	{"127.0.0.1 as one hexadecimal number", "http://0x7f000001/", "odd spelling"},
	{"127.0.0.1 in capitals", "http://0X7F000001/", "odd spelling"},
	{"127.0.0.1 in two parts", "http://127.1/", "odd spelling"},
	{"127.0.0.1 in three parts", "http://127.0.1/", "odd spelling"},
	{"127.0.0.1 with zeros before", "http://127.000.000.001/", "odd spelling"},
	{"127.0.0.1 with an octal part", "http://0177.0.0.1/", "odd spelling"},
	{"127.0.0.1 with a hexadecimal part", "http://127.0.0.0x1/", "odd spelling"},
	{"127.0.0.1 with an empty hexadecimal part", "http://127.0.0.0x/", "odd spelling"},
	{"127.0.0.1 with a trailing dot", "http://127.0.0.1./", "odd spelling"},
	{"127.0.0.1 in fullwidth digits", "http://１２７.０.０.１/", "odd spelling"},
	{"127.0.0.1 with ideographic full stops", "http://127。0。0。1/", "odd spelling"},
	{"127.0.0.1 in circled digits", "http://①②⑦.⓪.⓪.①/", "odd spelling"},
	{"a part over 255", "http://127.0.0.257/", "odd spelling"},
	{"five parts", "http://127.0.0.0.1/", "odd spelling"},
	{"zero", "http://0/", "odd spelling"},
	{"a name that ends in a number", "http://news.example.7/", "odd spelling"},
}

func TestParseURLRefuses(t *testing.T) {
	for _, tt := range unfetchable {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseURL(tt.raw)
			if err == nil {
				t.Fatalf("ParseURL(%q) = %q, want an error", tt.raw, got)
			}
			if !strings.Contains(err.Error(), tt.says) {
				t.Errorf("ParseURL(%q) = %q, want it to say %q", tt.raw, err, tt.says)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("ParseURL(%q) = %q, which tells the password", tt.raw, err)
			}
		})
	}
}

func TestRedact(t *testing.T) {
	for _, tt := range []struct {
		name, raw, want string
	}{
		{"nothing secret", "https://news.example/a?page=2#top", "https://news.example/a?page=2#top"},
		{"a password", "https://desk:hunter2@news.example/a", "https://[secret]@news.example/a"},
		{"a password with an @", "https://desk:a@b@news.example/a", "https://[secret]@news.example/a"},
		{"an @ in the path", "https://news.example/@desk", "https://news.example/@desk"},
		{"a token", "https://news.example/a?page=2&token=abc&x=1", "https://news.example/a?page=2&token=[secret]&x=1"},
		{"a key in capitals", "https://news.example/a?API_KEY=abc", "https://news.example/a?API_KEY=[secret]"},
		{"a word like key", "https://news.example/a?keyword=harbour", "https://news.example/a?keyword=harbour"},
		{"no URL", "the story", "the story"},
		{"empty", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Redact(tt.raw); got != tt.want {
				t.Errorf("Redact(%q) = %q, want %q", tt.raw, got, tt.want)
			}
		})
	}
}

// What ParseURL takes, it gives back in a form that it takes unchanged, that
// net/http requests as it stands, and whose host is what it looks like.
func FuzzParseURL(f *testing.F) {
	for _, tt := range unfetchable {
		f.Add(tt.raw)
	}
	f.Add("https://news.example/2026/harbour?page=2#top")
	f.Add("http://[2001:db8::7]:8080/%7Ea?b=%zz")
	f.Add("http://münchen.example/größe?größe")
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := ParseURL(raw)
		if err != nil {
			if u != nil {
				t.Fatalf("ParseURL(%q) returns both a URL and an error", raw)
			}
			return
		}
		host := u.Hostname()
		if u.User != nil || host == "" || host != strings.ToLower(host) || !isASCII(host) {
			t.Fatalf("ParseURL(%q) = %q, with the host %q", raw, u, host)
		}
		if addr, err := netip.ParseAddr(host); err == nil && (addr.String() != host || addr.Is4In6() || addr.Zone() != "") {
			t.Fatalf("ParseURL(%q) = %q, with the odd address %q", raw, u, host)
		}
		if n := len(u.String()); n > MaxURL {
			return // percent-encoding made it longer
		}
		again, err := ParseURL(u.String())
		if err != nil || again.String() != u.String() {
			t.Fatalf("ParseURL(%q) = %q, and of that %q, %v", raw, u, again, err)
		}
	})
}
