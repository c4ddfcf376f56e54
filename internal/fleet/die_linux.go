package fleet

import "syscall"

// dieWithUs ends the processes that we started when we are killed ourselves.
func dieWithUs() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
