package fetch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

const (
	// acceptEncoding has the cheapest to decode first, which some servers heed.
	acceptEncoding = "zstd, gzip, br, deflate"
	// maxCodings is the most content codings one upon another that are undone.
	maxCodings = 2
	// maxOverhead is what a compressed body may have more than the decoded one.
	maxOverhead = 64 << 10
	// maxWindow is the most that a zstd body may make its reader remember (RFC 9659).
	maxWindow = 8 << 20
)

var (
	errTooLarge  = errors.New("body over the limit")
	errTruncated = errors.New("body broken off")
)

// A codingError says that a content coding is unknown or broken.
type codingError struct{ text string }

func (e *codingError) Error() string { return e.text }

// bodies reads response bodies within a limit and undoes their content coding.
// The decoders and buffers it works with are used again.
type bodies struct {
	max     int64
	buffers sync.Pool // of *bytes.Buffer
	gzips   sync.Pool // of *gzip.Reader
	brotlis sync.Pool // of *brotli.Reader
	zstds   sync.Pool // of *zstd.Decoder
}

// read returns the decoded body, or as much of it as was read before the
// error: errTooLarge, errTruncated, a *codingError, or that time was up.
// length is the Content-Length, or -1; encodings are the values of the
// Content-Encoding headers.
func (bs *bodies) read(body io.Reader, length int64, encodings []string) ([]byte, error) {
	encoding := strings.Join(encodings, ",")
	codings, err := splitCodings(encoding)
	if err != nil {
		return nil, err
	}
	raw := &rawBody{from: body, left: bs.max}
	if len(codings) > 0 {
		raw.left += maxOverhead
	}
	if length > raw.left {
		return nil, errTooLarge
	}
	data, err := bs.decode(raw, length, codings)
	if err == nil {
		_, err = io.Copy(io.Discard, raw) // what follows the coded part
	}
	switch {
	case raw.err != nil:
		return data, raw.err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return data, errTruncated
	case err != nil && err != errTooLarge:
		return data, &codingError{fmt.Sprintf("the body's %s compression is broken (%s)", clip(encoding, 40), clip(err.Error(), 80))}
	}
	return data, err
}

// A rawBody is a body as it comes from the connection, up to a limit. It
// remembers what went wrong with it, whatever a decoder makes of that.
type rawBody struct {
	from io.Reader
	left int64
	err  error // nil after the body's proper end
}

func (r *rawBody) Read(p []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	if int64(len(p)) > r.left+1 {
		p = p[:r.left+1]
	}
	n, err := r.from.Read(p)
	if r.left -= int64(n); r.left < 0 {
		r.err = errTooLarge
		return n - 1, r.err
	}
	if err == nil || err == io.EOF {
		return n, err
	}
	r.err = err
	if !isTimeout(err) {
		r.err = fmt.Errorf("%w (%v)", errTruncated, err)
	}
	return n, r.err
}

// splitCodings returns the codings of a Content-Encoding, the outermost first.
func splitCodings(encoding string) ([]string, error) {
	var codings []string
	for name := range strings.SplitSeq(encoding, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		switch name {
		case "", "identity":
		case "gzip", "x-gzip", "br", "zstd", "deflate":
			codings = append([]string{name}, codings...)
		default:
			return nil, &codingError{fmt.Sprintf("the body comes in the content coding %q, which stet did not ask for and cannot undo", clip(name, 40))}
		}
	}
	if len(codings) > maxCodings {
		return nil, &codingError{fmt.Sprintf("the body is compressed %d times over; stet undoes at most %d", len(codings), maxCodings)}
	}
	return codings, nil
}

// decode undoes one coding after another, each result within the limit.
func (bs *bodies) decode(raw io.Reader, length int64, codings []string) (data []byte, err error) {
	if len(codings) == 0 {
		return bs.readAll(raw, length)
	}
	for _, coding := range codings {
		if data, err = bs.decodeOne(raw, coding); err != nil {
			return data, err
		}
		raw = bytes.NewReader(data)
	}
	return data, nil
}

func (bs *bodies) decodeOne(raw io.Reader, coding string) ([]byte, error) {
	buffered := bufio.NewReader(raw)
	if _, err := buffered.Peek(1); err == io.EOF {
		return nil, nil // an empty body may claim any coding
	}
	switch coding {
	case "br":
		return bs.readBrotli(buffered)
	case "zstd":
		return bs.readZstd(buffered)
	case "deflate":
		return bs.readDeflate(buffered)
	}
	return bs.readGzip(buffered)
}

// readGzip reads members as long as they follow one another. Other bytes after
// one are ignored, as browsers do.
func (bs *bodies) readGzip(raw *bufio.Reader) ([]byte, error) {
	z, _ := bs.gzips.Get().(*gzip.Reader)
	if z == nil {
		z = new(gzip.Reader)
	}
	defer bs.gzips.Put(z)
	if err := z.Reset(raw); err != nil {
		return nil, err
	}
	return bs.readAll(&gzipMembers{z: z, raw: raw}, -1)
}

type gzipMembers struct {
	z   *gzip.Reader
	raw *bufio.Reader
}

func (m *gzipMembers) Read(p []byte) (int, error) {
	m.z.Multistream(false)
	n, err := m.z.Read(p)
	if err != io.EOF {
		return n, err
	}
	if n > 0 {
		return n, nil
	}
	if magic, _ := m.raw.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return 0, io.EOF
	}
	return 0, m.z.Reset(m.raw)
}

func (bs *bodies) readBrotli(raw io.Reader) ([]byte, error) {
	z, _ := bs.brotlis.Get().(*brotli.Reader)
	if z == nil {
		z = brotli.NewReader(nil)
	}
	defer bs.brotlis.Put(z)
	if err := z.Reset(raw); err != nil {
		return nil, err
	}
	return bs.readAll(z, -1)
}

func (bs *bodies) readZstd(raw io.Reader) (_ []byte, err error) {
	z, _ := bs.zstds.Get().(*zstd.Decoder)
	if z == nil {
		// With one goroutine a decoder needs no Close.
		z, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, err
		}
	}
	defer bs.zstds.Put(z)
	if err := z.Reset(raw); err != nil {
		return nil, err
	}
	return bs.readAll(z, -1)
}

// readDeflate takes the zlib format that "deflate" means (RFC 9110, 8.4.1.2)
// and the bare one that some servers send.
func (bs *bodies) readDeflate(raw *bufio.Reader) ([]byte, error) {
	head, _ := raw.Peek(2)
	if len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8+int(head[1]))%31 == 0 {
		z, err := zlib.NewReader(raw)
		if err != nil {
			return nil, err
		}
		return bs.readAll(z, -1)
	}
	return bs.readAll(flate.NewReader(raw), -1)
}

// readAll reads up to the limit. length is what is expected, or -1.
func (bs *bodies) readAll(from io.Reader, length int64) ([]byte, error) {
	if length >= 0 {
		data := make([]byte, length)
		n, err := io.ReadFull(from, data)
		return data[:n], err
	}
	buf, _ := bs.buffers.Get().(*bytes.Buffer)
	if buf == nil {
		buf = new(bytes.Buffer)
	}
	defer bs.buffers.Put(buf)
	buf.Reset()
	_, err := buf.ReadFrom(io.LimitReader(from, bs.max+1))
	if int64(buf.Len()) > bs.max {
		buf.Truncate(int(bs.max))
		err = errTooLarge
	}
	return bytes.Clone(buf.Bytes()), err
}
