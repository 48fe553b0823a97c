package main

import (
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// initialisms are the words that Go names write in capitals: staticcheck's list (ST1003), and words of runtimes.
var initialisms = wordSet(`acl api ascii cpu css dns eof guid html http https id ip json qps ram rpc sla smtp sql ssh tcp
	tls ttl udp ui gid uid uuid uri url utf8 vm xml xmpp xsrf xss sip rtp amqp db ts
	cgo fd gc gpu grpc io iops jvm os oom pid rss sdk tid`)

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(text) {
		set[word] = true
	}
	return set
}

// names are the Go identifiers of a catalogue, by the names of metrics and labels.
type names struct{ metrics, labels map[string]string }

// symbol is a metric or a label that needs an identifier.
type symbol struct{ what, name, ident string }

// namesFor chooses an identifier for each metric and label. If several would get the same identifier, each gets a
// checksum of its own name appended. So code with the plain identifier no longer compiles; it does not silently
// change its meaning. Those that even then are the same, as a page can make them, get a long checksum. The list of all
// metrics keeps its name.
func namesFor(entries []entry) (names, error) {
	symbols := symbolsOf(entries)
	for _, longer := range []func(symbol) string{checksum, longChecksum} {
		uses := map[string]int{listIdent: 1}
		for _, s := range symbols {
			uses[s.ident]++
		}
		for i, s := range symbols {
			if uses[s.ident] > 1 {
				symbols[i].ident = s.ident + "_" + longer(s)
			}
		}
	}
	chosen := names{metrics: map[string]string{}, labels: map[string]string{}}
	taken := map[string]symbol{}
	for _, s := range symbols {
		if other, ok := taken[s.ident]; ok || s.ident == listIdent {
			return names{}, fmt.Errorf("%s %q and %s %q both become %s in Go", other.what, other.name, s.what, s.name, s.ident)
		}
		taken[s.ident] = s
		if s.what == "label" {
			chosen.labels[s.name] = s.ident
		} else {
			chosen.metrics[s.name] = s.ident
		}
	}
	return chosen, nil
}

func symbolsOf(entries []entry) []symbol {
	var symbols []symbol
	for _, e := range entries {
		symbols = append(symbols, symbol{"metric", e.name, exported(camelCase(e.name))})
	}
	for _, label := range allLabels(entries) {
		symbols = append(symbols, symbol{"label", label, "Label" + camelCase(label)})
	}
	return symbols
}

// allLabels returns every label of the catalogue once, sorted.
func allLabels(entries []entry) []string {
	var all []string
	for _, e := range entries {
		all = append(all, e.labels...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func checksum(s symbol) string {
	sum := fnv.New32a()
	sum.Write([]byte(s.what + " " + s.name))
	return fmt.Sprintf("%08x", sum.Sum32())
}

func longChecksum(s symbol) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(s.what+" "+s.name)))[:32]
}

// camelCase joins the words of a name; characters other than letters and digits separate words:
// api_http_request_total is APIHTTPRequestTotal. Digits stay separate from digits: a_1_2 is A1_2.
func camelCase(name string) string {
	var ident strings.Builder
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	previous := 'x'
	for _, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		if unicode.IsDigit(previous) && unicode.IsDigit(first) {
			ident.WriteByte('_')
		}
		if known := capitals(word); known != "" {
			ident.WriteString(known)
		} else {
			ident.WriteRune(unicode.ToUpper(first))
			ident.WriteString(word[size:])
		}
		previous, _ = utf8.DecodeLastRuneInString(word)
	}
	return ident.String()
}

// capitals returns the word in capitals if it is an initialism or the plural of one, else an empty text.
func capitals(word string) string {
	lower := strings.ToLower(word)
	if initialisms[lower] {
		return strings.ToUpper(word)
	}
	if stem, plural := strings.CutSuffix(lower, "s"); plural && initialisms[stem] {
		return strings.ToUpper(stem) + "s"
	}
	return ""
}

// exported puts an X before a name that Go would not export: one that is empty, or begins with a digit or a letter
// without a capital.
func exported(ident string) string {
	if first, _ := utf8.DecodeRuneInString(ident); unicode.IsUpper(first) {
		return ident
	}
	return "X" + ident
}
