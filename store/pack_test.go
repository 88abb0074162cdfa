package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// words makes n words of prose, of a vocabulary and order of the seed's own.
func words(n int, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	vocabulary := make([]string, 4000)
	for i := range vocabulary {
		vocabulary[i] = fmt.Sprintf("w%x", r.Uint32()>>(8+r.IntN(12)))
	}
	var b strings.Builder
	for range n {
		b.WriteString(vocabulary[int(float64(len(vocabulary))*r.Float64()*r.Float64())] + " ")
	}
	return []byte(b.String())
}

func TestPackedIsUnpackedAgain(t *testing.T) {
	p, err := newPacker()
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	long := words(520_000, 1) // 3 MB
	edited := append(append(bytes.Clone(long[:2_900_000]), "an edit"...), long[2_900_050:]...)
	for _, tt := range []struct {
		name          string
		content, base []byte
		based         bool
		most          int // bytes packed
	}{
		{"nothing", nil, nil, false, 32},
		{"nothing, with a base", nil, words(100, 1), false, 32},
		{"a page without a base", words(3000, 1), nil, false, 10_000},
		{"the same page", words(3000, 1), words(3000, 1), true, 64},
		{"a page with one more advert", append([]byte("advert"), words(3000, 1)...), words(3000, 1), true, 96},
		{"another page", words(3000, 1), words(3000, 2), false, 10_000},
		{"a page that is cut to a tenth", words(300, 1), words(3000, 1), true, 96},
		{"a page ten times as long", words(3000, 1), words(300, 1), false, 10_000},
		{"an edit near the end of the longest page", edited, long, true, 2000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			packed, based, err := p.against(tt.content, tt.base)
			if err != nil {
				t.Fatal(err)
			}
			if based != tt.based || len(packed) > tt.most {
				t.Errorf("%d bytes are packed to %d, with base %t; want at most %d, %t", len(tt.content), len(packed), based, tt.most, tt.based)
			}
			base := tt.base
			if !based {
				base = nil
			}
			got, err := p.unpack(packed, base)
			if err != nil || !bytes.Equal(got, tt.content) {
				t.Errorf("unpack gives %d bytes of %d, %v", len(got), len(tt.content), err)
			}
		})
	}
}

func TestUnpackRefusesWhatIsNotWhole(t *testing.T) {
	p, err := newPacker()
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	base := words(3000, 1)
	packed, _, err := p.against(append([]byte("one more"), base...), base)
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(packed)
	flipped[len(flipped)/2] ^= 0x20
	for name, in := range map[string]struct{ packed, base []byte }{
		"with another base":   {packed, words(3000, 2)},
		"without its base":    {packed, nil},
		"cut short":           {packed[:len(packed)-3], base},
		"with a bit flipped":  {flipped, base},
		"of no frame at all":  {[]byte("plain text"), nil},
		"of 65 MB in a frame": {p.whole(make([]byte, maxUnpacked+1)), nil},
	} {
		if got, err := p.unpack(in.packed, in.base); err == nil {
			t.Errorf("unpack of a frame %s gives %d bytes", name, len(got))
		}
	}
}

// FuzzPack: whatever is in a row, unpacking it ends with bytes or an error,
// and what was packed is unpacked to itself.
func FuzzPack(f *testing.F) {
	p, err := newPacker()
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(p.close)
	f.Add([]byte("Two boats sank."), []byte("Twelve boats sank."))
	f.Add(words(500, 1), words(500, 1))
	f.Fuzz(func(t *testing.T, content, base []byte) {
		packed, based, err := p.against(content, base)
		if err != nil {
			t.Fatal(err)
		}
		if p.unpack(content, base); !based {
			base = nil
		}
		if got, err := p.unpack(packed, base); err != nil || !bytes.Equal(got, content) {
			t.Errorf("unpack(against(%q, %q)) = %q, %v", content, base, got, err)
		}
	})
}
