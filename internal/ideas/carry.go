package ideas

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// Carry keeps what somebody typed before signing in, for a day at most. The
// secret it returns brings the words back, once, to whoever then signs in.
func (s *Service) Carry(ctx context.Context, text Text) (string, error) {
	text.Pictures, text.Cover = nil, "" // pictures need an owner
	t, err := text.tidy(false)
	if err != nil {
		return "", err
	}
	t.Text.Story = dropNUL(t.Text.Story)
	payload, err := json.Marshal(t.Text)
	if err != nil {
		return "", fmt.Errorf("carry a text: %w", err)
	}
	raw := make([]byte, 32)
	_, _ = rand.Read(raw)
	secret := base64.RawURLEncoding.EncodeToString(raw)
	hash := sha256.Sum256([]byte(secret))
	if _, err := s.db.ExecContext(ctx, `INSERT INTO carried_drafts (token_hash, payload) VALUES ($1, $2)`, hash[:], payload); err != nil {
		return "", fmt.Errorf("carry a text: %w", err)
	}
	return secret, nil
}

// Arrive makes a carried text the actor's own draft and returns its ID. Where
// it cannot become one the words stay, so that they can arrive later.
func (s *Service) Arrive(ctx context.Context, actor accounts.Actor, secret string) (ID, error) {
	if actor.Visitor() {
		return 0, ErrSignIn
	}
	hash := sha256.Sum256([]byte(secret))
	var id ID
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		var payload []byte
		const take = `DELETE FROM carried_drafts WHERE token_hash = $1 AND created_at > now() - interval '1 day' RETURNING payload`
		err := sqlx.GetContext(ctx, tx, &payload, take, hash[:])
		if pg.Missing(err) {
			return ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("carried text: %w", err)
		}
		var text Text
		if err := json.Unmarshal(payload, &text); err != nil {
			return fmt.Errorf("carried text: %w", err)
		}
		t, err := text.tidy(false)
		if err != nil {
			return err
		}
		id, err = s.saveDraft(ctx, tx, actor, 0, t)
		return err
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

// Sweep removes carried texts that nobody came back for.
func (s *Service) Sweep(ctx context.Context) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM carried_drafts WHERE created_at < now() - interval '1 day'`); err != nil {
		return fmt.Errorf("sweep carried texts: %w", err)
	}
	return nil
}
