package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Folder writes each message as an .eml file, for a server without mail.
type Folder struct {
	dir  string
	from From
	now  func() time.Time
}

// NewFolder writes into dir, which it makes. Only its owner can read it: mails
// hold links that sign somebody in.
func NewFolder(dir string, from From, now func() time.Time) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("mail folder: %w", err)
	}
	return &Folder{dir: dir, from: from, now: now}, nil
}

// stamp sorts as text in the order of time.
const stamp = "20060102-150405.000000000"

// Send writes the message, and beside it the same as plain text.
func (f *Folder) Send(_ context.Context, m Message) error {
	msg, err := f.from.compose(m)
	if err != nil {
		return err
	}
	var eml bytes.Buffer
	if _, err := msg.WriteTo(&eml); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	base, err := f.create(eml.Bytes())
	if err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	// Newest reads the text, so that appears whole or not at all.
	text := fmt.Sprintf("%s\n%s\n%s", m.To, m.Subject, m.Text)
	if err := os.WriteFile(base+".part", []byte(text), 0o600); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	if err := os.Rename(base+".part", base+".txt"); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	return nil
}

// create writes the .eml under the first free moment from now on, and says
// which name that has without its ending.
func (f *Folder) create(eml []byte) (base string, err error) {
	for at := f.now().UTC(); ; at = at.Add(time.Nanosecond) {
		base = filepath.Join(f.dir, at.Format(stamp))
		file, err := os.OpenFile(base+".eml", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = file.Write(eml)
		return base, errors.Join(err, file.Close())
	}
}

// Kept is a message that the folder holds.
type Kept struct {
	Name string // of the file without its ending; also its time in UTC
	Message
}

// maxKept bounds what Newest reads.
const maxKept = 50

// Newest reads the latest messages, newest first, with address, subject and text.
func (f *Folder) Newest() ([]Kept, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, fmt.Errorf("list mails: %w", err)
	}
	var kept []Kept
	for _, entry := range slices.Backward(entries) {
		name, ok := strings.CutSuffix(entry.Name(), ".txt")
		if !ok {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(f.dir, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("read mail: %w", err)
		}
		to, rest, _ := strings.Cut(string(raw), "\n")
		subject, text, _ := strings.Cut(rest, "\n")
		kept = append(kept, Kept{Name: name, Message: Message{To: to, Subject: subject, Text: text}})
		if len(kept) == maxKept {
			break
		}
	}
	return kept, nil
}

// HTML is the other form of a message that Newest names; empty where it has none.
// It wraps fs.ErrNotExist where there is no such message.
func (f *Folder) HTML(name string) (string, error) {
	if name != filepath.Base(name) {
		return "", fmt.Errorf("read mail %q: %w", name, fs.ErrNotExist)
	}
	msg, err := gomail.EMLToMsgFromFile(filepath.Join(f.dir, name+".eml"))
	if err != nil {
		return "", fmt.Errorf("read mail: %w", err)
	}
	for _, part := range msg.GetParts() {
		if part.GetContentType() == gomail.TypeTextHTML {
			raw, err := part.GetContent()
			return string(raw), err
		}
	}
	return "", nil
}
