//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

const warmSockets = 50

// watchHot is what a client says to watch the hot topic.
const watchHot = `{"watch":["` + string(hotTopic) + `"]}`

// near is the measuring side: a serving process of its own and a crowd on it.
type near struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *bufio.Scanner
	crowd *crowd
}

// startSockets runs the program as a serving side until stop.
func startSockets(ctx context.Context, program string) (*near, error) {
	cmd := exec.CommandContext(ctx, program, "socket-server")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the socket server: %w", err)
	}
	n := &near{cmd: cmd, in: in, out: bufio.NewScanner(out)}
	n.out.Buffer(nil, 1<<20)
	hello, err := n.answer()
	if err == nil {
		n.crowd, err = newCrowd(hello.Address)
	}
	if err != nil {
		n.stop()
		return nil, err
	}
	return n, nil
}

// order has the serving side do something and waits until it has.
func (n *near) order(o order) (reply, error) {
	line, err := json.Marshal(o)
	if err != nil {
		return reply{}, err
	}
	if _, err := n.in.Write(append(line, '\n')); err != nil {
		return reply{}, fmt.Errorf("order %s: %w", o.Do, err)
	}
	r, err := n.answer()
	if err != nil {
		return r, fmt.Errorf("order %s: %w", o.Do, err)
	}
	return r, nil
}

func (n *near) answer() (r reply, err error) {
	if !n.out.Scan() {
		return r, errors.Join(errors.New("the socket server is gone"), n.out.Err())
	}
	if err := json.Unmarshal(n.out.Bytes(), &r); err != nil {
		return r, err
	}
	if r.Err != "" {
		return r, errors.New(r.Err)
	}
	return r, nil
}

// watch has the sockets watch topics and waits until each has heard of them.
func (n *near) watch(socks []*sock, message string) error {
	want := n.crowd.heard.Load() + int64(len(socks))
	if err := n.crowd.say(socks, message); err != nil {
		return err
	}
	for end := time.Now().Add(20 * time.Second); n.crowd.heard.Load() < want; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			return fmt.Errorf("%d snapshots are missing", want-n.crowd.heard.Load())
		}
	}
	n.crowd.quiet()
	return nil
}

// warm has a few sockets come, watch and go, so that the program itself is in
// memory before anything is weighed.
func (n *near) warm() error {
	socks, err := n.crowd.join(warmSockets, 0)
	if err != nil {
		return err
	}
	if err := n.watch(socks, watchHot); err != nil {
		return err
	}
	n.crowd.leave(socks)
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if r, err := n.order(order{Do: "resident"}); err != nil || r.Stats.Sockets == 0 {
			return err
		}
	}
	return errors.New("the server does not notice that sockets are gone")
}

func (n *near) stop() {
	if n.crowd != nil {
		n.crowd.close()
	}
	_ = n.in.Close()
	timer := time.AfterFunc(5*time.Second, func() { _ = n.cmd.Process.Kill() })
	defer timer.Stop()
	_ = n.cmd.Wait()
}
