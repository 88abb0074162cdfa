package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"stet/notify"
	"stet/notify/excerpt"
)

// maxAnswer is the most bytes of an answer that are read.
const maxAnswer = 1 << 20

// Discord's error codes that say what to do next. Source:
// https://docs.discord.com/developers/topics/opcodes-and-status-codes
const (
	codeUnknownChannel   = 10003
	codeUnknownGuild     = 10004
	codeUnknownWebhook   = 10015
	codeServerFull       = 20028 // too many writes to this channel
	codeOldEdits         = 30046
	codeTooLarge         = 40005
	codeForumPost        = 40058
	codeTemporarilyOff   = 40062
	codeNoAccess         = 50001
	codeNoPermission     = 50013
	codeBadToken         = 50014
	codeBadWebhookToken  = 50027
	codeFormBody         = 50035
	codeOverload         = 130000
	codeForumNeedsThread = 220001
	codeThreadTwice      = 220002
	codeNoForum          = 220003
)

// An answer is what Discord said to a request that it did not accept.
type answer struct {
	Status     int             `json:"-"`
	Code       int             `json:"code"` // 0 if it was not Discord that answered
	Message    string          `json:"message"`
	Errors     json.RawMessage `json:"errors"` // which part of the form is wrong
	RetryAfter float64         `json:"retry_after"`
	Global     bool            `json:"global"`
	wait       time.Duration
}

// readAnswer makes an answer of a response. The body need not be JSON: a proxy
// may have answered.
func readAnswer(status int, h http.Header, body []byte) *answer {
	a := new(answer)
	if err := json.Unmarshal(body, a); err != nil {
		*a = answer{}
	}
	a.Status = status
	a.Global = a.Global || h.Get("X-RateLimit-Global") != ""
	a.wait = seconds(a.RetryAfter)
	if after, err := strconv.ParseFloat(h.Get("Retry-After"), 64); err == nil && a.wait <= 0 {
		a.wait = seconds(after)
	}
	return a
}

// seconds makes a duration of a number from the network: 0 to a day.
func seconds(s float64) time.Duration {
	if !(s > 0) {
		return 0
	}
	return time.Duration(min(s, 86400) * float64(time.Second))
}

func (a *answer) Error() string {
	text := fmt.Sprintf("Discord answered %d", a.Status)
	if a.Code != 0 {
		text += fmt.Sprintf(", code %d", a.Code)
	}
	if m := plain(a.Message, 200); m != "" {
		text += ": " + m
	}
	if len(a.Errors) > 0 {
		text += " " + plain(string(a.Errors), 600)
	}
	return text
}

// advice says how to mend what ends a destination, by Discord's code.
var advice = map[int]string{
	codeUnknownChannel:   "the channel does not exist: copy its id anew (right click on it, Copy Channel ID)",
	codeUnknownGuild:     "the server does not exist, or the bot is not in it: invite the bot",
	codeUnknownWebhook:   "the webhook was deleted: make a new one in the channel's settings, Integrations",
	codeBadWebhookToken:  "the webhook's URL is not right: copy it anew from the channel's settings, Integrations",
	codeBadToken:         "the bot's token is not right: copy it anew from the application's page, Bot, Reset Token",
	codeNoAccess:         "the bot may not see the channel: invite it to the server and allow View Channel there",
	codeNoPermission:     "the bot may not post in the channel: allow it View Channel, Send Messages and Embed Links there",
	codeForumPost:        "the channel is a forum: name a text channel, or a post of the forum",
	codeForumNeedsThread: "the webhook belongs to a forum: add ?thread_id=… of one of its posts to its URL",
	codeThreadTwice:      "the webhook's URL has both thread_id and thread_name: take one away",
	codeNoForum:          "the webhook's URL has a thread_name, which only forums take: take it away",
}

// verdict makes of an answer the error that says what is to become of the
// delivery: a LaterError, a GoneError, or one that ends it.
func (a *answer) verdict() error {
	switch {
	case a.Status == http.StatusTooManyRequests:
		return &notify.LaterError{After: max(a.wait, time.Millisecond), Err: a}
	case a.Status >= 500 || a.Code == codeOverload || a.Code == codeTemporarilyOff || a.Code == codeServerFull || a.Code == codeOldEdits:
		return &notify.LaterError{After: a.wait, Err: a}
	case advice[a.Code] != "":
		return &notify.GoneError{Err: fmt.Errorf("%w; %s", a, advice[a.Code])}
	case a.Status == http.StatusUnauthorized:
		return &notify.GoneError{Err: fmt.Errorf("%w; %s", a, advice[codeBadToken])}
	case a.Status == http.StatusForbidden && a.Code < 100_000, a.Status == http.StatusNotFound:
		return &notify.GoneError{Err: fmt.Errorf("%w; the destination is not there, or stet may not post to it", a)}
	case a.Code == 0:
		// No code: a proxy on the way, which knows nothing of the message.
		return &notify.LaterError{After: a.wait, Err: a}
	}
	return a // ours to mend: the same message would be refused again
}

// unanswered makes an error of a request that brought no answer. Secrets are
// taken out of its words.
func unanswered(err error, secret string) error {
	if u := (*url.Error)(nil); errors.As(err, &u) {
		err = u.Err // url.Error prints the address, and that may hold a token
	}
	text := err.Error()
	if secret != "" && strings.Contains(text, secret) {
		err = errors.New(strings.ReplaceAll(text, secret, "[secret]"))
	}
	if excerpt.Len(text) > 500 {
		err = errors.New(excerpt.Cut(err.Error(), 500))
	}
	return &notify.LaterError{Err: fmt.Errorf("no answer from Discord: %w", err)}
}

// notSent reports whether a request surely never left: nobody was reached.
func notSent(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	return errors.As(err, &dns) || errors.As(err, &op) && op.Op == "dial"
}
