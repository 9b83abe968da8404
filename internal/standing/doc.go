// Package standing computes what used contributions add up to.
//
// It owns the ledger standing_entries with its table of points, the totals in
// standings, badges, and the role that is earned. What is due follows from what
// stands in the database; settling writes only what differs from the ledger, so
// that an undo anywhere becomes a counter-entry and a lost message heals. It
// offers the Keeper, who settles whoever changed, the ledger to read and its
// check. It refuses to know followers, posting and HTTP.
package standing
