package config_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/config"
)

func TestMilestonesAreReadInOrderAndSlipsAreRefused(t *testing.T) {
	t.Parallel()
	c := config.Config{Milestones: "1000:182, 100:365,10000:review"}
	got, err := c.Ladder()
	want := []config.Milestone{{Voters: 100, Days: 365}, {Voters: 1000, Days: 182}, {Voters: 10000, Review: true}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	for _, none := range []string{"", "none", " none "} {
		c.Milestones = none
		if got, err := c.Ladder(); err != nil || got != nil {
			t.Errorf("%q: %v (%v)", none, got, err)
		}
	}
	for _, wrong := range []string{"100", "100:", ":365", "0:5", "-5:5", "100:-1", "100:later", "100:365,100:1", "100:365,", "x:review", "99999999999:1", "100:99999999"} {
		c.Milestones = wrong
		if got, err := c.Ladder(); err == nil {
			t.Errorf("%q is read as %v", wrong, got)
		}
	}
}
