package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// commandFirst puts the words that name a command before everything else, so
// that flags may stand before the command as well as after it.
func commandFirst(root *cobra.Command, args []string) []string {
	takesValue := map[string]bool{}
	collectFlags(root, takesValue)
	var names, rest []string
	cmd := root
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return append(append(names, rest...), args[i:]...)
		}
		if strings.HasPrefix(arg, "-") && arg != "-" {
			rest = append(rest, arg)
			name, _, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
			if takesValue[name] && !hasValue && i+1 < len(args) {
				i++
				rest = append(rest, args[i])
			}
			continue
		}
		sub := child(cmd, arg)
		if sub == nil {
			rest = append(rest, args[i])
			cmd = nil // the rest are the command's arguments
			continue
		}
		names = append(names, arg)
		cmd = sub
	}
	return append(names, rest...)
}

// child returns a command's subcommand of that name, or nil.
func child(cmd *cobra.Command, name string) *cobra.Command {
	if cmd == nil {
		return nil
	}
	for _, sub := range cmd.Commands() {
		if sub.Name() == name || sub.HasAlias(name) {
			return sub
		}
	}
	return nil
}

// collectFlags notes which flags of a command and those below it take a value.
func collectFlags(cmd *cobra.Command, takesValue map[string]bool) {
	note := func(f *pflag.Flag) { takesValue[f.Name] = f.NoOptDefVal == "" }
	cmd.Flags().VisitAll(note)
	cmd.PersistentFlags().VisitAll(note)
	for _, sub := range cmd.Commands() {
		collectFlags(sub, takesValue)
	}
}
