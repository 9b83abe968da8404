package votes

import "prosumer/internal/ideas"

// Tally is what the votes on one idea add up to. Voters and WouldBuy are
// customers'; Staff counts staff's votes apart. Revision grows by one with
// every change, so that whoever holds a newer one can drop an older.
type Tally struct {
	Idea     ideas.ID `db:"idea_id"`
	Voters   int      `db:"voters"`
	WouldBuy int      `db:"would_buy"`
	Staff    int      `db:"staff"`
	Revision int64    `db:"revision"`
}
