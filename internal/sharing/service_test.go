package sharing_test

import (
	"strings"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/sharing"
)

func TestALinkBroughtTheVotesThatStandAndAreNotItsOwners(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	key := []byte("a key of tests")
	code, other := sharing.Code(key, 7, 1), sharing.Code(key, 7, 2)
	const cast = `INSERT INTO votes (idea_id, voter_id, referrer, counts) VALUES ($1, $2, nullif($3, ''), $4)`
	for _, v := range []struct {
		idea, voter int64
		referrer    string
		counts      bool
	}{
		{7, 1, "share:" + code, true},  // the owner's own
		{7, 2, "share:" + code, true},  //
		{7, 3, "share:" + code, true},  //
		{7, 4, "share:" + code, false}, // set apart
		{7, 5, "share:" + other, true}, // somebody else's link
		{7, 6, "news.example", true},
		{7, 8, "", true},
		{8, 2, "share:" + code, true}, // carried to another idea
	} {
		db.MustExec(cast, v.idea, v.voter, v.referrer, v.counts)
	}
	check := func(code string, owner accounts.ID, want int) {
		t.Helper()
		var n int
		err := pg.Together(t.Context(), db, sharing.BroughtPart(7, owner, code, &n))
		if err != nil || n != want {
			t.Errorf("%d votes, %v; want %d", n, err, want)
		}
	}
	check(code, 1, 2)
	check(other, 2, 1)
	check("", 1, 0) // no code is not the same as no referrer
	db.MustExec(`DELETE FROM votes WHERE idea_id = 7 AND voter_id = 3`)
	check(code, 1, 1)
}

func TestACountOfSharedVotesReadsItsOwnIndex(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	db.MustExec(`INSERT INTO votes (idea_id, voter_id, referrer) SELECT 1 + n % 50, n, CASE WHEN n % 20 = 0 THEN 'share:abcdefghijkm' WHEN n % 3 = 0 THEN 'news.example' END FROM generate_series(1, 20000) AS n`)
	db.MustExec(`ANALYZE votes`)
	var plan string
	const explain = `EXPLAIN (FORMAT JSON) SELECT count(*) FROM votes v WHERE v.idea_id = 7 AND v.referrer = 'share:abcdefghijkm' AND v.referrer LIKE 'share:%' AND v.voter_id <> 3 AND v.counts`
	if err := db.Get(&plan, explain); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan, "votes_by_share") {
		t.Errorf("it goes another way:\n%s", plan)
	}
}
