package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"reflect"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"stet/watcher/fetch"
	"stet/web"
)

// maxFile is the most bytes of a config file: some 5,000 watches.
const maxFile = 1 << 20

// Load reads the file over the defaults, adds the secrets of the environment
// and of the files it names, and checks all of it. With path "" there is no
// file. The error joins a *KeyError for every mistake.
//
// $STET_DISCORD_TOKEN is the bot's token. $STET_DISCORD_WEBHOOK is the URL of
// the destination named "discord", which need not be in the file. With no
// destination in the file, one named "console" is there.
func Load(path string) (*Config, error) {
	if path == "" {
		return parse("", nil)
	}
	doc, err := read(path)
	if err != nil {
		return nil, err
	}
	return parse(path, doc)
}

// read reads a config file.
func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the config: %w", err)
	}
	defer f.Close()
	doc, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read the config: %w", err)
	}
	if len(doc) > maxFile {
		return nil, &KeyError{File: path, Problem: `is over 1 MiB; add many watches with "stet watch import" instead`}
	}
	return doc, nil
}

// decode reads a document over the defaults. given has its top keys.
func decode(path string, doc []byte) (c *Config, m *mistakes, given map[string]any, err error) {
	doc = bytes.TrimPrefix(doc, []byte("\xef\xbb\xbf"))
	if err := toml.Unmarshal(doc, &given); err != nil {
		return nil, nil, nil, syntaxError(path, err)
	}
	m = &mistakes{file: path, lines: keyLines(doc)}
	c = Default()
	c.File = path
	m.decode("", given, reflect.ValueOf(c).Elem())
	return c, m, given, nil
}

// parse is Load of a document that was read.
func parse(path string, doc []byte) (*Config, error) {
	c, m, _, err := decode(path, doc)
	if err != nil {
		return nil, err
	}
	m.readSecrets(c)
	m.readSites(c)
	if len(c.Destinations) == 0 {
		c.Destinations = []Destination{{Name: "console", Type: Console}}
	}
	m.addDiscordWebhook(c, os.Getenv("STET_DISCORD_WEBHOOK"))
	m.check(c)
	if err := m.err(); err != nil {
		return nil, err
	}
	if _, given := m.lines["fetch.user_agent"]; !given && public(c.Web.BaseURL) {
		c.Fetch.UserAgent = "stet (+" + c.Web.BaseURL + ")"
	}
	return c, nil
}

func syntaxError(path string, err error) error {
	var d *toml.DecodeError
	if !errors.As(err, &d) {
		return &KeyError{File: path, Problem: fmt.Sprintf("cannot be read as TOML: %v", err)}
	}
	line, column := d.Position()
	reason := strings.TrimPrefix(d.Error(), "toml: ")
	return &KeyError{path, line, "", fmt.Sprintf("cannot be read as TOML at character %d: %s", column, reason)}
}

// public reports whether a URL can be reached from other machines.
func public(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && !web.Loopback(strings.ToLower(u.Hostname()))
}

// readSecrets fills the secrets that stand in files, and the bot's token from
// the environment.
func (m *mistakes) readSecrets(c *Config) {
	if c.Discord.TokenFile != "" {
		m.readSecret("discord", "token", "token_file", &c.Discord.Token, c.Discord.TokenFile)
	}
	m.checkToken("discord.token", c.Discord.Token)
	if token := NewSecret(strings.TrimSpace(os.Getenv("STET_DISCORD_TOKEN"))); token.IsSet() {
		m.checkToken("$STET_DISCORD_TOKEN", token)
		c.Discord.Token = token
	}
	for i := range c.Destinations {
		d := &c.Destinations[i]
		if d.WebhookFile != "" {
			m.readSecret(element("destination", i+1), "webhook_url", "webhook_file", &d.WebhookURL, d.WebhookFile)
		}
	}
}

// readSecret reads a table's secret from the file that its other key names. A
// relative path starts at the config file's folder.
func (m *mistakes) readSecret(table, key, fileKey string, into *Secret, path string) {
	fileKey = join(table, fileKey)
	if into.IsSet() {
		m.add(fileKey, "is given beside %s; one of the two must go", key)
		return
	}
	text, err := readSecretFile(m.beside(path))
	if err != nil {
		m.add(fileKey, "%v", err)
		return
	}
	*into = NewSecret(text)
}

// readSecretFile returns what stands in a file, white space around it removed.
func readSecretFile(path string) (string, error) {
	const most = 4096 // bytes; tokens and URLs are far shorter
	text, err := readFile(path, most)
	if err != nil {
		return "", err
	}
	secret := strings.TrimSpace(string(text))
	if secret == "" {
		return "", fmt.Errorf("names %s, which is empty", path)
	}
	return secret, nil
}

// addDiscordWebhook gives the environment's webhook URL to the destination
// named "discord", which is added if the file has none.
func (m *mistakes) addDiscordWebhook(c *Config, address string) {
	address = strings.TrimSpace(address)
	if address == "" {
		return
	}
	const key = "$STET_DISCORD_WEBHOOK"
	if _, err := fetch.ParseURL(address); err != nil {
		m.add(key, notWebhook)
		return
	}
	for i := range c.Destinations {
		d := &c.Destinations[i]
		if d.Name != "discord" {
			continue
		}
		if d.Type != Discord || d.Channel != "" {
			m.add(element("destination", i+1)+".name", `"discord" is the destination of %s, which is set; choose another name here`, key)
			return
		}
		d.WebhookURL = NewSecret(address)
		return
	}
	c.Destinations = append(c.Destinations, Destination{Name: "discord", Type: Discord, WebhookURL: NewSecret(address)})
}
