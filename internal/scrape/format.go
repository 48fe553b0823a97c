package scrape

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"mime"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Media types of the formats.
// https://prometheus.io/docs/instrumenting/content_negotiation
const (
	textType        = "text/plain"
	openMetricsType = "application/openmetrics-text"
	protobufType    = "application/vnd.google.protobuf"
)

// ErrWebPage is Read's error for HTML.
var ErrWebPage = errors.New("this is a web page, not metrics")

// format says how to read a page.
type format struct {
	mediaType string
	guessed   bool // from the page's content, without a header
}

func formatOf(contentType string, body []byte) (format, error) {
	mediaType, params, _ := mime.ParseMediaType(contentType)
	if mediaType == "text/html" || bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
		return format{}, ErrWebPage
	}
	switch mediaType {
	case textType, openMetricsType:
		return format{mediaType: mediaType}, nil
	case protobufType:
		if params["proto"] != "io.prometheus.client.MetricFamily" || params["encoding"] != "delimited" {
			return format{}, fmt.Errorf("the page is %s: the only protobuf that is read is delimited "+
				"io.prometheus.client.MetricFamily", quoted(contentType))
		}
		return format{mediaType: mediaType}, nil
	}
	return format{mediaType: guess(body), guessed: true}, nil
}

// eofLine matches the end of an OpenMetrics page; no other page has it.
var eofLine = regexp.MustCompile(`(?:^|\n)# EOF\n?$`)

func guess(body []byte) string {
	tail := body[max(0, len(body)-len("\n# EOF\n")):]
	switch {
	case eofLine.Match(tail):
		return openMetricsType
	case looksLikeProtobuf(body):
		return protobufType
	}
	return textType
}

// looksLikeProtobuf reports whether the body begins with the length of a message whose first field is a name.
func looksLikeProtobuf(body []byte) bool {
	length, n := binary.Uvarint(body)
	if n <= 0 || length < 3 || len(body) < n+3 || body[n] != 0x0a { // 0x0a: field 1, a string
		return false
	}
	name := body[n+2:]
	size := int(body[n+1]) // names of 128 bytes and more are not recognized
	return size > 0 && size <= len(name) && uint64(size)+2 <= length && utf8.Valid(name[:size]) &&
		!bytes.ContainsAny(name[:size], "\n\x00")
}

// quoted makes text from the page or the server fit for an error message: on one line, of at most 120 bytes.
func quoted(s string) string {
	return fmt.Sprintf("%q", shortened(s, 120))
}

// printable replaces each invisible character, and bytes that are not text, by a mark.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}

func shortened(s string, size int) string {
	if len(s) <= size {
		return s
	}
	for size > 0 && !utf8.RuneStart(s[size]) {
		size--
	}
	return s[:size] + "..."
}
