package main

import (
	"log/slog"
	"os"
)

// log writes to standard error: text for a person, JSON for a program.
func (a *app) log() *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(a.cfg.LogLevel)) // checked by its enum
	options := &slog.HandlerOptions{Level: level}
	if a.cfg.LogFormat == "text" || a.cfg.LogFormat == "auto" && terminal(os.Stderr) {
		return slog.New(slog.NewTextHandler(os.Stderr, options))
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, options))
}

// terminal reports whether a person looks at the file.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
