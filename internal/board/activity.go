package board

import (
	"context"
	"fmt"
	"time"

	"prosumer/internal/accounts"
)

// Day is how much somebody did on a day of the site's zone.
type Day struct {
	On time.Time `db:"day"`
	N  int       `db:"n"`
}

// ActivityDays is how far back Activity looks: a year, and the week it began in.
const ActivityDays = 371

// Activity counts by day what a person did that everybody may see: ideas,
// comments and what was taken up of them; votes too where open is set. What is
// hidden or taken back does not count, and a vote whose tally is sealed does not
// either. Days without anything are left out.
func (b *Board) Activity(ctx context.Context, id accounts.ID, open bool, zone *time.Location) ([]Day, error) {
	if zone == nil {
		zone = time.UTC
	}
	const query = `
		WITH done AS (
			SELECT coalesce(i.submitted_at, i.created_at) AS at FROM ideas i WHERE i.contributor_id = $1 AND ` + onProfile + `
			UNION ALL
			SELECT c.at FROM comments c JOIN ideas i ON i.id = c.idea_id WHERE c.author_id = $1 AND c.shown AND ` + onProfile + `
			UNION ALL
			SELECT t.at FROM taken_up t JOIN ideas i ON i.id = t.idea_id WHERE t.account_id = $1 AND t.undone_at IS NULL AND t.left_at IS NULL AND ` + onProfile + `
			UNION ALL
			SELECT v.cast_at FROM votes v JOIN ideas i ON i.id = v.idea_id LEFT JOIN challenges h ON h.id = i.challenge_id
			WHERE $2 AND v.voter_id = $1 AND ` + onProfile + ` AND ` + sealNow + ` = ''
		)
		SELECT (at AT TIME ZONE $3)::date AS day, count(*) AS n FROM done
		WHERE at >= $4 GROUP BY 1 ORDER BY 1`
	var days []Day
	if err := b.db.SelectContext(ctx, &days, query, id, open, zone.String(), b.now().AddDate(0, 0, -ActivityDays)); err != nil {
		return nil, fmt.Errorf("activity of account %d: %w", id, err)
	}
	return days, nil
}
