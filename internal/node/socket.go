package node

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// The socket lets a subcommand run beside a live server: the process that holds the data directory listens on DIR/socket (mode
// 0600), and a subcommand that finds the directory held sends its arguments there and gets its output back. A call is one
// connection: a line of JSON with the arguments, then standard input until the caller closes its side; the answer is frames of
// one byte (1 standard output, 2 standard error, 3 exit code), a length of four bytes, big-endian, and as many bytes. Empty frames say
// nothing.

const (
	frameOut  = 1
	frameErr  = 2
	frameExit = 3

	maxFrame    = 1 << 20
	maxArgsLine = 1 << 20

	heartbeat = 250 * time.Millisecond
)

// Call is one subcommand sent to the process that holds the data directory.
type Call struct {
	Args   []string
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
}

// CallHandler runs a call and gives its exit code.
type CallHandler func(ctx context.Context, call Call) int

// socketPath gives where the socket of a directory lies, and a name for it that is short enough to be bound or reached: a socket's
// path may have some 100 bytes, so a longer one goes by the open directory. release ends the name's life.
func socketPath(dir string) (path, short string, release func(), err error) {
	const longest = 100
	path = filepath.Join(dir, "socket")
	if len(path) <= longest {
		return path, path, func() {}, nil
	}
	open, err := os.Open(dir)
	if err != nil {
		return "", "", nil, err
	}
	return path, fmt.Sprintf("/proc/self/fd/%d/socket", open.Fd()), func() { _ = open.Close() }, nil
}

// ListenSocket serves calls for the data directory until the returned function is called, which ends those under way and waits
// for them. Only the owner of the directory may call.
func ListenSocket(dir string, handle CallHandler) (stop func(), err error) {
	path, short, release, err := socketPath(dir)
	if err != nil {
		return nil, fmt.Errorf("reaching the data directory: %w", err)
	}
	defer func() {
		if err != nil {
			release()
		}
	}()
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("removing an old socket: %w", err)
	}
	listener, err := net.Listen("unix", short)
	if err != nil {
		return nil, fmt.Errorf("listening on the socket of the data directory: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("guarding the socket: %w", err), listener.Close())
	}
	ctx, cancel := context.WithCancel(context.Background())
	var calls sync.WaitGroup
	calls.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return // closed by stop
			}
			calls.Go(func() { serveCall(ctx, conn, handle) })
		}
	})
	return func() {
		cancel()
		_ = listener.Close() // unlinks the socket; nothing else to do about an error when stopping
		calls.Wait()
		release()
	}, nil
}

func serveCall(ctx context.Context, conn net.Conn, handle CallHandler) {
	defer func() { _ = conn.Close() }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Now()) })()
	in := bufio.NewReader(conn)
	line, err := readLine(in, maxArgsLine)
	if err != nil {
		return
	}
	var args []string
	if err := json.Unmarshal(line, &args); err != nil {
		return
	}
	frames := &frameWriter{w: conn}
	var watch sync.WaitGroup
	watch.Go(func() { frames.watch(ctx, cancel) })
	code := handle(ctx, Call{Args: args, Stdin: in, Stdout: frames.stream(frameOut), Stderr: frames.stream(frameErr)})
	var exit [4]byte
	binary.BigEndian.PutUint32(exit[:], uint32(code))
	_, _ = frames.stream(frameExit).Write(exit[:]) // the caller sees a missing exit code as a failure
	cancel()
	watch.Wait()
}

// readLine reads up to a newline, and fails past limit bytes.
func readLine(r *bufio.Reader, limit int) ([]byte, error) {
	var line []byte
	for {
		chunk, err := r.ReadSlice('\n')
		line = append(line, chunk...)
		if len(line) > limit {
			return nil, errors.New("the line of arguments is too long")
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// frameWriter writes frames of several streams to one connection.
type frameWriter struct {
	mu sync.Mutex
	w  io.Writer
}

// watch ends a call whose caller has gone away. The end of its input does not tell, since a caller may close that and wait for the
// answer; an empty frame that cannot be sent does.
func (f *frameWriter) watch(ctx context.Context, gone context.CancelFunc) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
		}
		if _, err := f.stream(frameOut).Write(nil); err != nil {
			gone()
			return
		}
	}
}

type frameStream struct {
	f    *frameWriter
	kind byte
}

func (f *frameWriter) stream(kind byte) io.Writer { return frameStream{f, kind} }

// Write sends p as frames of at most maxFrame bytes.
func (s frameStream) Write(p []byte) (int, error) {
	s.f.mu.Lock()
	defer s.f.mu.Unlock()
	written := 0
	for {
		part := p[written:min(len(p), written+maxFrame)]
		header := [5]byte{s.kind}
		binary.BigEndian.PutUint32(header[1:], uint32(len(part)))
		if _, err := s.f.w.Write(append(header[:], part...)); err != nil {
			return written, err
		}
		if written += len(part); written >= len(p) {
			return written, nil
		}
	}
}

// CallSocket runs a subcommand in the process that holds the data directory, and gives its exit code.
func CallSocket(ctx context.Context, dir string, call Call) (int, error) {
	_, short, release, err := socketPath(dir)
	if err != nil {
		return 0, fmt.Errorf("reaching the data directory: %w", err)
	}
	defer release()
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "unix", short)
	if err != nil {
		return 0, fmt.Errorf("reaching the process that holds the data directory: %w", err)
	}
	defer func() { _ = conn.Close() }()
	defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Now()) })()
	line, err := json.Marshal(call.Args)
	if err != nil {
		return 0, fmt.Errorf("sending the arguments: %w", err)
	}
	if _, err := conn.Write(append(line, '\n')); err != nil {
		return 0, fmt.Errorf("sending the arguments: %w", err)
	}
	go func() {
		if call.Stdin != nil {
			_, _ = io.Copy(conn, call.Stdin) // the other side stops reading when it has enough
		}
		if c, ok := conn.(*net.UnixConn); ok {
			_ = c.CloseWrite()
		}
	}()
	return readFrames(bufio.NewReader(conn), call)
}

func readFrames(r io.Reader, call Call) (int, error) {
	for {
		var header [5]byte
		if _, err := io.ReadFull(r, header[:]); err != nil {
			return 0, fmt.Errorf("the process that holds the data directory ended the call: %w", err)
		}
		size := int64(binary.BigEndian.Uint32(header[1:]))
		if size > maxFrame {
			return 0, errors.New("the process that holds the data directory sent a frame that is too long")
		}
		var err error
		switch body := io.LimitReader(r, size); header[0] {
		case frameOut:
			_, err = io.Copy(call.Stdout, body)
		case frameErr:
			_, err = io.Copy(call.Stderr, body)
		case frameExit:
			var code uint32
			if err = binary.Read(body, binary.BigEndian, &code); err == nil {
				return int(code), nil
			}
		default:
			err = fmt.Errorf("the process that holds the data directory sent a frame of unknown kind %d", header[0])
		}
		if err != nil {
			return 0, err
		}
	}
}
