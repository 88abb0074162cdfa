package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"stet/notify"
	"stet/notify/excerpt"
)

// BotConfig is what a Bot is made of.
type BotConfig struct {
	Token  string            // without "Bot "
	APIURL string            // "" for https://discord.com/api
	Base   http.RoundTripper // carries the requests; nil for one of its own
	Limits *Limits           // shared with the webhooks of the process; nil for its own
	Log    *slog.Logger      // nil logs nothing
}

// A Bot posts messages as a Discord bot, over Discord's REST API alone: no
// gateway connection is needed for that. [Bot.Channel] gives the sender for a
// channel.
type Bot struct {
	session *discordgo.Session
	token   string
	limits  *Limits
	log     *slog.Logger

	// refused is why Discord does not accept the token, once it said so.
	// Nothing is asked of it any more then: 10,000 such answers in ten
	// minutes ban the address.
	refused atomic.Pointer[string]
}

// nonceTrust is for how long a nonce is relied on to bring back the first
// message. Discord says "the past few minutes".
const nonceTrust = 90 * time.Second

var tokenShape = regexp.MustCompile(`^[A-Za-z0-9_\-.]{20,200}$`)

// NewBot returns a bot, or says what is wrong with its config. It makes no
// request.
func NewBot(c BotConfig) (*Bot, error) {
	token := strings.TrimPrefix(strings.TrimSpace(c.Token), "Bot ")
	if !tokenShape.MatchString(token) {
		return nil, errors.New("this is no bot token: copy it from the application's page on discord.com/developers, Bot, Reset Token; it has three parts with dots between them")
	}
	if c.Limits == nil {
		c.Limits = NewLimits()
	}
	if c.Base == nil {
		c.Base = http.DefaultTransport
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	t, err := newTransport(c.Base, c.APIURL, c.Limits)
	if err != nil {
		return nil, err
	}
	session, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("set up the bot: %w", err)
	}
	session.Client = &http.Client{
		Transport:     t,
		Timeout:       requestLimit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	session.UserAgent = userAgent
	session.MaxRestRetries = 0 // the outbox decides what is sent again
	session.ShouldRetryOnRateLimit = false
	session.Identify.Intents = discordgo.IntentsNone
	return &Bot{session: session, token: token, limits: c.Limits, log: c.Log}, nil
}

// String names the bot without its token.
func (b *Bot) String() string { return "Discord bot" }

// GoString is String, so that no way of printing shows the token.
func (b *Bot) GoString() string { return b.String() }

// A Channel sends to one channel as the bot. An alert arrives there once.
type Channel struct {
	bot *Bot
	id  string
	// trust is nonceTrust; tests shorten it.
	trust time.Duration
}

var snowflake = regexp.MustCompile(`^[0-9]{15,20}$`)

// Channel returns a sender for the channel with this id.
func (b *Bot) Channel(id string) (*Channel, error) {
	id = strings.TrimSpace(id)
	if !snowflake.MatchString(id) {
		return nil, fmt.Errorf("channel %q is no id of a channel: it has 17 to 20 digits; turn on Developer Mode in Discord's settings, then right click on the channel, Copy Channel ID", id)
	}
	return &Channel{bot: b, id: id, trust: nonceTrust}, nil
}

// String names the channel.
func (c *Channel) String() string { return "Discord channel " + c.id }

// Fingerprint changes when the channel or the bot's token does.
func (c *Channel) Fingerprint() string { return fingerprint("channel", c.id, c.bot.token) }

// Send implements notify.Sender. The delivery's id is the message's nonce. A
// delivery first tried longer ago than nonces are remembered is looked for in
// the channel before it is sent again.
func (c *Channel) Send(ctx context.Context, d notify.Delivery) (id string, err error) {
	m := Layout(d)
	m.Nonce, m.EnforceNonce = d.ID, true
	if d.Attempts > 0 && time.Since(d.FirstTried) > c.trust {
		found, sure, err := c.find(ctx, d)
		if err != nil || found != "" {
			return found, err
		}
		if !sure {
			m.Content += " (repeated)"
		}
	}
	body, err := json.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("encode message: %w", err)
	}
	answered, err := c.request(ctx, http.MethodPost, discordgo.EndpointChannelMessages(c.id), body)
	if err != nil {
		return "", err
	}
	var created struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(answered, &created); err != nil || created.ID == "" {
		return "", &notify.LaterError{Err: errors.New("the answer names no message; is api_url Discord's?")}
	}
	return created.ID, nil
}

// request makes a request within the limits and turns Discord's answer into
// what is to become of the delivery.
func (c *Channel) request(ctx context.Context, method, endpoint string, body []byte) ([]byte, error) {
	if why := c.bot.refused.Load(); why != nil {
		return nil, &notify.GoneError{Err: errors.New(*why)}
	}
	route := method + " /channels/" + c.id + "/messages"
	if err := c.bot.limits.wait(ctx, route, c.id); err != nil {
		return nil, err
	}
	answered, err := c.bot.session.RequestRaw(method, endpoint, "application/json", body, discordgo.EndpointChannelMessages(c.id), 0, discordgo.WithContext(ctx))
	if err != nil {
		return nil, c.bot.verdict(ctx, err)
	}
	return answered, nil
}

// verdict makes of discordgo's errors what is to become of a delivery.
func (b *Bot) verdict(ctx context.Context, err error) error {
	var rest *discordgo.RESTError
	var limited *discordgo.RateLimitError
	switch {
	case errors.As(err, &limited):
		return &notify.LaterError{After: max(limited.RetryAfter, time.Millisecond), Err: errors.New("Discord's rate limit: " + plain(limited.Message, 200))}
	case errors.As(err, &rest):
		// The error itself holds the request, and that the token.
		a := readAnswer(rest.Response.StatusCode, rest.Response.Header, rest.ResponseBody)
		verdict := a.verdict()
		if a.Status == http.StatusUnauthorized {
			why := verdict.Error()
			if b.refused.CompareAndSwap(nil, &why) {
				b.log.ErrorContext(ctx, "Discord does not accept the bot's token; nothing more is asked of it until stet is started with another", "err", verdict)
			}
		}
		return verdict
	}
	return unanswered(err, b.token)
}

// How far back a message is looked for: pages of 100 messages, as many as
// Discord gives at once.
const (
	pageSize  = 100
	mostPages = 20
)

// A posted message is what of a channel's message is looked at.
type posted struct {
	ID        string    `json:"id"`
	Timestamp time.Time `json:"timestamp"`
	Embeds    []struct {
		Footer struct {
			Text string `json:"text"`
		} `json:"footer"`
	} `json:"embeds"`
}

// find looks for a delivery's message among those posted since it was first
// tried. sure reports whether it would have been found.
func (c *Channel) find(ctx context.Context, d notify.Delivery) (id string, sure bool, err error) {
	since := d.FirstTried.Add(-time.Minute) // clocks differ
	before := ""
	for range mostPages {
		page, err := c.list(ctx, before)
		if gone := (*notify.GoneError)(nil); errors.As(err, &gone) && c.bot.refused.Load() == nil {
			return "", false, nil // it may not read; whether it may post is yet to be seen
		}
		if err != nil {
			return "", false, fmt.Errorf("look for an earlier try: %w", err)
		}
		for _, m := range page {
			if m.holds(d.ID) {
				return m.ID, true, nil
			}
		}
		if before == "" && len(page) == 0 {
			return "", false, nil // an empty channel looks like one that may not be read
		}
		if len(page) < pageSize || page[len(page)-1].Timestamp.Before(since) {
			return "", true, nil
		}
		before = page[len(page)-1].ID
	}
	return "", false, nil
}

// list returns a page of the channel's messages, newest first.
func (c *Channel) list(ctx context.Context, before string) ([]posted, error) {
	endpoint := fmt.Sprintf("%s?limit=%d", discordgo.EndpointChannelMessages(c.id), pageSize)
	if before != "" {
		endpoint += "&before=" + before
	}
	body, err := c.request(ctx, http.MethodGet, endpoint, nil)
	if err != nil {
		return nil, err
	}
	var page []posted
	if err := json.Unmarshal(body, &page); err != nil {
		return nil, &notify.LaterError{Err: errors.New("the list of messages cannot be read; is api_url Discord's?")}
	}
	return page, nil
}

// holds reports whether a message is the delivery's: its footer ends with the id.
func (m posted) holds(delivery string) bool {
	for _, e := range m.Embeds {
		if strings.HasSuffix(e.Footer.Text, " · "+delivery) {
			return true
		}
	}
	return false
}

// needed are the permissions that posting and looking take. Source:
// Permissions (https://docs.discord.com/developers/topics/permissions).
var needed = []struct {
	bit  int64
	name string
}{
	{discordgo.PermissionViewChannel, "View Channel"},
	{discordgo.PermissionSendMessages, "Send Messages"},
	{discordgo.PermissionEmbedLinks, "Embed Links"},
	{discordgo.PermissionReadMessageHistory, "Read Message History"},
}

// Check asks Discord whether the token is right, the channel there, and the
// bot allowed to post in it, and says so in words. The error says what is
// wrong and how to mend it.
func (c *Channel) Check(ctx context.Context) (string, error) {
	b := c.bot
	opts := discordgo.WithContext(ctx)
	me, err := b.session.User("@me", opts)
	if err != nil {
		return "", fmt.Errorf("the bot cannot log in: %w", b.verdict(ctx, err))
	}
	channel, err := b.session.Channel(c.id, opts)
	if err != nil {
		return "", fmt.Errorf("%s: %w", c, b.verdict(ctx, err))
	}
	if channel.Type == discordgo.ChannelTypeGuildForum || channel.Type == discordgo.ChannelTypeGuildMedia {
		return "", fmt.Errorf("%s: %s", c, advice[codeForumPost])
	}
	has, err := b.session.UserChannelPermissions(me.ID, c.id, opts)
	if err != nil {
		return "", fmt.Errorf("%s: ask for the bot's permissions: %w", c, b.verdict(ctx, err))
	}
	var lacks []string
	for _, p := range needed {
		if has&p.bit == 0 {
			lacks = append(lacks, p.name)
		}
	}
	if len(lacks) > 0 {
		return "", fmt.Errorf("%s: the bot %s lacks %s there; allow it in the channel's settings, Permissions", c, me.Username, strings.Join(lacks, ", "))
	}
	return fmt.Sprintf("%s posts to #%s", excerpt.Clean(me.Username), excerpt.Clean(channel.Name)), nil
}
