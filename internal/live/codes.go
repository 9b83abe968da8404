package live

import "github.com/gorilla/websocket"

// The close codes the hub sends; the package comment says for each whether the
// client should come back.
const (
	CloseBroken      = websocket.CloseProtocolError     // 1002, do not come back
	CloseUnsupported = websocket.CloseUnsupportedData   // 1003, do not come back
	ClosePolicy      = websocket.ClosePolicyViolation   // 1008, do not come back
	CloseTooBig      = websocket.CloseMessageTooBig     // 1009, do not come back
	CloseFailed      = websocket.CloseInternalServerErr // 1011, come back after a random wait
	CloseRestart     = websocket.CloseServiceRestart    // 1012, come back, spread over the seconds in the reason
	CloseTryLater    = websocket.CloseTryAgainLater     // 1013, come back after half a minute or more
	CloseSignedOut   = 4001                             // do not come back as this person
	CloseTooFrequent = 4008                             // come back after ten seconds or more
)

// The codes of a refused topic, and what the client can do next.
const (
	RefusedNotFound    = "not_found"   // nothing: there is no such topic, or not for this viewer
	RefusedSignIn      = "sign_in"     // sign in, then connect again
	RefusedTooMany     = "too_many"    // unwatch others first
	RefusedUnavailable = "unavailable" // watch it again later
)
