package ledger

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// A Result is what checking a claim came to.
type Result string

// The results. Unknown is for what cannot be known from what is at hand.
const (
	OK      Result = "ok"
	Failed  Result = "failed"
	Unknown Result = "unknown"
)

// A Claim is one thing that a ledger or an export claims, and whether it holds.
type Claim struct {
	Claim  string `json:"claim"`
	Result Result `json:"result"`
	Detail string `json:"detail"`
}

// An Audit computes a log again from its leaves, added in order. It keeps only
// the log's right edge, one hash a level. The zero Audit is an empty log.
type Audit struct {
	size int64
	edge []edgeHash // by level
}

// An edgeHash is the latest hash of its level and its number there.
type edgeHash struct {
	n    int64
	hash tlog.Hash
}

// Size returns how many leaves were added.
func (a *Audit) Size() int64 { return a.size }

// Add adds the next leaf. It returns the hashes that the log must hold for it,
// and the index of the first of them.
func (a *Audit) Add(leaf tlog.Hash) (first int64, stored []tlog.Hash, err error) {
	stored, err = tlog.StoredHashesForRecordHash(a.size, leaf, tlog.HashReaderFunc(a.read))
	if err != nil {
		return 0, nil, fmt.Errorf("leaf %d of the ledger: %w", a.size, err)
	}
	first = tlog.StoredHashIndex(0, a.size)
	for i, h := range stored {
		level, n := tlog.SplitStoredHashIndex(first + int64(i))
		for len(a.edge) <= level {
			a.edge = append(a.edge, edgeHash{n: -1})
		}
		a.edge[level] = edgeHash{n, h}
	}
	a.size++
	return first, stored, nil
}

// Root returns the root of the log as far as it was added.
func (a *Audit) Root() (tlog.Hash, error) {
	root, err := tlog.TreeHash(a.size, tlog.HashReaderFunc(a.read))
	if err != nil {
		return tlog.Hash{}, fmt.Errorf("root of the ledger at %d leaves: %w", a.size, err)
	}
	return root, nil
}

// read answers from the right edge, which is all that growing a log asks for.
func (a *Audit) read(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		if level >= len(a.edge) || a.edge[level].n != n {
			return nil, fmt.Errorf("hash %d of level %d is not at the log's edge", n, level)
		}
		hashes[i] = a.edge[level].hash
	}
	return hashes, nil
}
