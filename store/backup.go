package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"stet/store/ledger"
)

// ErrExists says that a file is in the way which is not to be overwritten.
var ErrExists = errors.New("there is a file already")

// Backup writes a copy of the store to path while it is being used: the store
// as it stands at one moment, in one file. The copy is verified before it gets
// its name, so path is a good backup or is not there. A file that is there
// already is left alone: ErrExists.
func Backup(ctx context.Context, db *DB, path string) error {
	if err := backup(ctx, db, path); err != nil {
		return fmt.Errorf("back %s up to %s: %w", db.path, path, err)
	}
	return nil
}

func backup(ctx context.Context, db *DB, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%w: name another", ErrExists)
	}
	if err := db.Flush(ctx); err != nil {
		return err
	}
	temp, err := soundCopy(ctx, db.path, path)
	if err != nil {
		return err
	}
	defer os.Remove(temp)                       // where the link was made, it stays
	if err := os.Link(temp, path); err != nil { // fails where a file appeared meanwhile
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// Restore puts the store that is kept in the file from in the place of the one
// at to. A backup that does not verify is refused, and so is a store at to,
// unless replace is set: then the old one is kept beside the new one, under
// the name that kept returns. No stet may be running on it. Whatever goes
// wrong, there is a whole store at to, or the old one under its new name.
func Restore(ctx context.Context, from, to string, replace bool) (kept string, err error) {
	if kept, err = restore(ctx, from, to, replace); err != nil {
		return kept, fmt.Errorf("restore %s from %s: %w", to, from, err)
	}
	return kept, nil
}

func restore(ctx context.Context, from, to string, replace bool) (kept string, err error) {
	_, err = os.Lstat(to)
	there := err == nil
	if there && !replace {
		return "", fmt.Errorf("%w: say so if it is to be replaced, or name another", ErrExists)
	}
	if there {
		if err := refuseInUse(ctx, to); err != nil {
			return "", err
		}
	}
	temp, err := soundCopy(ctx, from, to)
	if err != nil {
		return "", err
	}
	if there {
		kept, err = setAside(to)
	}
	if err == nil {
		err = os.Rename(temp, to)
	}
	if err != nil {
		return kept, errors.Join(err, os.Remove(temp))
	}
	return kept, syncFolder(filepath.Dir(to))
}

// soundCopy copies the database from into a new file beside the file beside,
// verifies the copy and returns its name.
func soundCopy(ctx context.Context, from, beside string) (temp string, err error) {
	f, err := os.CreateTemp(filepath.Dir(beside), ".stet-copy-*") // only its owner may read it
	if err != nil {
		return "", err
	}
	temp = f.Name()
	err = f.Close()
	if err == nil {
		err = vacuumInto(ctx, from, temp)
	}
	if err == nil {
		err = verifyCopy(ctx, temp)
	}
	if err == nil {
		err = syncFile(temp)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(temp))
	}
	return temp, nil
}

// vacuumInto has SQLite write a compact copy of one moment of a database.
func vacuumInto(ctx context.Context, from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	err = checkHeader(f, from)
	f.Close()
	if err != nil {
		return err
	}
	source, err := sql.Open("sqlite", dsn(from, "mode=ro"))
	if err != nil {
		return err
	}
	defer source.Close()
	if _, err := source.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return explain(err, to)
	}
	return nil
}

// verifyCopy refuses a copy of a database of which a claim fails, or that is
// not a store. That of an older stet is brought up to date first.
func verifyCopy(ctx context.Context, path string) error {
	db, err := open(ctx, path, Options{})
	if err != nil {
		return err
	}
	for c, err := range db.Verify(ctx) {
		if err != nil {
			return errors.Join(err, db.Close())
		}
		if c.Result == ledger.Failed {
			return errors.Join(fmt.Errorf("%w: it does not hold that %s (%s)", ErrDamaged, c.Claim, c.Detail), db.Close())
		}
	}
	return db.Close() // leaves all in the one file
}

// refuseInUse refuses a database that another connection has open: each holds
// a lock on it as long as it uses the write-ahead log, so that nobody else can
// have it alone. One that cannot be read any more is in nobody's use.
func refuseInUse(ctx context.Context, path string) error {
	alone, err := sql.Open("sqlite", dsn(path, "_pragma=busy_timeout(200)", "_pragma=locking_mode(EXCLUSIVE)", "_txlock=exclusive"))
	if err != nil {
		return err
	}
	defer alone.Close()
	alone.SetMaxOpenConns(1)
	tx, err := alone.BeginTx(ctx, nil)
	if err == nil {
		return tx.Rollback()
	}
	if isBusy(err) {
		return errors.New("a stet is running on it: stop that first")
	}
	return nil
}

// setAside gives a database and its log another name, so that a restored one
// can take its place.
func setAside(path string) (kept string, err error) {
	kept = fmt.Sprintf("%s.before-restore-%s", path, time.Now().UTC().Format("20060102T150405.000000"))
	for _, part := range []string{"-wal", "-shm", ""} {
		if err := os.Rename(path+part, kept+part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return kept, err
		}
	}
	return kept, nil
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
