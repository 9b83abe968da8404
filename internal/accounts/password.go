package accounts

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"prosumer/internal/fault"
)

// OWASP's least for argon2id: 19 MiB, two passes, one lane.
const (
	argonMemory = 19 * 1024
	argonTime   = 2
	argonLanes  = 1
	argonSalt   = 16
	argonTag    = 32
)

// Password lengths in characters (OWASP ASVS 6.2.1, 6.2.9).
const (
	minPassword = 10
	maxPassword = 128
)

// hasher bounds how many hashes run at once, since each takes 19 MiB.
type hasher struct{ slots chan struct{} }

func newHasher() hasher {
	return hasher{slots: make(chan struct{}, 2*runtime.GOMAXPROCS(0))}
}

// queueFor is how long a sign-in waits for a slot before it is told to come back.
const queueFor = 2 * time.Second

func (h hasher) enter(ctx context.Context) error {
	timer := time.NewTimer(queueFor)
	defer timer.Stop()
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-timer.C:
		return ErrHashingBusy.After(queueFor)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h hasher) leave() { <-h.slots }

// hash makes the PHC string of a password.
func (h hasher) hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	salt := make([]byte, argonSalt)
	_, _ = rand.Read(salt)
	tag := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, argonTag)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(tag)), nil
}

// noPassword is compared with when there is no account or no password, so that
// the answer takes as long as for a wrong password.
const noPassword = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// matches reports whether the password made the PHC string, and whether that
// string should be made anew with today's parameters.
func (h hasher) matches(ctx context.Context, phc *string, password string) (ok, stale bool, err error) {
	stored := noPassword
	if phc != nil {
		stored = *phc
	}
	var version, memory, passes int
	var lanes uint8
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, false, fmt.Errorf("password hash has an unknown form")
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil {
		return false, false, fmt.Errorf("password hash version: %w", err)
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
		return false, false, fmt.Errorf("password hash parameters: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, false, fmt.Errorf("password hash salt: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, false, fmt.Errorf("password hash tag: %w", err)
	}
	if err := h.enter(ctx); err != nil {
		return false, false, err
	}
	defer h.leave()
	tag := argon2.IDKey([]byte(password), salt, uint32(passes), uint32(memory), lanes, uint32(len(want)))
	ok = phc != nil && subtle.ConstantTimeCompare(tag, want) == 1
	return ok, memory != argonMemory || passes != argonTime, nil
}

// checkPassword notes what is wrong with a new password: its length, or that
// it is the person's own name or address.
func checkPassword(c *fault.Check, password string, own ...string) {
	n := utf8.RuneCountInString(password)
	c.Need(n >= minPassword, "password", "accounts.password_short")
	c.Need(n <= maxPassword, "password", "accounts.password_long")
	for _, word := range own {
		c.Need(word == "" || !strings.EqualFold(word, password), "password", "accounts.password_own")
	}
}
