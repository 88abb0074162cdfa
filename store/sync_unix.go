//go:build unix

package store

import (
	"errors"
	"os"
)

// syncFolder makes sure that names given in a folder survive a power cut.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
