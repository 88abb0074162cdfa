package discord

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"stet/notify"
)

// requestLimit is the most time that one request may take.
const requestLimit = 20 * time.Second

// A Doer makes HTTP requests. It should not follow redirects: a webhook's
// address holds its token.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// A Webhook sends to a Discord channel's webhook. A webhook takes no nonce:
// when no answer came, the message is sent again and marked as repeated, so
// an alert arrives at least once.
type Webhook struct {
	url    *url.URL
	id     string
	token  string
	client Doer
	limits *Limits

	mu sync.Mutex
	// refused are deliveries of which every try was surely not accepted.
	refused map[string]bool
}

// maxRefused bounds Webhook.refused; forgetting costs a mark too many.
const maxRefused = 1000

var webhookPath = regexp.MustCompile(`/webhooks/([0-9]{1,20})/([A-Za-z0-9_\-.]{1,200})/?$`)

// NewWebhook returns a sender for a webhook's address as Discord shows it,
// "https://discord.com/api/webhooks/ID/TOKEN", optionally with ?thread_id=…
// The webhooks of a process should share one Limits; nil makes its own.
func NewWebhook(address string, client Doer, limits *Limits) (*Webhook, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil { // the error would print the address
		return nil, errors.New("the webhook's URL is no URL; it looks like https://discord.com/api/webhooks/ID/TOKEN")
	}
	m := webhookPath.FindStringSubmatch(u.Path)
	if m == nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return nil, errors.New("this is no Discord webhook's URL; it looks like https://discord.com/api/webhooks/ID/TOKEN (channel settings, Integrations, Webhooks)")
	}
	u.Fragment = ""
	if limits == nil {
		limits = NewLimits()
	}
	return &Webhook{url: u, id: m[1], token: m[2], client: client, limits: limits, refused: map[string]bool{}}, nil
}

// String names the webhook without its token.
func (w *Webhook) String() string { return "Discord webhook " + w.id }

// GoString is String, so that no way of printing shows the token.
func (w *Webhook) GoString() string { return w.String() }

// Fingerprint changes when the webhook's address does.
func (w *Webhook) Fingerprint() string { return fingerprint("webhook", w.url.String()) }

// fingerprint is a short hash of settings, which does not give them away.
func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// Send implements notify.Sender.
func (w *Webhook) Send(ctx context.Context, d notify.Delivery) (id string, err error) {
	m := Layout(d)
	m.Username = "stet"
	fresh := d.Attempts == 0 || w.wasRefused(d.ID)
	if !fresh {
		m.Content += " (repeated)"
	}
	id, sent, err := w.post(ctx, m)
	w.remember(d.ID, err != nil && fresh && !sent)
	return id, err
}

func (w *Webhook) wasRefused(delivery string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.refused[delivery]
}

func (w *Webhook) remember(delivery string, refused bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.refused, delivery)
	if refused && len(w.refused) < maxRefused {
		w.refused[delivery] = true
	}
}

// post posts a message and returns its id. sent reports, with an error,
// whether the message may have been accepted all the same.
func (w *Webhook) post(ctx context.Context, m Message) (id string, sent bool, err error) {
	body, err := json.Marshal(m)
	if err != nil {
		return "", false, fmt.Errorf("encode message: %w", err)
	}
	u := *w.url
	q := u.Query()
	q.Set("wait", "true") // without it, a message that was not saved gives no error
	q.Set("with_components", "true")
	u.RawQuery = q.Encode()
	answered, sent, err := w.do(ctx, http.MethodPost, u.String(), body)
	if err != nil {
		return "", sent, err
	}
	var created struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(answered, &created); err != nil || created.ID == "" {
		return "", true, &notify.LaterError{Err: errors.New("the answer names no message; is the URL one of Discord's?")}
	}
	return created.ID, true, nil
}

// do makes a request within the limits and returns the answer's body if the
// request was accepted. sent reports whether it may have been.
func (w *Webhook) do(ctx context.Context, method, address string, body []byte) (answered []byte, sent bool, err error) {
	route := method + " /webhooks/" + w.id
	if err := w.limits.wait(ctx, route, w.id); err != nil {
		return nil, false, err
	}
	ctx, cancel := context.WithTimeout(ctx, requestLimit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, false, unanswered(err, w.token)
	}
	req.Header.Set("User-Agent", userAgent)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return nil, !notSent(err), unanswered(err, w.token)
	}
	defer resp.Body.Close()
	answered, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, true, unanswered(err, w.token)
	}
	w.limits.note(route, w.id, resp.StatusCode, resp.Header, answered)
	if resp.StatusCode >= 300 {
		return nil, resp.StatusCode >= 500, readAnswer(resp.StatusCode, resp.Header, answered).verdict()
	}
	return answered, true, nil
}

// Check asks Discord for the webhook and says where it posts to. The error
// says what is wrong and how to mend it.
func (w *Webhook) Check(ctx context.Context) (string, error) {
	u := *w.url
	u.RawQuery = ""
	body, _, err := w.do(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return "", fmt.Errorf("%s: %w", w, err)
	}
	var hook struct {
		Name    string `json:"name"`
		Channel string `json:"channel_id"`
	}
	if err := json.Unmarshal(body, &hook); err != nil || hook.Channel == "" {
		return "", fmt.Errorf("%s: the answer does not describe a webhook; is the URL one of Discord's?", w)
	}
	return fmt.Sprintf("%s (%q) posts to channel %s", w, plain(hook.Name, MaxUsername), plain(hook.Channel, 25)), nil
}
