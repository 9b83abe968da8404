// Package mail sends messages out: through SMTP, or into files when no mail
// server is set.
//
// It owns how a message looks on the wire. It refuses to know what it says.
package mail
