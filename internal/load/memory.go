package load

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// resident is how many bytes of memory this process holds: what the kernel
// says, or where it does not, what Go has asked it for.
func resident() int {
	if text, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := strings.Fields(string(text)); len(fields) > 1 {
			if pages, err := strconv.Atoi(fields[1]); err == nil {
				return pages * os.Getpagesize()
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.Sys - m.HeapReleased)
}

// gauge averages the memory over each quarter of some work.
type gauge struct {
	sum, n [4]int
	last   time.Time
}

const gaugeEvery = 200 * time.Millisecond

// look takes a sample, if the last one is old enough.
func (g *gauge) look(done, total int) {
	if time.Since(g.last) < gaugeEvery || total == 0 {
		return
	}
	g.last = time.Now()
	quarter := min(done*4/total, 3)
	g.sum[quarter] += resident()
	g.n[quarter]++
}

func (g *gauge) means() (m [4]int) {
	for i, n := range g.n {
		if n > 0 {
			m[i] = g.sum[i] / n
		}
	}
	return m
}
