package ui

import (
	"strconv"
	"strings"
	"time"
)

// HeatDay is a day of a Heat with something in it.
type HeatDay struct {
	On   time.Time
	N    int
	Text string // the day and its number as people read them
}

// HeatMonth is a month of a Heat, in the table and above the picture.
type HeatMonth struct {
	Begins time.Time // its first day
	Short  string    // as it stands above the picture
	Long   string
	Text   string // its number
}

// Heat is a year of days, a column for each week, and a table by month that says
// the same.
type Heat struct {
	ID       string // of the element; unique on its page
	Title    string
	Summary  string    // what one sees in it, in a sentence: the text of the picture
	Last     time.Time // the last day shown
	Days     []HeatDay // those with something in them
	Weekdays [7]string // short names from Monday on
	Months   []HeatMonth
	Head     [2]string
	Table    string // what opens the table
	Less     string // the ends of the scale
	More     string
}

// Weeks is how many columns a Heat has.
const Weeks = 53

// The drawing's own units: a cell with its gap, and the room for the names.
const (
	heatStep, heatCell = 13, 10
	heatLeft, heatTop  = 28, 18
	heatWidth          = heatLeft + Weeks*heatStep
	heatHeight         = heatTop + 7*heatStep
)

func (h Heat) box() string { return "0 0 " + strconv.Itoa(heatWidth) + " " + strconv.Itoa(heatHeight) }

// first is the Monday that the picture begins with.
func (h Heat) first() time.Time {
	last := day(h.Last)
	return last.AddDate(0, 0, -weekday(last)-7*(Weeks-1))
}

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// weekday counts from Monday.
func weekday(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }

// at is where a day stands, and whether it is in the picture.
func (h Heat) at(t time.Time) (x, y int, in bool) {
	n := int(day(t).Sub(h.first()).Hours() / 24)
	if n < 0 || day(t).After(day(h.Last)) {
		return 0, 0, false
	}
	return heatLeft + n/7*heatStep, heatTop + n%7*heatStep, true
}

// empty is the path of all days, on which those with something in them lie.
func (h Heat) empty() string {
	var b strings.Builder
	for t := h.first(); !t.After(day(h.Last)); t = t.AddDate(0, 0, 1) {
		x, y, _ := h.at(t)
		b.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h10v10h-10z")
	}
	return b.String()
}

// heated is a day as the picture has it.
type heated struct{ X, Y, Level, Text string }

func (h Heat) heated() []heated {
	most := 1
	for _, d := range h.Days {
		most = max(most, d.N)
	}
	var list []heated
	for _, d := range h.Days {
		x, y, in := h.at(d.On)
		if !in || d.N < 1 {
			continue
		}
		level := (d.N*4 + most - 1) / most
		list = append(list, heated{X: strconv.Itoa(x), Y: strconv.Itoa(y), Level: "heat-" + strconv.Itoa(level), Text: d.Text})
	}
	return list
}

// label is a name beside the picture.
type label struct{ X, Y, Text string }

func (h Heat) labels() []label {
	var list []label
	for _, n := range []int{0, 2, 4} {
		list = append(list, label{X: "0", Y: strconv.Itoa(heatTop + n*heatStep + heatCell - 1), Text: h.Weekdays[n]})
	}
	after := 0
	for _, m := range h.Months {
		x, _, in := h.at(m.Begins)
		if in && x >= after && x <= heatWidth-2*heatStep {
			list = append(list, label{X: strconv.Itoa(x), Y: "11", Text: m.Short})
			after = x + 3*heatStep
		}
	}
	return list
}
