package scrape

import (
	"encoding/binary"
	"fmt"
	"math"
)

// parseProtobuf reads delimited messages, each a family, one by one. Prometheus's parser recurses for every empty
// family, so that a page of empty families would use up the stack.
func (p *page) parseProtobuf(body []byte) ([]Family, error) {
	p.protobuf = true
	for number := 1; len(body) > 0; number++ {
		length, n := binary.Uvarint(body)
		if n <= 0 || n > binary.MaxVarintLen32 {
			return nil, fmt.Errorf("message %d has no length: not delimited protobuf, or cut off", number)
		}
		if length > uint64(len(body)-n) {
			return nil, fmt.Errorf("the page is cut off: message %d has %d bytes, but only %d arrived",
				number, length, len(body)-n)
		}
		end := n + int(length)
		if err := p.addFamily(body[:end], body[n:end]); err != nil {
			return nil, fmt.Errorf("message %d: %w", number, err)
		}
		body = body[end:]
	}
	return p.families(), nil
}

// addFamily adds a message: a family with its length in front. Even an empty one counts as a sample.
func (p *page) addFamily(message, family []byte) error {
	if err := p.budget.take(0); err != nil {
		return err
	}
	if err := p.budget.checkSeries(family); err != nil {
		return err
	}
	_, err := p.addAll(newParser(message, protobufType))
	return err
}

// The parts of protobuf's encoding that checkSeries needs.
// https://protobuf.dev/programming-guides/encoding
const (
	wireVarint  = 0
	wireFixed64 = 1
	wireBytes   = 2
	wireFixed32 = 5
	metricField = 4 // MetricFamily.metric
)

// checkSeries refuses what would cost the parser far too much memory: millions of series, or of labels in one series.
// The check ends at data that is not protobuf; the parser has the better message for it.
func (l limits) checkSeries(family []byte) error {
	for series := 0; len(family) > 0; {
		tag, n := binary.Uvarint(family)
		if n <= 0 {
			return nil
		}
		size, extra := fieldSize(int(tag&7), family[n:])
		if size < 0 || size > len(family)-n-extra {
			return nil
		}
		if tag>>3 == metricField {
			series++
			if size > maxSeries {
				return errTooLong
			}
			if series > l.samples() {
				return l.tooMany()
			}
		}
		family = family[n+extra+size:]
	}
	return nil
}

// fieldSize returns the size of a field's value and of the length in front of it. A size of -1 means there is no such
// field.
func fieldSize(wireType int, field []byte) (size, prefix int) {
	switch wireType {
	case wireVarint:
		if _, n := binary.Uvarint(field); n > 0 {
			return n, 0
		}
	case wireFixed64:
		return 8, 0
	case wireFixed32:
		return 4, 0
	case wireBytes:
		if length, n := binary.Uvarint(field); n > 0 && length <= math.MaxInt32 {
			return int(length), n
		}
	}
	return -1, 0
}
