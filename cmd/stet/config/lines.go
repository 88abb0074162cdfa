package config

import (
	"fmt"
	"regexp"
	"sort"

	"github.com/pelletier/go-toml/v2/unstable"
)

// keyLines returns the line of every key of a TOML document, by its path. An
// element of a list has a path too: "watch[2]", counted from 1. A document
// that does not parse gives the keys before its mistake.
func keyLines(doc []byte) map[string]int {
	k := &keyWalk{lines: map[string]int{}, elements: map[string]int{}}
	for i, b := range doc {
		if b == '\n' {
			k.breaks = append(k.breaks, i)
		}
	}
	var p unstable.Parser
	p.Reset(doc)
	table := ""
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = k.header(e)
		case unstable.KeyValue:
			k.keyValue(table, e)
		}
	}
	return k.lines
}

type keyWalk struct {
	breaks   []int // offsets of the document's line breaks
	lines    map[string]int
	elements map[string]int // how many of each list of tables were opened
}

// header notes a table's header and returns its path.
func (k *keyWalk) header(e *unstable.Node) string {
	path := ""
	for it := e.Key(); it.Next(); {
		path = join(path, string(it.Node().Data))
		if it.IsLast() && e.Kind == unstable.ArrayTable {
			k.note(path, it.Node())
			k.elements[path]++
		}
		if n := k.elements[path]; n > 0 {
			path = element(path, n)
		}
		k.note(path, it.Node())
	}
	return path
}

func (k *keyWalk) keyValue(table string, e *unstable.Node) {
	path := table
	for it := e.Key(); it.Next(); {
		path = join(path, string(it.Node().Data))
		k.note(path, it.Node())
	}
	k.value(path, e.Value())
}

// value notes the keys within a value.
func (k *keyWalk) value(path string, v *unstable.Node) {
	it := v.Children()
	switch v.Kind {
	case unstable.InlineTable:
		for it.Next() {
			k.keyValue(path, it.Node())
		}
	case unstable.Array:
		for n := 1; it.Next(); n++ {
			k.note(element(path, n), it.Node())
			k.value(element(path, n), it.Node())
		}
	}
}

// note keeps the line on which a key is first named. Values that the parser
// gives no place for keep that of their key.
func (k *keyWalk) note(path string, n *unstable.Node) {
	if _, known := k.lines[path]; known || n.Raw.Length == 0 {
		return
	}
	k.lines[path] = 1 + sort.SearchInts(k.breaks, int(n.Raw.Offset))
}

var bareKey = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// join returns the path of a key within a table, "" being the document.
func join(table, key string) string {
	if !bareKey.MatchString(key) {
		key = fmt.Sprintf("%q", key)
	}
	if table == "" {
		return key
	}
	return table + "." + key
}

// element returns the path of a list's nth element, counted from 1.
func element(list string, n int) string { return fmt.Sprintf("%s[%d]", list, n) }
