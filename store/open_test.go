package store

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"stet/store/ledger"
	"stet/store/storetest"
	"stet/watcher"
	"stet/watcher/compare"
)

func TestPathOf(t *testing.T) {
	for _, tt := range []struct{ name, url, path, problem string }{
		{"a url", "sqlite:/var/lib/stet/stet.db", "/var/lib/stet/stet.db", ""},
		{"a url with slashes", "sqlite:///var/lib/stet.db", "/var/lib/stet.db", ""},
		{"a bare path", "stet.db", "stet.db", ""},
		{"a path with signs that mean something in a URL", "sqlite:a b?c#d%20e.db", "a b?c#d%20e.db", ""},
		{"PostgreSQL", "postgres://user:secret@db.example/stet", "", "PostgreSQL is not there yet"},
		{"PostgreSQL by its other name", "postgresql://db.example/stet", "", "PostgreSQL is not there yet"},
		{"another database", "mysql://db.example/stet", "", `no store is of the kind "mysql"`},
		{"no path", "sqlite:", "", "names no file"},
		{"nothing", "", "", "names no file"},
		{"memory", "sqlite::memory:", "", "needs a file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path, err := PathOf(tt.url)
			if tt.problem == "" && (err != nil || path != filepath.FromSlash(tt.path)) {
				t.Errorf("PathOf(%q) = %q, %v, want %q", tt.url, path, err, tt.path)
			}
			if tt.problem != "" && (err == nil || !strings.Contains(err.Error(), tt.problem)) {
				t.Errorf("PathOf(%q): %v, want an error with %q", tt.url, err, tt.problem)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the error tells the password: %v", err)
			}
		})
	}
}

// refusal opens what cannot be opened and returns what is said.
func refusal(t *testing.T, path string) error {
	t.Helper()
	db, err := Open(t.Context(), path, Options{})
	if err == nil {
		db.Close()
		t.Fatalf("Open(%s) took it", path)
	}
	return err
}

// wantSaid fails the test unless an error names the file and has these parts.
func wantSaid(t *testing.T, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error is %q, want %q in it", err, part)
		}
	}
}

func TestOpenMakesAStoreThatOnlyItsOwnerMayRead(t *testing.T) {
	db := openTemp(t)
	for _, name := range []string{db.Path(), db.Path() + "-wal"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, want 0600", name, info.Mode().Perm())
		}
	}
}

func TestOpenTakesAnyName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?c=d&mode=ro#e%41;ü.db")
	db, err := Open(t.Context(), "sqlite:"+path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	if db.Path() != path {
		t.Errorf("Path() = %q, want %q", db.Path(), path)
	}
}

func TestOpenSetsSQLiteUpForPowerCuts(t *testing.T) {
	db := openTemp(t)
	for _, pool := range []*sql.DB{db.writer, db.reader.DB} {
		for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "busy_timeout": "10000", "foreign_keys": "1"} {
			var got string
			if err := pool.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
				t.Errorf("PRAGMA %s = %s, %v, want %s", pragma, got, err, want)
			}
		}
	}
	if _, err := db.reader.ExecContext(t.Context(), "DELETE FROM watches"); err == nil {
		t.Error("the read pool writes")
	}
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	t.Run("a path in a folder that is not there", func(t *testing.T) {
		path := filepath.Join(folder, "nowhere", "stet.db")
		wantSaid(t, refusal(t, path), path, "nowhere is not there: make it", "--db")
	})
	t.Run("a folder", func(t *testing.T) {
		wantSaid(t, refusal(t, folder), folder, "--db")
	})
	t.Run("a file that may not be written", func(t *testing.T) {
		if os.Geteuid() == 0 {
			t.Skip("root may write everything")
		}
		path := filepath.Join(folder, "readonly.db")
		if err := os.WriteFile(path, nil, 0o400); err != nil {
			t.Fatal(err)
		}
		wantSaid(t, refusal(t, path), path, "change its owner or mode")
	})
	t.Run("a file that is no database, and leaves it as it is", func(t *testing.T) {
		path := filepath.Join(folder, "notes.txt")
		if err := os.WriteFile(path, []byte("my notes"), 0o600); err != nil {
			t.Fatal(err)
		}
		err := refusal(t, path)
		wantSaid(t, err, path, "no SQLite database", "stet restore")
		if text, _ := os.ReadFile(path); !errors.Is(err, ErrDamaged) || string(text) != "my notes" {
			t.Errorf("err = %v, the file is %q", err, text)
		}
	})
	t.Run("another program's database, and leaves it as it is", func(t *testing.T) {
		path := filepath.Join(folder, "other.db")
		other, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.Exec("CREATE TABLE bookmarks (url TEXT)"); err != nil {
			t.Fatal(err)
		}
		other.Close()
		before, _ := os.ReadFile(path)
		wantSaid(t, refusal(t, path), path, "of another program", "--db")
		if after, _ := os.ReadFile(path); string(after) != string(before) {
			t.Error("the file was changed")
		}
	})
	t.Run("a store of a newer stet, and leaves it as it is", func(t *testing.T) {
		db := openStory(t, 1)
		tamper(t, db, "PRAGMA user_version = 999", "ALTER TABLE watches ADD COLUMN mood TEXT")
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		before, _ := os.ReadFile(db.Path())
		err := refusal(t, db.Path())
		wantSaid(t, err, db.Path(), "a newer stet made it", "version 999", "Use the newer stet")
		if after, _ := os.ReadFile(db.Path()); !errors.Is(err, ErrNewer) || string(after) != string(before) {
			t.Errorf("err = %v, want ErrNewer and the file unchanged", err)
		}
	})
	for name, damage := range map[string]func(t *testing.T, path string){
		"was cut short":               func(t *testing.T, path string) { truncate(t, path, 0.5) },
		"was cut to part of a header": func(t *testing.T, path string) { truncate(t, path, 0.0003) },
		"has a damaged schema":        func(t *testing.T, path string) { overwrite(t, path, 100, strings.Repeat("\xff", 3000)) },
		"has a damaged table":         func(t *testing.T, path string) { overwrite(t, path, 4096, strings.Repeat("\xff", 4096)) },
	} {
		t.Run("a store that "+name, func(t *testing.T) {
			db := openStory(t, 3)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			damage(t, db.Path())
			err := refusal(t, db.Path())
			wantSaid(t, err, db.Path(), "damaged", "stet restore")
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("err = %v, want ErrDamaged", err)
			}
		})
	}
}

func TestAStoreOfTheFirstSchemaIsBroughtUpToDate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	first, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		t.Fatal(err)
	}
	script, err := migrationFiles.ReadFile(migrations()[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{string(script), fmt.Sprintf("PRAGMA application_id = %d", applicationID), "PRAGMA user_version = 1",
		`INSERT INTO watches (key, url, host, label, tags, send_to, schedule, state, source, added_at, next_check_at, due_at, stamp)
		VALUES ('courier.example/quay', 'https://courier.example/quay', 'courier.example', '', '[]', '[]', '', 'active', '', 0, 0, 0, 'Updated 07:00')`,
		"INSERT INTO news (id, watch, url, text, at) VALUES (1, 0, '', 'three failed checks', 0)",
		"INSERT INTO deliveries (id, destination, news) VALUES ('d1', 'desk', 1)"} {
		if _, err := first.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%.80s: %v", s, err)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	w, err := db.Watch(t.Context(), 1)
	if err != nil || w.Stamp != "Updated 07:00" || !w.Shown.IsZero() || w.Hidden != nil || w.Walls != 0 || !w.StampChanged.IsZero() || w.Pending.Turns != 0 {
		t.Errorf("a watch of the first schema is read as %+v, %v", w, err)
	}
	if former, err := db.FormerVerdicts(t.Context(), 1); err != nil || len(former) != 0 {
		t.Errorf("FormerVerdicts = %+v, %v, want none", former, err)
	}
	if steps, err := db.ChangeSteps(t.Context(), 1); err != nil || steps != nil {
		t.Errorf("ChangeSteps = %+v, %v, want none", steps, err)
	}
	ds, err := db.Outbox().Claim(t.Context(), "desk", testTime, time.Minute, 10)
	if err != nil || len(ds) != 1 || ds[0].ID != "d1" || ds[0].News == nil {
		t.Errorf("Claim = %+v, %v, want the delivery that was there", ds, err)
	}
}

func TestManyMayOpenANewStoreAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	var openers sync.WaitGroup
	for range 8 {
		openers.Go(func() {
			db, err := Open(t.Context(), path, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if _, _, err := db.AddWatch(t.Context(), watcher.Watch{URL: "https://harbour.example/", Key: "harbour.example/"}); err != nil {
				t.Error(err)
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	openers.Wait()
}

// fill makes the database as full as a disk that has no byte left, and returns
// what makes room again.
func fill(t *testing.T, db *DB) (makeRoom func()) {
	t.Helper()
	var pages int
	if err := db.writer.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(n int) {
		if _, err := db.writer.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages)
	return func() { limit(1 << 30) }
}

func TestAFullDiskIsSaidAndWorkGoesOnAfterwards(t *testing.T) {
	db := openStory(t, 2)
	w, err := db.ClaimWatch(t.Context(), 1, testTime, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	page := storetest.Page("nine", "")
	page.Body = words(100_000, 7) // shares nothing with the page before
	l := watcher.Look{
		Watch: w, At: testTime.Add(time.Hour), Capture: &page, Changes: []compare.Change{{Changed: true}}, News: "news",
		Revision: &watcher.Revision{FirstSeen: testTime.Add(time.Hour), Article: storetest.Story("nine")},
	}
	makeRoom := fill(t, db)
	if _, err = db.Record(t.Context(), l); !errors.Is(err, ErrFull) {
		t.Fatalf("Record: %v, want ErrFull", err)
	}
	wantSaid(t, err, "https://harbour.example/boats", db.Path(), "free some space")
	if st, err := db.Status(t.Context(), testTime); err != nil || st.Revisions != 2 || st.Changes != 1 {
		t.Errorf("there are %d revisions and %d changes, %v, want 2 and 1", st.Revisions, st.Changes, err)
	}
	if news, err := db.Outbox().UnroutedNews(t.Context(), 10); err != nil || len(news) != 0 {
		t.Errorf("the news are %v, %v, want none", news, err)
	}
	makeRoom()
	if _, err := db.Record(t.Context(), l); err != nil {
		t.Fatalf("Record with space again: %v", err)
	}
	for c, err := range db.Verify(t.Context()) {
		if err != nil || c.Result == ledger.Failed {
			t.Errorf("Verify: %+v, %v", c, err)
		}
	}
}

func TestChecksWaitForAFullDisk(t *testing.T) {
	db := openStory(t, 1)
	w, err := db.ClaimWatch(t.Context(), 1, testTime, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	page := storetest.Page("nine", "")
	page.Body = words(100_000, 7)
	makeRoom := fill(t, db)
	if _, err := db.Record(t.Context(), watcher.Look{Watch: w, At: testTime, Capture: &page, KeepCapture: true}); err != nil {
		t.Fatal(err)
	}
	if err := db.Flush(t.Context()); !errors.Is(err, ErrFull) {
		t.Fatalf("Flush: %v, want ErrFull", err)
	}
	makeRoom()
	if err := db.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := db.LatestCapture(t.Context(), 1); err != nil || len(got.Body) != len(page.Body) {
		t.Errorf("the page has %d bytes, %v, want %d", len(got.Body), err, len(page.Body))
	}
}
