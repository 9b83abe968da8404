package pg

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lib/pq"
)

// setting is one connection parameter that we never leave to a default.
type setting struct{ key, value string }

// bounds are sent as start-up options: they hold from the first statement on,
// in every connection of the pool. Times are milliseconds, but for the first.
var bounds = []setting{
	{"connect_timeout", "5"},
	{"statement_timeout", "10000"},
	{"lock_timeout", "5000"},
	{"idle_in_transaction_session_timeout", "15000"},
}

// prompt are the bounds of connections that people wait for.
var prompt = []setting{
	{"connect_timeout", "2"},
	{"statement_timeout", "3000"},
	{"lock_timeout", "1000"},
	{"idle_in_transaction_session_timeout", "10000"},
}

// Prompt is Complete with tighter limits: for the pool that serves requests,
// where an answer that takes longer is no use to anybody. Work in the background
// lifts them with Unhurried.
func Prompt(dsn string) (string, error) { return complete(dsn, prompt) }

// PlanOnce is Prompt for statements that are prepared and asked again and again
// with other values: they are planned once, and not for their values, which
// takes the database longer than to answer most of them. Only for statements
// whose plan suits all values; those whose plan hangs on them belong elsewhere.
func PlanOnce(dsn string) (string, error) {
	return complete(dsn, append(slices.Clone(prompt), setting{"plan_cache_mode", "force_generic_plan"}))
}

// Complete adds to a URL or key=value DSN what it leaves out: sslmode (none on
// a socket or loopback, else require), connect_timeout, application_name, and
// the time limits of statements, locks and idle transactions. What is written
// there, or in PG* variables, stays. Anything that connects by itself, such as
// a listener, uses it, since lib/pq's own defaults are about to change.
func Complete(dsn string) (string, error) { return complete(dsn, bounds) }

func complete(dsn string, bounds []setting) (string, error) {
	if dsn == "" {
		return "", errors.New("database address: empty")
	}
	cfg, err := pq.NewConfig(dsn)
	if err != nil {
		return "", fmt.Errorf("database address: %w", hideDSN(err))
	}
	var missing []setting
	add := func(key, value string) { missing = append(missing, setting{key, value}) }
	if cfg.SSLMode == "" {
		add("sslmode", sslMode(cfg))
	}
	if cfg.ApplicationName == "" {
		add("application_name", "prosumer")
	}
	for _, b := range bounds {
		_, set := cfg.Runtime[b.key]
		if b.key == "connect_timeout" {
			set = cfg.ConnectTimeout != 0
		}
		if !set && !strings.Contains(cfg.Options, b.key) {
			add(b.key, b.value)
		}
	}
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		return completeURL(dsn, missing)
	}
	var full strings.Builder
	for _, s := range missing {
		fmt.Fprintf(&full, "%s=%s ", s.key, s.value)
	}
	return full.String() + dsn, nil // last, for it may end in an empty value
}

func completeURL(dsn string, missing []setting) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "", fmt.Errorf("database address: %w", hideDSN(err))
	}
	query := u.Query()
	for _, s := range missing {
		query.Set(s.key, s.value)
	}
	u.RawQuery = query.Encode()
	return u.String(), nil
}

// hideDSN drops the address, and with it the password, that a URL error repeats.
func hideDSN(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}

func sslMode(cfg pq.Config) string {
	if !isNear(cfg.Host, cfg.Hostaddr) || slices.ContainsFunc(cfg.Multi, func(m pq.ConfigMultihost) bool {
		return !isNear(m.Host, m.Hostaddr)
	}) {
		return "require"
	}
	return "disable"
}

// isNear reports whether a host cannot leave this machine: a socket or loopback.
func isNear(host string, addr netip.Addr) bool {
	if addr.IsValid() {
		return addr.IsLoopback()
	}
	if filepath.IsAbs(host) || strings.HasPrefix(host, "@") || host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}
