package accounts_test

import (
	"encoding/base64"
	"fmt"

	"golang.org/x/crypto/argon2"
)

// weakHash is a password as it would have been stored with yesterday's parameters.
func weakHash(word string) string {
	salt := []byte("0123456789abcdef")
	tag := argon2.IDKey([]byte(word), salt, 1, 64, 1, 32)
	return fmt.Sprintf("$argon2id$v=19$m=64,t=1,p=1$%s$%s", base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(tag))
}
