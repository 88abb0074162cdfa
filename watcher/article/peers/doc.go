// Package peers holds stet's reader beside the readers that others have written
// in Go, in one run on the same pages: how fast each is on one core, and how
// well it finds the story's text. It has tests and benchmarks only.
//
// It is a module of its own, so that those who build or test stet neither
// download nor compile the peers. Run it from this folder:
//
//	STET_CORPUS=FOLDER go test -v
//	STET_CORPUS=FOLDER go test -run '^$' -cpu 1 -bench .
package peers
