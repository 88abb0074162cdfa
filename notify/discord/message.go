package discord

// What Discord takes, in characters and pieces. Sources: the pages Message
// (https://docs.discord.com/developers/resources/message, "Embed Limits" and
// "Create Message") and Component Reference of Discord's documentation, and
// for MaxURL its OpenAPI document.
const (
	MaxContent     = 2000
	MaxEmbeds      = 10
	MaxTitle       = 256
	MaxDescription = 4096
	MaxFields      = 25
	MaxFieldName   = 256
	MaxFieldValue  = 1024
	MaxFooter      = 2048
	MaxAuthor      = 256
	MaxEmbedText   = 6000 // of all embeds of a message together
	MaxURL         = 2048
	MaxButtonLabel = 80
	MaxButtonURL   = 512
	MaxRow         = 5 // buttons in an action row
	MaxRows        = 5
	MaxNonce       = 25
	MaxUsername    = 80
)

// A Message is the body of a request that posts to a channel or webhook.
type Message struct {
	Content         string          `json:"content,omitempty"`
	Embeds          []Embed         `json:"embeds,omitempty"`
	Components      []Component     `json:"components,omitempty"`
	AllowedMentions AllowedMentions `json:"allowed_mentions"`

	// Nonce and EnforceNonce make Discord return the first message instead of
	// creating a second one. Bots only, and for a few minutes only.
	Nonce        string `json:"nonce,omitempty"`
	EnforceNonce bool   `json:"enforce_nonce,omitempty"`

	Username string `json:"username,omitempty"` // webhooks only
}

// AllowedMentions says whom a message may notify. stet notifies nobody on a
// page's word: Parse is always sent, and always empty.
type AllowedMentions struct {
	Parse []string `json:"parse"`
}

// An Embed is the card under a message's content.
type Embed struct {
	Author      *Author `json:"author,omitempty"`
	Title       string  `json:"title,omitempty"`
	URL         string  `json:"url,omitempty"` // of the title
	Description string  `json:"description,omitempty"`
	Color       int     `json:"color,omitempty"` // 0xRRGGBB
	Fields      []Field `json:"fields,omitempty"`
	Footer      *Footer `json:"footer,omitempty"`
	Timestamp   string  `json:"timestamp,omitempty"` // RFC 3339
}

// An Author is the line above an embed's title.
type Author struct {
	Name string `json:"name"`
}

// A Field is a named value in an embed; neither may be empty.
type Field struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline"`
}

// A Footer is the line at an embed's end.
type Footer struct {
	Text string `json:"text"`
}

// The types of component that stet sends, and the style of a link button.
const (
	TypeRow    = 1
	TypeButton = 2
	StyleLink  = 5
)

// A Component is an action row or a button in it.
type Component struct {
	Type       int         `json:"type"`
	Components []Component `json:"components,omitempty"` // of a row
	Style      int         `json:"style,omitempty"`
	Label      string      `json:"label,omitempty"`
	URL        string      `json:"url,omitempty"`
}
