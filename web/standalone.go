package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"stet/watcher/article"
	"stet/watcher/compare"
)

// standalone is a page of its own, with its stylesheet inside: a file that can
// be opened, mailed and kept.
type standalone struct {
	Title string

	// What it shows; one of them is set.
	Diff      *difference
	Text      *articleText
	Explained *explained
}

// WriteDiff writes a change as a page of its own. It loads nothing and runs
// nothing, and the words of the article stand in it as text alone.
func WriteDiff(w io.Writer, c compare.Change) error {
	d := differenceOf(c)
	d.Facts = weighed(c)
	return standalone{Title: d.Title, Diff: &d}.write(w)
}

// WriteArticle writes an article as a page of its own, as WriteDiff does a
// change. Times keep the offset that the article gives.
func WriteArticle(w io.Writer, a article.Article) error {
	t := textOf(a)
	return standalone{Title: t.Headline, Text: &t}.write(w)
}

// WriteExplained writes how a page was read, as [article.Explain] tells it, as
// a page of its own, as WriteDiff does a change: every block of the page in
// order with its reason, those that are left out in grey.
func WriteExplained(w io.Writer, a article.Article, judged []article.Judgement) error {
	e := explainedOf(a, judged)
	return standalone{Title: "How it was read: " + e.Headline, Explained: &e}.write(w)
}

func (s standalone) write(w io.Writer) error {
	pages, err := parsePages()
	if err != nil {
		return err
	}
	style, err := files.ReadFile("static/stet.css")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(style)
	var b bytes.Buffer
	err = pages["standalone"].ExecuteTemplate(&b, "standalone", struct {
		standalone
		Policy string
		Style  template.CSS // our own sheet
	}{
		standalone: s,
		Policy:     fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'", base64.StdEncoding.EncodeToString(sum[:])),
		Style:      template.CSS(style),
	})
	if err != nil {
		return fmt.Errorf("write a page of its own: %w", err)
	}
	_, err = w.Write(legible(b.Bytes()))
	return err
}
