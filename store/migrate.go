package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// applicationID marks a file as stet's in SQLite's header: "stet" in ASCII.
const applicationID = 0x73746574

// migrate brings the schema up to date in one transaction that is begun
// IMMEDIATE: a second process waits for it and then finds nothing to do.
func (db *DB) migrate(ctx context.Context) error {
	steps := migrations()
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	version, err := schemaVersion(ctx, tx)
	if err != nil {
		return err
	}
	if version > len(steps) {
		return newerError(version)
	}
	for i, name := range steps[version:] {
		if err := applyMigration(ctx, tx, name, version+i+1); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// migrations returns the names of the scripts that make the schema, in order;
// version n is what the first n of them make.
func migrations() []string {
	names, _ := fs.Glob(migrationFiles, "migrations/*.sql") // fails for a bad pattern only
	return names
}

func newerError(version int) error {
	return fmt.Errorf("%w: its schema has version %d, this stet knows %d. Use the newer stet, or name another file with --db", ErrNewer, version, len(migrations()))
}

// schemaVersion returns the number of the last migration that was applied. It
// refuses a database that another program made.
func schemaVersion(ctx context.Context, tx *sql.Tx) (version int, err error) {
	var id, tables int
	for _, q := range []struct {
		query string
		dest  *int
	}{
		{"PRAGMA application_id", &id},
		{"PRAGMA user_version", &version},
		{"SELECT count(*) FROM sqlite_schema", &tables},
	} {
		if err := tx.QueryRowContext(ctx, q.query).Scan(q.dest); err != nil {
			return 0, err
		}
	}
	if id != applicationID && (id != 0 || tables > 0) {
		return 0, errOtherProgram
	}
	return version, nil
}

func applyMigration(ctx context.Context, tx *sql.Tx, name string, version int) error {
	script, err := migrationFiles.ReadFile(name)
	if err != nil {
		return err
	}
	script = fmt.Appendf(script, "\nPRAGMA application_id = %d;\nPRAGMA user_version = %d;\n", applicationID, version)
	if _, err := tx.ExecContext(ctx, string(script)); err != nil {
		return fmt.Errorf("bring the schema to version %d (%s): %w", version, name, err)
	}
	return nil
}
