package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"stet/store/ledger"
)

// appendLeaf adds a leaf to the ledger within the transaction that keeps what
// it stands for, and returns its index.
func appendLeaf(ctx context.Context, tx *sql.Tx, leaf tlog.Hash, at time.Time) (int64, error) {
	size, _, err := checkpoint(ctx, tx)
	if err != nil {
		return 0, err
	}
	grown, err := ledger.Append(size, leaf, storedHashes(ctx, tx))
	if err != nil {
		return 0, err
	}
	for i, h := range grown.Stored {
		if _, err := tx.ExecContext(ctx, "INSERT INTO ledger_hashes (id, hash) VALUES (?, ?)", grown.First+int64(i), h[:]); err != nil {
			return 0, err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO ledger_checkpoint (one, size, root, at) VALUES (1, ?, ?, ?)
		ON CONFLICT (one) DO UPDATE SET size = excluded.size, root = excluded.root, at = excluded.at`,
		grown.Size, grown.Root[:], micros(at))
	return grown.Leaf, err
}

// checkpoint returns the size and root of the ledger: 0 and the empty tree's
// before the first leaf.
func checkpoint(ctx context.Context, q querier) (size int64, root tlog.Hash, err error) {
	var kept []byte
	err = q.QueryRowContext(ctx, "SELECT size, root FROM ledger_checkpoint").Scan(&size, &kept)
	if errors.Is(err, sql.ErrNoRows) {
		root, err = tlog.TreeHash(0, nil)
		return 0, root, err
	}
	copy(root[:], kept)
	return size, root, err
}

// storedHashes reads the ledger's tree.
func storedHashes(ctx context.Context, q querier) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		if len(indexes) == 0 {
			return nil, nil
		}
		args := make([]any, len(indexes))
		for i, index := range indexes {
			args[i] = index
		}
		rows, err := q.QueryContext(ctx, "SELECT id, hash FROM ledger_hashes WHERE id IN (?"+strings.Repeat(", ?", len(indexes)-1)+")", args...)
		if err != nil {
			return nil, err
		}
		found := make(map[int64]tlog.Hash, len(indexes))
		_, err = collect(rows, func(rows *sql.Rows) (struct{}, error) {
			var id int64
			var hash []byte
			err := rows.Scan(&id, &hash)
			found[id] = tlog.Hash(hash)
			return struct{}{}, err
		})
		if err != nil {
			return nil, err
		}
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			h, ok := found[index]
			if !ok {
				return nil, fmt.Errorf("hash %d of the ledger is missing", index)
			}
			hashes[i] = h
		}
		return hashes, nil
	})
}
