package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet/store/ledger"
	"stet/watcher"
	"stet/watcher/compare"
)

// openStory opens a new store with a story of n revisions.
func openStory(t testing.TB, n int) *DB {
	t.Helper()
	db := openTemp(t)
	w, _, err := db.AddWatch(t.Context(), watcher.Watch{URL: "https://harbour.example/boats", Key: "harbour.example/boats", Added: testTime, NextCheck: testTime})
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		recordRevision(t, db, w.ID, i)
	}
	return db
}

// files lists the names in a folder.
func files(t testing.TB, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func revisions(t testing.TB, path string) int {
	t.Helper()
	db, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	entries, err := db.History(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

func TestBackupIsAWholeStoreWhileTheFirstIsWrittenTo(t *testing.T) {
	db := openStory(t, 3)
	path := filepath.Join(t.TempDir(), "backup.db")
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for n := 3; ; n++ {
			select {
			case <-stop:
				return
			default:
				recordRevision(t, db, 1, n)
			}
		}
	}()
	err := Backup(t.Context(), db, path)
	close(stop)
	<-stopped
	if err != nil {
		t.Fatal(err)
	}
	if got := files(t, filepath.Dir(path)); got != "backup.db" {
		t.Errorf("the folder of the backup has %q", got)
	}
	if n := revisions(t, path); n < 3 {
		t.Errorf("the backup has %d revisions, want at least 3", n)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup's mode is %v, %v; want that only its owner may read it", info.Mode(), err)
	}
}

func TestBackupHoldsFormerVerdicts(t *testing.T) {
	db := openStory(t, 2)
	if err := db.Rejudge(t.Context(), 1, compare.Change{Changed: true, Disclosure: compare.Disclosed}, "a note came", testTime); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := Backup(t.Context(), db, path); err != nil {
		t.Fatal(err)
	}
	copied, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	former, err := copied.FormerVerdicts(t.Context(), 1)
	if err != nil || len(former) != 1 || former[0].Why != "a note came" || former[0].Disclosure == compare.Disclosed {
		t.Errorf("FormerVerdicts of the backup = %+v, %v", former, err)
	}
}

func TestBackupLeavesAFileAlone(t *testing.T) {
	db := openStory(t, 1)
	path := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(path, []byte("notes"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Backup(t.Context(), db, path); !errors.Is(err, ErrExists) {
		t.Errorf("Backup over a file: %v, want ErrExists", err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "notes" {
		t.Errorf("the file is %q, %v", text, err)
	}
}

func TestBackupOfAStoreThatDoesNotVerifyLeavesNothing(t *testing.T) {
	db := openStory(t, 2)
	tamper(t, db, "UPDATE revisions SET first_seen_at = first_seen_at + 1 WHERE number = 2")
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := Backup(t.Context(), db, path); !errors.Is(err, ErrDamaged) {
		t.Errorf("Backup: %v, want ErrDamaged", err)
	}
	if got := files(t, filepath.Dir(path)); got != "" {
		t.Errorf("it left %q", got)
	}
}

// backupOf makes a backup of a story with n revisions.
func backupOf(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := Backup(t.Context(), openStory(t, n), path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRestore(t *testing.T) {
	t.Run("puts a backup where nothing is", func(t *testing.T) {
		to := filepath.Join(t.TempDir(), "stet.db")
		if kept, err := Restore(t.Context(), backupOf(t, 2), to, false); err != nil || kept != "" {
			t.Fatalf("Restore = %q, %v", kept, err)
		}
		if got := files(t, filepath.Dir(to)); got != "stet.db" {
			t.Errorf("the folder has %q", got)
		}
		if n := revisions(t, to); n != 2 {
			t.Errorf("it has %d revisions, want 2", n)
		}
	})
	t.Run("replaces a store when told to, and keeps the old one", func(t *testing.T) {
		old := openStory(t, 3)
		if err := old.Close(); err != nil {
			t.Fatal(err)
		}
		from := backupOf(t, 2)
		if _, err := Restore(t.Context(), from, old.Path(), false); !errors.Is(err, ErrExists) {
			t.Errorf("Restore over a store: %v, want ErrExists", err)
		}
		kept, err := Restore(t.Context(), from, old.Path(), true)
		if err != nil {
			t.Fatal(err)
		}
		if now, before := revisions(t, old.Path()), revisions(t, kept); now != 2 || before != 3 {
			t.Errorf("there are %d revisions, and %d in the old store, want 2 and 3", now, before)
		}
	})
	t.Run("takes the place of a damaged store", func(t *testing.T) {
		to := filepath.Join(t.TempDir(), "stet.db")
		if err := os.WriteFile(to, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(t.Context(), backupOf(t, 2), to, true); err != nil {
			t.Fatal(err)
		}
		if n := revisions(t, to); n != 2 {
			t.Errorf("it has %d revisions, want 2", n)
		}
	})
	t.Run("refuses while a stet runs on the store", func(t *testing.T) {
		running := openStory(t, 3)
		if _, err := Restore(t.Context(), backupOf(t, 2), running.Path(), true); err == nil || !strings.Contains(err.Error(), "running") {
			t.Errorf("Restore: %v, want that a stet is running", err)
		}
		recordRevision(t, running, 1, 3) // and leaves it alone
	})
	for name, damage := range map[string]func(t *testing.T, path string){
		"is no database": func(t *testing.T, path string) { overwrite(t, path, 0, "hello, this is text") },
		"was cut short":  func(t *testing.T, path string) { truncate(t, path, 0.7) },
		"has a damaged page": func(t *testing.T, path string) {
			overwrite(t, path, pageOf(t, path, "revisions"), strings.Repeat("\xff", 4096))
		},
		"was tampered with": func(t *testing.T, path string) {
			db, err := Open(t.Context(), path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			tamper(t, db, "UPDATE revisions SET url = 'https://other.example/' WHERE number = 2")
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		},
		"is not there": func(t *testing.T, path string) { os.Remove(path) },
	} {
		t.Run("refuses a backup that "+name+" and leaves the store alone", func(t *testing.T) {
			old := openStory(t, 3)
			if err := old.Close(); err != nil {
				t.Fatal(err)
			}
			from := backupOf(t, 2)
			damage(t, from)
			if kept, err := Restore(t.Context(), from, old.Path(), true); err == nil || kept != "" {
				t.Errorf("Restore = %q, %v, want an error", kept, err)
			}
			if got := files(t, filepath.Dir(old.Path())); got != "stet.db" {
				t.Errorf("the folder has %q, want the store alone", got)
			}
			if n := revisions(t, old.Path()); n != 3 {
				t.Errorf("the store has %d revisions, want 3", n)
			}
		})
	}
}

// pageOf returns where in a store's file the first page of a table begins. (A
// damaged index is made anew from its table when a backup is read.)
func pageOf(t testing.TB, path, table string) int64 {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(path, "mode=ro"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var at int64
	if err := db.QueryRowContext(t.Context(), "SELECT (rootpage - 1) * page_size FROM sqlite_schema, pragma_page_size WHERE name = ?", table).Scan(&at); err != nil {
		t.Fatalf("where %s begins: %v", table, err)
	}
	return at
}

func fileSize(t testing.TB, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func truncate(t testing.TB, path string, share float64) {
	t.Helper()
	if err := os.Truncate(path, int64(float64(fileSize(t, path))*share)); err != nil {
		t.Fatal(err)
	}
}

func overwrite(t testing.TB, path string, at int64, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt([]byte(text), at)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// tamper changes the store behind its back.
func tamper(t testing.TB, db *DB, statements ...string) {
	t.Helper()
	conn, err := db.writer.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, s := range append([]string{"PRAGMA foreign_keys = OFF"}, statements...) {
		if _, err := conn.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func TestVerifyFindsWhatWasTamperedWith(t *testing.T) {
	for _, tt := range []struct {
		name       string
		statements []string
		want       string // part of a failed claim
	}{
		{"a text is another's", []string{"UPDATE revisions SET content = (SELECT content FROM revisions WHERE number = 1), base = NULL WHERE number = 3"}, "revision 3"},
		{"a page is another's", []string{"UPDATE captures SET body = (SELECT body FROM captures WHERE id = 1), base = NULL WHERE id = 3"}, "revision 3"},
		{"a text is rubbish", []string{"UPDATE revisions SET content = x'0011223344' WHERE number = 2"}, "revision 2"},
		{"a base is rubbish", []string{"UPDATE revisions SET content = x'0011223344' WHERE number = 1"}, "revision 3"},
		{"a page is gone", []string{"DELETE FROM captures WHERE revision = 2"}, "revision 2"},
		{"a time is another", []string{"UPDATE revisions SET first_seen_at = first_seen_at - 1 WHERE number = 2"}, "revision 2"},
		{"an address is another", []string{"UPDATE revisions SET url = 'https://other.example/' WHERE number = 1"}, "revision 1"},
		{"a salt is another", []string{"UPDATE revisions SET salt = zeroblob(32) WHERE number = 1"}, "revision 1"},
		{"a revision is gone", []string{"DELETE FROM captures WHERE revision = 2", "DELETE FROM revisions WHERE number = 2"}, "leaf 1 has its revision"},
		{"the last revision is gone", []string{"DELETE FROM captures WHERE revision = 5", "DELETE FROM revisions WHERE number = 5"}, "leaf 4 has its revision"},
		{"two revisions changed places", []string{
			"UPDATE revisions SET number = -2 WHERE number = 2", "UPDATE revisions SET number = 2 WHERE number = 3", "UPDATE revisions SET number = 3 WHERE number = -2",
		}, "revision 3"},
		{"two leaves changed places", []string{
			"UPDATE revisions SET leaf = -1 WHERE leaf = 1", "UPDATE revisions SET leaf = 1 WHERE leaf = 2", "UPDATE revisions SET leaf = 2 WHERE leaf = -1",
		}, "revision 3"},
		{"a leaf of the tree is another", []string{"UPDATE ledger_hashes SET hash = zeroblob(32) WHERE id = 0"}, "revision 1"},
		{"a node of the tree is another", []string{"UPDATE ledger_hashes SET hash = zeroblob(32) WHERE id = 2"}, "tree is made of its leaves"},
		{"the tree is cut short", []string{"DELETE FROM ledger_hashes WHERE id > 6"}, "tree is made of its leaves"},
		{"the root is another", []string{"UPDATE ledger_checkpoint SET root = zeroblob(32)"}, "root is that of its tree"},
		{"the size is less", []string{"UPDATE ledger_checkpoint SET size = 4"}, "that the ledger counts"},
		{"a verdict is rubbish", []string{"UPDATE changes SET data = x'0011223344' WHERE id = 3"}, "every verdict can be read, the former ones too (change 3"},
		{"a former verdict is rubbish", []string{"INSERT INTO former_verdicts (change, at, why, data) VALUES (2, 1, '', x'0011223344')"},
			"every verdict can be read, the former ones too (former verdict 1"},
		{"the checkpoint is gone", []string{"DELETE FROM ledger_checkpoint"}, "that the ledger counts"},
		{"a text was changed with its leaf, not the tree", []string{
			"UPDATE revisions SET url = 'https://other.example/' WHERE number = 1", "UPDATE revisions SET leaf_hash = zeroblob(32) WHERE number = 1",
		}, "revision 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			db := openStory(t, 5)
			tamper(t, db, tt.statements...)
			var failed []string
			for c, err := range db.Verify(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				if c.Result == ledger.Failed {
					failed = append(failed, fmt.Sprintf("%s (%s)", c.Claim, c.Detail))
				}
			}
			if !strings.Contains(strings.Join(failed, "\n"), tt.want) {
				t.Errorf("Verify fails %q, want a claim about %q", failed, tt.want)
			}
		})
	}
}
