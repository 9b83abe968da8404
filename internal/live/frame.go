package live

import (
	"encoding/binary"
	"encoding/json"
	"strconv"
)

// The kinds of websocket frames.
const (
	opMore   = 0x0
	opText   = 0x1
	opBinary = 0x2
	opClose  = 0x8
	opPing   = 0x9
	opPong   = 0xa

	opFinal = 0x80 // the last or only frame of a message
)

// frame is one or more websocket frames as they go out. Any number of
// connections may share one, so nobody changes it once it is made.
type frame []byte

// appendFrame adds a whole message of at most 4 GiB.
func appendFrame(to frame, op byte, body []byte) frame {
	to = append(to, op|opFinal)
	switch n := len(body); {
	case n < 126:
		to = append(to, byte(n))
	case n < 1<<16:
		to = binary.BigEndian.AppendUint16(append(to, 126), uint16(n))
	default:
		to = binary.BigEndian.AppendUint64(append(to, 127), uint64(n))
	}
	return append(to, body...)
}

// closing is a close frame; a code of zero says nothing.
func closing(code int, reason string) frame {
	if code == 0 {
		return appendFrame(nil, opClose, nil)
	}
	return appendFrame(nil, opClose, append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...))
}

// render makes the frames for items: one per kind, in the order the kinds first
// come up, and one per item for the kinds that are single.
func (h *Hub) render(items []Item) frame {
	var out frame
	var text []byte
	done := map[string]bool{}
	for i, first := range items {
		if done[first.Kind] {
			continue
		}
		text = append(strconv.AppendQuote(append(text[:0], '{'), first.Kind), ':')
		if h.single[first.Kind] {
			out = appendFrame(out, opText, append(append(text, first.Body...), '}'))
			continue
		}
		done[first.Kind] = true
		text = append(append(text, '['), first.Body...)
		for _, more := range items[i+1:] {
			if more.Kind == first.Kind {
				text = append(append(text, ','), more.Body...)
			}
		}
		text = append(text, "]}"...)
		out = appendFrame(out, opText, text)
	}
	return out
}

// headCount is the item that says how many watch a topic.
func headCount(t Topic, n int) Item {
	body, _ := json.Marshal(map[Topic]int{t: n})
	return Item{"here", body}
}
