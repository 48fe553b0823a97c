package diff

import "io"

// Markdown writes the result for a comment on a pull request.
func (r *Result) Markdown(out io.Writer) error { return r.Text(out, false) }
