package comments

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Typed is what somebody typed before signing in: the text, and what it answers.
type Typed struct {
	Text
	Answers ID
}

// Carry keeps what a visitor typed, for a day at most. The secret it returns
// brings the words back to whoever then signs in.
func (s *Service) Carry(ctx context.Context, idea ideas.ID, typed Typed) (string, error) {
	if _, err := s.ideas.ByID(ctx, accounts.Actor{}, idea); err != nil {
		return "", err
	}
	if _, err := typed.tidy(typed.Answers != 0); err != nil {
		return "", err
	}
	typed.Body = storable(typed.Body)
	payload, err := json.Marshal(typed)
	if err != nil {
		return "", fmt.Errorf("carry a comment: %w", err)
	}
	raw := make([]byte, 32)
	_, _ = rand.Read(raw)
	secret := base64.RawURLEncoding.EncodeToString(raw)
	hash := sha256.Sum256([]byte(secret))
	const query = `
		WITH swept AS (DELETE FROM carried_comments WHERE created_at < now() - interval '1 day')
		INSERT INTO carried_comments (token_hash, idea_id, payload) VALUES ($1, $2, $3)`
	if _, err := s.db.ExecContext(ctx, query, hash[:], idea, payload); err != nil {
		return "", fmt.Errorf("carry a comment: %w", err)
	}
	return secret, nil
}

// Carried brings back what was carried for an idea; nothing where there is none.
func (s *Service) Carried(ctx context.Context, actor accounts.Actor, idea ideas.ID, secret string) (Typed, error) {
	if actor.Visitor() || secret == "" {
		return Typed{}, nil
	}
	hash := sha256.Sum256([]byte(secret))
	var payload []byte
	err := s.db.GetContext(ctx, &payload, `SELECT payload FROM carried_comments WHERE token_hash = $1 AND idea_id = $2 AND created_at > now() - interval '1 day'`, hash[:], idea)
	if pg.Missing(err) {
		return Typed{}, nil
	}
	if err != nil {
		return Typed{}, fmt.Errorf("carried comment: %w", err)
	}
	var typed Typed
	if err := json.Unmarshal(payload, &typed); err != nil {
		return Typed{}, fmt.Errorf("carried comment: %w", err)
	}
	return typed, nil
}
