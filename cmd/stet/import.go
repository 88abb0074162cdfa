package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"stet/watcher"
	"stet/watcher/fetch"
)

func (a *app) watchImportCommand() *cobra.Command {
	var flags watchFlags
	cmd := &cobra.Command{
		Use:     "import FILE",
		Short:   "Start watching all stories of a plain list, one URL a line",
		Long:    "Start watching all stories of a plain list: one URL a line; empty lines and lines that start with # are left out.\nAll or nothing: a line that is refused is named with the reason, and nothing is added. \"-\" reads standard input.",
		Example: "  stet watch import stories.txt --tag city",
		Args:    cobra.ExactArgs(1),
	}
	flags.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		cfg, db, c, err := a.openToAdd(cmd.Context())
		if err != nil {
			return err
		}
		defer db.Close()
		defer c.Close()
		var w watcher.Watch
		if err := flags.apply(cmd, cfg, &w); err != nil {
			return err
		}
		list, err := a.readList(args[0], c, w)
		if err != nil {
			return err
		}
		added := 0
		err = db.AddWatches(cmd.Context(), list, func(_ watcher.Watch, isNew bool) {
			if isNew {
				added++
			}
		})
		if err != nil {
			return err
		}
		a.printf("%d added, %d watched already\n", added, len(list)-added)
		return nil
	}
	return cmd
}

// maxList is the most a list of URLs may hold: a million lines of fair length.
const maxList = 200 << 20

// readList reads a plain list of URLs into watches of which said is said, and
// refuses it whole where one of them is wrong.
func (a *app) readList(file string, c *fetch.Client, said watcher.Watch) ([]watcher.Watch, error) {
	in := a.stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	var list []watcher.Watch
	var problems []error
	lines := bufio.NewScanner(io.LimitReader(in, maxList))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		address, err := guarded(c, line)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", file, n, err))
			continue
		}
		list = append(list, newWatch(address, said))
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("nothing was added:\n%w", errors.Join(problems...))
	}
	return list, nil
}
