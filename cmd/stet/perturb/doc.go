// Package perturb holds tests alone: they change real pages as outlets change
// theirs between two fetches, with noise that must not be told and edits that
// must, and have stet compare each page with the one before. STET_CORPUS names
// the pages, which are not ours to publish; see [TestPerturbedPages].
package perturb
