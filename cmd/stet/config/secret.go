package config

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

// A Secret is a string that is never printed: every verb of fmt, every log
// handler and every encoder shows it as "[secret]", or as "" if it is not set.
// It keeps its text behind a pointer, so that even a dump of unexported fields
// shows an address.
type Secret struct{ text *string }

const hidden = "[secret]"

// NewSecret returns a secret; "" gives one that is not set.
func NewSecret(s string) Secret {
	if s == "" {
		return Secret{}
	}
	return Secret{&s}
}

// Reveal returns the secret itself, for the one place that needs it.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsSet reports whether there is a secret.
func (s Secret) IsSet() bool { return s.text != nil }

func (s Secret) String() string {
	if s.IsSet() {
		return hidden
	}
	return ""
}

// Format prints the secret hidden, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, s.String()) }

// MarshalText hides the secret from encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON hides the secret from JSON.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// LogValue hides the secret from log handlers.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
