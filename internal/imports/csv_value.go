package imports

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// dateForms are the ways the tools we know write a moment. The day comes first
// where only slashes, dots or dashes part two small numbers and a year.
var dateForms = []string{
	time.RFC3339Nano,
	"2006-01-02", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04",
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -0700 MST", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05Z07:00",
	"2006-01-02T15:04:05-0700", "2006/01/02", "2006/01/02 15:04:05", "20060102",
	"January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "January 2, 2006 15:04", "Jan 2, 2006 15:04",
	"January 2, 2006 3:04 PM", "Jan 2, 2006 3:04 PM", time.RFC1123, time.RFC1123Z, time.ANSIC, time.UnixDate,
	"Mon Jan 2 2006 15:04:05 GMT-0700",
}

var (
	numericDate = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})(?:,? (\d{1,2}:\d{2})(?::\d{2})?)?$`)
	zoneName    = regexp.MustCompile(` \([^)]*\)$`)
	unixTime    = regexp.MustCompile(`^\d{10}(?:\d{3})?$`)
)

// parseDate reads a moment; no zone means UTC and nothing gives the zero time.
// dayFirst tells that day and month could also have been the other way round.
func parseDate(text string) (at time.Time, dayFirst, ok bool) {
	text = zoneName.ReplaceAllString(oneLine(text), "")
	if text == "" {
		return time.Time{}, false, true
	}
	if unixTime.MatchString(text) {
		n, err := strconv.ParseInt(text, 10, 64)
		if len(text) == 13 {
			return time.UnixMilli(n).UTC(), false, err == nil
		}
		return time.Unix(n, 0).UTC(), false, err == nil
	}
	if m := numericDate.FindStringSubmatch(text); m != nil {
		return parseNumericDate(m)
	}
	for _, form := range dateForms {
		if at, err := time.Parse(form, text); err == nil {
			return believable(at)
		}
	}
	return time.Time{}, false, false
}

func parseNumericDate(m []string) (time.Time, bool, bool) {
	day, month := m[1], m[3]
	small := func(n string) bool { v, _ := strconv.Atoi(n); return v <= 12 }
	if !small(month) && m[2] == "/" {
		day, month = month, day // 07/24/2012 can only be July
	}
	clock := m[5]
	if clock == "" {
		clock = "0:00"
	}
	at, err := time.Parse("2-1-2006 15:04", day+"-"+month+"-"+m[4]+" "+clock)
	if err != nil {
		return time.Time{}, false, false
	}
	at, _, ok := believable(at)
	return at, ok && m[2] == "/" && small(day) && day != month, ok
}

func believable(at time.Time) (time.Time, bool, bool) {
	if at.Year() < 1970 || at.Year() > 2100 {
		return time.Time{}, false, false
	}
	return at.UTC(), false, true
}

var (
	plainCount   = regexp.MustCompile(`^([+-]?\d+)(?:[.,]0{1,2})?$`)
	groupedCount = regexp.MustCompile(`^([+-]?\d{1,3}(?:(?:,\d{3})+(?:\.0+)?|(?:\.\d{3})+(?:,0+)?))$`)
	fraction     = regexp.MustCompile(`(?:,\d{3})+(\.0+)$|(?:\.\d{3})+(,0+)$`)
)

// parseCount reads a whole number, with the thousands parted or not; nothing
// is none. Our columns hold 32 bits.
func parseCount(text string) (int, bool) {
	text = strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == '\'' || c == '’' || c == '_' {
			return -1
		}
		return c
	}, text)
	text = strings.Replace(text, "−", "-", 1)
	if text == "" {
		return 0, true
	}
	switch {
	case groupedCount.MatchString(text):
		if m := fraction.FindStringSubmatch(text); m != nil {
			text = strings.TrimSuffix(text, m[1]+m[2])
		}
		text = strings.NewReplacer(",", "", ".", "").Replace(text)
	case plainCount.MatchString(text):
		text = plainCount.FindStringSubmatch(text)[1]
	default:
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n <= math.MaxInt32 && n >= math.MinInt32
}
