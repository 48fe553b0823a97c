package scrape

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"mime"
	"net/http"
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

// fallbacks are the values of Prometheus's fallback_scrape_protocol.
var fallbacks = map[string]string{
	textType:        "PrometheusText0.0.4",
	openMetricsType: "OpenMetricsText1.0.0",
	protobufType:    "PrometheusProto",
}

// format says how to read a page.
type format struct {
	mediaType string
	guessed   bool   // from the page's content
	sentAs    string // the Content-Type that is no format, if there is one
	remark    string // why Prometheus refuses the Content-Type, if it does
}

// formatOf takes the format from the Content-Type where Prometheus 3.16 does, and else from the page. There is no header
// for a file.
func formatOf(header http.Header, body []byte) format {
	contentType := header.Get("Content-Type")
	mediaType, params, err := mime.ParseMediaType(contentType)
	isTwo := mediaType == openMetricsType && params["version"] == "2.0.0" // Prometheus needs a feature flag for it
	if err == nil && fallbacks[mediaType] != "" && !isTwo {
		return format{mediaType: mediaType}
	}
	f := format{mediaType: guess(body), guessed: true}
	switch {
	case header == nil:
		return f
	case contentType == "":
		f.remark = "these are metrics without a Content-Type"
	default:
		f.sentAs = quoted(contentType)
		f.remark = "these are metrics with the wrong Content-Type, " + f.sentAs
	}
	f.remark += fmt.Sprintf(", which Prometheus 3 refuses; let the service send %s, or set fallback_scrape_protocol: %s "+
		"in Prometheus's scrape_configs", f.mediaType, fallbacks[f.mediaType])
	return f
}

// eofLine matches the end of an OpenMetrics page; no other page has it.
var eofLine = regexp.MustCompile(`(?:^|\n)# EOF\n?$`)

func guess(body []byte) string {
	switch {
	case endsAsOpenMetrics(body):
		return openMetricsType
	case looksLikeProtobuf(body):
		return protobufType
	}
	return textType
}

func endsAsOpenMetrics(body []byte) bool {
	return eofLine.Match(body[max(0, len(body)-len("\n# EOF\n")):])
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
