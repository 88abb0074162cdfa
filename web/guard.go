package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// policy lets a page load its own stylesheet and icon and nothing else: no
// script at all, no frame around it, no form that sends elsewhere.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxURL is the most bytes that a request's path and query may have.
const maxURL = 2000

// proxied are the headers by which a proxy says for whom it asks (RFC 7239
// and the older ones that it stands for).
var proxied = [...]string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"}

// guard sets the headers that every answer carries, and refuses what is not a
// plain request from a reader on this machine.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		if p := s.refusal(r); p != nil {
			if p.Status == http.StatusMethodNotAllowed {
				h.Set("Allow", "GET, HEAD")
			}
			s.fail(w, r, p)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refusal returns why a request is not answered, or nil.
func (s *Server) refusal(r *http.Request) *problem {
	if !s.known(hostname(r.Host)) {
		// A page elsewhere may have pointed its own name here (DNS rebinding).
		return &problem{http.StatusMisdirectedRequest, "These pages are not served under this name",
			"Open them as localhost or 127.0.0.1. For another name, give it as base_url under [web] in the config."}
	}
	for _, name := range proxied {
		if _, ok := r.Header[name]; ok {
			return &problem{http.StatusForbidden, "These pages are not served through a proxy",
				"They have no password yet, so they are for this machine alone; passwords come with a later version. " +
					"The request carried the header " + name + "."}
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return &problem{http.StatusMethodNotAllowed, "These pages can only be read",
			"Stories are added and changed with the stet command, such as stet watch add."}
	}
	if len(r.RequestURI) > maxURL {
		return &problem{http.StatusRequestURITooLong, "This address is too long", "No page here has an address of over 2,000 characters."}
	}
	return nil
}

// known reports whether host, as hostname returns it, names this machine or
// the host of the base URL. A name that resolves to this machine is no reason:
// anyone can register one.
func (s *Server) known(host string) bool {
	if host == "" {
		return false
	}
	return host == s.host || Loopback(host)
}

// Loopback reports whether host is localhost or an address of this machine
// that no other can reach.
func Loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Zone() == "" && a.Unmap().IsLoopback()
}

// hostname returns the host of "host" or "host:port", in lower case and
// without an IPv6 address's brackets.
func hostname(hostport string) string {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(hostport, "["), "]")
	}
	return strings.ToLower(host)
}
