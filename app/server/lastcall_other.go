//go:build !linux

package server

import "net"

// patient changes nothing here: elsewhere than on Linux, where the service is deployed, a client may be reset that was
// still in the kernel's queue when the listener was closed.
func patient(listener net.Listener) net.Listener { return listener }
