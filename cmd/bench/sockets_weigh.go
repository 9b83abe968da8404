//go:build linux

package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// memory says what the process holds, tidied up or as it is.
func (f *far) memory(tidy bool) reply {
	if tidy {
		runtime.GC()
		debug.FreeOSMemory()
		debug.FreeOSMemory()
	}
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(sample)
	kib, err := resident()
	return reply{Err: text(err), Resident: kib, Goroutines: runtime.NumGoroutine(), Heap: sample[0].Value.Uint64(), Stacks: sample[1].Value.Uint64(), Stats: f.hub.Stats()}
}

// resident is VmRSS of this process in KiB.
func resident() (int, error) {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if rest, found := strings.CutPrefix(lines.Text(), "VmRSS:"); found {
			return strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
		}
	}
	return 0, fmt.Errorf("no VmRSS in /proc/self/status")
}

func spent() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// kernel asks the kernel (SO_MEMINFO) what it holds for each socket whose send
// queue is not empty: received, queued, reserved ahead, options and backlog.
func (f *far) kernel() []int {
	const soMemInfo, queuedAtLeast = 55, 8 << 10
	var list []int
	for _, fd := range f.conns.files() {
		var m [9]uint32 // see enum SK_MEMINFO_* in linux/sock_diag.h
		size := uint32(unsafe.Sizeof(m))
		_, _, errno := syscall.Syscall6(syscall.SYS_GETSOCKOPT, uintptr(fd), syscall.SOL_SOCKET, soMemInfo, uintptr(unsafe.Pointer(&m)), uintptr(unsafe.Pointer(&size)), 0)
		if errno == 0 && m[5] >= queuedAtLeast {
			list = append(list, int(m[0]+m[4]+m[5]+m[6]+m[7]))
		}
	}
	slices.Sort(list)
	return list
}
