package challenges

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

// MaxFile is how large a template may be.
const MaxFile = 5 << 20

const maxFileName = 120

// File is what entrants may start from. Bytes are there only when it is sent or
// stored.
type File struct {
	Name  string `db:"name"`
	Kind  string `db:"kind"` // its media type
	Size  int    `db:"size"`
	Bytes []byte `db:"bytes"`
}

// fileKinds are what a template may be, by extension: how its bytes begin, and
// its media type. None is shown by a browser as a page of ours; SVG, which can
// hold script, is not among them.
var fileKinds = map[string]struct{ begins, kind string }{
	".pdf":  {"%PDF-", "application/pdf"},
	".png":  {"\x89PNG\r\n\x1a\n", "image/png"},
	".jpg":  {"\xff\xd8\xff", "image/jpeg"},
	".jpeg": {"\xff\xd8\xff", "image/jpeg"},
	".zip":  {"PK\x03\x04", "application/zip"},
	".psd":  {"8BPS", "image/vnd.adobe.photoshop"},
	".ai":   {"%PDF-", "application/pdf"}, // as that program has written it since 2000
}

// check tidies the name and says by name and first bytes what kind it is; a file
// that is not what it says it is, is refused.
func (f File) check() (File, error) {
	f.Name = clean.Line(path.Base(strings.ReplaceAll(f.Name, `\`, "/")))
	f.Size = len(f.Bytes)
	ext := strings.ToLower(path.Ext(f.Name))
	known, ok := fileKinds[ext]
	if ok && utf8.RuneCountInString(f.Name) > maxFileName {
		f.Name = string([]rune(f.Name)[:maxFileName-utf8.RuneCountInString(ext)]) + ext
	}
	switch {
	case f.Size > MaxFile:
		return File{}, errInvalid.With("template", "challenges.file_large")
	case !ok || !bytes.HasPrefix(f.Bytes, []byte(known.begins)):
		return File{}, errInvalid.With("template", "challenges.file_kind")
	}
	f.Kind = known.kind
	return f, nil
}

// Template gives the file that entrants may start from; ErrNoTemplate where
// there is none.
func (s *Service) Template(ctx context.Context, id ID) (File, error) {
	var f File
	err := s.db.GetContext(ctx, &f, `SELECT name, kind, octet_length(bytes) AS size, bytes FROM challenge_templates WHERE challenge_id = $1`, id)
	if pg.Missing(err) {
		return File{}, ErrNoTemplate
	}
	if err != nil {
		return File{}, fmt.Errorf("template of challenge %d: %w", id, err)
	}
	return f, nil
}

// writeFile stores a new file, or removes the one that is there.
func writeFile(ctx context.Context, q pg.Q, id ID, by accounts.ID, f *File, drop bool) error {
	const put = `
		INSERT INTO challenge_templates (challenge_id, name, kind, bytes, account_id) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (challenge_id) DO UPDATE SET name = excluded.name, kind = excluded.kind, bytes = excluded.bytes, account_id = excluded.account_id, at = now()`
	var err error
	switch {
	case f != nil:
		_, err = q.ExecContext(ctx, put, id, f.Name, f.Kind, f.Bytes, by)
	case drop:
		_, err = q.ExecContext(ctx, `DELETE FROM challenge_templates WHERE challenge_id = $1`, id)
	}
	if err != nil {
		return fmt.Errorf("template of challenge %d: %w", id, err)
	}
	return nil
}
