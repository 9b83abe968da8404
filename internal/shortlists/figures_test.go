package shortlists_test

import (
	"math"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/shortlists"
)

// vote writes one as it would stand after having been cast some days ago.
func (w *world) vote(on ideas.ID, by accounts.Actor, days int, score any, buys bool, from any) {
	w.t.Helper()
	w.exec(`INSERT INTO votes (idea_id, voter_id, score, would_buy, staff, cast_at, referrer) VALUES ($1, $2, $3, $4, $5, now() - make_interval(days => $6), $7)`,
		on, by.ID, score, buys, by.Staff(), days, from)
}

// tally counts what vote wrote.
func (w *world) tally(on ideas.ID) {
	w.t.Helper()
	w.exec(`DELETE FROM tallies WHERE idea_id = $1`, on)
	w.exec(`INSERT INTO tallies (idea_id, voters, would_buy, staff, ones, twos, threes, fours, fives)
		SELECT $1, count(*) FILTER (WHERE NOT staff), count(*) FILTER (WHERE would_buy AND NOT staff), count(*) FILTER (WHERE staff),
		       count(*) FILTER (WHERE score = 1 AND NOT staff), count(*) FILTER (WHERE score = 2 AND NOT staff), count(*) FILTER (WHERE score = 3 AND NOT staff),
		       count(*) FILTER (WHERE score = 4 AND NOT staff), count(*) FILTER (WHERE score = 5 AND NOT staff)
		FROM votes WHERE idea_id = $1 AND counts`, on)
}

func TestTheFiguresOfAHandMadeSetAreRight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lamp, chair := w.idea("A lamp that folds"), w.idea("A chair that folds")
	id := w.list("Folding", lamp, chair)
	old := func() accounts.Actor {
		p := w.person()
		w.exec(`UPDATE accounts SET created_at = now() - interval '90 days' WHERE id = $1`, p.ID)
		return p
	}
	for i := range 12 { // on the lamp: 12 customers, of whom 5 buy
		var by accounts.Actor
		var from any
		if i < 8 {
			by = old()
		} else {
			by = w.person() // four who came today
		}
		switch {
		case i < 6:
			from = "shop.example"
		case i == 6:
			from = "news.example"
		}
		w.vote(lamp, by, i%3, nil, i < 5, from)
		if i < 3 {
			w.vote(chair, by, 40, nil, false, nil) // three know another idea, too
		}
	}
	w.vote(lamp, w.bob, 0, nil, true, "shop.example") // staff stand beside
	apart := old()
	w.vote(lamp, apart, 0, nil, false, "shop.example")
	w.exec(`UPDATE votes SET counts = false WHERE voter_id = $1`, apart.ID)
	w.tally(lamp)
	w.tally(chair)
	w.exec(`INSERT INTO exposures (idea_id, shown, members) VALUES ($1, 30, 20) ON CONFLICT (idea_id) DO UPDATE SET shown = 30, members = 20`, lamp)

	f := w.entry(w.ann, id, lamp).Figures
	if f.Voters != 12 || f.Staff != 1 || f.WouldBuy != (shortlists.Share{Part: 5, Of: 12}) || f.Support != (shortlists.Share{Part: 12, Of: 20}) || f.Score != nil {
		t.Errorf("%+v", f)
	}
	if f.Young != (shortlists.Share{Part: 4, Of: 12, Conspicuous: true}) || f.Lone != (shortlists.Share{Part: 9, Of: 12, Conspicuous: true}) {
		t.Errorf("young %+v, lone %+v", f.Young, f.Lone)
	}
	if f.Host != (shortlists.Share{Part: 6, Of: 12, Conspicuous: true}) || f.From != "shop.example" {
		t.Errorf("host %+v of %s", f.Host, f.From)
	}
	last := shortlists.TrendDays - 1
	if f.Trend[last] != 4 || f.Trend[last-1] != 4 || f.Trend[last-2] != 4 || f.Trend[last-3] != 0 {
		t.Errorf("trend %v", f.Trend)
	}
	f = w.entry(w.ann, id, chair).Figures
	if f.Voters != 3 || f.Young.Part != 0 || f.Lone.Part != 0 || f.Host != (shortlists.Share{Of: 3}) || f.From != "" || f.Trend != [shortlists.TrendDays]int{} {
		t.Errorf("the chair: %+v", f)
	}
	if few := w.entry(w.ann, id, chair).Figures.Support; few != (shortlists.Share{Part: 3, Of: 3}) {
		t.Errorf("support of what nobody reported seeing: %+v", few)
	}
}

func TestAScoreIsShrunkTogetherWithItsInterval(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bags := w.challenge("bags")
	many, few := w.idea("A bag of many"), w.idea("A bag of few")
	w.exec(`UPDATE ideas SET challenge_id = $1`, bags)
	for i := range 30 {
		p := w.person()
		w.vote(many, p, 1, 3+i%2, false, nil) // as many 3s as 4s
		if i < 2 {
			w.vote(few, p, 1, 5, false, nil)
		}
	}
	w.tally(many)
	w.tally(few)
	w.exec(`UPDATE challenges SET prior_mean = 115.0 / 32, prior_weight = 16`) // as refreshPriors has it: (105 + 10) / 32, the median of 30 and 2
	id := w.list("Bags", many, few)

	got := w.entry(w.ann, id, few).Figures.Score
	mean := 115.0 / 32
	value := (16*mean + 10) / 18
	second := (15*9 + 15*16 + 2*25) / 32.0 // the challenge's mean square
	half := 1.96 * math.Sqrt(((16*second+50)/18-value*value)/19)
	for name, pair := range map[string][2]float64{"value": {got.Value, value}, "low": {got.Low, value - half}, "high": {got.High, value + half}, "mean": {got.Mean, 5}} {
		if math.Abs(pair[0]-pair[1]) > 1e-9 {
			t.Errorf("%s %.6f, want %.6f", name, pair[0], pair[1])
		}
	}
	if wide, narrow := got, w.entry(w.ann, id, many).Figures.Score; wide.High-wide.Low <= narrow.High-narrow.Low || got.Of != 2 {
		t.Errorf("two scores are as certain as thirty: %+v, %+v", wide, narrow)
	}
}

func TestAListIsReadInAsManyQueriesHoweverLongItIs(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	w := worldOn(t, db)
	short, long := w.list("Two lamps"), w.list("Lamps")
	for i := range 12 {
		idea := w.idea("A lamp that folds")
		w.must(w.Put(t.Context(), w.ann, long, idea))
		if i < 2 {
			w.must(w.Put(t.Context(), w.ann, short, idea))
		}
	}
	counted, asked := pgtest.Counted(t, dsn)
	reader := shortlists.NewService(counted, w.ideas, nil)
	var before []int64
	for id, entries := range map[shortlists.ID]int{short: 2, long: 12} {
		from := asked.Load()
		sheet, err := reader.Sheet(t.Context(), w.ann, id, "Europe/Amsterdam")
		if err != nil || len(sheet.Entries) != entries {
			t.Fatalf("%d entries (%v), want %d", len(sheet.Entries), err, entries)
		}
		before = append(before, asked.Load()-from)
	}
	if before[0] != before[1] || before[0] == 0 {
		t.Errorf("lists of two and of twelve took %v queries, want as many", before)
	}
}

func TestTwoToFiveAreCompared(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var list []ideas.ID
	for range 6 {
		list = append(list, w.idea("A lamp that folds"))
	}
	sheet := w.sheet(w.ann, w.list("Lamps", list...))
	for name, chosen := range map[string][]ideas.ID{"one": list[:1], "six": list} {
		if _, err := sheet.Compare(chosen); err == nil {
			t.Errorf("%s are compared", name)
		}
	}
	for want, chosen := range map[int][]ideas.ID{2: {list[0], list[1], 9999}, 5: list[:5]} {
		if picked, err := sheet.Compare(chosen); err != nil || len(picked) != want {
			t.Errorf("%d of %v picked (%v), want %d", len(picked), chosen, err, want)
		}
	}
}
