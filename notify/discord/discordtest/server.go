// Package discordtest is a Discord for tests: the part of its REST API that
// stet uses, strict on every limit that Discord publishes, with nonces,
// webhooks, rate limits, permissions, and faults on demand. What it was sent
// can be read back. A [Server] is an http.Handler, so it also serves outside
// of tests; [Start] serves one for a test.
package discordtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Kinds of channel. Source: Channel Types
// (https://docs.discord.com/developers/resources/channel#channel-object-channel-types).
const (
	TextChannel  = 0
	ForumChannel = 15
)

// BotID and GuildID are the bot that owns the token, and the one server there is.
const (
	BotID   = "1000000000000000001"
	GuildID = "2000000000000000001"
)

// A Channel is a place to post to, and what the bot may not do there.
type Channel struct {
	ID        string
	Name      string
	Kind      int
	NoAccess  bool // the bot may not see it
	NoPost    bool // the bot may not post in it
	NoHistory bool // the bot sees no messages of before
}

// A Webhook posts to a channel.
type Webhook struct {
	ID, Token, Channel string
}

// A Message is one that was accepted.
type Message struct {
	ID      string
	Channel string
	Author  string // BotID, or the webhook's id
	At      time.Time
	Form    Form // what was sent
}

// A Server is a Discord in memory. Make one with [New]; its methods may be
// called while it serves.
type Server struct {
	mux *http.ServeMux

	mu          sync.Mutex
	token       string
	channels    map[string]*Channel
	webhooks    map[string]Webhook
	messages    []Message
	lastID      int64
	nonceWindow time.Duration
	limit       int // posts in a channel within per; 0 is without limit
	per         time.Duration
	windows     map[string]*window // by channel or webhook
	faults      []Fault
	chance      func(*http.Request) Fault
	requests    int
	invalid     int
	problems    []string
}

// A window counts what was posted until reset.
type window struct {
	used  int
	reset time.Time
}

// New returns a server whose bot has the token, without channels. A repeated
// nonce counts for five minutes, as long as Discord's "few minutes" may be.
func New(token string) *Server {
	s := &Server{
		mux: http.NewServeMux(), token: token, nonceWindow: 5 * time.Minute,
		channels: map[string]*Channel{}, webhooks: map[string]Webhook{}, windows: map[string]*window{},
	}
	s.mux.HandleFunc("POST /channels/{channel}/messages", s.bot(s.postMessage))
	s.mux.HandleFunc("GET /channels/{channel}/messages", s.bot(s.listMessages))
	s.mux.HandleFunc("GET /channels/{channel}", s.bot(s.getChannel))
	s.mux.HandleFunc("GET /users/@me", s.bot(s.getBot))
	s.mux.HandleFunc("GET /guilds/{guild}", s.bot(s.getGuild))
	s.mux.HandleFunc("GET /guilds/{guild}/members/{user}", s.bot(s.getMember))
	s.mux.HandleFunc("POST /webhooks/{webhook}/{token}", s.postWebhook)
	s.mux.HandleFunc("GET /webhooks/{webhook}/{token}", s.getWebhook)
	s.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { s.refuse(w, 404, 0, "404: Not Found") })
	return s
}

// Start serves a new server until the test ends and returns it with the
// address of its API, such as "http://127.0.0.1:40123/api".
func Start(t testing.TB, token string) (s *Server, api string) {
	t.Helper()
	s = New(token)
	ts := httptest.NewServer(s)
	t.Cleanup(ts.Close)
	return s, ts.URL + "/api"
}

// AddChannel makes a channel, or changes the one with its id.
func (s *Server) AddChannel(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[c.ID] = &c
}

// AddWebhook makes a webhook.
func (s *Server) AddWebhook(w Webhook) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhooks[w.ID] = w
}

// Remove deletes the channel or webhook with that id.
func (s *Server) Remove(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.channels, id)
	delete(s.webhooks, id)
}

// SetNonceWindow says for how long a nonce is remembered.
func (s *Server) SetNonceWindow(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nonceWindow = d
}

// SetRateLimit lets n posts through in each channel, and for each webhook,
// within per. 0 takes the limit away.
func (s *Server) SetRateLimit(n int, per time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit, s.per = n, per
}

// Messages returns the messages of a channel, oldest first; all with "".
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ms []Message
	for _, m := range s.messages {
		if channel == "" || m.Channel == channel {
			ms = append(ms, m)
		}
	}
	return ms
}

// Requests returns how many requests were made.
func (s *Server) Requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

// Invalid returns how many answers Discord would have counted as invalid
// requests (401, 403, and 429 outside of shared limits): 10,000 in ten minutes
// ban an address.
func (s *Server) Invalid() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.invalid
}

// Problems returns the forms that were refused, in words.
func (s *Server) Problems() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.problems...)
}

var apiPrefix = regexp.MustCompile(`^/api(/v\d+)?`)

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests++
	s.mu.Unlock()
	r.URL.Path = apiPrefix.ReplaceAllString(r.URL.Path, "")
	if !userAgent.MatchString(r.UserAgent()) {
		// Cloudflare, before Discord, blocks others; no JSON.
		http.Error(w, "error code: 1010", http.StatusForbidden)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// userAgent is the form that the reference asks for.
var userAgent = regexp.MustCompile(`^DiscordBot \(\S+, \S+\)`)

// bot lets requests through that carry the bot's token.
func (s *Server) bot(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bot "+s.token {
			s.refuse(w, 401, 0, "401: Unauthorized")
			return
		}
		h(w, r)
	}
}

// channel returns a copy of the channel a request names, or answers that
// there is none or that the bot may not see it.
func (s *Server) channel(w http.ResponseWriter, r *http.Request) (Channel, bool) {
	s.mu.Lock()
	c, ok := s.channels[r.PathValue("channel")]
	s.mu.Unlock()
	switch {
	case !ok:
		s.refuse(w, 404, 10003, "Unknown Channel")
		return Channel{}, false
	case c.NoAccess:
		s.refuse(w, 403, 50001, "Missing Access")
		return Channel{}, false
	}
	return *c, true
}

func (s *Server) getChannel(w http.ResponseWriter, r *http.Request) {
	if c, ok := s.channel(w, r); ok {
		answer(w, map[string]any{"id": c.ID, "type": c.Kind, "name": c.Name, "guild_id": GuildID, "permission_overwrites": overwrites(c)})
	}
}

// The bits of permissions. Source: Permissions
// (https://docs.discord.com/developers/topics/permissions).
const (
	viewChannel = 1 << 10
	sendMessage = 1 << 11
	embedLinks  = 1 << 14
	readHistory = 1 << 16
)

// overwrites takes from the bot what it may not do in a channel.
func overwrites(c Channel) []map[string]any {
	deny := 0
	if c.NoPost {
		deny |= sendMessage
	}
	if c.NoHistory {
		deny |= readHistory
	}
	return []map[string]any{{"id": BotID, "type": 1, "allow": "0", "deny": strconv.Itoa(deny)}}
}

func (s *Server) getBot(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{"id": BotID, "username": "stet", "bot": true})
}

func (s *Server) getGuild(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("guild") != GuildID {
		s.refuse(w, 404, 10004, "Unknown Guild")
		return
	}
	everyone := map[string]any{"id": GuildID, "name": "@everyone", "permissions": strconv.Itoa(viewChannel | sendMessage | embedLinks | readHistory)}
	answer(w, map[string]any{"id": GuildID, "name": "Newsdesk", "owner_id": "1", "roles": []any{everyone}})
}

func (s *Server) getMember(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{"user": map[string]any{"id": BotID}, "roles": []string{}})
}

func (s *Server) getWebhook(w http.ResponseWriter, r *http.Request) {
	if hook, ok := s.webhook(w, r); ok {
		answer(w, map[string]any{"id": hook.ID, "type": 1, "name": "stet", "channel_id": hook.Channel, "guild_id": GuildID})
	}
}

// webhook returns the webhook a request names, or answers that it is dead.
func (s *Server) webhook(w http.ResponseWriter, r *http.Request) (Webhook, bool) {
	s.mu.Lock()
	hook, ok := s.webhooks[r.PathValue("webhook")]
	s.mu.Unlock()
	switch {
	case !ok:
		s.refuse(w, 404, 10015, "Unknown Webhook")
	case hook.Token != r.PathValue("token"):
		s.refuse(w, 401, 50027, "Invalid Webhook Token")
		return hook, false
	}
	return hook, ok
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the client has gone: nothing to do
}

// refuse answers with one of Discord's errors.
func (s *Server) refuse(w http.ResponseWriter, status, code int, message string) {
	if status == 401 || status == 403 || status == 429 {
		s.mu.Lock()
		s.invalid++
		s.mu.Unlock()
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"code": code, "message": message})
}
