package media_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"
	"golang.org/x/image/webp"

	"prosumer/internal/fault"
	"prosumer/internal/media"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// studio is a service over a database and a folder of its own, at a fixed time
// that tests may move.
type studio struct {
	*media.Service
	db  *sqlx.DB
	dir string
	now time.Time
}

func open(t *testing.T, opts media.Options) *studio {
	t.Helper()
	s := &studio{db: pgtest.New(t), dir: t.TempDir(), now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	opts.Now = func() time.Time { return s.now }
	s.Service = media.New(s.db, s.dir, opts)
	return s
}

func (s *studio) person(t *testing.T, handle string) (id int64) {
	t.Helper()
	if err := s.db.Get(&id, `INSERT INTO accounts (handle, name) VALUES ($1, $2) RETURNING id`, handle, handle); err != nil {
		t.Fatal(err)
	}
	return id
}

func (s *studio) send(t *testing.T, owner int64, shade uint8) media.Picture {
	t.Helper()
	p, err := s.Upload(t.Context(), owner, bytes.NewReader(plain(t, shade)), "")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (s *studio) files(t *testing.T) (names []string) {
	t.Helper()
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, d.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// plain is a small picture; another shade is another picture.
func plain(t *testing.T, shade uint8) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 500, 20))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	img.SetGray(1, 1, color.Gray{Y: 255 - shade})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAPictureSentTwiceByOnePersonIsOne(t *testing.T) {
	t.Parallel()
	s := open(t, media.Options{})
	ann, bob := s.person(t, "ann"), s.person(t, "bob")

	first, err := s.Upload(t.Context(), ann, bytes.NewReader(plain(t, 1)), " A\x00 grey\nbar ")
	if err != nil {
		t.Fatal(err)
	}
	second, his := s.send(t, ann, 1), s.send(t, bob, 1)

	if first.Alt != "A grey bar" || first.Width != 500 || first.Height != 20 || first.WebP {
		t.Errorf("got %+v", first)
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
	if his.ID == first.ID {
		t.Error("two people share a picture")
	}
	if n := len(s.files(t)); n != 8 {
		t.Errorf("%d files, want four for each", n)
	}
	found, err := s.ByIDs(t.Context(), s.db, []string{first.ID, his.ID, "nonsense\x00", strings.Repeat("0", 32)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]media.Picture{first.ID: first, his.ID: his}, found); diff != "" {
		t.Error(diff)
	}
}

func TestWebPIsMadeOnceForEverySize(t *testing.T) {
	t.Parallel()
	s := open(t, media.Options{})
	p := s.send(t, s.person(t, "ann"), 1)

	for range 2 {
		if err := s.MakeWebP(t.Context(), p.ID); err != nil {
			t.Fatal(err)
		}
	}

	found, err := s.ByIDs(t.Context(), s.db, []string{p.ID})
	if err != nil || !found[p.ID].WebP {
		t.Fatalf("not marked: %v", err)
	}
	for src, width := range map[string]int{"w400.webp": 400, "w800.webp": 500, ".webp": 500} {
		path, contentType, ok := s.File(p.ID[:2] + "/" + p.ID + src)
		if !ok || contentType != "image/webp" {
			t.Fatalf("%s is not served", src)
		}
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if size, err := webp.DecodeConfig(bytes.NewReader(file)); err != nil || size.Width != width {
			t.Errorf("%s is %d wide, want %d: %v", src, size.Width, width, err)
		}
	}
	for _, id := range []string{strings.Repeat("0", 32), "../../x", ""} {
		if err := s.MakeWebP(t.Context(), id); !errors.Is(err, media.ErrNotFound) {
			t.Errorf("%q: got %v", id, err)
		}
	}
}

func TestTheStoredHookSharesTheFateOfThePicture(t *testing.T) {
	t.Parallel()
	var told []string
	full := errors.New("full")
	var answer error
	s := open(t, media.Options{Stored: func(_ context.Context, _ pg.Q, p media.Picture) error {
		told = append(told, p.ID)
		return answer
	}})
	ann := s.person(t, "ann")

	p := s.send(t, ann, 1)
	answer = full
	_, err := s.Upload(t.Context(), ann, bytes.NewReader(plain(t, 2)), "")

	if !errors.Is(err, full) || len(told) != 2 || told[0] != p.ID {
		t.Errorf("told %v, got %v", told, err)
	}
	var rows int
	if err := s.db.Get(&rows, `SELECT count(*) FROM images`); err != nil || rows != 1 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

func TestOneDayHoldsSoManyFilesAndBytes(t *testing.T) {
	t.Parallel()
	size := int64(len(plain(t, 1)))
	for name, opts := range map[string]media.Options{
		"files": {DayFiles: 2}, "bytes": {DayBytes: 2*size + size/2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, opts)
			ann, bob := s.person(t, "ann"), s.person(t, "bob")
			s.send(t, ann, 1)
			s.now = s.now.Add(time.Hour)
			s.send(t, ann, 2)

			_, err := s.Upload(t.Context(), ann, bytes.NewReader(plain(t, 3)), "")
			if !errors.Is(err, media.ErrQuota) {
				t.Fatalf("the third: %v", err)
			}
			if wait := fault.Of(err).RetryAfter; wait != 23*time.Hour {
				t.Errorf("asked to wait %v", wait)
			}
			s.send(t, bob, 3)
			s.now = s.now.Add(23 * time.Hour)
			s.send(t, ann, 3)
		})
	}
}

func TestUploadsAtOnceDoNotSlipPastTheQuota(t *testing.T) {
	t.Parallel()
	s := open(t, media.Options{DayFiles: 3})
	ann := s.person(t, "ann")

	var all sync.WaitGroup
	for shade := range uint8(8) {
		file := plain(t, shade)
		all.Go(func() {
			if _, err := s.Upload(t.Context(), ann, bytes.NewReader(file), ""); err != nil && !errors.Is(err, media.ErrQuota) {
				t.Error(err)
			}
		})
	}
	all.Wait()

	var rows int
	if err := s.db.Get(&rows, `SELECT count(*) FROM images`); err != nil || rows != 3 {
		t.Errorf("%d rows, want 3: %v", rows, err)
	}
	if n := len(s.files(t)); n != 12 {
		t.Errorf("%d files, want 12", n)
	}
}

func TestOnlyTheOwnerUsesAndDescribesAPicture(t *testing.T) {
	t.Parallel()
	s := open(t, media.Options{})
	ann, bob := s.person(t, "ann"), s.person(t, "bob")
	hers, his := s.send(t, ann, 1), s.send(t, bob, 2)

	for name, ids := range map[string][]string{
		"another's": {hers.ID, his.ID}, "unknown": {hers.ID, strings.Repeat("0", 32)}, "nonsense": {hers.ID, "\x00"},
	} {
		if err := s.MarkUsed(t.Context(), s.db, ann, ids); !errors.Is(err, media.ErrNotYours) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	var used int
	if err := s.db.Get(&used, `SELECT count(*) FROM images WHERE used_at IS NOT NULL`); err != nil || used != 0 {
		t.Errorf("%d marked by refusals, %v", used, err)
	}
	for _, ids := range [][]string{nil, {hers.ID, hers.ID}, {hers.ID}} {
		if err := s.MarkUsed(t.Context(), s.db, ann, ids); err != nil {
			t.Errorf("%v: %v", ids, err)
		}
	}

	if err := s.SetAlt(t.Context(), ann, his.ID, "mine"); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("described another's: %v", err)
	}
	if err := s.SetAlt(t.Context(), ann, hers.ID, strings.Repeat("é", media.MaxAlt+1)); !errors.Is(err, media.ErrAltTooLong) {
		t.Errorf("a long description: %v", err)
	}
	if err := s.SetAlt(t.Context(), ann, hers.ID, strings.Repeat("é", media.MaxAlt)); err != nil {
		t.Error(err)
	}
}

func TestSweepTakesWhatNobodyUsedForADay(t *testing.T) {
	t.Parallel()
	s := open(t, media.Options{})
	ann := s.person(t, "ann")
	kept, lost, again := s.send(t, ann, 1), s.send(t, ann, 2), s.send(t, ann, 3)
	if err := s.MarkUsed(t.Context(), s.db, ann, []string{kept.ID}); err != nil {
		t.Fatal(err)
	}
	if err := s.MakeWebP(t.Context(), lost.ID); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(media.UnusedFor / 2)
	s.send(t, ann, 3)
	s.now = s.now.Add(media.UnusedFor / 2)

	n, err := s.Sweep(t.Context())

	if err != nil || n != 1 {
		t.Fatalf("swept %d, %v", n, err)
	}
	found, err := s.ByIDs(t.Context(), s.db, []string{kept.ID, lost.ID, again.ID})
	if _, there := found[lost.ID]; err != nil || there || len(found) != 2 {
		t.Errorf("left %v, %v", found, err)
	}
	if files := strings.Join(s.files(t), " "); strings.Contains(files, lost.ID) || len(s.files(t)) != 8 {
		t.Errorf("left %s", files)
	}
	if p := s.send(t, ann, 2); p.ID != lost.ID || len(s.files(t)) != 12 {
		t.Error("a swept picture cannot be sent again")
	}
}

func TestADiskThatRefusesLeavesNoHalfPicture(t *testing.T) {
	t.Parallel()
	s := open(t, media.Options{})
	ann := s.person(t, "ann")
	if err := os.WriteFile(filepath.Join(s.dir, "unfinished"), []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}

	_, err := s.Upload(t.Context(), ann, bytes.NewReader(plain(t, 1)), "")

	if err == nil || fault.Of(err).Kind != fault.Internal {
		t.Errorf("got %v", err)
	}
	var rows int
	if err := s.db.Get(&rows, `SELECT count(*) FROM images`); err != nil || rows != 0 {
		t.Errorf("%d rows, %v", rows, err)
	}
	if n := len(s.files(t)); n != 1 {
		t.Errorf("%d files, want the one in the way", n)
	}
}

func TestUploadRefusesBySizeAndContent(t *testing.T) {
	t.Parallel()
	s := open(t, media.Options{})
	ann := s.person(t, "ann")

	for _, tc := range []struct {
		file []byte
		want error
	}{
		{append([]byte("\xff\xd8\xff"), make([]byte, media.MaxBytes)...), media.ErrTooLarge},
		{nil, media.ErrEmpty},
		{[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), media.ErrType},
	} {
		if _, err := s.Upload(t.Context(), ann, bytes.NewReader(tc.file), ""); !errors.Is(err, tc.want) {
			t.Errorf("got %v, want %v", err, tc.want)
		}
	}
	if len(s.files(t)) != 0 {
		t.Error("a refused picture left a file")
	}
}
