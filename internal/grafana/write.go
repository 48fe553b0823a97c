package grafana

import (
	"bytes"
	"encoding/json"
)

// MarshalJSON returns the value as JSON: the members in the file's order, numbers as they are written.
func (n *Node) MarshalJSON() ([]byte, error) { return n.appendJSON(nil), nil }

// String returns the value as JSON.
func (n *Node) String() string { return string(n.appendJSON(nil)) }

func (n *Node) appendJSON(out []byte) []byte {
	switch n.Kind() {
	case Boolean, Number:
		return append(out, n.text...)
	case String:
		return appendText(out, n.text)
	case List:
		out = append(out, '[')
		for i, element := range n.elements {
			if i > 0 {
				out = append(out, ',')
			}
			out = element.appendJSON(out)
		}
		return append(out, ']')
	case Object:
		out = append(out, '{')
		for i, m := range n.members {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(appendText(out, m.Name), ':')
			out = m.Value.appendJSON(out)
		}
		return append(out, '}')
	}
	return append(out, "null"...)
}

// appendText appends a text in quotation marks. Unlike json.Marshal it leaves <, > and & as they are, for people.
func appendText(out []byte, text string) []byte {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil { // a string always has a form in JSON
		return append(out, `""`...)
	}
	return append(out, bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))...)
}
