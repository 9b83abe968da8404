package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A session can end while somebody writes. The page that says so gives the
// words back, and never a secret.
func TestARefusedFormGivesBackWhatWasTyped(t *testing.T) {
	s := newSite(t, settings{})
	fields := url.Values{"name": {"Ready answer"}, "body": {"<p>We looked at it & measured.</p>"}, "password": {"correct horse battery"}}

	answer := s.post("", "/studio/templates", fields)

	if answer.StatusCode != http.StatusUnauthorized {
		t.Fatalf("status %d, want 401", answer.StatusCode)
	}
	if !strings.Contains(answer.body, "We looked at it &amp; measured.") || !strings.Contains(answer.body, "Ready answer") {
		t.Error("what was typed is gone")
	}
	if strings.Contains(answer.body, "correct horse battery") {
		t.Error("a password is shown")
	}
}
