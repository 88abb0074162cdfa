package discordtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// A Form is a message as it was sent.
type Form struct {
	Content         string           `json:"content"`
	Embeds          []Embed          `json:"embeds"`
	Components      []Component      `json:"components"`
	AllowedMentions *AllowedMentions `json:"allowed_mentions"`
	Nonce           json.RawMessage  `json:"nonce"` // a string or an integer
	EnforceNonce    bool             `json:"enforce_nonce"`
	Username        string           `json:"username"`
	Flags           int              `json:"flags"`

	Files int             `json:"-"` // sent along
	Raw   json.RawMessage `json:"-"` // the whole, as sent
}

// AllowedMentions says whom a message may notify. Without it, everybody.
type AllowedMentions struct {
	Parse []string `json:"parse"`
	Users []string `json:"users"`
	Roles []string `json:"roles"`
}

// An Embed is a card of a message.
type Embed struct {
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	URL         string  `json:"url,omitempty"`
	Color       int     `json:"color,omitempty"`
	Timestamp   string  `json:"timestamp,omitempty"`
	Author      *Author `json:"author,omitempty"`
	Footer      *Footer `json:"footer,omitempty"`
	Fields      []Field `json:"fields,omitempty"`
}

// An Author is the line above an embed's title.
type Author struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// A Footer is the line at an embed's end.
type Footer struct {
	Text string `json:"text"`
}

// A Field is a named value in an embed.
type Field struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// A Component is an action row or what stands in it.
type Component struct {
	Type       int         `json:"type"`
	Components []Component `json:"components,omitempty"`
	Style      int         `json:"style,omitempty"`
	Label      string      `json:"label,omitempty"`
	URL        string      `json:"url,omitempty"`
	CustomID   string      `json:"custom_id,omitempty"`
}

// A formError is what is wrong with one part of a form.
type formError struct{ path, code, message string }

type formErrors []formError

// tree nests errors by their paths, as Discord does.
func (es formErrors) tree() map[string]any {
	root := map[string]any{}
	for _, e := range es {
		node := root
		for _, part := range strings.Split(e.path, ".") {
			next, ok := node[part].(map[string]any)
			if !ok {
				next = map[string]any{}
				node[part] = next
			}
			node = next
		}
		list, _ := node["_errors"].([]any)
		node["_errors"] = append(list, map[string]string{"code": e.code, "message": e.message})
	}
	return root
}

// length counts a text as the stricter reading of "characters" does: in
// UTF-16 units, outer white space trimmed.
func length(s string) int { return len(utf16.Encode([]rune(strings.TrimSpace(s)))) }

// text checks that a text has between least and most characters.
func (es *formErrors) text(path, s string, least, most int) {
	switch n := length(s); {
	case n < least:
		*es = append(*es, formError{path, "BASE_TYPE_REQUIRED", "This field is required"})
	case n > most:
		*es = append(*es, formError{path, "BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length, is %d.", most, n)})
	}
}

// number checks that a count lies between least and most.
func (es *formErrors) number(path string, n, least, most int) {
	if n < least || n > most {
		*es = append(*es, formError{path, "BASE_TYPE_BAD_LENGTH", fmt.Sprintf("Must be between %d and %d in length, is %d.", least, most, n)})
	}
}

// link checks an address, which may be left out.
func (es *formErrors) link(path, s string, most int) {
	if s == "" {
		return
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		*es = append(*es, formError{path, "URL_TYPE_INVALID_URL", "Not a well formed URL."})
	}
	es.text(path, s, 1, most)
}

// check holds a form against the limits that Discord publishes: Message
// (Create Message, Embed Limits, Allowed Mentions) and Component Reference.
func (f Form) check() formErrors {
	var es formErrors
	es.text("content", f.Content, 0, 2000)
	es.text("username", f.Username, 0, 80)
	if low := strings.ToLower(f.Username); strings.Contains(low, "discord") || strings.Contains(low, "clyde") {
		es = append(es, formError{"username", "USERNAME_INVALID_CONTAINS", `Username cannot contain "discord" or "clyde"`})
	}
	es.number("embeds", len(f.Embeds), 0, 10)
	total := 0
	for i, e := range f.Embeds {
		total += e.check(fmt.Sprintf("embeds.%d", i), &es)
	}
	if total > 6000 {
		es = append(es, formError{"embeds", "MAX_EMBED_SIZE_EXCEEDED", fmt.Sprintf("Embed size exceeds maximum size of 6000, is %d", total)})
	}
	f.checkComponents(&es)
	f.checkNonce(&es)
	if m := f.AllowedMentions; m != nil {
		if slices.Contains(m.Parse, "users") && len(m.Users) > 0 || slices.Contains(m.Parse, "roles") && len(m.Roles) > 0 {
			es = append(es, formError{"allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse and lists exclude each other"})
		}
		es.number("allowed_mentions.users", len(m.Users), 0, 100)
		es.number("allowed_mentions.roles", len(m.Roles), 0, 100)
	}
	if f.Flags&^(4|4096|8192|32768) != 0 {
		es = append(es, formError{"flags", "MESSAGE_FLAGS_INVALID", "A flag that a bot may not set"})
	}
	return es
}

// check checks an embed and returns the length of all its texts.
func (e Embed) check(path string, es *formErrors) (total int) {
	es.text(path+".title", e.Title, 0, 256)
	es.text(path+".description", e.Description, 0, 4096)
	es.link(path+".url", e.URL, 2048)
	total = length(e.Title) + length(e.Description)
	if e.Color < 0 || e.Color > 0xFFFFFF {
		*es = append(*es, formError{path + ".color", "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215."})
	}
	if _, err := time.Parse(time.RFC3339, e.Timestamp); e.Timestamp != "" && err != nil {
		*es = append(*es, formError{path + ".timestamp", "DATE_TIME_TYPE_PARSE", "Could not parse the timestamp."})
	}
	if e.Author != nil {
		es.text(path+".author.name", e.Author.Name, 1, 256)
		es.link(path+".author.url", e.Author.URL, 2048)
		total += length(e.Author.Name)
	}
	if e.Footer != nil {
		es.text(path+".footer.text", e.Footer.Text, 1, 2048)
		total += length(e.Footer.Text)
	}
	es.number(path+".fields", len(e.Fields), 0, 25)
	for i, f := range e.Fields {
		at := fmt.Sprintf("%s.fields.%d", path, i)
		es.text(at+".name", f.Name, 1, 256)
		es.text(at+".value", f.Value, 1, 1024)
		total += length(f.Name) + length(f.Value)
	}
	return total
}

// Types of component and the style of a link button.
const (
	row    = 1
	button = 2
	link   = 5
)

func (f Form) checkComponents(es *formErrors) {
	es.number("components", len(f.Components), 0, 5)
	seen := map[string]bool{}
	for i, r := range f.Components {
		at := fmt.Sprintf("components.%d", i)
		if r.Type != row {
			*es = append(*es, formError{at + ".type", "UNION_TYPE_CHOICES", "Must be an action row."})
			continue
		}
		es.number(at+".components", len(r.Components), 1, 5)
		for j, b := range r.Components {
			b.check(fmt.Sprintf("%s.components.%d", at, j), seen, es)
		}
	}
}

// check checks a button; seen are the custom ids before it.
func (c Component) check(at string, seen map[string]bool, es *formErrors) {
	if c.Type != button {
		*es = append(*es, formError{at + ".type", "UNION_TYPE_CHOICES", "Must be a button."})
		return
	}
	es.text(at+".label", c.Label, 1, 80)
	switch {
	case c.Style < 1 || c.Style > link:
		*es = append(*es, formError{at + ".style", "BASE_TYPE_CHOICES", "Must be 1 to 5."})
	case c.Style == link:
		es.text(at+".url", c.URL, 1, 512)
		es.link(at+".url", c.URL, 512)
		es.text(at+".custom_id", c.CustomID, 0, 0)
	default:
		es.text(at+".custom_id", c.CustomID, 1, 100)
		if seen[c.CustomID] {
			*es = append(*es, formError{at + ".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"})
		}
		seen[c.CustomID] = true
	}
}

func interactive(rows []Component) bool {
	return slices.ContainsFunc(rows, func(r Component) bool {
		return slices.ContainsFunc(r.Components, func(c Component) bool { return c.Style != link })
	})
}

func (f Form) checkNonce(es *formErrors) {
	if len(f.Nonce) == 0 {
		if f.EnforceNonce {
			*es = append(*es, formError{"nonce", "BASE_TYPE_REQUIRED", "enforce_nonce needs a nonce"})
		}
		return
	}
	var s string
	if json.Unmarshal(f.Nonce, &s) == nil {
		es.text("nonce", s, 1, 25)
		return
	}
	if _, err := strconv.ParseInt(string(f.Nonce), 10, 64); err != nil {
		*es = append(*es, formError{"nonce", "BASE_TYPE_CHOICES", "Must be a string or an integer."})
	}
}
