package fetch

import (
	"context"
	"io"
	"net/http"
)

// Do sends a request that is no visit of a page, such as a signed webhook, on a
// user's word: through the guard and within the limits of time and size, but
// without robots.txt, turns or redirects, so that nothing signed for one
// address goes to another. It follows http.Client.Do in that any answer is no
// error and that the caller closes its body. The error is a *Failure that names
// the host only, as a webhook's path is often its secret.
func (c *Client) Do(req *http.Request) (*http.Response, error) {
	u, err := c.ParseURL(req.URL.String())
	if err != nil {
		f := urlFailure(FailURL, err)
		f.URL = req.URL.Scheme + "://" + req.URL.Hostname()
		closeBody(req)
		return nil, f
	}
	ctx, cancel := context.WithTimeout(req.Context(), c.opts.Timeout)
	guarded := req.Clone(ctx)
	guarded.URL, guarded.Host = u, u.Host
	if guarded.Header.Get("User-Agent") == "" {
		guarded.Header.Set("User-Agent", c.opts.UserAgent)
	}
	answer, err := c.send(guarded, false)
	if err != nil {
		cancel()
		closeBody(req) // RoundTrip did, unless the guard came first
		f := c.failure(err, u)
		f.URL = u.Scheme + "://" + u.Host
		return nil, f
	}
	answer.Body = &answerBody{rawBody{from: answer.Body, left: c.opts.MaxBody}, answer.Body, cancel}
	return answer, nil
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		req.Body.Close()
	}
}

// An answerBody is an answer's body within the limits.
type answerBody struct {
	rawBody
	body   io.Closer
	cancel context.CancelFunc
}

func (b *answerBody) Close() error {
	defer b.cancel()
	return b.body.Close()
}
