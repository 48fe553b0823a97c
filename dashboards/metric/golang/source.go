package golang

import _ "embed"

// Source is the text of golang.go. By it cmd/metrics knows the kinds and the Go names of these metrics, which All has not.
//
//go:embed golang.go
var Source string
