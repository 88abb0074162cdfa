package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// An explained error is a sentence for people that keeps its cause for
// errors.Is and errors.As.
type explained struct {
	text  string
	cause error
}

func (e *explained) Error() string { return e.text }
func (e *explained) Unwrap() error { return e.cause }

// explain says what a failed request to host met, as a kind and as a sentence.
// limit is the time that the request had.
func explain(err error, host string, limit time.Duration) (FailureKind, error) {
	var (
		guarded *guardError
		dns     *net.DNSError
		op      *net.OpError
	)
	kind, text := FailNetwork, ""
	switch {
	case errors.As(err, &guarded):
		kind, text = FailGuard, guarded.of(host)
	case errors.As(err, &op) && op.Op == "proxyconnect":
		text = fmt.Sprintf("the proxy cannot be reached (%s): see proxy under [fetch]", clip(op.Err.Error(), 120))
	case errors.Is(err, context.Canceled):
		text = "the fetch was called off"
	case errors.As(err, &dns):
		kind, text = FailDNS, dnsProblem(dns, host)
	case tlsProblem(err) != "":
		kind, text = FailTLS, fmt.Sprintf("no safe connection to %s: %s. The site's operator has to mend it", host, tlsProblem(err))
	case isTimeout(err):
		kind, text = FailTimeout, fmt.Sprintf("%s did not answer within %s. If it is only slow, raise timeout under [fetch]", host, limit)
	case errors.Is(err, syscall.ECONNREFUSED):
		kind, text = FailRefused, fmt.Sprintf("%s refused the connection: no server listens there", host)
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		kind, text = FailRefused, fmt.Sprintf("%s closed the connection without an answer", host)
	case isHeaderTooLarge(err):
		kind, text = FailTooLarge, fmt.Sprintf("the header of %s's answer is over the limit of %s", host, size(maxHeader))
	default:
		text = fmt.Sprintf("the request to %s failed: %s", host, clip(err.Error(), 200))
	}
	return kind, &explained{text, err}
}

// isHeaderTooLarge knows net/http's words for it, as it has no type. By HTTP/2
// it is a protocol error like any other.
func isHeaderTooLarge(err error) bool {
	return strings.Contains(err.Error(), "server response headers exceeded")
}

func dnsProblem(err *net.DNSError, host string) string {
	switch {
	case err.IsNotFound:
		return fmt.Sprintf("the name %s does not exist (DNS): check its spelling", host)
	case err.IsTimeout:
		return fmt.Sprintf("no name server said where %s is, in time (DNS): check this machine's network", host)
	}
	return fmt.Sprintf("the name %s cannot be looked up (DNS): %s", host, clip(err.Err, 80))
}

// tlsProblem returns what is wrong with the certificate or the handshake, or
// "" if err is about something else.
func tlsProblem(err error) string {
	var (
		wrongName  x509.HostnameError
		invalid    x509.CertificateInvalidError
		unknown    x509.UnknownAuthorityError
		unverified *tls.CertificateVerificationError
		noTLS      tls.RecordHeaderError
		alert      tls.AlertError
	)
	switch {
	case errors.As(err, &wrongName):
		return "its certificate is for another name, " + certificateNames(wrongName.Certificate)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return expiry(invalid.Cert)
	case errors.As(err, &unknown):
		return "its certificate is signed by nobody that this machine trusts"
	case errors.As(err, &unverified):
		return "its certificate is not valid, " + clip(unverified.Err.Error(), 120)
	case errors.As(err, &noTLS), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return "it does not speak TLS on that port"
	case errors.As(err, &alert), strings.Contains(err.Error(), "tls: "):
		return "the handshake failed, " + clip(err.Error(), 120)
	}
	return ""
}

func certificateNames(cert *x509.Certificate) string {
	const most = 3
	names := cert.DNSNames
	for _, ip := range cert.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		return "which it does not say"
	}
	return fmt.Sprintf("%q", clip(strings.Join(names[:min(most, len(names))], ", "), 120))
}

func expiry(cert *x509.Certificate) string {
	if now := time.Now(); now.Before(cert.NotBefore) {
		return "its certificate is valid only from " + cert.NotBefore.UTC().Format(time.DateOnly) + " on; is this machine's clock right?"
	}
	return "its certificate ended on " + cert.NotAfter.UTC().Format(time.DateOnly)
}

// explainBody says what went wrong with an answer's body.
func explainBody(err error, host string, max int64, limit time.Duration) (FailureKind, error) {
	var coding *codingError
	switch {
	case errors.Is(err, errTooLarge):
		return FailTooLarge, &explained{fmt.Sprintf("the body is over the limit of %s. If the page is worth it, raise max_body under [fetch]", size(max)), err}
	case errors.Is(err, errTruncated):
		return FailTruncated, &explained{"the body broke off before its end", err}
	case errors.As(err, &coding):
		return FailEncoding, err
	}
	return explain(err, host, limit)
}

// explainStatus says what a 4xx or 5xx answer means for a watch.
func explainStatus(status int) string {
	meaning := http.StatusText(status)
	if meaning == "" {
		meaning = "a status of its own"
	}
	text := fmt.Sprintf("the server answered %d (%s)", status, meaning)
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return text + ": it does not let stet read this page"
	case http.StatusNotFound, http.StatusGone:
		return text + ": there is no page at this address now"
	case http.StatusTooManyRequests:
		return text + ": look less often, or raise per_host_interval under [fetch]"
	}
	if status >= 500 {
		return text + ": the fault is the server's, and may pass"
	}
	return text
}

func isTimeout(err error) bool {
	var ne net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &ne) && ne.Timeout()
}

// size writes a number of bytes as people do: "5 MiB".
func size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
