package live

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"
	"pgregory.net/rapid"
)

// masked is a frame as a client sends it.
func masked(first byte, body string) []byte {
	out := []byte{first}
	switch n := len(body); {
	case n < 126:
		out = append(out, 0x80|byte(n))
	case n < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, 0x80|126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, 0x80|127), uint64(n))
	}
	mask := []byte{0x12, 0x34, 0x56, 0x78}
	out = append(out, mask...)
	for i := range len(body) {
		out = append(out, body[i]^mask[i&3])
	}
	return out
}

func (c *reader) raw(data ...[]byte) {
	c.t.Helper()
	for _, piece := range data {
		if _, err := c.ws.NetConn().Write(piece); err != nil {
			c.t.Fatal(err)
		}
	}
}

func TestABrokenFrameClosesWithItsCode(t *testing.T) {
	for name, tc := range map[string]struct {
		data []byte
		want int
	}{
		"an extension":                {masked(0x81|0x40, `{}`), CloseBroken},
		"no mask":                     {[]byte{0x81, 2, '{', '}'}, CloseBroken},
		"an unknown kind":             {masked(0x83, `x`), CloseBroken},
		"an unknown control":          {masked(0x8b, `x`), CloseBroken},
		"a ping in parts":             {masked(0x09, `x`), CloseBroken},
		"a long ping":                 {masked(0x89, strings.Repeat("x", 126)), CloseBroken},
		"a part of nothing":           {masked(0x80, `x`), CloseBroken},
		"a message inside another":    {append(masked(0x01, `{`), masked(0x81, `{}`)...), CloseBroken},
		"a close of one byte":         {masked(0x88, "x"), CloseBroken},
		"a close with a strange code": {masked(0x88, "\x03\xed"), CloseBroken},
		"a close with a broken text":  {masked(0x88, "\x03\xe8\xff"), CloseBroken},
		"a length beyond the limit":   {[]byte{0x81, 0x80 | 126, 0x10, 0x01}, CloseTooBig},
		"an absurd length":            {[]byte{0x81, 0x80 | 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, CloseTooBig},
		"parts beyond the limit":      {append(masked(0x01, strings.Repeat("x", 4000)), masked(0x80, strings.Repeat("x", 97))...), CloseTooBig},
		"an endless message":          {append(masked(0x01, "x"), bytes.Repeat(masked(0x00, ""), 30)...), CloseTooFrequent},
		"binary in parts":             {append(masked(0x02, "{"), masked(0x80, "}")...), CloseUnsupported},
		"a message after a good one":  {append(masked(0x81, `{"watch":[]}`), masked(0x81, `{"vote":1}`)...), ClosePolicy},
	} {
		t.Run(name, func(t *testing.T) {
			c := newWorld(t, Defaults()).dial(t)

			c.raw(tc.data)

			c.wantEnd(tc.want)
		})
	}
}

func TestAMessageIsUnderstoodHoweverItArrives(t *testing.T) {
	const first, second = `{"watch":["idea:1"]}`, `{"watch":["idea:2"]}`
	whole := append(masked(0x81, first), masked(0x81, second)...)
	var bytewise [][]byte
	for i := range whole {
		bytewise = append(bytewise, whole[i:i+1])
	}
	parts := append(masked(0x01, first[:5]), masked(0x89, "still here")...)
	parts = append(append(parts, masked(0x00, first[5:9])...), masked(0x80, first[9:])...)
	for name, pieces := range map[string][][]byte{
		"together":     {whole},
		"byte by byte": bytewise,
		"in parts":     {append(parts, masked(0x81, second)...)},
		"overlapping":  {whole[:30], whole[30:]},
	} {
		t.Run(name, func(t *testing.T) {
			c := newWorld(t, Defaults()).dial(t)

			c.raw(pieces...)

			c.hear(`{"n":1,"topic":"idea:1"}`, `{"n":1,"topic":"idea:2"}`)
		})
	}
}

func TestAMessageOfExactlyTheLimitIsRead(t *testing.T) {
	o := Defaults()
	text := `{"watch":["idea:1"]` + strings.Repeat(" ", int(o.MessageLimit)-20) + `}`
	c := newWorld(t, o).dial(t)

	c.raw(masked(0x81, text))

	c.expect(`{"tallies":[{"n":1,"topic":"idea:1"}]}`)
}

func TestACloseIsAnsweredWithItsCodeAndNothingFollows(t *testing.T) {
	w := newWorld(t, Defaults())
	c := w.dial(t, "idea:1")
	c.next()

	if err := c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(3333, "bye"), time.Now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}

	c.wantEnd(3333)
}

func TestNothingIsSentAfterAClose(t *testing.T) {
	kept := &memory{}
	s := &stream{Conn: kept}

	for _, err := range []error{s.put(closing(CloseRestart, ""), true), s.put(appendFrame(nil, opPong, nil), false)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, taken, err := s.send(frame("data")); !taken || err != nil {
		t.Errorf("taken %v, %v", taken, err)
	}

	if diff := cmp.Diff(closing(CloseRestart, ""), frame(kept.Bytes())); diff != "" {
		t.Error(diff)
	}
}

// What comes in is the same however the network cuts it.
func TestFramesDoNotDependOnHowTheyAreCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var data []byte
		for range rapid.IntRange(1, 6).Draw(t, "frames") {
			op := rapid.SampledFrom([]byte{0x81, 0x82, 0x01, 0x00, 0x80, 0x89, 0x8a, 0xc1}).Draw(t, "first")
			data = append(data, masked(op, rapid.StringN(0, 150, 200).Draw(t, "body"))...)
		}
		cut := rapid.IntRange(0, len(data)).Draw(t, "cut")

		if diff := cmp.Diff(takeApart(data), takeApart(data[:cut], data[cut:])); diff != "" {
			t.Fatal(diff)
		}
	})
}

// takeApart lists what is said, and the code it ends with.
func takeApart(pieces ...[]byte) (said []string) {
	in, rest := inbox{}, []byte(nil)
	for _, p := range pieces {
		rest = append(rest, p...)
		for {
			a, used, err := open(rest, 300-int64(len(in.message)))
			if err == nil && used == 0 {
				break
			}
			var message []byte
			op := a.op
			if rest = rest[used:]; err == nil && a.op < opClose {
				op, message, err = in.add(a)
			}
			var broken breach
			if errors.As(err, &broken) {
				return append(said, broken.Error())
			}
			said = append(said, string(rune('0'+op))+string(message))
		}
	}
	return said
}

func FuzzFrames(f *testing.F) {
	f.Add(masked(0x81, `{"watch":[]}`))
	f.Add(append(masked(0x01, `{"wat`), masked(0x80, `ch":[]}`)...))
	f.Add([]byte{0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) {
		takeApart(bytes.Clone(data))
		a, used, err := open(data, 300)
		if used > len(data) || len(a.body) > 300 || err != nil && used != 0 {
			t.Errorf("used %d of %d for %d bytes, %v", used, len(data), len(a.body), err)
		}
	})
}
