package compare

import "stet/watcher/article"

// Compare finds what changed between two successive revisions of an article.
func Compare(old, new article.Article) Change { panic("to be written") }
