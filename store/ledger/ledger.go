// Package ledger is a transparency log over revisions: it shows that none was
// altered or dropped after it was kept.
//
// A leaf is made in two steps, so that a story can be erased later and the
// proof that it was there can stay. The [Record] of a revision names hashes of
// its content; [Commit] hashes a random [Salt] with the record to a
// commitment, from which nothing can be guessed once the salt is erased; and
// the commitment is the data of the leaf. The leaves form the Merkle tree of
// RFC 6962 in the stored form of golang.org/x/mod/sumdb/tlog.
//
// [Append] grows the log by one leaf, [Audit] computes a log again from its
// leaves. Both are functions of values: where hashes are kept is the caller's
// business.
package ledger

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// A Salt is 32 random bytes that are hashed with a record.
type Salt [32]byte

// NewSalt returns a fresh salt from the system's secure source.
func NewSalt() Salt {
	var s Salt
	rand.Read(s[:]) // never fails: crypto/rand ends the program instead
	return s
}

// A Record is what a leaf says of one revision.
type Record struct {
	URL       string    // the watch's address when the revision was kept
	Revision  int       // its number within the watch, from 1
	FirstSeen time.Time // to the microsecond
	Article   [32]byte  // SHA-256 of the article's kept form
	Capture   [32]byte  // SHA-256 of the page's body
	NoCapture bool      // no page was kept with the revision
}

// Text returns the record's canonical form, version 1: six lines, each ended
// by a newline, with hashes in hex and the time in UTC:
//
//	stet revision v1
//	url https://news.example/story
//	revision 3
//	first seen 2026-11-24T08:15:02.000000Z
//	article 9f86d081…
//	capture 60303ae2…
//
// The last line is "capture none" where no page was kept. Line breaks in a URL
// are escaped as %0A and %0D, so that two records never have the same text.
func (r Record) Text() []byte {
	capture := "none"
	if !r.NoCapture {
		capture = fmt.Sprintf("%x", r.Capture)
	}
	return fmt.Appendf(nil, "stet revision v1\nurl %s\nrevision %d\nfirst seen %s\narticle %x\ncapture %s\n",
		strings.NewReplacer("\n", "%0A", "\r", "%0D").Replace(r.URL), r.Revision,
		r.FirstSeen.UTC().Format("2006-01-02T15:04:05.000000Z"), r.Article, capture)
}

// Commit returns the commitment to a record: SHA-256 over the salt and its text.
func Commit(s Salt, r Record) [32]byte {
	h := sha256.New()
	h.Write(s[:])
	h.Write(r.Text())
	return [32]byte(h.Sum(nil))
}

// LeafHash returns the hash of the leaf whose data is the commitment: SHA-256
// over a zero byte and the commitment (RFC 6962, 2.1).
func LeafHash(commitment [32]byte) tlog.Hash { return tlog.RecordHash(commitment[:]) }

// A Growth is what one more leaf adds to a log.
type Growth struct {
	Leaf   int64       // the new leaf's index
	First  int64       // the index of the first of Stored
	Stored []tlog.Hash // the new stored hashes, the leaf's own first
	Size   int64       // the log's size in leaves, the new one included
	Root   tlog.Hash   // the log's root, the new leaf included
}

// Append adds leaf to a log of size leaves whose stored hashes stored reads.
func Append(size int64, leaf tlog.Hash, stored tlog.HashReader) (Growth, error) {
	added, err := tlog.StoredHashesForRecordHash(size, leaf, stored)
	if err != nil {
		return Growth{}, fmt.Errorf("add leaf %d to the ledger: %w", size, err)
	}
	g := Growth{Leaf: size, First: tlog.StoredHashIndex(0, size), Stored: added, Size: size + 1}
	g.Root, err = tlog.TreeHash(g.Size, tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		return readGrown(indexes, g, stored)
	}))
	if err != nil {
		return Growth{}, fmt.Errorf("root of the ledger at %d leaves: %w", g.Size, err)
	}
	return g, nil
}

// readGrown reads hashes of which some are new and not stored yet.
func readGrown(indexes []int64, g Growth, stored tlog.HashReader) ([]tlog.Hash, error) {
	var old []int64
	for _, i := range indexes {
		if i < g.First {
			old = append(old, i)
		}
	}
	var kept []tlog.Hash
	if len(old) > 0 {
		var err error
		if kept, err = stored.ReadHashes(old); err != nil {
			return nil, err
		}
	}
	hashes := make([]tlog.Hash, len(indexes))
	for n, i := range indexes {
		if i >= g.First {
			hashes[n] = g.Stored[i-g.First]
			continue
		}
		hashes[n], kept = kept[0], kept[1:]
	}
	return hashes, nil
}
