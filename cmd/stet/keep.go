package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"stet/store"
	"stet/store/ledger"
)

func (a *app) verifyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that no kept revision was altered or dropped",
		Long: `Check the store's ledger: that every revision and capture is the one whose hash
was logged when it was kept, and that the log itself is whole. Exits 1 when a
claim failed.`,
		Example: "  stet verify",
		Args:    cobra.NoArgs,
	}
	a.addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		_, db, err := a.open(cmd.Context())
		if err != nil {
			return err
		}
		defer db.Close()
		claims, failed := 0, 0
		for c, err := range db.Verify(cmd.Context()) {
			if err != nil {
				return err
			}
			claims++
			if c.Result == ledger.Failed {
				failed++
			}
			if a.json {
				if err := a.printJSON(c); err != nil {
					return err
				}
				continue
			}
			a.printf("%-8s %s", c.Result, plain(c.Claim))
			if c.Detail != "" {
				a.printf(": %s", plain(c.Detail))
			}
			a.printf("\n")
		}
		if failed > 0 {
			return fmt.Errorf("%d of %d claims failed", failed, claims)
		}
		return nil
	}
	return cmd
}

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "backup FILE",
		Short:   "Write a consistent copy of the store, also while stet runs",
		Example: "  stet backup stet-backup.db",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, db, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			if err := store.Backup(cmd.Context(), db, args[0]); err != nil {
				return err
			}
			a.printf("backed up to %s, opened and verified\n", args[0])
			return nil
		},
	}
}

func (a *app) restoreCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the store's place, after verifying it",
		Long: `Put a backup in the place of the store that --db or the config names, after
verifying it. A store that exists is replaced only with --force, and is kept
under another name; stet must not be running on it.`,
		Example: "  stet restore stet-backup.db",
		Args:    cobra.ExactArgs(1),
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace the store that is there")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		to, err := store.PathOf(cfg.Store.URL)
		if err != nil {
			return err
		}
		replaced, err := store.Restore(cmd.Context(), args[0], to, force)
		if errors.Is(err, store.ErrExists) {
			return fmt.Errorf("%w; --force replaces it and keeps it under another name", err)
		}
		if err != nil {
			return err
		}
		a.printf("restored %s\n", to)
		if replaced != "" {
			a.printf("what was there is kept as %s\n", replaced)
		}
		return nil
	}
	return cmd
}
