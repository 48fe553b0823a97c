package preview

import (
	"gaugewright/internal/draw"
	"gaugewright/internal/draw/plot"
)

// state is what the page asks for again and again: whether anything has changed.
type state struct {
	Version  int      `json:"version"`
	Judged   bool     `json:"judged"`   // verify has looked at the boards
	Problems []string `json:"problems"` // what does not work now
	Boards   []listed `json:"boards"`
}

// listed is a board in the list of boards.
type listed struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	File  string `json:"file"`
	Dead  int    `json:"dead"` // panels
}

// openBoard is an open board, drawn.
type openBoard struct {
	Key         string     `json:"key"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	File        string     `json:"file"`
	From        int64      `json:"from"` // milliseconds since 1970, as To
	To          int64      `json:"to"`
	Variables   []variable `json:"variables"`
	Problems    []string   `json:"problems"` // of the variables
	Gaps        []draw.Gap `json:"gaps"`     // what of the board is not drawn, apart from its panels
	Height      float64    `json:"height"`   // of everything, in pixels
	Places      []place    `json:"places"`   // in reading order
}

// variable is a variable that a viewer chooses.
type variable struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	IsText  bool     `json:"isText"` // any text may be chosen
	Multi   bool     `json:"multi"`
	HasAll  bool     `json:"hasAll"`
	IsAll   bool     `json:"isAll"` // All is chosen
	Chosen  []string `json:"chosen"`
	Offered []offer  `json:"offered"`
}

// offer is a value that can be chosen.
type offer struct {
	Text  string `json:"text"`
	Value string `json:"value"`
}

// place is a panel, or the title of a row or tab, and where it stands: left and width as parts of the whole, top and
// height in pixels.
type place struct {
	Left   float64     `json:"left"`
	Top    float64     `json:"top"`
	Width  float64     `json:"width"`
	Height float64     `json:"height"`
	Title  string      `json:"title"`
	Depth  int         `json:"depth"` // how many rows and tabs are around it
	Panel  *shownPanel `json:"panel"`
}

// shownPanel is a panel. It has a plot or a picture.
type shownPanel struct {
	Key         string     `json:"key"` // in the address
	Type        string     `json:"type"`
	Description string     `json:"description"`
	Plot        *plot.Plot `json:"plot"`
	SVG         string     `json:"svg"`
	OwnRange    string     `json:"ownRange"` // other than the board's, in words
	Gaps        []draw.Gap `json:"gaps"`     // what is not as Grafana draws it
	Queries     []asked    `json:"queries"`
	Dead        string     `json:"dead"` // why it is; empty for a living one
	Said        []said     `json:"said"` // by verify and lint
}

// asked is a query of a panel.
type asked struct {
	RefID string `json:"refId"`
	Expr  string `json:"expr"` // as it is written
	Text  string `json:"text"` // as it was asked
	Step  string `json:"step"`
	Why   string `json:"why"` // there is no answer
}
