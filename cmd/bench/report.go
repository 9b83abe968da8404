package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// report is what the run found, chapter by chapter. A chapter that was not run
// again keeps its figures, and the date they were seen.
type report struct {
	folder   string
	Machine  string    `json:"machine"`
	Go       string    `json:"go"`
	Settings string    `json:"settings"`
	Chapters []chapter `json:"chapters"`
}

type chapter struct {
	Name     string        `json:"name"`
	At       time.Time     `json:"at"`
	Took     time.Duration `json:"took"`
	Steal    float64       `json:"steal"` // share of processor time the hypervisor gave to others
	Sections []section     `json:"sections"`
}

// newReport reads the last report, if there is one of this machine.
func newReport(o options) (*report, error) {
	r := &report{
		folder: o.report, Machine: machine(), Go: runtime.Version(),
		Settings: fmt.Sprintf("%d rounds of %s each, interleaved; the value is the median, the noise the least and the most of the rounds", o.rounds, o.round),
	}
	text, err := os.ReadFile(filepath.Join(o.report, "report.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the last report: %w", err)
	}
	var last report
	if err := json.Unmarshal(text, &last); err == nil && last.Machine == r.Machine && last.Go == r.Go {
		r.Chapters = last.Chapters
	}
	return r, nil
}

// put adds a chapter, or replaces it.
func (r *report) put(name string, sections []section, took time.Duration) {
	c := chapter{Name: name, At: time.Now().UTC().Truncate(time.Second), Took: took.Round(time.Second), Steal: stolen(), Sections: sections}
	for i := range r.Chapters {
		if r.Chapters[i].Name == name {
			r.Chapters[i] = c
			return
		}
	}
	r.Chapters = append(r.Chapters, c)
}

func (r *report) write() error {
	if err := os.MkdirAll(r.folder, 0o755); err != nil {
		return fmt.Errorf("the report's folder: %w", err)
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if err := os.WriteFile(filepath.Join(r.folder, "report.json"), append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.folder, "report.md"), []byte(r.markdown()), 0o644)
}

func (r *report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Benchmark\n\nMade by `make bench`. %s, %s. Server, PostgreSQL and load share the machine; durable (fsync and synchronous_commit on).\n", r.Machine, r.Go)
	fmt.Fprintf(&b, "%s. Every goal is a ratio to a limit measured in the same run, or a bound.\n\n", r.Settings)
	b.WriteString(r.summary())
	for _, c := range r.Chapters {
		fmt.Fprintf(&b, "\n<!-- %s -->\n\n*Seen %s, in %s; %.0f %% of processor time went to other machines.*\n", c.Name, c.At.Format("2006-01-02 15:04 MST"), c.Took, 100*c.Steal)
		for _, s := range c.Sections {
			b.WriteString("\n" + s.markdown())
		}
	}
	return b.String()
}

// summary is the table of goals.
func (r *report) summary() string {
	var b strings.Builder
	b.WriteString("## Goals\n\n| # | what | goal | seen | noise | |\n|---|---|---|---|---|---|\n")
	for _, c := range r.Chapters {
		for _, s := range c.Sections {
			for _, g := range s.Goals {
				fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", g.Number, g.What, g.Goal, g.Seen, g.Noise, met(g.Met))
			}
		}
	}
	return b.String()
}

func (s section) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n", s.Title)
	if s.Text != "" {
		fmt.Fprintf(&b, "%s\n\n", s.Text)
	}
	if len(s.Columns) > 0 {
		fmt.Fprintf(&b, "| %s |\n|%s\n", strings.Join(s.Columns, " | "), strings.Repeat("---|", len(s.Columns)))
		for _, row := range s.Rows {
			fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
		}
	}
	return b.String()
}

func met(ok bool) string {
	if ok {
		return "met"
	}
	return "**missed**"
}

// machine says what the figures were made on.
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

// times of /proc/stat at the last call of stolen.
var lastTotal, lastSteal float64

// stolen is the share of processor time that went to other machines since the
// last call: noise that nothing here can help.
func stolen() float64 {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	var total, steal, value float64
	for i, field := range strings.Fields(line)[1:] {
		if _, err := fmt.Sscan(field, &value); err != nil {
			return 0
		}
		total += value
		if i == 7 {
			steal = value
		}
	}
	share := 0.0
	if total > lastTotal {
		share = (steal - lastSteal) / (total - lastTotal)
	}
	lastTotal, lastSteal = total, steal
	return share
}
