package main

import (
	"io"
	"net"
	"testing"
)

// echo answers every byte with itself.
func echo(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = io.Copy(c, c)
				_ = c.Close()
			}()
		}
	}()
	return listener.Addr().String()
}

func TestTheProxyForwardsHoldsAndCuts(t *testing.T) {
	l := &lab{out: t.Output()}
	t.Cleanup(func() { l.end() })
	p, err := l.proxyTo("tcp", echo(t))
	if err != nil {
		t.Fatal(err)
	}
	dial := func() net.Conn {
		c, err := net.Dial("tcp", p.Address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	say := func(c net.Conn, word string) {
		if _, err := c.Write([]byte(word)); err != nil {
			t.Fatal(err)
		}
	}
	hear := func(c net.Conn, word string) {
		got := make([]byte, len(word))
		if _, err := io.ReadFull(c, got); err != nil || string(got) != word {
			t.Fatalf("heard %q with %v, want %q", got, err, word)
		}
	}
	c := dial()
	say(c, "one")
	hear(c, "one")
	p.set(weather{Hold: true})
	say(c, "two")
	p.set(weather{})
	hear(c, "two")
	p.cut()
	if n, err := c.Read(make([]byte, 1)); err == nil {
		t.Errorf("read %d bytes from a connection that was cut", n)
	}
	p.set(weather{Refuse: true})
	refused, err := net.Dial("tcp", p.Address)
	if err != nil {
		return // it was reset before the dial was over
	}
	defer func() { _ = refused.Close() }()
	if n, err := refused.Read(make([]byte, 1)); err == nil {
		t.Errorf("read %d bytes from a connection that was refused", n)
	}
}
