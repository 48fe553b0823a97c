package web

import (
	"io"
	"net/http"
	"strings"
)

// Redact takes the secrets out of a refusal, an answer that is no success, before anybody cuts a piece of it. Data stays as
// it is: a secret can be a word that is also the name of a metric.
func Redact(response *http.Response, secrets *Secrets) {
	if response.StatusCode < 300 {
		return
	}
	response.Status = secrets.Replacer().Replace(response.Status)
	response.Body = &refusal{ReadCloser: response.Body, secrets: secrets}
}

// refusal is the body of such an answer, which is read whole when it is first read.
type refusal struct {
	io.ReadCloser
	secrets *Secrets
	text    io.Reader // nil before
	err     error
}

// Bytes of a refusal: nobody shows more. The end of one that was cut off may be a part of a secret, so it is left out.
const (
	maxRefusal = 1 << 20
	unsureEnd  = 64 << 10
)

func (r *refusal) Read(p []byte) (int, error) {
	if r.text == nil {
		var raw []byte
		raw, r.err = io.ReadAll(io.LimitReader(r.ReadCloser, maxRefusal))
		text := r.secrets.Replacer().Replace(string(raw))
		if r.err != nil || len(raw) == maxRefusal {
			text = text[:max(0, len(text)-unsureEnd)]
		}
		r.text = strings.NewReader(text)
	}
	n, err := r.text.Read(p)
	if err == io.EOF && r.err != nil {
		err = r.err
	}
	return n, err
}
