package live

import (
	"encoding/binary"
	"unicode/utf8"
)

// arrival is one frame from a client, unmasked in place.
type arrival struct {
	op    byte
	final bool
	body  []byte
}

// inbox is what a client has begun to say. Few clients have one at any moment.
type inbox struct {
	rest    []byte // the beginning of a frame
	message []byte // the parts of a message so far
	op      byte   // what the message is; zero when there is none
}

func (b *inbox) empty() bool { return len(b.rest) == 0 && b.op == 0 }

// open takes the first frame off data, of which used bytes were it; zero means
// that it has not wholly arrived. What cannot become a good frame is refused as
// early as its header shows, and room is what a message may still hold, so that
// data waiting for its end stays small.
func open(data []byte, room int64) (a arrival, used int, err error) {
	if len(data) < 2 {
		return a, 0, nil
	}
	a.op, a.final = data[0]&0x0f, data[0]&opFinal != 0
	length, head := uint64(data[1]&0x7f), 2
	switch {
	case data[0]&0x70 != 0, data[1]&0x80 == 0: // an extension nobody agreed to, or no mask
		return a, 0, breach(CloseBroken)
	case a.op >= opClose && a.op <= opPong:
		if !a.final || length > 125 {
			return a, 0, breach(CloseBroken)
		}
		room = 125
	case a.op > opBinary:
		return a, 0, breach(CloseBroken)
	}
	switch {
	case length == 126 && len(data) >= 4:
		length, head = uint64(binary.BigEndian.Uint16(data[2:])), 4
	case length == 127 && len(data) >= 10:
		length, head = binary.BigEndian.Uint64(data[2:]), 10
	case length >= 126:
		return a, 0, nil
	}
	if length > uint64(max(room, 0)) {
		return a, 0, breach(CloseTooBig)
	}
	used = head + 4 + int(length)
	if len(data) < used {
		return a, 0, nil
	}
	mask := data[head : head+4]
	a.body = data[head+4 : used]
	for i := range a.body {
		a.body[i] ^= mask[i&3]
	}
	return a, used, nil
}

// add puts a data frame to its message, and gives the message once it is whole.
func (b *inbox) add(a arrival) (op byte, message []byte, err error) {
	if (a.op == opMore) != (b.op != 0) {
		return 0, nil, breach(CloseBroken) // a part of nothing, or one message inside another
	}
	if b.op == 0 {
		if a.final {
			return a.op, a.body, nil
		}
		b.op = a.op
	}
	b.message = append(b.message, a.body...)
	if !a.final {
		return 0, nil, nil
	}
	op, message = b.op, b.message
	b.op, b.message = 0, nil
	return op, message, nil
}

// closeCode reads a client's close frame; zero means that it gave none.
func closeCode(body []byte) (int, error) {
	if len(body) == 0 {
		return 0, nil
	}
	if len(body) == 1 || !utf8.Valid(body[2:]) {
		return 0, breach(CloseBroken)
	}
	code := int(binary.BigEndian.Uint16(body))
	switch {
	case code >= 1000 && code <= 1003, code >= 1007 && code <= 1014, code >= 3000 && code <= 4999:
		return code, nil
	}
	return 0, breach(CloseBroken)
}
