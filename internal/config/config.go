package config

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata" // a machine without zone files still knows SITE_ZONE
)

// Config is every setting. None is needed to try the board.
type Config struct {
	Addr           string   `env:"ADDR" default:":3000" help:"Address to listen on."`
	Port           string   `env:"PORT" help:"Port to listen on, where only that is given; overrides ADDR."`
	BaseURL        string   `env:"BASE_URL" help:"Public address of the site, e.g. https://ideas.example.com. Links and origins are checked against it. Default: http://localhost and the port."`
	AllowedHosts   []string `env:"ALLOWED_HOSTS" help:"Further host names (with port, where there is one) that requests may name."`
	TrustedProxies []string `env:"TRUSTED_PROXIES" help:"Networks of the proxies in front, e.g. 10.0.0.0/8. X-Forwarded-For is read from these alone."`
	DataDir        string   `env:"DATA_DIR" default:".data" help:"Folder for pictures, mails, and the server's own PostgreSQL."`
	DatabaseURL    string   `env:"DATABASE_URL" help:"PostgreSQL to use. Unset: the server runs its own in DATA_DIR."`
	NATSURL        string   `name:"nats-url" env:"NATS_URL" help:"NATS server through which several servers share what changes, e.g. nats://host:4222. Unset: they share it through PostgreSQL."`
	SecretKey      string   `env:"SECRET_KEY" help:"Key that forms are bound with, at least 32 characters. Unset: made once and kept in DATA_DIR."`

	SMTPURL      string `name:"smtp-url" env:"SMTP_URL" help:"Mail server, e.g. smtp://user:password@mail.example.com:587. Unset: mails are files in DATA_DIR/mail."`
	MailFrom     string `env:"MAIL_FROM" default:"ideas@localhost" help:"Address that mails come from."`
	DigestHour   int    `env:"DIGEST_HOUR" default:"7" help:"Hour of the site's day at which daily digests go out, and on Mondays the weekly ones: 0 to 23."`
	SiteName     string `env:"SITE_NAME" default:"Prosumer" help:"Name of the site in mails."`
	ConfirmEmail string `env:"CONFIRM_EMAIL" default:"auto" enum:"auto,on,off" help:"Whether an address must be confirmed before its owner votes. auto: when a mail server is set."`
	SignUp       string `env:"SIGNUP" default:"open" enum:"open,closed" help:"Whether people may make accounts."`

	SiteZone      string `env:"SITE_ZONE" default:"Europe/Amsterdam" help:"Time zone of the site, e.g. America/New_York. Challenges open and close by it, and days are shown in it."`
	NewcomerEvery int    `env:"NEWCOMER_EVERY" default:"6" help:"On the trending page one card in this many is an idea that few have seen yet. 0: none."`
	HoldNewcomers bool   `env:"HOLD_NEWCOMERS" help:"Hold what an account proposes first, until a moderator has looked."`
	AnswerDays    int    `env:"ANSWER_DAYS" default:"10" help:"Working days until a first answer is due."`
	DecisionDays  int    `env:"DECISION_DAYS" default:"60" help:"Days until a decision is due."`
	IdeaDays      int    `env:"IDEA_DAYS" default:"60" help:"Days that an idea stays open unless votes give it more. 0: for ever. Entries of a challenge have no such time."`
	Milestones    string `env:"MILESTONES" default:"100:365,1000:182,5000:182,10000:review" help:"What so many voters give an open idea: days more, or a review. none: nothing."`
	Limits        string `env:"LIMITS" default:"on" enum:"on,off" help:"Rate limits. off is for tests and benchmarks."`

	MailGrace time.Duration `env:"MAIL_GRACE" default:"5m" help:"How long the mail about a decision waits, so that one taken back at once is told to nobody: 0s to 1h."`

	Drain time.Duration `env:"DRAIN" default:"0s" help:"How long requests are still taken after /readyz has said that the server stops. Behind a proxy that asks there: longer than it takes to notice, e.g. 5s."`

	LogLevel  string `env:"LOG_LEVEL" default:"info" enum:"debug,info,warn,error" help:"Least level to log."`
	LogFormat string `env:"LOG_FORMAT" default:"auto" enum:"auto,text,json" help:"Form of the log. auto: text on a terminal, else JSON."`
}

// maxDrain leaves the rest of a minute for what is under way.
const maxDrain = 30 * time.Second

// minSecret is the shortest key that is accepted, in characters.
const minSecret = 32

// Check fills what follows from other settings, and says what is wrong with
// them, all at once.
func (c *Config) Check() error {
	var wrong []error
	if c.Port != "" {
		c.Addr = ":" + c.Port
	}
	_, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		wrong = append(wrong, fmt.Errorf("ADDR %q: want host:port, e.g. :3000", c.Addr))
	}
	if c.BaseURL == "" {
		c.BaseURL = "http://localhost:" + port
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	if u, err := url.Parse(c.BaseURL); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.Path != "" {
		wrong = append(wrong, fmt.Errorf("BASE_URL %q: want http(s)://host, without a path", c.BaseURL))
	}
	if _, err := c.Proxies(); err != nil {
		wrong = append(wrong, err)
	}
	if c.SecretKey != "" && len(c.SecretKey) < minSecret {
		wrong = append(wrong, fmt.Errorf("SECRET_KEY: at least %d characters, e.g. from openssl rand -hex 32", minSecret))
	}
	if c.Drain < 0 || c.Drain > maxDrain {
		wrong = append(wrong, fmt.Errorf("DRAIN %s: from 0s to %s", c.Drain, maxDrain))
	}
	if _, err := time.LoadLocation(c.SiteZone); err != nil || c.SiteZone == "" {
		wrong = append(wrong, fmt.Errorf("SITE_ZONE %q: want a name such as Europe/Amsterdam", c.SiteZone))
	}
	if c.DigestHour < 0 || c.DigestHour > 23 {
		wrong = append(wrong, fmt.Errorf("DIGEST_HOUR %d: from 0 to 23", c.DigestHour))
	}
	if c.MailGrace < 0 || c.MailGrace > time.Hour {
		wrong = append(wrong, fmt.Errorf("MAIL_GRACE %s: from 0s to 1h", c.MailGrace))
	}
	if c.NewcomerEvery < 0 || c.NewcomerEvery == 1 {
		wrong = append(wrong, errors.New("NEWCOMER_EVERY: 0, or from 2"))
	}
	if c.AnswerDays < 1 || c.DecisionDays < 1 {
		wrong = append(wrong, errors.New("ANSWER_DAYS and DECISION_DAYS: at least 1"))
	}
	if c.IdeaDays < 0 || c.IdeaDays > maxDays {
		wrong = append(wrong, fmt.Errorf("IDEA_DAYS: from 0 to %d", maxDays))
	}
	if _, err := c.Ladder(); err != nil {
		wrong = append(wrong, err)
	}
	return errors.Join(wrong...)
}

// Zone is the site's time zone; UTC where Check has not passed.
func (c *Config) Zone() *time.Location {
	zone, err := time.LoadLocation(c.SiteZone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// Secure reports whether the site is served over https.
func (c *Config) Secure() bool { return strings.HasPrefix(c.BaseURL, "https://") }

// Host is the public host, with its port where it has one.
func (c *Config) Host() string {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return ""
	}
	return u.Host
}

// Proxies are the networks of TrustedProxies.
func (c *Config) Proxies() ([]netip.Prefix, error) {
	var list []netip.Prefix
	for _, s := range c.TrustedProxies {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			a, single := netip.ParseAddr(s)
			if single != nil {
				return nil, fmt.Errorf("TRUSTED_PROXIES %q: want a network such as 10.0.0.0/8", s)
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		list = append(list, p)
	}
	return list, nil
}

// MustConfirm reports whether an address must be confirmed before its owner votes.
func (c *Config) MustConfirm() bool {
	return c.ConfirmEmail == "on" || c.ConfirmEmail == "auto" && c.SMTPURL != ""
}

// Secret is SecretKey, or one made once and kept in DataDir.
func (c *Config) Secret() (string, error) {
	if c.SecretKey != "" {
		return c.SecretKey, nil
	}
	if err := os.MkdirAll(c.DataDir, 0o755); err != nil {
		return "", fmt.Errorf("DATA_DIR: %w", err)
	}
	path := filepath.Join(c.DataDir, "secret.key")
	raw, err := os.ReadFile(path)
	if err == nil && len(raw) >= minSecret {
		return string(raw), nil
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("secret key: %w", err)
	}
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh)
	key := hex.EncodeToString(fresh)
	if err := os.WriteFile(path, []byte(key), 0o600); err != nil {
		return "", fmt.Errorf("secret key: %w", err)
	}
	return key, nil
}

// FromFiles puts the content of every NAME_FILE variable into NAME, for the
// secrets, unless NAME itself is set.
func FromFiles() error {
	for _, name := range []string{"DATABASE_URL", "NATS_URL", "SECRET_KEY", "SMTP_URL"} {
		path := os.Getenv(name + "_FILE")
		if path == "" || os.Getenv(name) != "" {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("%s_FILE: %w", name, err)
		}
		if err := os.Setenv(name, strings.TrimSpace(string(raw))); err != nil {
			return fmt.Errorf("%s_FILE: %w", name, err)
		}
	}
	return nil
}
