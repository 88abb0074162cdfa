package store

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// A packer compresses by zstd (RFC 8878), alone or with a base: content that
// is kept elsewhere and serves as the dictionary, so that what is packed holds
// little more than the difference. A base is never packed with a base itself,
// so unpacking takes two steps at most, and a damaged row harms only those
// that name it. packer's methods are functions of values, safe for use by
// several goroutines.
type packer struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

const (
	// baseID marks a frame that was packed with a base. RFC 8878 leaves ids
	// from 32768 to 2^31-1 to private use.
	baseID = 32768
	// maxUnpacked is the most that one packed row may hold: a page of 5 MiB
	// with its article read out of it fits many times.
	maxUnpacked = 64 << 20
	// baseSpan is how many successive revisions may share a base: every 16th
	// is packed whole.
	baseSpan = 16
)

func newPacker() (*packer, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(maxUnpacked))
	if err != nil {
		return nil, err
	}
	return &packer{enc, dec}, nil
}

func (p *packer) close() {
	p.enc.Close()
	p.dec.Close()
}

// whole packs content without a base.
func (p *packer) whole(content []byte) []byte { return p.enc.EncodeAll(content, nil) }

// against packs content with a base. It reports false, and packs it whole,
// where the base helps to save less than half.
func (p *packer) against(content, base []byte) ([]byte, bool, error) {
	whole := p.whole(content)
	if len(base) == 0 {
		return whole, false, nil
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true), zstd.WithEncoderDictRaw(baseID, base))
	if err != nil {
		return nil, false, fmt.Errorf("pack with a base: %w", err)
	}
	defer enc.Close()
	if packed := enc.EncodeAll(content, nil); len(packed) < len(whole)/2 {
		return packed, true, nil
	}
	return whole, false, nil
}

// unpack returns what was packed, with the base it was packed with or nil.
func (p *packer) unpack(packed, base []byte) ([]byte, error) {
	if len(base) == 0 {
		return p.dec.DecodeAll(packed, nil)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxUnpacked), zstd.WithDecoderDictRaw(baseID, base))
	if err != nil {
		return nil, fmt.Errorf("unpack with a base: %w", err)
	}
	defer dec.Close()
	return dec.DecodeAll(packed, nil)
}
