//go:build !linux

package main

import (
	"context"
	"errors"
)

var errNotLinux = errors.New("the fan-out is measured with epoll, on Linux only")

// measureFanout says why there is nothing to report.
func measureFanout(context.Context, string) ([]section, error) {
	return []section{{Title: "Websockets", Text: "Not measured: " + errNotLinux.Error() + "."}}, nil
}

// socketServer has nobody to serve.
func socketServer([]string) error { return errNotLinux }
