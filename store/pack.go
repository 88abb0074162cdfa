package store

import (
	"fmt"
	"math/bits"

	"github.com/klauspost/compress/zstd"
)

// A packer compresses by zstd (RFC 8878), alone or with a base: content that
// is kept elsewhere and serves as a raw dictionary, so that what is packed
// holds little more than the difference. A base is never packed with a base
// itself, so unpacking takes two steps at most, and a damaged row harms only
// those that name it. Frames carry a checksum and no dictionary id, so that
// any zstd reads them: `zstd -d -D base`.
//
// Its methods are functions of values, safe for use by several goroutines.
type packer struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

const (
	// rawDictionary is the id that a dictionary without one has.
	rawDictionary = 0
	// maxUnpacked is the most that one packed row may hold: the largest page
	// (5 MiB) and all that is read out of it fit many times.
	maxUnpacked = 64 << 20
	// shortBase is the size up to which the fastest level finds what a page
	// has in common with its base, in a third of the default's time and a
	// quarter of its memory. Its table is too small for more: of a page of
	// 3 MB with ten edits it leaves 225 KB, the better level 0.6 KB.
	shortBase = 256 << 10
	// baseSpan is how many successive revisions may share a base: every 16th
	// is packed whole, so that no base is too far from what it serves.
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
// where there is no base or it saves less than half.
func (p *packer) against(content, base []byte) (packed []byte, based bool, err error) {
	if len(base) == 0 {
		return p.whole(content), false, nil
	}
	level := zstd.SpeedFastest
	if len(base) > shortBase {
		level = zstd.SpeedBetterCompression
	}
	window := max(zstd.MinWindowSize, 1<<bits.Len(uint(len(base)+len(content)))) // reaches back over all of the base
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true),
		zstd.WithEncoderLevel(level), zstd.WithWindowSize(window), zstd.WithEncoderDictRaw(rawDictionary, base))
	if err != nil {
		return nil, false, fmt.Errorf("pack with a base: %w", err)
	}
	defer enc.Close()
	packed = enc.EncodeAll(content, nil)
	if len(packed) < len(content)/16 { // text alone never packs that well
		return packed, true, nil
	}
	if whole := p.whole(content); len(whole)/2 <= len(packed) {
		return whole, false, nil
	}
	return packed, true, nil
}

// unpack returns what was packed, with the base it was packed with or nil.
func (p *packer) unpack(packed, base []byte) ([]byte, error) {
	if len(base) == 0 {
		return p.dec.DecodeAll(packed, nil)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxUnpacked), zstd.WithDecoderDictRaw(rawDictionary, base))
	if err != nil {
		return nil, fmt.Errorf("unpack with a base: %w", err)
	}
	defer dec.Close()
	return dec.DecodeAll(packed, nil)
}
