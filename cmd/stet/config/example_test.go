package config

import (
	"flag"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the example at the top of the repository")

const topExample = "../../../config.example.toml"

func TestExampleIsTheOneAtTheTop(t *testing.T) {
	if *update {
		if err := os.WriteFile(topExample, []byte(Example), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	top, err := os.ReadFile(topExample)
	if err != nil {
		t.Fatal(err)
	}
	if string(top) != Example {
		t.Error("config.example.toml differs from cmd/stet/config/example.toml; change the latter and run: go test ./cmd/stet/config -update")
	}
}

var (
	setting = regexp.MustCompile(`^# (\w+) = .+$`)
	header  = regexp.MustCompile(`^(?:# )?\[+(\w+)\]+$`)
)

// uncomment puts in force the settings of the example's paragraphs that are
// wanted: those that show defaults, those that say "such as", or both.
func uncomment(defaults, suchAs bool) string {
	var out []string
	for paragraph := range strings.SplitSeq(Example, "\n\n") {
		isSuchAs := regexp.MustCompile(`(?m)uch as:$`).MatchString(paragraph)
		wanted := isSuchAs && suchAs || !isSuchAs && defaults
		for line := range strings.SplitSeq(paragraph, "\n") {
			if wanted && (setting.MatchString(line) || header.MatchString(line)) {
				line = strings.TrimPrefix(line, "# ")
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func parseString(t *testing.T, doc string) *Config {
	t.Helper()
	c, err := parse("stet.toml", []byte(doc))
	if err != nil {
		t.Fatalf("%v\n\nin:\n%s", err, doc)
	}
	return c
}

func TestExampleShowsTheDefaults(t *testing.T) {
	clearEnvironment(t)
	want := parseString(t, "")
	if got := parseString(t, Example); !reflect.DeepEqual(got, want) {
		t.Errorf("the example as it is gives\n%+v, want the defaults\n%+v", got, want)
	}
	got := parseString(t, uncomment(true, false))
	got.Fetch.AllowPrivate, got.Fetch.AllowPorts, got.Operator.To = nil, nil, nil // [] there, as good as nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the example's defaults in force give\n%+v, want\n%+v", got, want)
	}
}

func TestExampleWorksWhenUncommented(t *testing.T) {
	clearEnvironment(t)
	noFiles := strings.NewReplacer(`token_file = "discord-token"`, "", `cookie_file = "paper-cookies.txt"`, "")
	c := parseString(t, noFiles.Replace(uncomment(true, true)))
	if len(c.Destinations) != 4 || len(c.Routes) != 3 || len(c.Watches) != 1 || len(c.Sites) != 1 {
		t.Errorf("the example has %d destinations, %d routes, %d watches, %d sites; want 4, 3, 1, 1",
			len(c.Destinations), len(c.Routes), len(c.Watches), len(c.Sites))
	}
}

func TestExampleHasEveryKey(t *testing.T) {
	named := map[string]bool{"destination.webhook_file": strings.Contains(Example, "webhook_file = ")}
	table := ""
	for line := range strings.SplitSeq(Example, "\n") {
		if h := header.FindStringSubmatch(line); h != nil {
			table = h[1]
		}
		if s := setting.FindStringSubmatch(line); s != nil {
			named[table+"."+s[1]] = true
		}
	}
	for _, key := range allKeys(reflect.TypeFor[Config](), "") {
		if match, isMatch := strings.CutPrefix(key, "route.match."); isMatch {
			named[key] = regexp.MustCompile(`(?m)^#   .*\b` + match + `\b`).MatchString(Example)
		}
		if !named[key] {
			t.Errorf("the example does not show %s", key)
		}
		delete(named, key)
	}
	delete(named, "route.match") // an inline table: its keys were looked for above
	for key := range named {
		t.Errorf("the example shows %s, which is no key", key)
	}
}
