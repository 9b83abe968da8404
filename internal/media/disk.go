package media

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// disk is the media folder. A file in it is whole or absent.
type disk struct{ root string }

// unfinished is where files are written before they get their name; a name in
// it matches no picture, so nothing in it is ever served.
const unfinished = "unfinished"

// write puts data under name. The name appears only after every byte is on
// the disk, so a full disk or a crash leaves no half picture.
func (d disk) write(name string, data []byte) (err error) {
	temporary, target := filepath.Join(d.root, unfinished), filepath.Join(d.root, filepath.FromSlash(name))
	for _, dir := range []string{temporary, filepath.Dir(target)} {
		if err := os.MkdirAll(dir, 0o750); err != nil {
			return fmt.Errorf("make media folder: %w", err)
		}
	}
	f, err := os.CreateTemp(temporary, "picture-")
	if err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	defer func() {
		if err != nil {
			_, _ = f.Close(), os.Remove(f.Name()) // the first error is the one that tells
			err = fmt.Errorf("write picture: %w", err)
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), target)
}

// has says whether name is there.
func (d disk) has(name string) bool {
	info, err := os.Stat(d.path(name))
	return err == nil && info.Mode().IsRegular()
}

func (d disk) read(name string) ([]byte, error) { return os.ReadFile(d.path(name)) }

func (d disk) path(name string) string { return filepath.Join(d.root, filepath.FromSlash(name)) }

// remove deletes a picture's files of these types; those already gone are no
// error.
func (d disk) remove(id string, exts ...string) error {
	var errs []error
	for _, size := range widths {
		for _, ext := range exts {
			if err := os.Remove(d.path(fileName(id, size, ext))); err != nil && !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

// tidy deletes what a crash left unfinished before the given moment.
func (d disk) tidy(before time.Time) error {
	left, err := os.ReadDir(filepath.Join(d.root, unfinished))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var errs []error
	for _, entry := range left {
		info, err := entry.Info()
		if err != nil || !strings.HasPrefix(entry.Name(), "picture-") || info.ModTime().After(before) {
			continue
		}
		errs = append(errs, os.Remove(filepath.Join(d.root, unfinished, entry.Name())))
	}
	return errors.Join(append(errs, err)...)
}
