package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// line is one entry, asked and answered at so many seconds.
func line(what choice, v verdict, asked, answered int) entry {
	at := func(s int) time.Time { return time.Unix(int64(s), 0) }
	return entry{Pair: pair{1, 1}, Choice: what, Verdict: v, Asked: at(asked), Answered: at(answered)}
}

func TestTheJournalSaysWhatMayStandAtTheEnd(t *testing.T) {
	for name, tc := range map[string]struct {
		list []entry
		want []choice
	}{
		"nothing was answered":                  {[]entry{line(buys, inDoubt, 1, 2)}, []choice{absent, buys}},
		"the last acknowledged one stands":      {[]entry{line(buys, acked, 1, 2), line(support, acked, 3, 4)}, []choice{support}},
		"a refusal changes nothing":             {[]entry{line(buys, acked, 1, 2), line(absent, refused, 3, 4)}, []choice{buys}},
		"only refused":                          {[]entry{line(buys, refused, 1, 2)}, []choice{absent}},
		"in doubt after it":                     {[]entry{line(buys, acked, 1, 2), line(absent, inDoubt, 3, 4)}, []choice{buys, absent}},
		"in doubt before it is overruled":       {[]entry{line(absent, inDoubt, 1, 2), line(buys, acked, 3, 4)}, []choice{buys}},
		"at the same time, either":              {[]entry{line(buys, acked, 1, 4), line(support, acked, 2, 3)}, []choice{buys, support}},
		"at the same time as one in doubt":      {[]entry{line(absent, inDoubt, 1, 9), line(buys, acked, 3, 4)}, []choice{absent, buys}},
		"taken back and acknowledged":           {[]entry{line(buys, acked, 1, 2), line(absent, acked, 3, 4)}, []choice{absent}},
		"what overlaps the last but one is out": {[]entry{line(buys, acked, 1, 3), line(support, acked, 2, 4), line(absent, acked, 5, 6)}, []choice{absent}},
	} {
		if diff := cmp.Diff(tc.want, possible(tc.list)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAPairThatIsNotAsItMayBeIsCounted(t *testing.T) {
	for name, tc := range map[string]struct {
		is   choice
		list []entry
		want judgement
	}{
		"as acknowledged":  {buys, []entry{line(buys, acked, 1, 2)}, judgement{}},
		"lost":             {absent, []entry{line(buys, acked, 1, 2)}, judgement{Lost: 1}},
		"another choice":   {support, []entry{line(buys, acked, 1, 2)}, judgement{Changed: 1}},
		"back from a past": {buys, []entry{line(buys, acked, 1, 2), line(absent, acked, 3, 4)}, judgement{Extra: 1}},
	} {
		var got judgement
		got.compare(pair{1, 1}, tc.is, tc.list)
		got.Samples = nil
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
