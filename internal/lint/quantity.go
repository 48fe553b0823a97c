package lint

import (
	"regexp"
	"slices"
	"strings"

	"gaugewright/dashboards/metric"
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// Units is a query.Catalogue of the units: it knows only series of a certain unit. A counter without a unit counts things;
// a gauge without one may measure anything.
func (m *Metrics) Units(name string) (query.Series, bool) {
	unit, isCount := metric.UnitFromName(name), strings.HasSuffix(name, "_total") || strings.HasSuffix(name, "_count")
	says := name
	if s, ok := m.Series(name); ok {
		unit, isCount = s.Unit, s.Kind == scrape.Counter && s.From != FromRecord
		says += " " + s.help
	}
	switch {
	case name == "up" || name == "probe_success": // 1 or 0, so that their mean is the share of what is up
		return query.Series{Unit: metric.Ratio}, true
	case unit == metric.Bytes && isSpeed.MatchString(name): // bytes per second, or something else
		return query.Series{Unit: notSaid}, true
	case unit != metric.None:
		return query.Series{Unit: unit}, true
	case isCount && (strings.HasSuffix(name, "_count") || !namesUnit(says) && !isAmount(name)):
		return query.Series{}, true
	}
	return query.Series{}, false
}

// notSaid is a unit of no known dimension. Without any, query takes the one that the name ends in.
const notSaid metric.Unit = "not said"

// isSpeed finds the names of speeds, whatever unit they end in: node_network_speed_bytes.
var isSpeed = regexp.MustCompile(`(?i)(^|_)(speed|bandwidth|throughput|bitrate|datarate|rate|per_second|persecond|per_sec)(_|$)`)

// namesUnit reports whether the name of a unit is a word in a metric's name, or in its help: bytes_sent_total does not count
// things.
func namesUnit(text string) bool {
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return r < 'a' || 'z' < r }) {
		if unitWords[word] || slices.ContainsFunc(unitPrefixes, func(prefix string) bool { return strings.HasPrefix(word, prefix) }) {
			return true
		}
	}
	return false
}

// unitWords are the words that name a unit, or a quantity that has one.
var unitWords = setOf(`byte bytes octet octets bit bits kb mb gb tb kib mib gib tib sec secs second seconds ms msec msecs ns us
min mins minute minutes hour hours joule joules watt watts wh kwh volt volts amp amps ampere amperes gram grams meter meters metre metres
celsius hertz percent percentage ratio time duration latency cpu memory size cost usd eur`)

// unitPrefixes begin such words: milliseconds.
var unitPrefixes = []string{"millis", "micros", "nanos"}

// setOf returns the words of a text as a set.
func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// amountWords are words of a name for what flows or lasts, and is measured in whatever somebody chose.
var amountWords = setOf(`traffic throughput bandwidth data payload volume rx tx in out input output upload uploaded download downloaded received receive
transmitted transmit sent read write written storage disk network energy power consumption consumed usage used busy idle wait waited waiting blocked
uptime downtime playback delay age distance rain water gas money revenue price amount`)

// isAmount reports whether a counter's name has a word for an amount, and no plural of things that it may count: traffic_total
// may be in bytes; packets_received_total counts packets.
func isAmount(name string) bool {
	words := strings.Split(strings.ToLower(strings.TrimSuffix(name, "_total")), "_")
	isPlural := func(word string) bool {
		return len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us") && !strings.HasSuffix(word, "is")
	}
	if len(words) > 1 {
		words = words[1:] // the first is whose it is
	}
	return slices.ContainsFunc(words, func(word string) bool { return amountWords[word] }) && !slices.ContainsFunc(words, isPlural)
}
