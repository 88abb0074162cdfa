package watcher

import (
	"context"
	"fmt"

	"stet/watcher/compare"
)

// mostEarlier is how many earlier changes a note is held against, the latest
// ones: one that flaps for months has thousands. Holding it against 500 edits
// of a story of 1,100 words takes 0.4 s.
const mostEarlier = 500

// redisclose lets the notes of a new change, which leads to the revision of
// that number, speak of the edits before it. It returns the change with what
// its notes speak of, and puts the earlier ones that are judged anew into l. A
// change that cannot speak of others costs nothing.
func (c *Checker) redisclose(ctx context.Context, l *Look, change compare.Change, number int) (compare.Change, error) {
	if !change.MayDisclose() {
		return change, nil
	}
	kept, err := c.Keep.Changes(ctx, l.Watch.ID, mostEarlier)
	if err != nil {
		return change, err
	}
	var earlier []compare.Judgement
	ids := map[int]int64{} // of the edit that led to a revision
	for _, k := range kept {
		if k.From == k.To {
			continue // gone, restored or moved: nothing that a note could speak of
		}
		earlier = append(earlier, compare.Judgement{Revision: k.To, Seen: k.Seen, Change: k.Change})
		ids[k.To] = k.ID
	}
	change, anew := compare.Redisclose(compare.Judgement{Revision: number, Seen: l.At, Change: change}, earlier)
	for _, a := range anew {
		id := ids[a.Revision]
		l.Rejudged = append(l.Rejudged, Rejudgement{ID: id, Why: fmt.Sprintf("a note of revision %d speaks of it", number), Change: a.Change})
		l.step("judge", "change %d, which led to revision %d, judged anew: %s", id, a.Revision, a.Change.LateDisclosure())
	}
	return change, nil
}
