package cluster

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// process is a running server.
type process struct {
	cmd   *exec.Cmd
	ended chan struct{} // closed once it has been waited for
}

// spawn starts a command from a thread that lives as long as the command: the system's signal at a parent's death is bound to the
// thread that started it.
func spawn(cmd *exec.Cmd) (*process, error) {
	p := &process{cmd: cmd, ended: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // how it ended is in its log
			close(p.ended)
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return p, nil
}

func (p *process) running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// stop sends a signal and waits for the end; false when it has not come in time.
func (p *process) stop(signal os.Signal, within time.Duration) bool {
	if p.running() {
		_ = p.cmd.Process.Signal(signal) // it may have ended meanwhile
	}
	select {
	case <-p.ended:
		return true
	case <-time.After(within):
		return false
	}
}

// killTree ends the process and everything it started by SIGKILL. The parent is halted first, so that nothing new is started while
// its children are counted.
func (p *process) killTree() {
	if !p.running() {
		return
	}
	pid := p.cmd.Process.Pid
	_ = syscall.Kill(pid, syscall.SIGSTOP)
	for _, child := range descendants(pid) {
		_ = syscall.Kill(child, syscall.SIGKILL)
	}
	_ = syscall.Kill(pid, syscall.SIGKILL)
	<-p.ended
}
