package main

// section is one chapter of the report: what was measured, its table, and what
// it says of the goals.
type section struct {
	Title   string     `json:"title"`
	Text    string     `json:"text,omitempty"` // how it was measured, in a sentence or two
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
	Goals   []goal     `json:"goals"`
}

// goal is one line of the report's summary: a figure beside what it should be.
// Number is that of the row it belongs to in the table of goals, and may hold a
// letter where a row has several parts.
type goal struct {
	Number string  `json:"number"`
	What   string  `json:"what"`
	Goal   string  `json:"goal"`
	Seen   string  `json:"seen"`
	Value  float64 `json:"value"` // the figure itself, for comparison between runs
	Met    bool    `json:"met"`
	Noise  string  `json:"noise,omitempty"` // least and most of the rounds
}
