package schedule

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

const (
	// Least is the shortest interval that [Parse] takes for "@every".
	Least = time.Minute

	// most is the longest interval for "@every".
	most = 366 * 24 * time.Hour
	// maxLength is the most bytes of a spec. The longest sensible one lists all
	// minutes of the hour behind a time zone's name.
	maxLength = 256
)

// Parse reads a schedule:
//
//	*/10 6-22 * * MON-FRI         a cron spec: minute, hour, day of month, month, day of week
//	CRON_TZ=Asia/Tokyo 0 9 * * *  by the clocks of a named zone; TZ= means the same
//	@every 15m                    a steady rate, at least a minute
//	@hourly, @daily, @weekly, @monthly, @yearly
//	adaptive                      by the story's age, see [Adaptive]; so does ""
//
// Specs that name no zone go by zone; nil means UTC. The error names the spec,
// what is wrong with it and how to mend it. Parse may read a zone's rules from
// disk, so keep the Spec where many looks share one.
func Parse(spec string, zone *time.Location) (Spec, error) {
	return ParseAtLeast(spec, zone, Least)
}

// ParseAtLeast is Parse with another shortest interval for "@every", for a
// newsroom of one's own that may be asked every few seconds. The shortest that
// works is a second.
func ParseAtLeast(spec string, zone *time.Location, least time.Duration) (Spec, error) {
	spec = strings.Join(strings.Fields(spec), " ")
	if spec == "" || spec == Adaptive {
		return Spec{}, nil
	}
	if len(spec) > maxLength {
		return Spec{}, fmt.Errorf("schedule %.40q… is %d bytes long; the most is %d", spec, len(spec), maxLength)
	}
	s, err := parse(spec, zone, max(least, time.Second))
	if err != nil {
		return Spec{}, fmt.Errorf("schedule %q: %w", spec, err)
	}
	return s, nil
}

func parse(spec string, zone *time.Location, least time.Duration) (Spec, error) {
	named, rest, err := cutZone(spec)
	if err != nil {
		return Spec{}, err
	}
	if named != nil {
		zone = named
	}
	if zone == nil {
		zone = time.UTC
	}

	if err := checkShape(rest, named != nil, least); err != nil {
		return Spec{}, err
	}
	parsed, err := safely(cron.ParseStandard, rest)
	if err != nil {
		return Spec{}, err
	}
	switch parsed := parsed.(type) {
	case cron.ConstantDelaySchedule:
		return Spec{text: spec, every: parsed.Delay}, nil
	case *cron.SpecSchedule:
		parsed.Location = zone
		return Spec{text: spec, cron: parsed}, checkFires(parsed)
	}
	return Spec{}, fmt.Errorf("is of a kind that stet cannot follow (%T)", parsed)
}

// cutZone takes the time zone off the front of a spec; nil if it names none.
// The cron parser would panic at a zone that nothing follows, take an empty
// name for UTC, and "Local" for whatever the machine is set to.
func cutZone(spec string) (zone *time.Location, rest string, err error) {
	if !strings.HasPrefix(spec, "TZ=") && !strings.HasPrefix(spec, "CRON_TZ=") {
		return nil, spec, nil
	}
	first, rest, _ := strings.Cut(spec, " ")
	_, name, _ := strings.Cut(first, "=")
	if name == "" {
		return nil, "", errors.New(`names no time zone; write it right behind the "=", such as CRON_TZ=Europe/Paris`)
	}
	if rest == "" {
		return nil, "", errors.New("is a time zone alone; the times must follow it, such as CRON_TZ=Europe/Paris 0 9 * * *")
	}
	zone, err = time.LoadLocation(name)
	if err != nil {
		return nil, "", fmt.Errorf("the time zone %q is not known here; use a name of the IANA database, such as Europe/Paris", name)
	}
	return zone, rest, nil
}

// fields are the five parts of a cron spec, in order.
var fields = [...]struct {
	name   string
	option cron.ParseOption
	span   string
}{
	{"minute", cron.Minute, "0 to 59"},
	{"hour", cron.Hour, "0 to 23"},
	{"day of month", cron.Dom, "1 to 31"},
	{"month", cron.Month, "1 to 12, or JAN to DEC"},
	{"day of week", cron.Dow, "0 (Sunday) to 6, or SUN to SAT"},
}

// checkShape refuses what people write and the cron parser either rejects
// without saying why, or takes for something else.
func checkShape(spec string, zoned bool, least time.Duration) error {
	if strings.HasPrefix(spec, "@") {
		return checkDescriptor(spec, least)
	}
	if spec == Adaptive && zoned {
		return errors.New(`"adaptive" goes by the story's age, not by a clock; leave the time zone out`)
	}
	parts := strings.Fields(spec)
	switch {
	case len(parts) == len(fields)+1:
		return errors.New("has six fields; stet takes five: minute, hour, day of month, month, day of week. Leave the seconds (the first) or the year (the last) out")
	case len(parts) != len(fields):
		return fmt.Errorf(`has %d of the five fields minute, hour, day of month, month, day of week; or write "@every 15m", "@hourly" or "adaptive"`, len(parts))
	}
	for i, part := range parts {
		if err := checkField(i, part); err != nil {
			return err
		}
	}
	return nil
}

// checkField parses one field alone, so that the error can name it.
func checkField(i int, part string) error {
	for item := range strings.SplitSeq(part, ",") {
		if item == "" {
			return fmt.Errorf("the %s %q has a comma without a value beside it", fields[i].name, part)
		}
	}
	if _, err := safely(cron.NewParser(fields[i].option).Parse, part); err != nil {
		return fmt.Errorf(`the %s %q cannot be (%s); it takes %s, lists "1,2", ranges "1-5" and steps "*/2"`,
			fields[i].name, part, plain(err, part), fields[i].span)
	}
	return nil
}

// plain puts the cron parser's reason in words for people.
func plain(err error, part string) string {
	reason, _, atoi := strings.Cut(err.Error(), ": strconv.Atoi")
	if atoi {
		return "a value is no number"
	}
	return strings.TrimSuffix(reason, ": "+part)
}

func checkDescriptor(spec string, least time.Duration) error {
	switch name, argument, _ := strings.Cut(spec, " "); name {
	case "@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually":
		if name == spec {
			return nil
		}
		return fmt.Errorf("nothing may follow %s", name)
	case "@every":
		return checkEvery(argument, least)
	case "@reboot":
		return errors.New(`@reboot is no time; what fell due while stet was stopped is looked at when it starts. Use "@every 15m", for example`)
	default:
		return fmt.Errorf("%s is not known; stet knows @every (such as @every 15m), @hourly, @daily, @weekly, @monthly and @yearly", name)
	}
}

// safely calls a parser that may panic. Source of the need: cron v3.0.1 slices
// out of range at a time zone that nothing follows.
func safely(parse func(string) (cron.Schedule, error), spec string) (s cron.Schedule, err error) {
	defer func() {
		if p := recover(); p != nil {
			s, err = nil, fmt.Errorf("the cron parser cannot read it: %v", p)
		}
	}()
	return parse(spec)
}

// checkEvery refuses intervals that are none, and those the cron parser would
// take for a second: negative ones and shorter ones.
func checkEvery(interval string, least time.Duration) error {
	every, err := time.ParseDuration(interval)
	if err != nil {
		return fmt.Errorf(`%q is no interval; write hours, minutes and seconds, such as "@every 2h", "@every 15m" or "@every 90s"`, interval)
	}
	if every < least {
		return fmt.Errorf("looks every %s; the least is %s", interval, least)
	}
	if every > most {
		return fmt.Errorf("looks every %s; the most is %s, a year", interval, most)
	}
	return nil
}
