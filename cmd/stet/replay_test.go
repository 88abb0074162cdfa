package main

import (
	"database/sql"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tables returns what stands in each table of a store, row by row.
func tables(t *testing.T, path string) map[string]string {
	t.Helper()
	db, err := sql.Open("sqlite", path) // store's driver
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all := map[string]string{}
	for _, name := range rows(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table'") {
		all[name] = strings.Join(rows(t, db, "SELECT * FROM "+name), "\n")
	}
	return all
}

func rows(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	found, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for found.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		if len(values) == 1 {
			all = append(all, fmt.Sprint(values[0]))
			continue
		}
		all = append(all, fmt.Sprintf("%v", values))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// changedTables names the tables in which two states of a store differ.
func changedTables(before, after map[string]string) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if before[name] != after[name] {
			names = append(names, name)
		}
	}
	return names
}

func TestAReplayChangesNothingUnlessItIsApplied(t *testing.T) {
	o := newOutlet(t)
	r := newRoom(t, "")
	for i, quay := range []string{"east", "west", "north"} {
		for _, path := range []string{"/a", "/b"} {
			o.set(path, sitePage("A quay gives way in Lindhaven", quay))
			if i == 0 {
				r.stet("watch", "add", o.URL+path)
			}
		}
		r.stet("check", "--all")
	}
	ruled := filepath.ToSlash(writeFile(t, r.dir, "new.toml", "[[site]]\nhosts = [\"127.0.0.1\"]\nignore_text = '(west|north|east) quay'\n[[destination]]\nname = \"desk\"\n"))
	path := filepath.Join(r.dir, "stet.db")
	before := tables(t, path)
	for _, args := range [][]string{{}, {"--json"}, {"--rules", ruled}, {"--since", "1d", o.URL + "/a"}} {
		r.stet(append([]string{"replay"}, args...)...)
		if names := changedTables(before, tables(t, path)); len(names) > 0 {
			t.Errorf("stet replay %s changed the tables %v", strings.Join(args, " "), names)
		}
	}
	if out := r.stet("replay", "--rules", ruled, "--apply", o.URL+"/a"); !strings.Contains(out, "2 changes judged anew") {
		t.Errorf("stet replay --apply printed %s", out)
	}
	after := tables(t, path)
	if names := changedTables(before, after); strings.Join(names, " ") != "changes former_verdicts" {
		t.Errorf("stet replay --apply changed the tables %v, want those of changes and of their former verdicts", names)
	}
	if n := strings.Count(after["former_verdicts"], "a replay by the code of that day and the rules of new.toml"); n != 2 {
		t.Errorf("%d former verdicts are kept, want 2:\n%s", n, after["former_verdicts"])
	}
	r.stet("replay", "--rules", ruled, "--apply", o.URL+"/a")
	if names := changedTables(after, tables(t, path)); len(names) > 0 {
		t.Errorf("applied again, it changed the tables %v", names)
	}
	r.stet("verify")
}

// writeFile writes a file into a folder and returns its path.
func writeFile(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
