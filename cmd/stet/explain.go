package main

import (
	"stet/watcher/article"
	"stet/web"
)

// explainRow is a block in the JSON of `extract --explain`.
type explainRow struct {
	Label  string            `json:"label"` // printed, watched, headline, standfirst or left out
	Kind   article.BlockKind `json:"kind"`
	Reason string            `json:"reason"`
	Text   string            `json:"text"`
}

// explain prints how each block of a page was judged, as text, JSON or HTML.
func (a *app) explain(p article.Page, format string) error {
	art, judgements := article.Explain(p)
	if format == formatHTML {
		return web.WriteExplained(a.stdout, art, judgements)
	}
	for _, j := range judgements {
		if format == formatJSON {
			if err := a.printJSON(explainRow{j.Label, j.Kind, j.Reason, j.Text}); err != nil {
				return err
			}
			continue
		}
		a.printf("%-10s  %s\n            (%s)\n", j.Label, oneLine(j.Text, 100), plain(j.Reason))
	}
	return nil
}
