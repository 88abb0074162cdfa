package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// coded returns data in a content coding.
func coded(t testing.TB, coding string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip", "x-gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		z, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		w = z
	case "deflate":
		w = zlib.NewWriter(&b)
	case "bare deflate":
		w, _ = flate.NewWriter(&b, 6)
	default:
		t.Fatalf("no coding %q", coding)
	}
	w.Write(data)
	w.Close()
	return b.Bytes()
}

var story = []byte(strings.Repeat("The harbour opens at nine, and the ferry leaves at ten. ", 200))

func TestBodiesRead(t *testing.T) {
	const limit = 64 << 10
	noise := make([]byte, limit)
	for i := range noise {
		noise[i] = byte(rand.IntN(256))
	}
	gz := coded(t, "gzip", story)
	for _, tt := range []struct {
		name     string
		encoding []string
		raw      []byte
		want     []byte
		err      error // errTooLarge, errTruncated, errCoding or nil
	}{
		{"plain", nil, story, story, nil},
		{"nothing", nil, nil, []byte{}, nil},
		{"nothing, said to be gzip", []string{"gzip"}, nil, nil, nil},
		{"identity", []string{"identity"}, story, story, nil},
		{"gzip", []string{"gzip"}, gz, story, nil},
		{"gzip in capitals", []string{" GZIP "}, gz, story, nil},
		{"gzip by its old name", []string{"x-gzip"}, gz, story, nil},
		{"brotli", []string{"br"}, coded(t, "br", story), story, nil},
		{"zstd", []string{"zstd"}, coded(t, "zstd", story), story, nil},
		{"deflate", []string{"deflate"}, coded(t, "deflate", story), story, nil},
		{"deflate without its frame", []string{"deflate"}, coded(t, "bare deflate", story), story, nil},
		{"brotli in gzip", []string{"br, gzip"}, coded(t, "gzip", coded(t, "br", story)), story, nil},
		{"brotli in gzip, in two headers", []string{"br", "gzip"}, coded(t, "gzip", coded(t, "br", story)), story, nil},
		{"gzip of two members", []string{"gzip"}, append(coded(t, "gzip", story[:1000]), coded(t, "gzip", story[1000:])...), story, nil},
		{"gzip and bytes after it", []string{"gzip"}, append(bytes.Clone(gz), "\n<!-- cached -->"...), story, nil},
		{"as large as allowed", nil, noise, noise, nil},
		{"as large as allowed, and larger compressed", []string{"gzip"}, coded(t, "gzip", noise), noise, nil},

		{"a byte too large", nil, append(bytes.Clone(noise), 0), noise, errTooLarge},
		{"a gzip bomb", []string{"gzip"}, coded(t, "gzip", make([]byte, 2<<20)), make([]byte, limit), errTooLarge},
		{"a brotli bomb", []string{"br"}, coded(t, "br", make([]byte, 2<<20)), make([]byte, limit), errTooLarge},
		{"a zstd bomb", []string{"zstd"}, coded(t, "zstd", make([]byte, 2<<20)), make([]byte, limit), errTooLarge},
		{"a deflate bomb", []string{"deflate"}, coded(t, "deflate", make([]byte, 2<<20)), make([]byte, limit), errTooLarge},
		{"a bomb in a bomb", []string{"gzip, gzip"}, coded(t, "gzip", coded(t, "gzip", make([]byte, 2<<20))), nil, errTooLarge},
		{"gzip of endless nothing", []string{"gzip"}, bytes.Repeat(coded(t, "gzip", nil), 1<<14), nil, errTooLarge},

		{"gzip cut short", []string{"gzip"}, gz[:len(gz)-9], nil, errTruncated},
		{"gzip without its checksum", []string{"gzip"}, gz[:len(gz)-4], nil, errTruncated},
		{"gzip cut in its head", []string{"gzip"}, gz[:5], nil, errTruncated},
		{"brotli cut short", []string{"br"}, coded(t, "br", story)[:40], nil, errTruncated},
		{"zstd cut short", []string{"zstd"}, coded(t, "zstd", story)[:40], nil, errTruncated},
		{"deflate cut short", []string{"deflate"}, coded(t, "deflate", story)[:40], nil, errTruncated},

		{"gzip with a wrong checksum", []string{"gzip"}, append(bytes.Clone(gz[:len(gz)-8]), 1, 2, 3, 4, 5, 6, 7, 8), nil, errCoding},
		{"plain, said to be gzip", []string{"gzip"}, story, nil, errCoding},
		{"plain, said to be brotli", []string{"br"}, story, nil, errCoding},
		{"plain, said to be zstd", []string{"zstd"}, story, nil, errCoding},
		{"plain, said to be deflate", []string{"deflate"}, story, nil, errCoding},
		{"a coding that nobody asked for", []string{"compress"}, story, nil, errCoding},
		{"one coding upon another, thrice", []string{"gzip, gzip, gzip"}, gz, nil, errCoding},
		{"a window larger than may be asked of a client", []string{"zstd"}, []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x88, 0x01, 0x00, 0x00}, nil, errCoding},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bs := &bodies{max: limit}
			for range 2 { // the second time with decoders used before
				got, err := bs.read(bytes.NewReader(tt.raw), -1, tt.encoding)
				if !isBodyError(err, tt.err) {
					t.Fatalf("read = %v, want %v", err, tt.err)
				}
				if tt.want != nil && !bytes.Equal(got, tt.want) {
					t.Errorf("read = %d bytes, want the %d that were sent", len(got), len(tt.want))
				}
				if len(got) > limit {
					t.Errorf("read = %d bytes, over the limit", len(got))
				}
			}
		})
	}
}

// errCoding stands for any *codingError.
var errCoding = errors.New("coding unknown or broken")

func isBodyError(err, want error) bool {
	var coding *codingError
	if errors.As(err, &coding) {
		return want == errCoding
	}
	return errors.Is(err, want)
}

// An endless body is read no further than the limit.
func TestAnEndlessBodyIsLeft(t *testing.T) {
	bs := &bodies{max: 64 << 10}
	endless := &counter{}
	if _, err := bs.read(endless, -1, nil); !errors.Is(err, errTooLarge) {
		t.Errorf("read = %v, want errTooLarge", err)
	}
	if endless.n > 65<<10 {
		t.Errorf("%d bytes were read, want 64 KiB and one", endless.n)
	}
	// One that says that it is too large is not read at all.
	endless = &counter{}
	if _, err := bs.read(endless, 1<<40, nil); !errors.Is(err, errTooLarge) || endless.n != 0 {
		t.Errorf("read = %v after %d bytes, want errTooLarge after none", err, endless.n)
	}
}

// A counter gives bytes without end and counts them.
type counter struct{ n int }

func (c *counter) Read(p []byte) (int, error) {
	c.n += len(p)
	return len(p), nil
}

func FuzzBodies(f *testing.F) {
	for _, coding := range []string{"gzip", "br", "zstd", "deflate"} {
		f.Add(coding, coded(f, coding, story[:500]))
	}
	bs := &bodies{max: 8 << 10}
	f.Fuzz(func(t *testing.T, coding string, raw []byte) {
		got, err := bs.read(bytes.NewReader(raw), -1, []string{coding})
		if len(got) > 8<<10 {
			t.Errorf("read of %q = %d bytes, over the limit", coding, len(got))
		}
		if err == nil || errors.Is(err, errTooLarge) || errors.Is(err, errTruncated) || isBodyError(err, errCoding) {
			return
		}
		t.Errorf("read of %q = %v, which has no kind", coding, err)
	})
}
