package ledger

import (
	"fmt"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

func record() Record {
	return Record{
		URL: "https://harbour.example/boats", Revision: 3,
		FirstSeen: time.Date(2026, 11, 24, 9, 15, 2, 1500, time.FixedZone("", 3600)),
		Article:   [32]byte{1, 2}, Capture: [32]byte{3},
	}
}

func TestRecordHasTheDocumentedText(t *testing.T) {
	want := `stet revision v1
url https://harbour.example/boats
revision 3
first seen 2026-11-24T08:15:02.000001Z
article 0102000000000000000000000000000000000000000000000000000000000000
capture 0300000000000000000000000000000000000000000000000000000000000000
`
	if got := string(record().Text()); got != want {
		t.Errorf("Text() =\n%s\nwant\n%s", got, want)
	}
}

func TestEveryPartOfARecordCounts(t *testing.T) {
	salt := Salt{7}
	whole := Commit(salt, record())
	for _, tt := range []struct {
		name   string
		change func(*Salt, *Record)
	}{
		{"another salt", func(s *Salt, _ *Record) { s[31] = 1 }},
		{"another address", func(_ *Salt, r *Record) { r.URL += "/" }},
		{"a line break smuggled into the address", func(_ *Salt, r *Record) { r.URL += "\nrevision 3" }},
		{"another number", func(_ *Salt, r *Record) { r.Revision++ }},
		{"seen a microsecond later", func(_ *Salt, r *Record) { r.FirstSeen = r.FirstSeen.Add(time.Microsecond) }},
		{"another article", func(_ *Salt, r *Record) { r.Article[0]++ }},
		{"another page", func(_ *Salt, r *Record) { r.Capture[0]++ }},
		{"no page", func(_ *Salt, r *Record) { r.NoCapture = true }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, r := salt, record()
			tt.change(&s, &r)
			if Commit(s, r) == whole {
				t.Errorf("Commit gives the same commitment for\n%s", r.Text())
			}
		})
	}
}

func TestSaltsDiffer(t *testing.T) {
	if a, b := NewSalt(), NewSalt(); a == b || a == (Salt{}) {
		t.Errorf("NewSalt gave %x and %x", a, b)
	}
}

// memory keeps stored hashes in their order.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for n, i := range indexes {
		if i >= int64(len(m)) {
			return nil, fmt.Errorf("no hash %d", i)
		}
		hashes[n] = m[i]
	}
	return hashes, nil
}

func TestAppendAndAuditAgreeWithTheTree(t *testing.T) {
	var kept memory
	var audit Audit
	for n := range int64(300) {
		leaf := LeafHash([32]byte{byte(n), byte(n >> 8)})
		g, err := Append(n, leaf, kept)
		if err != nil {
			t.Fatal(err)
		}
		if g.Leaf != n || g.Size != n+1 || g.First != int64(len(kept)) {
			t.Fatalf("Append(%d) = leaf %d, size %d, first %d, want %d, %d, %d", n, g.Leaf, g.Size, g.First, n, n+1, len(kept))
		}
		kept = append(kept, g.Stored...)
		if want, err := tlog.TreeHash(n+1, kept); err != nil || g.Root != want {
			t.Fatalf("root at %d leaves = %v, want %v (%v)", n+1, g.Root, want, err)
		}

		first, stored, err := audit.Add(leaf)
		if err != nil {
			t.Fatal(err)
		}
		if first != g.First || fmt.Sprint(stored) != fmt.Sprint(g.Stored) {
			t.Fatalf("Audit.Add of leaf %d = %d, %v, want %d, %v", n, first, stored, g.First, g.Stored)
		}
		if root, err := audit.Root(); err != nil || root != g.Root {
			t.Fatalf("Audit.Root at %d leaves = %v, %v, want %v", n+1, root, err, g.Root)
		}
	}
	proof, err := tlog.ProveRecord(300, 41, kept)
	if err != nil {
		t.Fatal(err)
	}
	root, _ := audit.Root()
	if err := tlog.CheckRecord(proof, 300, root, 41, LeafHash([32]byte{41})); err != nil {
		t.Errorf("a standard inclusion proof does not hold: %v", err)
	}
}

func TestAppendSaysWhichLeafCouldNotBeAdded(t *testing.T) {
	if _, err := Append(3, tlog.Hash{}, memory{}); err == nil {
		t.Error("Append took a leaf for a log whose hashes are missing")
	}
}
