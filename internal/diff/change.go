package diff

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"gaugewright/internal/report"
)

// Level is how much a change means.
type Level int

// The levels, the lightest first.
const (
	Cosmetic  Level = iota + 1 // position, size, color, description
	Behaviour                  // what is shown: query, unit, thresholds; what an alert says, and when
	Breaking                   // something is gone, or can no longer be found or read
)

var levels = []string{"", "cosmetic", "behaviour", "breaking"}

func (l Level) String() string { return levels[l] }

// MarshalText writes the level as a word.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// ParseLevel reads the name of a level.
func ParseLevel(name string) (Level, bool) {
	for i, known := range levels {
		if known == name && i > 0 {
			return Level(i), true
		}
	}
	return 0, false
}

// Change is one difference, in a sentence.
type Change struct {
	report.Place
	Level Level  `json:"level"`
	Kind  string `json:"kind"` // added, removed, renamed, moved, or the path of what changed
	Text  Text   `json:"text"`
	Old   string `json:"old,omitempty"`
	New   string `json:"new,omitempty"`
	// Words are, of a changed query, its words with what is gone and what is new.
	Words []Word `json:"-"`
	// Fingerprint is the same for the same change in a later run, in whatever file.
	Fingerprint string `json:"fingerprint"`

	// Panels are those that a change of several is about.
	Panels []string `json:"panels,omitempty"`

	// Values is nil where nothing was evaluated.
	Values *Values `json:"values,omitempty"`

	part  *part
	was   *part    // of what both sides have
	parts []*part  // of Panels
	each  []Change // of Panels, before they were gathered
	more  int      // the changes that are not told by themselves
	also  int      // the changes of other queries that it is written for
}

// Text is a sentence with words of ours and words from files. A {} in Words stands for the next of Foreign. Whoever
// writes the sentence keeps the foreign words from being read as markup.
type Text struct {
	Words   string
	Foreign []string
}

func say(words string, foreign ...string) Text { return Text{words, foreign} }

// With writes the sentence; quote is called for each foreign text.
func (t Text) With(quote func(string) string) string {
	parts := strings.Split(t.Words, "{}")
	out := &strings.Builder{}
	for i, part := range parts {
		out.WriteString(part)
		if i < len(parts)-1 && i < len(t.Foreign) {
			out.WriteString(quote(t.Foreign[i]))
		}
	}
	return out.String()
}

func (t Text) String() string { return t.With(oneLine) }

// MarshalText writes the sentence as it is.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// fingerprint identifies a change: its place by uid and id, its kind, both sides.
func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])[:12]
}
