package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"prosumer/internal/pg/cluster"
)

// The environment is how Main tells New, and a parent process its tests, which
// server to use. The address is that of a superuser.
const (
	serverVar = "TEST_DATABASE_URL"
	reasonVar = "TEST_DATABASE_MISSING"
)

// Main is the body of TestMain in a package whose tests use a database:
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
//
// It uses the server that TEST_DATABASE_URL names. Without it, it starts a
// throw-away cluster for this package. Where no PostgreSQL is found, tests that
// ask for a database are skipped, but fail when CI=true.
func Main(m *testing.M) {
	os.Exit(run(m))
}

func run(m interface{ Run() int }) (code int) {
	if os.Getenv(serverVar) != "" {
		return m.Run()
	}
	err := cluster.Throwaway(context.Background(), func(dsn string) error {
		if err := os.Setenv(serverVar, dsn); err != nil {
			return err
		}
		code = m.Run()
		return nil
	})
	if errors.Is(err, cluster.ErrNotFound) {
		reason, _, _ := strings.Cut(err.Error(), "\n")
		if err := os.Setenv(reasonVar, reason); err == nil {
			return m.Run()
		}
	}
	if err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "test database: %v\n", err)
		return max(code, 1)
	}
	return code
}

// server is the address of the test server, or skips the test with the reason.
func server(t testing.TB) string {
	t.Helper()
	dsn, reason := os.Getenv(serverVar), os.Getenv(reasonVar)
	switch {
	case dsn != "":
		return dsn
	case reason == "":
		t.Fatal("no test server: the package's TestMain must call pgtest.Main")
	case os.Getenv("CI") == "true":
		t.Fatal(reason)
	}
	t.Skip(reason)
	return ""
}
