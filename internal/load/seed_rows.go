package load

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"prosumer/internal/clean"
)

// bases are the numbers before the first of each kind.
type bases struct{ account, idea, move, importID int64 }

// movesEach is how many numbers of the history an idea has to itself.
const movesEach = 3

// batch is rows of some ideas, in PostgreSQL's text format of COPY.
type batch struct {
	*plan
	bases
	ledger                                      time.Time // its first moment; a vote cast since needs an event
	ideas, history, votes, events, tally, ranks []byte
	n                                           int // votes
}

const stamp = "2006-01-02 15:04:05+00"

// statuses an idea can have here, by chance: three of a hundred were declined.
func fate(r *rand.Rand) (status, reason string) {
	switch x := r.IntN(100); {
	case x < 3:
		return "declined", "too_costly"
	case x < 7:
		return "under_review", ""
	case x < 9:
		return "shortlisted", ""
	default:
		return "open", ""
	}
}

const declined = "<p>Not this year.</p>"

// add writes all rows of an idea.
func (b *batch) add(k int) {
	r := b.random(k)
	id, by, when := b.idea+int64(k), r.IntN(b.contributors), b.submitted(k)
	status, reason := fate(r)
	move := b.move + int64(k)*movesEach
	contributor := b.account + int64(by)
	decided := when.Add(time.Duration(r.Float64() * float64(b.at.Sub(when)))).Truncate(time.Second)

	b.history = row(b.history, move, id, "move", null, "draft", contributor, when, "", null)
	b.history = row(b.history, move+1, id, "move", "draft", "open", contributor, when, "", null)
	last, answered := move+1, any(null)
	if status != "open" {
		last++
		answer, why := "", any(null)
		if reason != "" {
			answer, why, answered = declined, reason, decided
		}
		b.history = row(b.history, last, id, "move", "open", status, b.account, decided, answer, why)
	}

	tongue := b.tongues[r.IntN(2)]
	title := tongue.title(r)
	story := clean.Plain(tongue.sentences(r, 30+r.IntN(31)))
	topic := b.topics[r.IntN(len(b.topics))]
	b.ideas = row(b.ideas, id, contributor, topic, title, slugFor(title),
		story.String(), story.String(), clean.Text(story), int64(clean.PolicyVersion), status, last, seedSource, external(k), b.importID, when, when, when, answered)
	b.cast(k, id, by, when, place{status, topic}, r)
}

// place is where an idea stands on the board.
type place struct {
	status string
	topic  int64
}

// listed is the function idea_listed of migration 0013.
func (p place) listed() any {
	switch p.status {
	case "draft", "held", "withdrawn", "merged":
		return null
	}
	return p.status
}

// cast writes the votes on an idea, and what follows from them.
func (b *batch) cast(k int, id int64, contributor int, since time.Time, where place, r *rand.Rand) {
	voters, buys := b.voters(k), 0
	step := coprime(r, b.members)
	open := b.at.Sub(since).Seconds()
	begun := weight(since)
	weights := append(make([]float64, 0, voters+1), begun)
	peak := begun
	for j := range voters {
		// The walk begins behind the contributor and would come back last.
		voter := b.account + int64((contributor+(j+1)*step)%b.members)
		u := r.Float64()
		at := since.Add(time.Duration(open*u*u*u) * time.Second) // most come early
		buy := r.IntN(10) < 3
		if buy {
			buys++
		}
		b.votes = row(b.votes, id, voter, buy, at)
		if !at.Before(b.ledger) {
			b.events = row(b.events, at, id, voter, int64(j+1), false, buy, false, true)
		}
		w := weight(at)
		weights, peak = append(weights, w), max(peak, w)
	}
	b.n += voters
	b.tally = row(b.tally, id, int64(voters), int64(buys), int64(voters))
	rest, fast := 0.0, 0.0
	for _, w := range weights {
		rest += math.Exp(max(w-peak, -700))
		fast += math.Exp(max(9*(w-peak), -700))
	}
	b.ranks = row(b.ranks, id, int64(voters), peak+math.Log(rest), 9*peak+math.Log(fast)-math.Log(float64(voters)+10)/2, int64(voters), where.listed(), where.topic)
}

// weight is the function ranks_weight of migration 0008.
func weight(at time.Time) float64 {
	return float64(at.Unix()-epoch) / (3 * 86400) * math.Ln2
}

var epoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// slugFor makes the end of an idea's address, as package ideas does.
func slugFor(title string) string {
	slug := strings.ToLower(strings.ReplaceAll(title, " ", "-"))
	return strings.Trim(slug[:min(len(slug), 80)], "-")
}

// external names an idea of the set; with zeros, so that the index grows at its end.
func external(k int) string {
	text := strconv.Itoa(k)
	return strings.Repeat("0", max(8-len(text), 0)) + text
}

// null is how COPY writes that there is no value.
const null = `\N`

// row appends a line. Its texts hold no tab, line end or backslash, since the
// vocabulary has none.
func row(to []byte, cells ...any) []byte {
	for i, cell := range cells {
		if i > 0 {
			to = append(to, '\t')
		}
		switch c := cell.(type) {
		case int64:
			to = strconv.AppendInt(to, c, 10)
		case string:
			to = append(to, c...)
		case bool:
			to = append(to, "ft"[btoi(c)])
		case float64:
			to = strconv.AppendFloat(to, c, 'g', -1, 64)
		case time.Time:
			to = c.UTC().AppendFormat(to, stamp)
		}
	}
	return append(to, '\n')
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
