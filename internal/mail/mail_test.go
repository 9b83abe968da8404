package mail_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"mime"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/mail"
)

var board = mail.From{Name: `The "Board", of Ideas`, Address: "board@example.org"}

func folder(t *testing.T) (*mail.Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "mail")
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	f, err := mail.NewFolder(dir, board, func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	return f, dir
}

func TestAMessageComesBackFromTheFolderAsItWent(t *testing.T) {
	t.Parallel()
	f, dir := folder(t)
	sent := []mail.Message{
		{To: "ann@example.org", Subject: "Eén vraag", Text: "Hallo Ann,\n\nhttps://example.org/sign-in/link?t=abc\n.\n"},
		{To: "bob@example.org", Subject: "", Text: ""},
		{To: "eve@example.org", Subject: strings.Repeat("long ", 100), Text: "\x00\r\ntext"},
	}
	for _, m := range sent { // all at the same moment
		if err := f.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}

	kept, err := f.Newest()
	if err != nil {
		t.Fatal(err)
	}
	var back []mail.Message
	for _, k := range kept {
		back = append([]mail.Message{k.Message}, back...)
	}
	if diff := cmp.Diff(sent, back); diff != "" {
		t.Error(diff)
	}
	for _, pattern := range []string{"*.eml", "*.txt"} {
		names, _ := filepath.Glob(filepath.Join(dir, pattern))
		if len(names) != len(sent) {
			t.Errorf("%d files of %s, want %d", len(names), pattern, len(sent))
		}
		for _, name := range names {
			if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: anybody may read a link that signs in (%v, %v)", name, info.Mode(), err)
			}
		}
	}
}

func TestTheHTMLOfAMessageComesBackToo(t *testing.T) {
	t.Parallel()
	f, _ := folder(t)
	html := "<p>Hallo Zoë, 3 = 3</p>\r\n" + strings.Repeat("long ", 300) + "\r\n.\r\n<p>ok</p>"
	for _, m := range []mail.Message{
		{To: "ann@example.org", Name: `Ann "the Ant" ☃`, Subject: "Déjà vu", Text: "text", HTML: html, Stop: "https://example.org/stop?token=1"},
		{To: "bob@example.org", Text: "\x00\r\ntext"},
	} {
		if err := f.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := f.Newest()
	if err != nil || len(kept) != 2 {
		t.Fatal(kept, err)
	}
	for i, want := range []string{"", html} {
		if got, err := f.HTML(kept[i].Name); err != nil || got != want {
			t.Errorf("got %q, want %q (%v)", got, want, err)
		}
	}
	for _, name := range []string{"none", "../mail/" + kept[0].Name, ""} {
		if _, err := f.HTML(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestNewestGivesTheLatestFifty(t *testing.T) {
	t.Parallel()
	f, _ := folder(t)
	var senders sync.WaitGroup
	for range 60 {
		senders.Go(func() {
			if err := f.Send(t.Context(), mail.Message{To: "ann@example.org"}); err != nil {
				t.Error(err)
			}
		})
	}
	senders.Wait()
	kept, err := f.Newest()
	if err != nil || len(kept) != 50 {
		t.Fatalf("%d messages (%v)", len(kept), err)
	}
	for i := range kept[1:] {
		if kept[i].Name <= kept[i+1].Name {
			t.Errorf("%s stands before %s", kept[i].Name, kept[i+1].Name)
		}
	}
}

func TestNoFieldCanAddAHeaderOrAPerson(t *testing.T) {
	t.Parallel()
	f, dir := folder(t)
	for _, m := range []mail.Message{
		{To: "ann@example.org\r\nBcc: eve@example.org"},
		{To: "ann@example.org\nBcc: eve@example.org"},
		{To: "ann@example.org", Subject: "Hello\r\nBcc: eve@example.org"},
		{To: "ann@example.org", Subject: "Hello\x00"},
		{To: "ann@example.org", Name: "Ann\r\nBcc: eve@example.org"},
		{To: "ann@example.org, eve@example.org"},
		{To: "Ann <ann@example.org>"},
		{To: "ann@example.org (a note)"},
		{To: ""},
		{To: strings.Repeat("a", 250) + "@example.org"},
	} {
		if err := f.Send(t.Context(), m); err == nil {
			t.Errorf("%q was sent", m)
		}
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*")); len(names) > 0 {
		t.Errorf("a refused message left %v", names)
	}
}

func TestANameIsNeverReadAsSyntax(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		`Ann "the Ant" O'Hara`, `a" <eve@example.org> ("`, `x" <eve@example.org>, "y`, `back\slash\"`, "Zoë ☃ van 't Hof", "=?utf-8?q?a?=", "",
		strings.Repeat("long name ", 30), "<eve@example.org>", "a, b; c: d",
	} {
		f, dir := folder(t)
		if err := f.Send(t.Context(), mail.Message{To: "ann@example.org", Name: name, Subject: "Déjà vu: " + name, Text: "é=\nline"}); err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		msg := parse(t, dir)
		to, err := msg.Header.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Address != "ann@example.org" || strings.TrimSpace(to[0].Name) != strings.TrimSpace(name) {
			t.Errorf("%q: mailed to %v (%v)", name, to, err)
		}
		from, err := msg.Header.AddressList("From")
		if err != nil || len(from) != 1 || from[0].Address != board.Address || from[0].Name != board.Name {
			t.Errorf("%q: mailed from %v (%v)", name, from, err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
		if want := strings.TrimSpace("Déjà vu: " + name); err != nil || strings.TrimSpace(subject) != want {
			t.Errorf("subject %q (%v), want %q", subject, err, want)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(msg.Body))
		if err != nil || strings.ReplaceAll(strings.TrimSpace(string(body)), "\r\n", "\n") != "é=\nline" {
			t.Errorf("text %q (%v)", body, err)
		}
	}
}

func parse(t *testing.T, dir string) *netmail.Message {
	t.Helper()
	names, _ := filepath.Glob(filepath.Join(dir, "*.eml"))
	if len(names) != 1 {
		t.Fatalf("files: %v", names)
	}
	raw, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return msg
}

func TestTheAddressOfAMailServerIsReadOrRefused(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"smtp://mail.example.org":               true,
		"smtps://u:p%40ss@mail.example.org:465": true,
		"smtp://mail.example.org:587":           true,
		"mail.example.org:25":                   false,
		"http://mail.example.org":               false,
		"smtp://":                               false,
		"smtp://u:s3cret@h:port":                false,
		"":                                      false,
	} {
		_, err := mail.NewSMTP(address, board)
		if (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("the password is in %q", err)
		}
	}
}

func TestAMailThatNobodyAskedForCanBeEndedByOneClick(t *testing.T) {
	t.Parallel()
	const stop = "https://board.example.org/unsubscribe?token=12.3kq0yG4t5cN4o2mJfXy3pXr7Rk2b1JfTzq6s9pVn8wQ"
	f, dir := folder(t)
	if err := f.Send(t.Context(), mail.Message{To: "ann@example.org", Subject: "News", ID: "notice-12", Stop: stop}); err != nil {
		t.Fatal(err)
	}
	msg := parse(t, dir)
	for header, want := range map[string]string{
		"List-Unsubscribe": "<" + stop + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Message-Id": "<notice-12@example.org>", "Precedence": "bulk",
	} {
		if got := msg.Header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}

	other, dir := folder(t)
	if err := other.Send(t.Context(), mail.Message{To: "ann@example.org"}); err != nil {
		t.Fatal(err)
	}
	if msg := parse(t, dir); msg.Header.Get("List-Unsubscribe") != "" || msg.Header.Get("Message-Id") == "" {
		t.Errorf("a mail that was asked for: %v", msg.Header)
	}
	for _, m := range []mail.Message{{To: "ann@example.org", ID: "a b"}, {To: "ann@example.org", ID: "a@b"}, {To: "ann@example.org", Stop: "https://x\r\nBcc: eve@example.org"}} {
		if err := f.Send(t.Context(), m); err == nil {
			t.Errorf("%+v was sent", m)
		}
	}
}
