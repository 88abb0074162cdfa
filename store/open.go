package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the database/sql driver named "sqlite"
)

// Open opens the store at url, which is sqlite:PATH or a bare path, and makes
// it if there is none yet. The folder must be there. A store that an older
// stet made is brought up to date, under a lock that other processes wait for.
func Open(ctx context.Context, url string, o Options) (*DB, error) {
	path, err := PathOf(url)
	if err != nil {
		return nil, err
	}
	if err := prepareFile(path); err != nil {
		return nil, fmt.Errorf("open the store %s: %w", path, err)
	}
	db, err := open(ctx, path, o)
	if err != nil {
		return nil, fmt.Errorf("open the store %s: %w", path, err)
	}
	return db, nil
}

// PathOf returns the file that a store's url names.
func PathOf(url string) (string, error) {
	path, named := strings.CutPrefix(url, "sqlite:")
	scheme, _, other := strings.Cut(path, "://")
	switch {
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		return "", errors.New("this stet keeps its store in SQLite only: PostgreSQL is not there yet; use sqlite:PATH")
	case !named && other:
		return "", fmt.Errorf("no store is of the kind %q; use sqlite:PATH", scheme)
	case path == "":
		return "", fmt.Errorf("the store's url %q names no file; use sqlite:PATH", url)
	case strings.HasPrefix(path, ":memory:"):
		return "", errors.New("a store needs a file, because several connections share it; use sqlite:PATH")
	}
	return filepath.Clean(path), nil
}

// prepareFile makes an empty file that only its owner may read where there is
// none, and refuses what is no database that can be written.
func prepareFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the folder %s is not there: make it, or name another file with --db", filepath.Dir(path))
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("it cannot be written (%w): change its owner or mode, or name another file with --db", err)
	case err != nil:
		return fmt.Errorf("it cannot be written (%w): name another file with --db", err)
	}
	defer f.Close()
	return checkHeader(f, path)
}

// checkHeader refuses, without changing it, a file that is not SQLite's, is
// shorter than it says, or belongs to another program or to a newer stet.
// Source: https://www.sqlite.org/fileformat.html, 1.3 and 1.6
func checkHeader(f *os.File, path string) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("it is not a file: name another with --db")
	}
	if info.Size() == 0 {
		return nil // new
	}
	header := make([]byte, 108) // of the file, and of the schema's first page
	if _, err := io.ReadFull(f, header); err != nil || !bytes.HasPrefix(header, []byte("SQLite format 3\x00")) {
		return fmt.Errorf("%w: it is no SQLite database; %s", ErrDamaged, restoreHint)
	}
	number := func(at int) int64 { return int64(binary.BigEndian.Uint32(header[at:])) }
	pageSize := int64(binary.BigEndian.Uint16(header[16:]))
	if pageSize == 1 {
		pageSize = 65536
	}
	id, version, cells := number(68), int(number(60)), binary.BigEndian.Uint16(header[103:])
	wal, err := os.Stat(path + "-wal")
	inLog := err == nil && wal.Size() > 0 // pages may still be there
	switch {
	case !inLog && info.Size() < pageSize*number(28):
		return fmt.Errorf("%w: it has %d bytes of %d; %s", ErrDamaged, info.Size(), pageSize*number(28), restoreHint)
	case id != applicationID && (id != 0 || cells > 0):
		return errOtherProgram
	case id == applicationID && version > len(migrations()):
		return newerError(version)
	}
	return nil
}

var errOtherProgram = errors.New("it is an SQLite database of another program: name another file with --db")

func open(ctx context.Context, path string, o Options) (*DB, error) {
	db := &DB{path: path, log: o.Log}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if db.writer, err = sql.Open("sqlite", dsn(path, "_txlock=immediate")); err != nil {
		return nil, err
	}
	db.writer.SetMaxOpenConns(1)
	pool, err := sql.Open("sqlite", dsn(path, "_query_only=1"))
	if err != nil {
		return nil, errors.Join(err, db.writer.Close())
	}
	pool.SetMaxOpenConns(readers)
	pool.SetMaxIdleConns(readers)
	db.reader = &readPool{DB: pool}
	if db.pack, err = newPacker(); err != nil {
		return nil, errors.Join(err, db.reader.Close(), db.writer.Close())
	}
	if err := db.start(ctx); err != nil {
		db.closeFiles()
		return nil, db.explain(err)
	}
	return db, nil
}

// start makes the schema ready and prepares what is used most.
func (db *DB) start(ctx context.Context) error {
	if err := useWAL(ctx, db.writer); err != nil {
		return err
	}
	if err := db.migrate(ctx); err != nil {
		return err
	}
	if err := touchTables(ctx, db.reader.DB); err != nil {
		return err
	}
	return db.hot.prepare(ctx, db.writer)
}

// dsn is how the driver is told about a file; escaped, so that any name works.
func dsn(path string, more ...string) string {
	escaped := (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	if runtime.GOOS == "windows" && filepath.IsAbs(path) {
		escaped = "/" + escaped
	}
	settings := append([]string{
		fmt.Sprintf("_busy_timeout=%d", busyTimeout.Milliseconds()),
		"_foreign_keys=1", "_synchronous=FULL", "_defensive=1", "_dqs=0",
	}, more...)
	return "file:" + escaped + "?" + strings.Join(settings, "&")
}

// useWAL turns the write-ahead log on. SQLite does not wait for its busy
// timeout here when two processes do it at once, so this does.
func useWAL(ctx context.Context, writer *sql.DB) error {
	deadline := time.Now().Add(busyTimeout)
	for {
		var mode string
		err := writer.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode)
		switch {
		case err == nil && mode == "wal":
			return nil
		case err == nil:
			return fmt.Errorf("SQLite cannot use a write-ahead log there (journal mode %q): use a local disk", mode)
		case !isBusy(err) || time.Now().After(deadline):
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// touchTables reads a little of every table, so that a database whose first
// pages are damaged is refused when it is opened, not hours later.
func touchTables(ctx context.Context, q querier) error {
	names, err := tableNames(ctx, q)
	if err != nil {
		return err
	}
	for _, name := range names {
		var any int
		err := q.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %q NOT INDEXED LIMIT 1)", name)).Scan(&any)
		if err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
	}
	return nil
}

func tableNames(ctx context.Context, q querier) ([]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT name FROM sqlite_schema WHERE type = 'table'")
	if err != nil {
		return nil, err
	}
	return collect(rows, func(rows *sql.Rows) (name string, err error) {
		err = rows.Scan(&name)
		return name, err
	})
}

// collect reads all of rows by scan and closes them.
func collect[T any](rows *sql.Rows, scan func(*sql.Rows) (T, error)) (all []T, err error) {
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
