package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// helloServer answers "hello" on a port of its own and nothing else: the most
// that this stack can do on this machine. It says its address on standard
// output and stops when its standard input ends, so that it never outlives the
// bench that started it.
func helloServer(args []string) error {
	if len(args) > 0 {
		return errors.New("hello takes no arguments")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("hello: %w", err)
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/", func(c *fiber.Ctx) error { return c.SendString("hello") })
	go func() {
		_, _ = os.Stdin.Read(make([]byte, 1))
		_ = app.ShutdownWithTimeout(time.Second)
	}()
	if _, err := fmt.Println(l.Addr()); err != nil {
		return err
	}
	return app.Listener(l)
}

// startHello runs helloServer as a process of its own, as the server is one.
func startHello(ctx context.Context, program string) (address string, stop func(), err error) {
	cmd := exec.CommandContext(ctx, program, "hello")
	cmd.Env = append(os.Environ(), "GOGC=400") // as the server has it
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return "", nil, fmt.Errorf("hello: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, fmt.Errorf("hello: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return "", nil, fmt.Errorf("start %s hello: %w", program, err)
	}
	stop = func() {
		_ = in.Close()
		_ = cmd.Wait()
	}
	line := make([]byte, 64)
	n, err := out.Read(line)
	if err != nil {
		stop()
		return "", nil, fmt.Errorf("hello said nothing: %w", err)
	}
	return strings.TrimSpace(string(line[:n])), stop, nil
}
