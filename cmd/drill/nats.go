package main

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// natsDrills are the drills of the way between two servers.
func natsDrills() []drill {
	return []drill{
		{
			ID: "N1", Title: "NATS gone, back, and slow", Run: natsGone,
			Goal: "all votes work; tallies on the other server at most 5 s late; back by itself",
		},
		{
			ID: "N1P", Title: "LISTEN/NOTIFY cut again and again", Run: listenerCut,
			Goal: "the same of the way through PostgreSQL",
		},
	}
}

// natsHost is a NATS server within this program that can go and come back on
// its port.
type natsHost struct {
	address string
	running *server.Server
}

// hostNATS starts one; it is gone at the end of the drill.
func (l *lab) hostNATS() (*natsHost, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	n := &natsHost{address: address}
	if err := n.start(); err != nil {
		return nil, err
	}
	l.after(n.stop)
	return n, nil
}

func (n *natsHost) start() error {
	host, digits, err := net.SplitHostPort(n.address)
	if err != nil {
		return err
	}
	port, err := strconv.Atoi(digits)
	if err != nil {
		return err
	}
	s, err := server.NewServer(&server.Options{Host: host, Port: port, NoLog: true, NoSigs: true})
	if err != nil {
		return fmt.Errorf("NATS: %w", err)
	}
	go s.Start()
	if !s.ReadyForConnections(5 * time.Second) {
		s.Shutdown()
		return errors.New("NATS did not become ready")
	}
	n.running = s
	return nil
}

// stop ends it and all its connections; twice is as good as once.
func (n *natsHost) stop() {
	if n.running != nil {
		n.running.Shutdown()
		n.running.WaitForShutdown()
		n.running = nil
	}
}

// clients is how many are connected.
func (n *natsHost) clients() int {
	if n.running == nil {
		return 0
	}
	return n.running.NumClients()
}
