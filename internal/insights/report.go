package insights

import "time"

// Period is how far back a report reaches, in days.
type Period int

// Periods are those on offer, the usual one first.
var Periods = []Period{90, 30, 365}

// Known reports whether p is on offer.
func (p Period) Known() bool {
	for _, known := range Periods {
		if p == known {
			return true
		}
	}
	return false
}

// Report is what the studio shows of a period. All counts are of customers and
// staff together unless they say otherwise; what is hidden counts too.
type Report struct {
	Days   Period    `json:"days"`
	At     time.Time `json:"at"`
	Funnel Funnel    `json:"funnel"`
	Daily  []Day     `json:"daily"`  // one for each day, the oldest first
	Topics []Topic   `json:"topics"` // the most ideas first, ten at most
	Spread Spread    `json:"spread"`
}

// Funnel says how many of the ideas proposed in the period got how far by now.
// Each step is part of the one before.
type Funnel struct {
	Proposed    int `json:"proposed" db:"proposed"` // and let in; drafts and held ones do not count
	Answered    int `json:"answered" db:"answered"` // or decided
	Shortlisted int `json:"shortlisted" db:"shortlisted"`
	Adopted     int `json:"adopted" db:"adopted"`
	Launched    int `json:"launched" db:"launched"`
}

// Day is what came in on one day of the site's zone.
type Day struct {
	Day   time.Time `json:"day" db:"day"` // its date, at midnight UTC
	Ideas int       `json:"ideas" db:"ideas"`
	Votes int       `json:"votes" db:"votes"` // cast or changed; taken back does not count
}

// Topic is a shelf's part in the period.
type Topic struct {
	NameEN  string `json:"name_en" db:"name_en"` // empty for ideas without a topic
	NameNL  string `json:"name_nl" db:"name_nl"`
	Ideas   int    `json:"ideas" db:"ideas"`
	Voters  int    `json:"voters" db:"voters"` // of those ideas' tallies, added up
	Adopted int    `json:"adopted" db:"adopted"`
}

// Spread says how far support is spread over people. Shares run from 0 to 1.
type Spread struct {
	Voters       int     `json:"voters" db:"voters"`             // people who voted in the period
	Votes        int     `json:"votes" db:"votes"`               // their votes that stand
	TopTenth     float64 `json:"top_tenth" db:"top_tenth"`       // part of the votes by the most active tenth of voters
	TopIdeas     float64 `json:"top_ideas" db:"top_ideas"`       // part of the votes on the tenth of ideas with the most
	Once         float64 `json:"once" db:"once"`                 // part of the voters with one vote only
	Young        float64 `json:"young" db:"young"`               // part of the votes by accounts younger than a week
	TopReferrer  float64 `json:"top_referrer" db:"top_referrer"` // part of the votes that the largest referrer led to
	Referrer     string  `json:"referrer" db:"referrer"`         // that host; empty for none
	Contributors float64 `json:"contributors" db:"contributors"` // part of the ideas by the most active tenth of contributors
}
