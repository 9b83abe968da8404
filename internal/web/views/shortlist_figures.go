package views

import (
	"math"
	"strconv"
	"strings"
	"time"

	"prosumer/internal/clean"
	"prosumer/internal/web/views/ui"
)

// ShortlistHead is a shortlist as its pages name it.
type ShortlistHead struct {
	ID            int64
	Name          string
	Challenge     string // title; empty for a free list
	ChallengeSlug string
	Maker         string
	CreatedAt     time.Time
	Closed        bool
	Revision      int64
	PublishedBy   string
	PublishedAt   time.Time
	Ideas         int
	Cards         int // handed in
	Mine          int // ideas the reader scored
	Criteria      int
	Prepared      int // decisions that wait
}

// ShortlistCriterion is what reviewers give marks for.
type ShortlistCriterion struct {
	ID     int64
	Name   string
	Weight float64
	Marks  int // given so far; none: it can be removed
}

// ShortlistEntry is an idea on a list, the crowd beside the team.
type ShortlistEntry struct {
	Idea        int64
	Slug        string
	Title       string
	Status      string
	Contributor Person
	Cover       ui.Image
	Crowd       CrowdFigures
	Team        TeamReview
	Prepared    *PreparedDecision // nil for none
}

// CrowdFigures are an idea's, sealed ones too: for the team alone.
type CrowdFigures struct {
	Voters, Staff     int
	WouldBuy, Support CrowdShare
	Score             *ScoreEstimate // nil while nobody scored
	Trend             []int          // votes a day, the last one today
	Young, Lone, Host CrowdShare
	From              string // the host of Host
}

// ScoreEstimate is a shrunk score with its interval.
type ScoreEstimate struct {
	Value, Low, High, Mean float64
	Of                     int
}

// CrowdShare is a part of voters; Conspicuous ones are pointed out.
type CrowdShare struct {
	Part, Of    int
	Conspicuous bool
}

// TeamReview is what the team says, as far as the reader may know it.
type TeamReview struct {
	Mine     *ScoreCard // nil: not begun
	HandedIn int
	Shown    bool
	Cards    []ScoreCard
	By       []MarkSpread // in the order of the criteria
	Total    MarkSpread
	Rank     int // 0: none
	Of       int // how many are ranked
}

// ScoreCard is one reviewer's.
type ScoreCard struct {
	By       Person
	Marks    map[int64]int // by criterion
	Total    float64       // 0 for none
	First    float64       // the total it was handed in with, of a changed one
	Note     string
	HandedIn time.Time // zero: a draft
	Changed  time.Time // zero: never
}

// MarkSpread is what several reviewers gave.
type MarkSpread struct {
	Mean, Min, Max float64
	Of             int
	Apart          bool
}

// PreparedDecision is one that waits, or was published.
type PreparedDecision struct {
	To, From      string
	Answer        string // source
	Text          clean.HTML
	Reason        string
	ProductName   string
	Joins         string
	PipelineSince string // yyyy-mm-dd
	By            string
	At            time.Time
	PublishedAt   time.Time // zero: it waits
	Why           string    // what stands in its way; empty for nothing
}

// Waits reports whether it is still to be published.
func (d *PreparedDecision) Waits() bool { return d != nil && d.PublishedAt.IsZero() }

// TenthsWord writes a mark or score with one decimal, in the reader's language.
func (s Shell) TenthsWord(v float64) string {
	tenths := int(math.Round(v * 10))
	return s.N(tenths/10) + s.T("views.number.point") + strconv.Itoa(tenths%10)
}

// hundredthsWord writes a score with two decimals.
func (s Shell) hundredthsWord(v float64) string {
	n := int(math.Round(v * 100))
	part := strconv.Itoa(n % 100)
	return s.N(n/100) + s.T("views.number.point") + strings.Repeat("0", 2-len(part)) + part
}

// weightWord writes a weight without idle zeros: 3 or 2,5.
func (s Shell) weightWord(v float64) string {
	text := strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
	return strings.Replace(text, ".", s.T("views.number.point"), 1)
}

// shareWord writes a share in percent, or a dash of nobody.
func (s Shell) shareWord(c CrowdShare) string {
	if c.Of == 0 {
		return noMean
	}
	return s.percent(c.Part, c.Of)
}

// rangeWord writes how far marks lie apart: 2–5.
func (s Shell) rangeWord(m MarkSpread) string {
	if m.Min == m.Max {
		return s.weightWord(m.Min)
	}
	return s.weightWord(m.Min) + "–" + s.weightWord(m.Max)
}

// recent sums the last days of a trend, skipping those after them.
func recent(trend []int, days, skip int) int {
	sum := 0
	for i := len(trend) - skip - days; i < len(trend)-skip; i++ {
		if i >= 0 {
			sum += trend[i]
		}
	}
	return sum
}

// trendWord says a trend in words, for who cannot see its line.
func (s Shell) trendWord(f CrowdFigures) string {
	return s.T("views.shortlists.trend", "All", s.N(recent(f.Trend, len(f.Trend), 0)), "Week", s.N(recent(f.Trend, 7, 0)), "Before", s.N(recent(f.Trend, 7, 7)))
}

// Size of a spark line in its own units.
const sparkWidth, sparkHeight = 120, 28

// sparkLine and sparkArea draw votes a day from the left to today.
func sparkLine(trend []int) string {
	top := 1
	for _, n := range trend {
		top = max(top, n)
	}
	var b strings.Builder
	for i, n := range trend {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		x := float64(i) * (sparkWidth - 4) / float64(max(len(trend)-1, 1))
		y := float64(sparkHeight-3) - float64(n)*(sparkHeight-6)/float64(top)
		b.WriteString(letter + strconv.FormatFloat(x+2, 'f', 1, 64) + " " + strconv.FormatFloat(y, 'f', 1, 64))
	}
	return b.String()
}

func sparkArea(trend []int) string {
	return sparkLine(trend) + "L" + strconv.Itoa(sparkWidth-2) + " " + strconv.Itoa(sparkHeight) + "L2 " + strconv.Itoa(sparkHeight) + "Z"
}

// sparkEnd is where the line ends, which a dot marks.
func sparkEnd(trend []int) string {
	line := sparkLine(trend)
	_, y, _ := strings.Cut(line[strings.LastIndexByte(line, 'L')+1:], " ")
	return y
}
