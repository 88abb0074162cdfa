package main

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"time"

	"stet/cmd/stet/config"
)

// sites says of each site what its requests carry. That its secrets are there
// was seen when the config was read.
func (d *doctor) sites(now time.Time) {
	for _, s := range d.cfg.Sites {
		carries, err := carried(s, now)
		d.say("site", s.Name()+carries, err)
		for _, file := range s.SecretFiles() {
			if info, err := os.Stat(file); err == nil && readByOthers(info.Mode()) {
				d.printf("              note: %s can be read by other users of this machine; chmod 600 keeps it yours\n", plain(file))
			}
		}
	}
}

// carried says what a site's requests carry besides those to others. The error
// says that all of its cookies have expired.
func carried(s config.Site, now time.Time) (string, error) {
	var all []string
	if n := len(s.Headers); n > 0 {
		all = append(all, counted(n, "header"))
	}
	live, next, last := 0, time.Time{}, time.Time{}
	for _, c := range s.Cookies() {
		if c.Expired(now) {
			if c.Expires.After(last) {
				last = c.Expires
			}
			continue
		}
		live++
		if !c.Expires.IsZero() && (next.IsZero() || c.Expires.Before(next)) {
			next = c.Expires
		}
	}
	if live == 0 && len(s.Cookies()) > 0 {
		return "", fmt.Errorf("%s: all cookies in %s have expired, the last on %s; export them again while logged in there", s.Name(), s.CookieFile, last.Format(time.DateOnly))
	}
	if live > 0 {
		all = append(all, counted(live, "cookie"))
	}
	if !next.IsZero() {
		all[len(all)-1] += ", the first to end on " + next.Format(time.DateOnly)
	}
	if len(all) == 0 {
		return "", nil
	}
	return ", " + strings.Join(all, ", "), nil
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// readByOthers reports whether a file's mode lets others read it. Windows has
// no such modes.
func readByOthers(mode fs.FileMode) bool {
	return runtime.GOOS != "windows" && mode.Perm()&0o044 != 0
}
