package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // what pictures are kept as
	"image/png"
	"io"
	"io/fs"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// mount makes a small disk in memory, until the end of the drill.
func (l *lab) mount(ctx context.Context, size string) (string, error) {
	dir, err := l.folder("disk")
	if err != nil {
		return "", err
	}
	out, err := exec.CommandContext(ctx, "mount", "-t", "tmpfs", "-o", "mode=755,size="+size, "tmpfs", dir).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("a tmpfs may not be mounted: %s", strings.TrimSpace(string(out)))
	}
	l.after(func() {
		for range 20 { // whoever still has a file open lets go soon
			if exec.Command("umount", dir).Run() == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		_, _ = fmt.Fprintf(l.out, "%s is still mounted; unmount it by hand\n", dir)
	})
	return dir, nil
}

// startWithLogOn makes a cluster whose log of writes lies elsewhere.
func (p *postgres) startWithLogOn(ctx context.Context, elsewhere string) error {
	if err := p.start(ctx); err != nil {
		return err
	}
	if err := p.stop(); err != nil {
		return err
	}
	wal := filepath.Join(p.dir, "data", "pg_wal")
	if err := copyOwned(wal, elsewhere); err != nil {
		return fmt.Errorf("move the log of writes: %w", err)
	}
	if err := os.RemoveAll(wal); err != nil {
		return err
	}
	if err := os.Symlink(elsewhere, wal); err != nil {
		return err
	}
	return p.start(ctx)
}

// copyOwned copies a folder with owners and modes.
func copyOwned(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rest, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		target := filepath.Join(to, rest)
		if entry.IsDir() {
			err = os.Mkdir(target, info.Mode().Perm())
		} else {
			err = copyFile(path, target, info.Mode().Perm())
		}
		if owner, ok := info.Sys().(*syscall.Stat_t); ok && err == nil {
			err = os.Lchown(target, int(owner.Uid), int(owner.Gid))
		}
		return err
	})
}

func copyFile(from, to string, mode fs.FileMode) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if failed := out.Close(); err == nil {
		err = failed
	}
	return err
}

// upload sends a picture that nobody has sent before.
func (r *raid) upload(ctx context.Context) (reply, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("image", "picture.png")
	if err != nil {
		return reply{}, err
	}
	if err := png.Encode(part, noise(240, 160)); err != nil {
		return reply{}, err
	}
	if err := form.Close(); err != nil {
		return reply{}, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.c.base+"/api/v1/images", &body)
	if err != nil {
		return reply{}, err
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Authorization", "Bearer "+r.b.Team.Token)
	answer, err := r.c.http.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(answer.Body)
	return reply{Status: answer.StatusCode, Body: raw}, err
}

// noise does not compress, so that a picture has a size.
func noise(width, height int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			v := rand.Uint32()
			m.SetNRGBA(x, y, color.NRGBA{uint8(v), uint8(v >> 8), uint8(v >> 16), 255})
		}
	}
	return m
}

// halfPictures counts files that are not whole, and rows without their file.
func (r *raid) halfPictures(ctx context.Context) (halves int, err error) {
	media := filepath.Join(r.n.Data, "media")
	err = filepath.WalkDir(media, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && (strings.Contains(path, "/unfinished/") || !whole(path)) {
			halves++
		}
		return err
	})
	if err != nil {
		return halves, err
	}
	var ids []string
	if err := r.b.DB.SelectContext(ctx, &ids, `SELECT id FROM images`); err != nil {
		return halves, err
	}
	for _, id := range ids {
		if found, _ := filepath.Glob(filepath.Join(media, id[:2], id+"*.jpg")); len(found) == 0 {
			halves++
		}
	}
	return halves, nil
}

// whole reports whether a picture reads to its end; forms we cannot read count
// as whole.
func whole(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	_, _, err = image.Decode(f)
	return err == nil || errors.Is(err, image.ErrFormat) && size(f) > 0
}

func size(f *os.File) int64 {
	info, err := f.Stat()
	if err != nil {
		return 0
	}
	return info.Size()
}
