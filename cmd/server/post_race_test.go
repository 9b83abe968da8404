//go:build race

package main

// letters is what the race detector leaves time for.
const letters = 1_000
