package bus

import (
	"errors"
	"strconv"
	"strings"
)

// The bounds of one message and of what is said at once.
const (
	maxPacket  = 7999 // NOTIFY refuses 8,000
	maxPackets = 16   // at once; about 15,000 short keys. More becomes a gap
	maxSubject = 64
	maxKey     = 128
)

const (
	magic    = "prosumer/1"
	wordSaid = "said"
	wordGap  = "gap"
)

// packet is one message as it was heard.
type packet struct {
	node string
	seq  uint64
	gap  bool
	said []saying
}

// saying is a subject and some of its keys.
type saying struct {
	subject string
	keys    []string
}

// isWord reports whether s can stand in a message: visible ASCII, not empty.
func isWord(s string, most int) bool {
	if s == "" || len(s) > most {
		return false
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func header(node string, seq uint64, kind string) string {
	return magic + " " + node + " " + strconv.FormatUint(seq, 10) + " " + kind
}

// encode writes what is to be said as messages of at most maxPacket bytes. If
// that takes more than maxPackets, there is one that says so. Nothing to say
// makes an empty word.
func encode(node string, seq uint64, w words) []string {
	gap := []string{header(node, seq, wordGap)}
	if w.gap {
		return gap
	}
	head := header(node, seq, wordSaid)
	var packets []string
	var text strings.Builder
	text.WriteString(head)
	for subject, keys := range w.said {
		begun := false
		for key := range keys {
			if begun && text.Len()+1+len(key) > maxPacket ||
				!begun && text.Len()+1+len(subject)+1+len(key) > maxPacket {
				if packets = append(packets, text.String()); len(packets) == maxPackets {
					return gap
				}
				text.Reset()
				text.WriteString(head)
				begun = false
			}
			if !begun {
				text.WriteString("\n" + subject)
				begun = true
			}
			text.WriteString(" " + key)
		}
	}
	return append(packets, text.String())
}

// The reasons to drop a message.
var (
	errOversized = errors.New("longer than any of ours")
	errForeign   = errors.New("not one of ours")
	errMalformed = errors.New("malformed")
)

// decode reads one message, exactly as encode writes it.
func decode(payload string) (packet, error) {
	if len(payload) > maxPacket {
		return packet{}, errOversized
	}
	head, rest, more := strings.Cut(payload, "\n")
	fields := strings.Split(head, " ")
	if fields[0] != magic {
		return packet{}, errForeign
	}
	if len(fields) != 4 || !isWord(fields[1], maxSubject) {
		return packet{}, errMalformed
	}
	seq, err := strconv.ParseUint(fields[2], 10, 64)
	if err != nil {
		return packet{}, errMalformed
	}
	p := packet{node: fields[1], seq: seq, gap: fields[3] == wordGap}
	if !p.gap && fields[3] != wordSaid || p.gap && more {
		return packet{}, errMalformed
	}
	for more {
		var line string
		line, rest, more = strings.Cut(rest, "\n")
		words := strings.Split(line, " ")
		if len(words) < 2 || !isWord(words[0], maxSubject) {
			return packet{}, errMalformed
		}
		for _, key := range words[1:] {
			if !isWord(key, maxKey) {
				return packet{}, errMalformed
			}
		}
		p.said = append(p.said, saying{words[0], words[1:]})
	}
	return p, nil
}
