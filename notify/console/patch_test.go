package console

import (
	"fmt"
	"strings"
	"testing"
)

// patch applies a unified diff to lines, held to the numbers of its hunks.
func patch(t *testing.T, old []string, diff string) []string {
	t.Helper()
	var out []string
	at := 0 // in old
	for line := range strings.Lines(diff) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "---"), strings.HasPrefix(line, "+++"):
		case strings.HasPrefix(line, "@@"):
			var oldStart, oldLen, newStart, newLen int
			if _, err := fmt.Sscanf(line, "@@ -%d,%d +%d,%d @@", &oldStart, &oldLen, &newStart, &newLen); err != nil {
				t.Fatalf("hunk %q: %v", line, err)
			}
			for ; at < oldStart-1; at++ {
				out = append(out, old[at])
			}
			if len(out) != newStart-1 {
				t.Fatalf("hunk %q starts at line %d of the new article", line, len(out)+1)
			}
		case line[0] == '+':
			out = append(out, line[1:])
		default:
			if at >= len(old) || old[at] != line[1:] {
				t.Fatalf("line %d of the old article is not %q", at+1, line[1:])
			}
			if line[0] == ' ' {
				out = append(out, line[1:])
			}
			at++
		}
	}
	return append(out, old[at:]...)
}
