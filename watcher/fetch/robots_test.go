package fetch

import (
	"strings"
	"testing"
	"time"
)

func TestRobotsRules(t *testing.T) {
	for _, tt := range []struct {
		name, robots, agent, path string
		allowed                   bool
	}{
		{"an empty file", "", "stet", "/a", true},
		{"everything forbidden", "User-agent: *\nDisallow: /", "stet", "/a", false},
		{"an empty Disallow forbids nothing", "User-agent: *\nDisallow:", "stet", "/a", true},
		{"robots.txt itself is always allowed", "User-agent: *\nDisallow: /", "stet", "/robots.txt", true},
		{"another path", "User-agent: *\nDisallow: /private/", "stet", "/public/a", true},
		{"a path below", "User-agent: *\nDisallow: /private/", "stet", "/private/a", false},
		{"a path that only starts alike", "User-agent: *\nDisallow: /fish", "stet", "/fishheads/yummy", false},
		{"paths have capitals", "User-agent: *\nDisallow: /fish", "stet", "/Fish", true},
		{"keys and names have none", "USER-AGENT: Stet\nDISALLOW: /", "stet", "/a", false},

		{"the longest rule wins: Allow", "User-agent: *\nDisallow: /p\nAllow: /page", "stet", "/page", true},
		{"the longest rule wins: Disallow", "User-agent: *\nAllow: /p\nDisallow: /page", "stet", "/page", false},
		{"the order says nothing", "User-agent: *\nAllow: /page\nDisallow: /p", "stet", "/page", true},
		{"of equally long ones Allow wins", "User-agent: *\nDisallow: /folder\nAllow: /folder", "stet", "/folder/page", true},
		{"a longer pattern with a star wins", "User-agent: *\nAllow: /page\nDisallow: /*.htm", "stet", "/page.htm", false},
		{"the root alone", "User-agent: *\nAllow: /$\nDisallow: /", "stet", "/", true},
		{"the root alone and not the rest", "User-agent: *\nAllow: /$\nDisallow: /", "stet", "/page.htm", false},

		{"a star within", "User-agent: *\nDisallow: /fish*.php", "stet", "/fishheads/catfish.php?id=1", false},
		{"a star matches nothing, too", "User-agent: *\nDisallow: /a*b", "stet", "/ab", false},
		{"a star at the end", "User-agent: *\nDisallow: /fish*", "stet", "/fish", false},
		{"a star at the start", "User-agent: *\nDisallow: *.gif", "stet", "/x/a.gif", false},
		{"a star alone", "User-agent: *\nDisallow: *", "stet", "/a", false},
		{"stars in order", "User-agent: *\nDisallow: /a*b*c", "stet", "/a-c-b", true},
		{"a pattern starts where the path does", "User-agent: *\nDisallow: /b$", "stet", "/a/b", true},
		{"a dollar ends the path", "User-agent: *\nDisallow: /*.php$", "stet", "/a.php?x=1", true},
		{"and matches there", "User-agent: *\nDisallow: /*.php$", "stet", "/a.php/b.php", false},
		{"a dollar without stars", "User-agent: *\nDisallow: /a$", "stet", "/ab", true},
		{"a dollar elsewhere is itself", "User-agent: *\nDisallow: /a$b", "stet", "/a$b", false},
		{"star and dollar", "User-agent: *\nDisallow: /a*$", "stet", "/abc", false},
		{"overlap of the last two parts", "User-agent: *\nDisallow: /*aba*ba$", "stet", "/aba", true},
		{"a point is a point", "User-agent: *\nDisallow: /a.b", "stet", "/axb", true},
		{"the query counts", "User-agent: *\nDisallow: /*?print=", "stet", "/a?print=1", false},

		{"percent-encoded in the URL", "User-agent: *\nDisallow: /foo/bar/ツ", "stet", "/foo/bar/%E3%83%84", false},
		{"percent-encoded in the file", "User-agent: *\nDisallow: /foo/bar/%e3%83%84", "stet", "/foo/bar/%E3%83%84", false},
		{"encoded without need", "User-agent: *\nDisallow: /foo/bar/%62%61%7A", "stet", "/foo/bar/baz", false},
		{"an encoded slash is none", "User-agent: *\nDisallow: /a%2Fb", "stet", "/a/b", true},
		{"a star meant as a star", "User-agent: *\nDisallow: /a%2Ab", "stet", "/a*b", false},
		{"a star meant as a star matches no other", "User-agent: *\nDisallow: /a%2Ab", "stet", "/axb", true},
		{"a percent sign that encodes nothing", "User-agent: *\nDisallow: /100%/a", "stet", "/100%25/a", false},

		{"our group before everyone's", "User-agent: *\nDisallow: /\n\nUser-agent: stet\nDisallow: /private", "stet", "/a", true},
		{"our group, whatever the order", "User-agent: stet\nDisallow: /private\n\nUser-agent: *\nDisallow:", "stet", "/private", false},
		{"an empty group of ours allows all", "User-agent: *\nDisallow: /\n\nUser-agent: stet\nDisallow:", "stet", "/a", true},
		{"groups of one name are one", "User-agent: stet\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: stet\nDisallow: /b", "stet", "/b", false},
		{"a group for several", "User-agent: other\nUser-agent: stet\nDisallow: /a", "stet", "/a", false},
		{"other robots' group", "User-agent: other\nDisallow: /", "stet", "/a", true},
		{"a longer name is another's", "User-agent: stetson\nDisallow: /", "stet", "/a", true},
		{"a shorter name is another's", "User-agent: ste\nDisallow: /", "stet", "/a", true},
		{"a version after the name", "User-agent: stet/1.0\nDisallow: /", "stet", "/a", false},
		{"no name of our own", "User-agent: \nDisallow: /\n\nUser-agent: *\nDisallow: /b", "", "/a", true},
		{"rules before any group", "Disallow: /\nUser-agent: other\nDisallow: /b", "stet", "/a", true},
		{"a sitemap ends no group", "User-agent: stet\nSitemap: https://news.example/map.xml\nUser-agent: other\nDisallow: /", "stet", "/a", false},
		{"a crawl-delay ends no group", "User-agent: stet\nCrawl-delay: 5\nUser-agent: other\nDisallow: /", "stet", "/a", false},
		{"a rule ends the names of a group", "User-agent: stet\nDisallow: /a\nUser-agent: other\nDisallow: /b", "stet", "/b", true},

		{"comments", "# hello\nUser-agent: * # all\nDisallow: /a # not this\n", "stet", "/a", false},
		{"lines of old Macs", "User-agent: *\rDisallow: /a\r", "stet", "/a", false},
		{"lines of Windows", "User-agent: *\r\n\r\nDisallow: /a\r\n", "stet", "/a", false},
		{"a byte order mark", "\ufeffUser-agent: *\nDisallow: /a", "stet", "/a", false},
		{"spaces around", "  User-agent :  *  \n\tDisallow\t:\t/a\t", "stet", "/a", false},
		{"no slash before", "User-agent: *\nDisallow: private", "stet", "/private", false},
		{"one mistake spoils nothing", "User-agent: *\nCrawl-delay: soon\nhello\n: :\nDisallow: /a", "stet", "/a", false},
		{"a page in its stead", "<!doctype html><html><title>Not found: /</title></html>", "stet", "/a", true},
		{"bytes that are no text", "User-agent: *\nDisallow: /\xff\xfe\nDisallow: /a", "stet", "/a", false},
		{"a rule longer than any URL", "User-agent: *\nDisallow: /" + strings.Repeat("a", 5000), "stet", "/a", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			u, err := ParseURL("https://news.example" + tt.path)
			if err != nil {
				t.Fatal(err)
			}
			rule, forbidden := parseRobots([]byte(tt.robots), tt.agent).forbids(u)
			if forbidden == tt.allowed {
				t.Errorf("%s is allowed = %v by %q of %q, want %v", tt.path, !forbidden, rule, tt.robots, tt.allowed)
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	for _, tt := range []struct {
		name, robots string
		want         time.Duration
	}{
		{"none", "User-agent: *\nDisallow: /a", 0},
		{"seconds", "User-agent: *\nCrawl-delay: 10", 10 * time.Second},
		{"parts of a second", "User-agent: *\nCrawl-delay: 0.5", 500 * time.Millisecond},
		{"ours before everyone's", "User-agent: *\nCrawl-delay: 10\n\nUser-agent: stet\nCrawl-delay: 2", 2 * time.Second},
		{"our group has none", "User-agent: *\nCrawl-delay: 10\n\nUser-agent: stet\nDisallow:", 0},
		{"a day", "User-agent: *\nCrawl-delay: 86400", maxCrawlDelay},
		{"endless", "User-agent: *\nCrawl-delay: Inf", maxCrawlDelay},
		{"no number", "User-agent: *\nCrawl-delay: NaN", 0},
		{"less than none", "User-agent: *\nCrawl-delay: -1", 0},
		{"words", "User-agent: *\nCrawl-delay: slowly", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := parseRobots([]byte(tt.robots), "stet").crawlDelay; got != tt.want {
				t.Errorf("crawl-delay of %q = %s, want %s", tt.robots, got, tt.want)
			}
		})
	}
}

func TestProductToken(t *testing.T) {
	for agent, want := range map[string]string{
		"stet/1.2 (+https://desk.example)": "stet", "stet": "stet", "Desk-Watch_er 2": "Desk-Watch_er", "": "", "(stet)": "", "2b": "",
	} {
		if got := productToken(agent); got != want {
			t.Errorf("productToken(%q) = %q, want %q", agent, got, want)
		}
	}
}

// matchesSlowly is the definition of a match, written for its clearness.
func matchesSlowly(pattern, path string) bool {
	switch {
	case pattern == "":
		return true
	case pattern == "$":
		return path == ""
	case pattern[0] == '*':
		for i := range len(path) + 1 {
			if matchesSlowly(pattern[1:], path[i:]) {
				return true
			}
		}
		return false
	}
	return path != "" && path[0] == pattern[0] && matchesSlowly(pattern[1:], path[1:])
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: stet\nDisallow: /a*b$\nAllow: /a\nCrawl-delay: 3\n", "/aab?x=%2a")
	f.Add("User-agent: *\nDisallow: *%c3%bc*$$\n", "/%C3%BC")
	f.Add("User-agent: *\r\nAllow: /%%%\r\n", "/%25")
	f.Fuzz(func(t *testing.T, text, path string) {
		rules := parseRobots([]byte(text), "stet")
		if rules.crawlDelay < 0 || rules.crawlDelay > maxCrawlDelay {
			t.Errorf("crawl-delay of %q = %s", text, rules.crawlDelay)
		}
		for i, rule := range rules.rules {
			if i > 0 && len(rule.pattern) > len(rules.rules[i-1].pattern) {
				t.Errorf("rules of %q are not longest first: %q", text, rules.rules)
			}
			if strings.Count(rule.pattern, "*") > 2 || len(path) > 30 {
				continue // the slow way would take for ever
			}
			normal := normalizePath(path)
			if got, want := rule.matches(normal), matchesSlowly(rule.pattern, normal); got != want {
				t.Errorf("%q matches %q = %v, want %v", rule.pattern, normal, got, want)
			}
		}
	})
}
