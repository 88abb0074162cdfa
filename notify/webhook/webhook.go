// Package webhook sends alerts as signed JSON to any address.
//
// Requests are POSTs of a [Payload], signed as the Standard Webhooks
// specification 1.0 has it (https://www.standardwebhooks.com): the header
// webhook-id is the delivery's id and stays the same when a delivery is sent
// again, so a receiver can tell repeats; webhook-timestamp is the time of this
// request in Unix seconds; webhook-signature is "v1," and the base64 of the
// HMAC-SHA256 of "id.timestamp.body" under the secret. [Sign] makes it, and
// shows a receiver how to check it.
//
// What the receiver answers decides:
//
//	2xx                  accepted
//	408, 425, 429, 5xx   tried again, after Retry-After if it is given
//	401, 403, 404, 410   the address is switched off, its deliveries are kept
//	3xx                  the same: the address has moved and must be configured anew
//	other 4xx            the payload is refused; this delivery ends
package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"stet/notify"
)

const (
	requestLimit = 20 * time.Second // for one request, answer included
	maxAnswer    = 64 << 10         // bytes of an answer that are read, so that the connection can be used again
	maxWait      = 24 * time.Hour   // the longest Retry-After that is honoured
	prefix       = "whsec_"         // of a secret in base64, as the specification has it
)

// A Doer makes HTTP requests, and does not follow redirects.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// A Webhook sends deliveries to one address.
type Webhook struct {
	url    string
	key    []byte // empty: requests are not signed
	client Doer
}

// New returns a sender for an address. The secret is "whsec_" and base64, as
// the specification has it, or any other text, whose bytes are then the key;
// without one requests are not signed.
func New(address, secret string, client Doer) (*Webhook, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return nil, errors.New("url is no http(s) address; it looks like https://receiver.example/hook")
	}
	key := []byte(secret)
	if rest, ok := strings.CutPrefix(secret, prefix); ok {
		if key, err = base64.StdEncoding.DecodeString(rest); err != nil {
			return nil, errors.New(`secret starts with "whsec_", but no base64 follows; copy it anew`)
		}
	}
	if secret != "" && len(key) == 0 {
		return nil, errors.New("secret holds no key")
	}
	return &Webhook{url: address, key: key, client: client}, nil
}

// String names the webhook by its host: its path or query may be secret.
func (w *Webhook) String() string {
	u, err := url.Parse(w.url)
	if err != nil {
		return "webhook"
	}
	return "webhook at " + u.Host
}

// GoString is String, so that no way of printing shows the key.
func (w *Webhook) GoString() string { return w.String() }

// Fingerprint changes when the address or the secret does.
func (w *Webhook) Fingerprint() string {
	mac := hmac.New(sha256.New, w.key)
	mac.Write([]byte(w.url))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// Send implements notify.Sender. The id it returns is the delivery's.
func (w *Webhook) Send(ctx context.Context, d notify.Delivery) (string, error) {
	body, err := json.Marshal(payload(d))
	if err != nil {
		return "", fmt.Errorf("encode payload: %w", err)
	}
	if err := w.post(ctx, d.ID, body); err != nil {
		return "", err
	}
	return d.ID, nil
}

// Check sends a payload of the type "ping" and says what the address answered.
func (w *Webhook) Check(ctx context.Context) (string, error) {
	now := time.Now().UTC()
	body, err := json.Marshal(Payload{Type: "ping", At: now, Data: struct{}{}})
	if err != nil {
		return "", fmt.Errorf("encode payload: %w", err)
	}
	if err := w.post(ctx, "ping"+strings.ToLower(rand.Text()[:21]), body); err != nil {
		return "", fmt.Errorf("%s: %w", w, err)
	}
	return w.String() + " takes deliveries", nil
}

// Sign returns the value of webhook-signature for a body.
func Sign(key []byte, id string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%d.", id, at.Unix())
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func (w *Webhook) post(ctx context.Context, id string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, requestLimit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("make request: %w", hidden(err))
	}
	now := time.Now()
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "stet-webhook/1")
	req.Header.Set("Webhook-Id", id)
	req.Header.Set("Webhook-Timestamp", strconv.FormatInt(now.Unix(), 10))
	if len(w.key) > 0 {
		req.Header.Set("Webhook-Signature", Sign(w.key, id, now, body))
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return &notify.LaterError{Err: fmt.Errorf("no answer from the %s: %w", w, hidden(err))}
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, maxAnswer) // the status has said all
	return judge(resp)
}

// judge turns an answer into what is to become of the delivery.
func judge(resp *http.Response) error {
	status := resp.StatusCode
	err := fmt.Errorf("the receiver answered %d %s", status, http.StatusText(status))
	switch {
	case status >= 200 && status < 300:
		return nil
	case status >= 500, status == http.StatusTooManyRequests, status == http.StatusRequestTimeout, status == http.StatusTooEarly:
		return &notify.LaterError{After: retryAfter(resp.Header.Get("Retry-After")), Err: err}
	case status < 400:
		return &notify.GoneError{Err: fmt.Errorf("%w: redirects are not followed; configure the address it moved to", err)}
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusNotFound, status == http.StatusGone:
		return &notify.GoneError{Err: fmt.Errorf("%w: it takes no deliveries at this address, or not with this secret", err)}
	}
	return err
}

// retryAfter reads the header of RFC 9110, section 10.2.3: seconds or a date.
func retryAfter(v string) time.Duration {
	if s, err := strconv.ParseInt(v, 10, 32); err == nil {
		return min(max(0, time.Duration(s)*time.Second), maxWait)
	}
	if at, err := http.ParseTime(v); err == nil {
		return min(max(0, time.Until(at)), maxWait)
	}
	return 0
}

// hidden takes the address, which may hold a secret, out of an error.
func hidden(err error) error {
	if u := (*url.Error)(nil); errors.As(err, &u) {
		return u.Err
	}
	return err
}
