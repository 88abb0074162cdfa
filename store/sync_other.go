//go:build !unix

package store

// syncFolder does nothing where a folder cannot be opened to be synced.
func syncFolder(string) error { return nil }
