package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"stet/cmd/stet/config"
)

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "config",
		Short:   "Write or check the config file",
		Example: "  stet config init\n  stet config check",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.configInitCommand(), a.configCheckCommand())
	return cmd
}

func (a *app) configInitCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "init [FILE]",
		Short:   "Write a config file with every key, commented",
		Long:    "Write a config file with every key, commented: to FILE, or stet.toml. \"-\" writes to standard output. A file that exists is left alone.",
		Example: "  stet config init\n  stet config init ~/.config/stet/stet.toml",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path := optional(args, 0, orWord(a.configFile, "stet.toml"))
			if path == "-" {
				a.printf("%s", config.Example)
				return nil
			}
			f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
			if errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("%s is there already; it was left alone", path)
			}
			if err != nil {
				return err
			}
			_, err = f.WriteString(config.Example)
			if err = errors.Join(err, f.Close()); err != nil {
				return err
			}
			a.printf("wrote %s\n", path)
			return nil
		},
	}
}

func (a *app) configCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "check [FILE]",
		Short:   "Check the config file: every mistake with its line and how to mend it",
		Example: "  stet config check",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path, err := config.Find(optional(args, 0, a.configFile))
			if err != nil {
				return err
			}
			if path == "" {
				a.printf("no config file; the defaults hold\n")
				return nil
			}
			if _, err := config.Load(path); err != nil {
				return err
			}
			a.printf("%s is fine\n", path)
			return nil
		},
	}
}

// version is set by the release build; otherwise the module's own is told.
var version = ""

func (a *app) versionCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  stet version",
		Args:    cobra.NoArgs,
	}
	a.addJSON(cmd)
	cmd.RunE = func(*cobra.Command, []string) error {
		v := versionOf()
		if a.json {
			return a.printJSON(map[string]string{"version": v, "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH})
		}
		a.printf("stet %s (%s, %s/%s)\n", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return nil
	}
	return cmd
}

func versionOf() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return "devel " + s.Value[:min(12, len(s.Value))]
			}
		}
	}
	return "devel"
}
