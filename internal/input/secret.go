package input

import (
	"fmt"
	"io/fs"
	"os"
	"time"
)

// Limits of what a person logs in with. The certificates of all public authorities are 220 KiB; a command that asks a
// vault for a token takes seconds.
const (
	Secret     = 1 << 20 // bytes of a token, of headers, of certificates
	secretTime = 30 * time.Second
)

// SecretFile is File for what a person logs in with, up to Secret bytes. It may be a pipe, too, such as a shell's
// <(vault read ...), so that no token has to lie on the disk. A pipe has to end in time; if it does not, the goroutine that
// reads it stays behind.
func SecretFile(path string) ([]byte, error) { return secretFile(path, secretTime) }

func secretFile(path string, most time.Duration) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		return File(path, Secret)
	}
	type result struct {
		data []byte
		err  error
	}
	ended := make(chan result, 1)
	go func() {
		data, err := readPipe(path)
		ended <- result{data, err}
	}()
	select {
	case r := <-ended:
		return r.data, r.err
	case <-time.After(most):
		return nil, &fs.PathError{Op: "read", Path: path, Err: fmt.Errorf("the pipe did not end within %s", most)}
	}
}

// readPipe waits until somebody writes, and then reads to the end.
func readPipe(path string) ([]byte, error) {
	pipe, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer pipe.Close()
	data, err := All(pipe, Secret)
	if large, ok := err.(TooLarge); ok {
		err = &fs.PathError{Op: "read", Path: path, Err: large}
	}
	return data, err
}
