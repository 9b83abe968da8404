//go:build linux

package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"runtime/pprof"
	"strconv"
	"syscall"
	"time"

	"prosumer/internal/live"
)

// order is one line to the serving side.
type order struct {
	Do    string
	For   time.Duration // how long
	Every time.Duration // how often
	Rate  int           // votes a second
	Ideas int           // that the votes fall on
	Size  int           // bytes of an event
	File  string        // where a profile goes
}

// reply is what it answers.
type reply struct {
	Err        string
	Address    string
	Resident   int // KiB
	Goroutines int
	Heap       uint64
	Stacks     uint64
	Stats      live.Stats
	Changes    int
	CPU, Took  time.Duration
	Sent       int
	Kernel     []int // bytes of kernel memory of each socket with a full queue
}

func (f *far) do(o order) reply {
	switch o.Do {
	case "memory":
		return f.memory(true)
	case "resident":
		return f.memory(false)
	case "steady":
		return f.steady(o)
	case "votes":
		return f.votes(o)
	case "direct":
		return f.direct(o.For)
	case "bare":
		return f.bare(o.For)
	case "fill":
		return f.fill(o)
	case "kernel":
		return reply{Kernel: f.kernel()}
	case "profile":
		file, err := os.Create(o.File)
		if err == nil {
			err = pprof.StartCPUProfile(file)
		}
		return reply{Err: text(err)}
	case "heap":
		pprof.StopCPUProfile()
		file, err := os.Create(o.File)
		if err == nil {
			err = pprof.WriteHeapProfile(file)
			_ = file.Close()
		}
		return reply{Err: text(err)}
	}
	return reply{Err: "no such order: " + o.Do}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// steady changes the hot topic at an even pace.
func (f *far) steady(o order) reply {
	begun, used, n := time.Now(), spent(), 0
	tick := time.NewTicker(o.Every)
	defer tick.Stop()
	for n < int(o.For/o.Every) {
		<-tick.C
		n++
		f.hub.Latest(hotTopic, "tallies", tallyText(1, n, time.Now()))
	}
	return reply{Changes: n, CPU: spent() - used, Took: time.Since(begun), Stats: f.hub.Stats()}
}

// votes publishes tallies as the writer of votes does: those of each commit at
// once, here one every few milliseconds.
func (f *far) votes(o order) reply {
	const commit = 4 * time.Millisecond
	begun, used, n := time.Now(), spent(), 0
	tick := time.NewTicker(commit)
	defer tick.Stop()
	for since := time.Duration(0); since < o.For; since = time.Since(begun) {
		<-tick.C
		var batch []live.Change
		for due := int(time.Since(begun).Seconds() * float64(o.Rate)); n < due; n++ {
			idea := n*7919%o.Ideas + 1
			batch = append(batch, live.Change{Topic: live.Topic("idea:" + strconv.Itoa(idea)), Item: live.Item{Kind: "tallies", Body: tallyText(idea, n, time.Now())}})
		}
		f.hub.LatestMany(batch)
	}
	return reply{Changes: n, CPU: spent() - used, Took: time.Since(begun), Stats: f.hub.Stats()}
}

// direct has the hub send one change after the other, each as soon as the last
// is out, and counts what it sends.
func (f *far) direct(lasts time.Duration) reply {
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		f.pump(stop)
	}()
	time.Sleep(20 * time.Millisecond)
	begun, used, sent := time.Now(), spent(), f.hub.Stats().Sent
	time.Sleep(lasts)
	r := reply{Sent: int(f.hub.Stats().Sent - sent), Took: time.Since(begun), CPU: spent() - used}
	close(stop)
	<-stopped
	return r
}

// pump keeps one event waiting while another is sent: each is a round of its own.
func (f *far) pump(stop chan struct{}) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	seen := f.hub.Stats().Rounds
	for n := 0; ; {
		select {
		case <-stop:
			return
		case <-tick.C:
		}
		if now := f.hub.Stats().Rounds; now != seen || n == 0 {
			seen = now
			n++
			f.hub.Event(hotTopic, "tallies", tallyText(1, 1, time.Now()))
		}
	}
}

// bare writes the same frame to each connection in turn: one write(2) each.
func (f *far) bare(lasts time.Duration) (r reply) {
	frame := serverFrame(fmt.Appendf(nil, `{"tallies":[%s]}`, tallyText(1, 1, time.Now())))
	files := f.conns.files()
	begun, used := time.Now(), spent()
	for {
		for i, fd := range files {
			if n, err := syscall.Write(fd, frame); err == nil && n == len(frame) {
				r.Sent++
			}
			if i%64 != 63 {
				continue
			}
			if r.Took = time.Since(begun); r.Took >= lasts {
				r.CPU = spent() - used
				return r
			}
		}
	}
}

// serverFrame is a text frame as a server sends it.
func serverFrame(text []byte) []byte {
	if len(text) < 126 {
		return append([]byte{0x81, byte(len(text))}, text...)
	}
	return append(binary.BigEndian.AppendUint16([]byte{0x81, 126}, uint16(len(text))), text...)
}

// fill sends large events, so that the buffers of who does not read are full.
func (f *far) fill(o order) reply {
	body := fmt.Appendf(nil, `"%s"`, bytes.Repeat([]byte("x"), o.Size))
	tick := time.NewTicker(o.Every)
	defer tick.Stop()
	begun := time.Now()
	for time.Since(begun) < o.For {
		<-tick.C
		f.hub.Event(hotTopic, "filling", body)
	}
	return reply{Took: time.Since(begun), Stats: f.hub.Stats()}
}
