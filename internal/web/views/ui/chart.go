package ui

import "strconv"

// Bar is one value of a chart.
type Bar struct {
	Label string // what it is, for the table beside the chart
	Value int
	Text  string // the value as people read it
}

// Chart is a row of bars with a table that says the same.
type Chart struct {
	ID      string // of the element; unique on its page
	Title   string
	Summary string // what one sees in it, in a sentence: the text of the picture
	Head    [2]string
	Table   string // what opens the table
	Bars    []Bar
	Tone    string // red, blue or green
}

// The drawing's own units; the style sheet makes it as wide as there is room.
const (
	chartWidth  = 600
	chartHeight = 140
)

// drawn is a bar as the picture has it.
type drawn struct{ X, Y, Width, Height string }

func (c Chart) drawn() []drawn {
	most := 1
	for _, b := range c.Bars {
		most = max(most, b.Value)
	}
	step := float64(chartWidth) / float64(max(len(c.Bars), 1))
	gap := min(step/4, 4)
	list := make([]drawn, len(c.Bars))
	for i, b := range c.Bars {
		height := float64(b.Value) / float64(most) * chartHeight
		if b.Value > 0 {
			height = max(height, 2) // one vote among thousands is still one
		}
		list[i] = drawn{X: units(float64(i)*step + gap/2), Y: units(chartHeight - height), Width: units(step - gap), Height: units(height)}
	}
	return list
}

func (c Chart) most() string {
	at := 0
	for i, b := range c.Bars {
		if b.Value > c.Bars[at].Value {
			at = i
		}
	}
	if len(c.Bars) == 0 {
		return ""
	}
	return c.Bars[at].Text
}

func units(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }
