package views

import (
	"net/url"
	"strconv"
)

// Addresses that take nothing.
const (
	HomeURL             = "/"
	HowURL              = "/how"
	APIDocsURL          = "/api/docs"
	ProposeURL          = "/ideas/new"
	IdeasURL            = "/ideas" // POST: a new idea
	PeopleURL           = "/people"
	MadeURL             = "/made"
	SignUpURL           = "/sign-up"
	SignOutURL          = "/sign-out"     // POST
	SignInLinkURL       = "/sign-in/link" // POST: mail me a link; GET ?token=: the page with the button; POST with token: uses it
	UseLinkURL          = "/sign-in/link/use"
	ForgotURL           = "/forgot"
	ResetURL            = "/reset"
	FirstAdminURL       = "/first-admin"
	ConfirmURL          = "/confirm"       // the page that asks to confirm; POST with token confirms
	ConfirmAgainURL     = "/confirm/again" // POST: send the mail again
	LanguageURL         = "/language"      // POST
	MyIdeasURL          = "/mine/ideas"
	MyVotesURL          = "/mine/votes"
	SettingsURL         = "/settings/profile"
	PasswordURL         = "/settings/password"
	SessionsURL         = "/settings/sessions"
	EndSessionURL       = "/settings/sessions/end"        // POST id
	EndOthersURL        = "/settings/sessions/end-others" // POST
	TokensURL           = "/settings/tokens"
	RevokeTokenURL      = "/settings/tokens/revoke" // POST id
	StudioURL           = "/studio"
	StudioTemplatesURL  = "/studio/templates" // GET the list, POST a new one
	StudioInboxURL      = "/studio/inbox"
	StudioShortlistsURL = "/studio/shortlists" // GET the list, POST a new one
	StudioChallengesURL = "/studio/challenges" // GET the list, POST a new one
	StudioInsightsURL   = "/studio/insights"
	ChallengesURL       = "/challenges"
	DevMailURL          = "/dev/mail"
	StyleguideURL       = "/styleguide"
)

// SignInURL is where to sign in and come back to next afterwards.
func SignInURL(next string) string { return withNext("/sign-in", next) }

// SignUpWithURL is where to sign up and come back to next afterwards.
func SignUpWithURL(next string) string { return withNext(SignUpURL, next) }

func withNext(path, next string) string {
	if next == "" || next == "/" {
		return path
	}
	return path + "?next=" + url.QueryEscape(next)
}

// IdeaURL is the page of an idea. An empty slug gives the short form, which
// the server redirects.
func IdeaURL(id int64, slug string) string {
	if slug == "" {
		return ideaBase(id)
	}
	return ideaBase(id) + "-" + slug
}

func ideaBase(id int64) string { return "/ideas/" + strconv.FormatInt(id, 10) }

// EditIdeaURL is the form of an existing idea; the form posts to SaveIdeaURL.
func EditIdeaURL(id int64) string { return ideaBase(id) + "/edit" }

// SaveIdeaURL takes the form of an existing idea (POST).
func SaveIdeaURL(id int64) string { return ideaBase(id) + "/edit" }

// VersionsURL lists what an idea's text was before.
func VersionsURL(id int64) string { return ideaBase(id) + "/versions" }

// VoteURL takes the plain vote form (POST).
func VoteURL(id int64) string { return ideaBase(id) + "/vote" }

// VoteAPI is where the island sends the same choice.
func VoteAPI(id int64) string { return "/api/v1" + ideaBase(id) + "/vote" }

// WithdrawURL takes an idea back (POST).
func WithdrawURL(id int64) string { return ideaBase(id) + "/withdraw" }

// DecisionURL takes the team's answer, with or without a move (POST).
func DecisionURL(id int64) string { return ideaBase(id) + "/decision" }

// UndoURL undoes the last decision within its hour (POST).
func UndoURL(id int64) string { return ideaBase(id) + "/undo" }

// PersonURL is a public profile.
func PersonURL(handle string) string { return PeopleURL + "/" + url.PathEscape(handle) }

// ProductURL is the page of a product; the team's form posts there too.
func ProductURL(slug string) string { return MadeURL + "/" + url.PathEscape(slug) }

// TemplateURL is one answer template: GET the form, POST saves it.
func TemplateURL(id int64) string { return StudioTemplatesURL + "/" + strconv.FormatInt(id, 10) }

// DeleteTemplateURL removes an answer template (POST).
func DeleteTemplateURL(id int64) string { return TemplateURL(id) + "/delete" }

// DevMailMessageURL shows one mail of the development mailbox.
func DevMailMessageURL(name string) string { return DevMailURL + "/" + url.PathEscape(name) }

// DevMailHTMLURL is its other form, as a mail program shows it.
func DevMailHTMLURL(name string) string { return DevMailMessageURL(name) + "/html" }

// BoardQuery is what the board is asked for. Empty fields are not in the address.
type BoardQuery struct {
	Order     string // "" means the usual one
	Challenge string // slug
	Topic     string // slug
	Tag       string
	Status    string
	Q         string
	After     string // cursor
}

// BoardURL is the board as q asks for it.
func BoardURL(q BoardQuery) string {
	return address(HomeURL, "challenge", q.Challenge, "order", q.Order, "topic", q.Topic, "tag", q.Tag, "status", q.Status, "q", q.Q, "after", q.After)
}

// AfterURL is another page of a plain list at path.
func AfterURL(path, after string) string {
	if after == "" {
		return ""
	}
	return address(path, "after", after)
}

func address(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}
