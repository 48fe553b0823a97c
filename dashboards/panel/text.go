package panel

import "github.com/grafana/grafana-foundation-sdk/go/text"

// textPanel is Grafana's name for text panels, which need no description.
const textPanel = "text"

// Text is a panel of Markdown, for what a reader should know besides the numbers.
func Text(title, markdown string) *text.PanelBuilder {
	b := text.NewPanelBuilder().Title(title).Mode(text.TextModeMarkdown).Content(markdown)
	if title == "" {
		b = b.RecordError("title", wrong(title, "a panel needs a title"))
	}
	if markdown == "" {
		b = b.RecordError("content", wrong(title, "the text is empty"))
	}
	return b
}
