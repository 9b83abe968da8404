//go:build !race

package main

const letters = 10_000
