package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"prosumer/internal/pg/cluster"
	"prosumer/internal/pg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// settle gives the program a database and a folder of the test's own.
func settle(t *testing.T) {
	t.Helper()
	_, dsn := pgtest.NewWithDSN(t)
	t.Setenv("DATABASE_URL", dsn)
	t.Setenv("DATA_DIR", t.TempDir())
	t.Setenv("LIMITS", "off")
	t.Setenv("LOG_LEVEL", "error")
	t.Setenv("PASSWORD", phrase)
	for _, name := range []string{"PORT", "ADDR", "BASE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "SMTP_URL", "SECRET_KEY", "CONFIRM_EMAIL", "SIGNUP"} {
		t.Setenv(name, "")
	}
	t.Setenv("ADDR", "127.0.0.1:0")
	t.Setenv("CONFIRM_EMAIL", "auto")
	t.Setenv("SIGNUP", "open")
}

const phrase = "a long walk home"

// command runs the program and gives what it printed.
func command(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(t.Context(), args, &out)
	return out.String(), err
}

// must is command where nothing may go wrong.
func must(t *testing.T, args ...string) string {
	t.Helper()
	out, err := command(t, args...)
	if err != nil {
		t.Fatalf("server %s: %v", strings.Join(args, " "), err)
	}
	return out
}

func TestTheCommandsThatNeedNoDatabaseSayWhatTheyKnow(t *testing.T) {
	settle(t)
	t.Setenv("DATABASE_URL", "postgres://nobody:hunter2@127.0.0.1:1/nowhere")
	t.Setenv("SECRET_KEY", "hunter2hunter2hunter2hunter2hunter2")
	for line, want := range map[string][]string{
		"version":         {"\n"},
		"help":            {"serve", "migrate", "user", "token", "recount", "--addr"},
		"--help":          {"serve"},
		"help user":       {"create", "promote", "reset-password", "list"},
		"user --help":     {"create"},
		"config":          {"DATABASE_URL", "(set)", "ADDR", "127.0.0.1:0", "LIMITS", "TRUSTED_PROXIES"},
		"routes":          {"/ideas/:idea", "POST", "/api/v1/ideas", "/live", "/healthz"},
		"import --help":   {"ideas"},
		"postgres --help": {"exec"},
	} {
		out := must(t, strings.Fields(line)...)
		for _, text := range want {
			if !strings.Contains(out, text) {
				t.Errorf("server %s does not say %q:\n%s", line, text, out)
			}
		}
		if strings.Contains(out, "hunter2") {
			t.Errorf("server %s shows a secret:\n%s", line, out)
		}
	}
}

func TestWhatTheProgramDoesNotUnderstandIsRefused(t *testing.T) {
	settle(t)
	for line, want := range map[string]string{
		"srve": "srve", "serve --nothing": "nothing", "user create": "", "user promote a@example.org king": "king", "token create": "",
		"recount now": "now", "import ideas /nowhere.csv --source x": "nowhere",
	} {
		if _, err := command(t, strings.Fields(line)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("server %s: %v", line, err)
		}
	}
	for name, value := range map[string]string{"ADDR": "nowhere", "BASE_URL": "ftp://x", "TRUSTED_PROXIES": "x", "SECRET_KEY": "short", "LIMITS": "maybe", "ANSWER_DAYS": "0"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, value)
			if _, err := command(t, "version"); err == nil || !strings.Contains(strings.ToUpper(err.Error()), name) {
				t.Errorf("%s=%s: %v", name, value, err)
			}
		})
	}
}

func TestASecondServerOnOneFolderIsRefused(t *testing.T) {
	settle(t)
	t.Setenv("DATABASE_URL", "")
	dir := t.TempDir()
	t.Setenv("DATA_DIR", dir)
	unlock, err := cluster.Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()

	_, err = command(t, "serve")

	if !errors.Is(err, cluster.ErrInUse) || !strings.Contains(sentence(err), dir) {
		t.Errorf("got %v", err)
	}
}

func TestADatabaseThatRefusesIsNamedAtOnceAndItsPasswordNever(t *testing.T) {
	settle(t)
	_, dsn := pgtest.NewWithDSN(t)
	t.Setenv("DATABASE_URL", strings.Replace(dsn, "/testdb", "/nothing", 1)+"&password=hunter2")

	_, err := command(t, "serve")

	if err == nil || strings.Contains(sentence(err), "hunter2") {
		t.Errorf("got %v", err)
	}
}

func TestAccountsAndTokensAreMadeOnTheCommandLine(t *testing.T) {
	settle(t)

	made := must(t, "user", "create", "noor@example.org", "--name", "Noor Bakker", "--role", "team")
	promoted := must(t, "user", "promote", "NOOR@example.org", "moderator")
	list := must(t, "user", "list")
	reset := must(t, "user", "reset-password", "noor@example.org")
	token := must(t, "token", "create", "--email", "noor@example.org", "--scopes", "read,vote")

	for what, pair := range map[string][2]string{
		"create": {made, "@noor-bakker"}, "promote": {promoted, "moderator"}, "list": {list, "noor@example.org"}, "reset": {reset, "new password"}, "token": {token, "pr_"},
	} {
		if !strings.Contains(pair[0], pair[1]) || strings.Contains(pair[0], phrase) {
			t.Errorf("%s says %q", what, pair[0])
		}
	}
	if strings.Count(token, "\n") != 1 || !strings.Contains(list, "team") || !strings.Contains(list, "moderator") {
		t.Errorf("token %q, list %q", token, list)
	}
	for line, want := range map[string]string{
		"user create noor@example.org --name Again":                 "already",
		"user create x --name X":                                    "email",
		"user create piet@example.org --name Piet --role king":      "role",
		"user promote nobody@example.org team":                      "",
		"token create --email nobody@example.org --scopes read":     "",
		"token create --email noor@example.org --scopes everything": "scopes",
		"user reset-password nobody@example.org":                    "",
	} {
		_, err := command(t, strings.Fields(line)...)
		if err == nil || !strings.Contains(strings.ToLower(sentence(err)), want) {
			t.Errorf("server %s: %v", line, err)
		}
	}
	t.Setenv("PASSWORD", "short")
	if _, err := command(t, "user", "create", "piet@example.org", "--name", "Piet"); err == nil || !strings.Contains(sentence(err), "password") {
		t.Errorf("a short password: %v", err)
	}
}

func TestUpkeepSaysWhatItFound(t *testing.T) {
	settle(t)
	for line, want := range map[string]string{
		"migrate": "up to date", "recount --check": "0 tallies differed", "recount": "0 tallies differed", "reclean": "0 texts", "user list": "HANDLE", "import list": "",
	} {
		if out := must(t, strings.Fields(line)...); !strings.Contains(out, want) {
			t.Errorf("server %s says %q", line, out)
		}
	}
}

func TestACommandThatIsInterruptedEndsQuietly(t *testing.T) {
	settle(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	if err := run(ctx, []string{"recount"}, &out); err != nil {
		t.Errorf("got %v", err)
	}
}
