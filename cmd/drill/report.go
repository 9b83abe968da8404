package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// row is a drill in the report.
type row struct {
	ID, Title, Goal string
	Took            float64
	Tails           []string // of logs, when it missed; printed, not kept
	kept            bool     // from the last report
	outcome
}

func (r row) verdict() string {
	switch {
	case r.Impossible != "":
		return "not possible here: " + r.Impossible
	case r.Passed:
		return "passed"
	default:
		return "missed"
	}
}

type report struct {
	Machine, Go string
	At          time.Time
	Short       bool
	Drills      []row
}

func newReport(short bool) *report {
	return &report{Machine: machine(), Go: runtime.Version(), At: time.Now().UTC(), Short: short}
}

// keep takes over what the last report of this machine says of drills that are
// not run again, in the order of all.
func (r *report) keep(path string, all []drill) {
	var last struct {
		Machine string    `json:"machine"`
		Short   bool      `json:"short"`
		Drills  []jsonRow `json:"drills"`
	}
	raw, err := os.ReadFile(figuresOf(path))
	if err != nil || json.Unmarshal(raw, &last) != nil || last.Machine != r.Machine || last.Short != r.Short {
		return
	}
	for _, d := range all {
		for _, j := range last.Drills {
			if j.ID == d.ID {
				r.Drills = append(r.Drills, row{
					ID: j.ID, Title: d.Title, Goal: d.Goal, Took: j.Seconds, kept: true,
					outcome: outcome{Passed: j.Result == "passed", Impossible: j.Why, Figures: j.Figures, Notes: j.Notes},
				})
			}
		}
	}
}

// put adds what a drill found, or replaces what was kept of it.
func (r *report) put(found row) {
	for i := range r.Drills {
		if r.Drills[i].ID == found.ID {
			r.Drills[i] = found
			return
		}
	}
	r.Drills = append(r.Drills, found)
}

func figuresOf(path string) string { return strings.TrimSuffix(path, filepath.Ext(path)) + ".json" }

func (r *report) missed() (ids []string) {
	for _, d := range r.Drills {
		if !d.kept && !d.Passed && d.Impossible == "" {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

func (r *report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Fault drills\n\n%s, %s, %s. The built server and a durable PostgreSQL (fsync on), clients and faults on the same machine.\n",
		r.At.Format(time.DateOnly), r.Machine, r.Go)
	if r.Short {
		b.WriteString("The short form: seconds for each drill.\n")
	}
	b.WriteString("Clients write down what they asked and what they were told; that journal is compared with the table afterwards.\n\n")
	b.WriteString("| drill | what | result | took |\n|---|---|---|---|\n")
	for _, d := range r.Drills {
		fmt.Fprintf(&b, "| %s | %s | %s | %.0f s |\n", d.ID, d.Title, d.verdict(), d.Took)
	}
	for _, d := range r.Drills {
		fmt.Fprintf(&b, "\n## %s: %s\n\nGoal: %s\n\n", d.ID, d.Title, d.Goal)
		if len(d.Figures) > 0 {
			b.WriteString("| figure | measured | goal | |\n|---|---|---|---|\n")
			for _, f := range d.Figures {
				fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", f.Name, f.Value, f.Goal, f.met())
			}
			b.WriteByte('\n')
		}
		for _, n := range d.Notes {
			fmt.Fprintf(&b, "- %s\n", n)
		}
		fmt.Fprintf(&b, "\nResult: %s.\n", strings.TrimSuffix(d.verdict(), "."))
	}
	return b.String()
}

func (f figure) met() string {
	switch {
	case f.Goal == "":
		return ""
	case f.Met:
		return "met"
	default:
		return "**missed**"
	}
}

// jsonRow is the form a machine reads.
type jsonRow struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Goal    string   `json:"goal"`
	Result  string   `json:"result"`
	Why     string   `json:"why,omitempty"`
	Seconds float64  `json:"seconds"`
	Figures []figure `json:"figures"`
	Notes   []string `json:"notes,omitempty"`
}

// write puts the report at path, and its figures beside it.
func (r *report) write(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(r.markdown()), 0o644); err != nil {
		return err
	}
	list := make([]jsonRow, len(r.Drills))
	for i, d := range r.Drills {
		result := "missed"
		if d.Impossible != "" {
			result = "impossible"
		} else if d.Passed {
			result = "passed"
		}
		list[i] = jsonRow{ID: d.ID, Title: d.Title, Goal: d.Goal, Result: result, Why: d.Impossible, Seconds: d.Took, Figures: d.Figures, Notes: d.Notes}
	}
	raw, err := json.MarshalIndent(map[string]any{"machine": r.Machine, "go": r.Go, "at": r.At, "short": r.Short, "drills": list}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(figuresOf(path), append(raw, '\n'), 0o644)
}

// machine says what the drills ran on.
func machine() string {
	name := "unknown processor"
	if f, err := os.Open("/proc/cpuinfo"); err == nil {
		defer func() { _ = f.Close() }()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			if value, found := strings.CutPrefix(lines.Text(), "model name"); found {
				name = strings.TrimSpace(strings.TrimLeft(value, "\t :"))
				break
			}
		}
	}
	return fmt.Sprintf("%s/%s, %d processors (%s)", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), name)
}
