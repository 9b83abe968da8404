package pg_test

import (
	"strings"
	"testing"

	"github.com/lib/pq"

	"prosumer/internal/pg"
)

func TestCompleteAddsOnlyWhatIsMissing(t *testing.T) {
	for dsn, want := range map[string]pq.Config{
		"postgres://u:p@db.example/x":                       {SSLMode: "require"},
		"postgresql://u:p@localhost:5433/x":                 {SSLMode: "disable"},
		"postgres://u:p@[::1]/x":                            {SSLMode: "disable"},
		"postgres://u@/x?host=/run/postgresql":              {SSLMode: "disable"},
		"host=/run/postgresql user=u dbname=x":              {SSLMode: "disable"},
		"host=127.0.0.1 user=u password=":                   {SSLMode: "disable"},
		"host=localhost,db.example user=u":                  {SSLMode: "require"},
		"host=db.example user=u sslmode=verify-full":        {SSLMode: "verify-full"},
		"postgres://u@db.example/x?sslmode=verify-ca":       {SSLMode: "verify-ca"},
		"host=db.example user=u application_name='my tool'": {SSLMode: "require", ApplicationName: "my tool"},
	} {
		full, err := pg.Complete(dsn)
		if err != nil {
			t.Errorf("%s: %v", dsn, err)
			continue
		}
		got, err := pq.NewConfig(full)
		if err != nil {
			t.Errorf("%s: %v", full, err)
			continue
		}
		if want.ApplicationName == "" {
			want.ApplicationName = "prosumer"
		}
		if got.SSLMode != want.SSLMode || got.ApplicationName != want.ApplicationName ||
			got.ConnectTimeout.Seconds() != 5 || got.Runtime["statement_timeout"] != "10000" || got.User != "u" {
			t.Errorf("%s became %s", dsn, full)
		}
		if again, err := pg.Complete(full); err != nil || again != full {
			t.Errorf("completing twice changes %s into %s (%v)", full, again, err)
		}
	}
	full, err := pg.Complete("host=/run/postgresql user=u statement_timeout=0 options='-c lock_timeout=1s'")
	if err != nil || strings.Contains(full, "statement_timeout=10000") || strings.Contains(full, "lock_timeout=5000") {
		t.Errorf("limits that were set are overruled: %s (%v)", full, err)
	}
}

func TestCompleteKeepsThePasswordOutOfItsErrors(t *testing.T) {
	for _, dsn := range []string{"postgres://u:s3cret%zz@h/x", "postgres://u:s3cret@h:port/x", ""} {
		if _, err := pg.Complete(dsn); err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%q: %v", dsn, err)
		}
	}
}

func TestPlanOnceIsPromptAndPlansOnce(t *testing.T) {
	t.Parallel()
	plain, err := pg.Prompt("host=/run/postgresql user=u")
	if err != nil {
		t.Fatal(err)
	}
	for _, dsn := range []string{"host=/run/postgresql user=u", plain} {
		once, err := pg.PlanOnce(dsn)
		if err != nil || !strings.Contains(once, "statement_timeout=3000") && !strings.Contains(once, "statement_timeout='3000'") || strings.Count(once, "force_generic_plan") != 1 {
			t.Errorf("%s (%v)", once, err)
		}
	}
}
