package fleet

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// residentParts tells how much of a process is resident, in bytes: what is its own, and the pages of files, shared memory among them.
// Zeros where the process is gone. Linux says it in /proc (man 5 proc_pid_status).
func residentParts(pid int) (anon, mapped float64) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0
	}
	defer func() { _ = f.Close() }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ":")
		kb, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 64)
		switch {
		case err != nil:
		case name == "RssAnon":
			anon = kb * 1024
		case name == "RssFile", name == "RssShmem":
			mapped += kb * 1024
		}
	}
	return anon, mapped
}
