package discord

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// A transport carries discordgo's requests to where the API really is, keeps
// account of the rate limits, and smooths over what the library cannot take:
// answers without end, and a 429 that is no JSON.
type transport struct {
	base   http.RoundTripper
	api    *url.URL // nil: as discordgo has it
	limits *Limits
}

// newTransport returns a transport to an API address such as
// "https://discord.com/api", to which the version is appended; "" is
// Discord's own.
func newTransport(base http.RoundTripper, api string, l *Limits) (*transport, error) {
	t := &transport{base: base, limits: l}
	if api == "" {
		return t, nil
	}
	u, err := url.Parse(strings.TrimRight(api, "/"))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return nil, fmt.Errorf("api_url %q is no address; it looks like https://discord.com/api", api)
	}
	t.api = u
	return t, nil
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	route, target := routeOf(req)
	if t.api != nil {
		req = req.Clone(req.Context())
		rest := strings.TrimPrefix(req.URL.Path, "/api")
		req.URL.Scheme, req.URL.Host, req.Host = t.api.Scheme, t.api.Host, ""
		req.URL.Path, req.URL.RawPath = t.api.Path+rest, ""
	}
	resp, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	resp.Body.Close()
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	t.limits.note(route, target, resp.StatusCode, resp.Header, body)
	// The limits are kept here, where a wait can be broken off. discordgo
	// would sleep, deaf to its context.
	for _, h := range []string{"X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Reset-After"} {
		resp.Header.Del(h)
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		body = asJSON(resp.Header, body)
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return resp, nil
}

// asJSON makes of any 429's body one that discordgo can read.
func asJSON(h http.Header, body []byte) []byte {
	a := readAnswer(http.StatusTooManyRequests, h, body)
	out, err := json.Marshal(map[string]any{"message": cmp.Or(a.Message, "said by a proxy"), "retry_after": a.wait.Seconds()})
	if err != nil {
		return []byte("{}") // cannot be: a text and a finite number
	}
	return out
}

// routeOf names the route of a request to the API as Limits has it, and the
// channel or webhook that it is about.
func routeOf(req *http.Request) (route, target string) {
	parts := strings.Split(strings.Trim(req.URL.Path, "/"), "/")
	for i, p := range parts {
		if (p == "channels" || p == "webhooks") && i+1 < len(parts) {
			target = parts[i+1]
			return req.Method + " /" + strings.Join(parts[i:], "/"), target
		}
	}
	return req.Method + " " + req.URL.Path, ""
}
