//go:build !linux

package cluster

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// dieWithParent can do nothing here: a killed test leaves its server behind.
func dieWithParent(*syscall.SysProcAttr) {}

// descendants gives the processes that a process started, and those that these did.
func descendants(pid int) []int {
	out, err := exec.Command("pgrep", "-P", strconv.Itoa(pid)).Output()
	if err != nil {
		return nil // it has none
	}
	var found []int
	for _, field := range strings.Fields(string(out)) {
		if child, err := strconv.Atoi(field); err == nil {
			found = append(append(found, child), descendants(child)...)
		}
	}
	return found
}
