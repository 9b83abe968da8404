package owndata

import (
	"archive/zip"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/i18n"
	"prosumer/internal/media"
	"prosumer/internal/pg"
)

// Archive is a finished export. Whoever takes it closes it; its file has no name
// any more and goes with that.
type Archive struct {
	*os.File
	Size int64
}

// Export makes the ZIP of everything the board holds of the actor: a file of JSON
// for each kind, the pictures, and a page in their language that says what is
// what. It asks for the password unless they have just signed in. All of it is
// of one moment. It is made before the first byte is sent, so that a failure is
// an answer and a slow reader holds no connection of the database.
func (s *Service) Export(ctx context.Context, actor accounts.Actor, password string, lang i18n.Lang) (*Archive, error) {
	if err := s.parts.Accounts.Fresh(ctx, actor, password); err != nil {
		return nil, err
	}
	select {
	case s.turns <- struct{}{}:
		defer func() { <-s.turns }()
	default:
		return nil, ErrBusy.After(time.Minute)
	}
	file, err := os.CreateTemp("", "prosumer-export-")
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	err = errors.Join(os.Remove(file.Name()), s.write(ctx, file, actor, lang))
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	var size int64
	if info, statErr := file.Stat(); statErr == nil {
		size = info.Size()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("export of account %d: %w", actor.ID, err), file.Close())
	}
	s.parts.Log.Info("own data exported", "account", actor.ID, "bytes", size)
	return &Archive{file, size}, nil
}

func (s *Service) write(ctx context.Context, to io.Writer, actor accounts.Actor, lang i18n.Lang) error {
	buffered := bufio.NewWriter(to)
	z := zip.NewWriter(buffered)
	if err := add(z, i18n.T(lang, "owndata.readme_name"), strings.NewReader(readme(lang))); err != nil {
		return err
	}
	var pictures []string
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		for _, set := range []string{"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", "SET LOCAL statement_timeout = '30s'"} {
			if _, err := tx.ExecContext(ctx, set); err != nil {
				return fmt.Errorf("one moment for all: %w", err)
			}
		}
		for _, part := range sections {
			if err := writeSection(ctx, tx, z, part, actor.ID); err != nil {
				return fmt.Errorf("%s: %w", part.file, err)
			}
		}
		return sqlx.SelectContext(ctx, tx, &pictures, `SELECT id FROM images WHERE owner_id = $1 ORDER BY created_at`, actor.ID)
	})
	if err != nil {
		return err
	}
	for _, id := range pictures {
		if err := s.writePicture(z, id); err != nil {
			return fmt.Errorf("picture %s: %w", id, err)
		}
	}
	return errors.Join(z.Close(), buffered.Flush())
}

// writeSection writes the rows one by one, however many there are.
func writeSection(ctx context.Context, tx pg.Q, z *zip.Writer, part section, of accounts.ID) error {
	w, err := create(z, part.file)
	if err != nil {
		return err
	}
	rows, err := tx.QueryxContext(ctx, `SELECT to_jsonb(t)::text FROM (`+part.query+`) AS t`, of)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	before := "[\n"
	for rows.Next() {
		var row string
		if err := rows.Scan(&row); err != nil {
			return err
		}
		if _, err := io.WriteString(w, before+row); err != nil {
			return err
		}
		before = ",\n"
	}
	if before == "[\n" {
		before = "["
	} else {
		before = "\n"
	}
	_, err = io.WriteString(w, before+"]\n")
	return errors.Join(err, rows.Err())
}

// writePicture puts the largest file of a picture in; one whose file is gone is
// passed over.
func (s *Service) writePicture(z *zip.Writer, id string) error {
	if s.parts.Pictures == nil {
		return nil
	}
	name := strings.TrimPrefix(media.Picture{ID: id}.URL(), "/media/")
	path, _, ok := s.parts.Pictures.File(name)
	if !ok {
		return nil
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	return add(z, "pictures/"+id+".jpg", file)
}

func add(z *zip.Writer, name string, content io.Reader) error {
	w, err := create(z, name)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, content)
	return err
}

func create(z *zip.Writer, name string) (io.Writer, error) {
	method := zip.Deflate
	if strings.HasSuffix(name, ".jpg") {
		method = zip.Store // packed already
	}
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: time.Now()})
}

// readme says what each file holds.
func readme(lang i18n.Lang) string {
	var b strings.Builder
	b.WriteString(i18n.T(lang, "owndata.readme") + "\n\n")
	for _, part := range sections {
		fmt.Fprintf(&b, "%-24s %s\n", part.file, i18n.T(lang, "owndata.file."+strings.TrimSuffix(part.file, ".json")))
	}
	fmt.Fprintf(&b, "%-24s %s\n\n%s\n", "pictures/", i18n.T(lang, "owndata.file.picture_files"), i18n.T(lang, "owndata.readme_end"))
	return b.String()
}
