package compare

import (
	"time"

	"stet/watcher/article"
)

// A Revision is a story as it was seen first at some time.
type Revision struct {
	Article article.Article
	Seen    time.Time // zero if unknown
}

// Sequence judges a story's whole history, its revisions oldest first, and
// returns what changed, each change as it stands after the last revision:
// reverts and flapping are settled as by [Settle], and edits that a later note
// speaks of are disclosed as by [Redisclose]. Revisions in which nothing
// changed, or which are no story, are passed over and get no number.
func Sequence(revisions []Revision) []Judgement {
	judged := []Judgement{}
	var latest article.Article
	var earlier []Version
	for _, r := range revisions {
		if !isStory(r.Article) {
			continue
		}
		now := Version{Number: len(earlier) + 1, Hash: r.Article.Hash(), Headline: r.Article.Headline, Seen: r.Seen}
		if len(earlier) > 0 {
			c := Compare(latest, r.Article)
			if !c.Changed {
				latest.Stamp, latest.Shown, latest.Modified, latest.Hidden = r.Article.Stamp, r.Article.Shown, r.Article.Modified, r.Article.Hidden
				continue
			}
			judged = follow(judged, Judgement{now.Number, now.Seen, Settle(c, earlier, now)})
		}
		latest, earlier = r.Article, append(earlier, now)
	}
	return judged
}

// follow adds the newest change to those before it, and lets its notes speak
// of them.
func follow(judged []Judgement, newest Judgement) []Judgement {
	var anew []Judgement
	newest.Change, anew = Redisclose(newest, judged)
	for _, a := range anew {
		for i := range judged {
			if judged[i].Revision == a.Revision {
				judged[i] = a
			}
		}
	}
	return append(judged, newest)
}
