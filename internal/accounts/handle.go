package accounts

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"regexp"
	"strings"

	"github.com/gosimple/slug"
)

var handleShape = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$`)

// reserved handles would read as a page or as the company speaking.
var reserved = map[string]bool{
	"admin": true, "administrator": true, "moderator": true, "team": true, "staff": true, "root": true, "system": true,
	"prosumer": true, "support": true, "help": true, "api": true, "new": true, "me": true, "settings": true,
}

// former are the handles of those who were erased.
var former = regexp.MustCompile(`^former-[0-9]+$`)

func validHandle(h string) bool {
	return handleShape.MatchString(h) && !reserved[h] && !former.MatchString(h)
}

// handleFrom proposes a handle for a name; attempt above 0 adds a number.
func handleFrom(name string, attempt int) string {
	base := strings.Trim(strings.ReplaceAll(slug.Make(name), "_", "-"), "-")
	if len(base) > 30 {
		base = strings.Trim(base[:30], "-")
	}
	if len(base) < 3 || reserved[base] {
		base = strings.Trim("member-"+base, "-")
	}
	if attempt == 0 && validHandle(base) {
		return base
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		n = big.NewInt(int64(attempt))
	}
	return fmt.Sprintf("%s-%d", base, n)
}
