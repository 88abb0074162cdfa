package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxRequest is the most bytes of a request. Source: Reference, Uploading Files.
const maxRequest = 25 << 20

// postMessage posts as the bot.
func (s *Server) postMessage(w http.ResponseWriter, r *http.Request) {
	c, ok := s.channel(w, r)
	switch {
	case !ok:
		return
	case c.NoPost:
		s.refuse(w, 403, 50013, "Missing Permissions")
		return
	case c.Kind == ForumChannel:
		s.refuse(w, 400, 40058, "Cannot message this thread until after the post author has sent an initial message.")
		return
	}
	f := s.fault(r)
	if !s.admit(w, c.ID) || s.before(w, r, f) {
		return
	}
	form, ok := s.readForm(w, r)
	if !ok {
		return
	}
	m := s.keep(c.ID, BotID, form)
	if !f.after(w) {
		answer(w, m.view())
	}
}

// postWebhook posts by a webhook.
func (s *Server) postWebhook(w http.ResponseWriter, r *http.Request) {
	hook, ok := s.webhook(w, r)
	if !ok {
		return
	}
	f := s.fault(r)
	if !s.admit(w, hook.ID) || s.before(w, r, f) {
		return
	}
	form, ok := s.readForm(w, r)
	if !ok {
		return
	}
	if form.Nonce != nil || form.EnforceNonce {
		form.Nonce, form.EnforceNonce = nil, false // ignored
	}
	if r.URL.Query().Get("with_components") != "true" {
		form.Components = nil // ignored for webhooks that no app owns
	}
	if interactive(form.Components) {
		s.invalidForm(w, formErrors{{"components", "COMPONENT_TYPE_INVALID", "Interactive components need a webhook that an app owns."}})
		return
	}
	m := s.keep(hook.Channel, hook.ID, form)
	switch {
	case f.after(w):
	case r.URL.Query().Get("wait") == "true":
		answer(w, m.view())
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// readForm reads and checks a message, or answers what is wrong with it.
func (s *Server) readForm(w http.ResponseWriter, r *http.Request) (form Form, ok bool) {
	body, err := payloadOf(w, r)
	if err != nil {
		s.refuse(w, 413, 40005, "Request entity too large")
		return form, false
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/json" && kind != "multipart/form-data" {
		s.invalidForm(w, formErrors{{"content_type", "CONTENT_TYPE_INVALID", "Expected \"Content-Type\" header to be one of {'application/json'}."}})
		return form, false
	}
	if err := json.Unmarshal(body, &form); err != nil {
		s.refuse(w, 400, 50109, "The request body contains invalid JSON.")
		return form, false
	}
	form.Raw = body
	if r.MultipartForm != nil {
		form.Files = len(r.MultipartForm.File)
	}
	if strings.TrimSpace(form.Content) == "" && len(form.Embeds) == 0 && len(form.Components) == 0 && form.Files == 0 {
		s.refuse(w, 400, 50006, "Cannot send an empty message")
		return form, false
	}
	if errs := form.check(); len(errs) > 0 {
		s.invalidForm(w, errs)
		return form, false
	}
	return form, true
}

// payloadOf returns the JSON of a request, which may come with files.
func payloadOf(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return io.ReadAll(r.Body)
	}
	if err := r.ParseMultipartForm(maxRequest); err != nil {
		return nil, err
	}
	return []byte(r.FormValue("payload_json")), nil
}

func (s *Server) invalidForm(w http.ResponseWriter, errs formErrors) {
	s.mu.Lock()
	for _, e := range errs {
		s.problems = append(s.problems, fmt.Sprintf("%s: %s", e.path, e.message))
	}
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(w).Encode(map[string]any{"code": 50035, "message": "Invalid Form Body", "errors": errs.tree()})
}

// keep stores a message, or returns the one that its nonce stands for.
func (s *Server) keep(channel, author string, form Form) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if form.EnforceNonce {
		i := slices.IndexFunc(s.messages, func(m Message) bool {
			return m.Author == author && m.Channel == channel && bytes.Equal(m.Form.Nonce, form.Nonce) && now.Sub(m.At) <= s.nonceWindow
		})
		if i >= 0 {
			return s.messages[i]
		}
	}
	m := Message{ID: s.snowflake(now), Channel: channel, Author: author, At: now, Form: form}
	s.messages = append(s.messages, m)
	return m
}

// discordEpoch is the first millisecond of 2015, from which ids count.
const discordEpoch = 1420070400000

// snowflake returns a new id that tells the time; s.mu is held.
func (s *Server) snowflake(at time.Time) string {
	s.lastID = max(s.lastID+1, (at.UnixMilli()-discordEpoch)<<22)
	return strconv.FormatInt(s.lastID, 10)
}

// view is a message as the API shows it.
func (m Message) view() map[string]any {
	return map[string]any{
		"id": m.ID, "channel_id": m.Channel, "timestamp": m.At.UTC().Format(time.RFC3339Nano), "type": 0,
		"content": m.Form.Content, "embeds": m.Form.Embeds, "components": m.Form.Components, "nonce": m.Form.Nonce,
		"author": map[string]any{"id": m.Author, "username": "stet", "bot": true},
	}
}

// listMessages lists up to limit messages, newest first, before an id.
func (s *Server) listMessages(w http.ResponseWriter, r *http.Request) {
	c, ok := s.channel(w, r)
	if !ok || s.before(w, r, s.fault(r)) {
		return
	}
	q := r.URL.Query()
	limit, err := strconv.Atoi(q.Get("limit"))
	if err != nil {
		limit = 50
	}
	if limit < 1 || limit > 100 {
		s.invalidForm(w, formErrors{{"limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100."}})
		return
	}
	list := []map[string]any{}
	if !c.NoHistory { // Discord answers an empty list then
		before, _ := strconv.ParseInt(q.Get("before"), 10, 64) // 0: from the newest on
		list = s.newest(c.ID, before, limit)
	}
	answer(w, list)
}

func (s *Server) newest(channel string, before int64, limit int) []map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []map[string]any{}
	for _, m := range slices.Backward(s.messages) {
		id, _ := strconv.ParseInt(m.ID, 10, 64) // made by snowflake
		if m.Channel == channel && (before == 0 || id < before) && len(list) < limit {
			list = append(list, m.view())
		}
	}
	return list
}
