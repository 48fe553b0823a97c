package preview

import (
	"embed"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"strconv"

	"gaugewright/internal/draw/svg"
)

//go:embed page
var page embed.FS

// Handler serves the page and its answers. Guard must stand before it.
func (p *Preview) Handler() http.Handler {
	files, err := fs.Sub(page, "page")
	if err != nil {
		panic(err) // the folder is embedded
	}
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(files))
	mux.HandleFunc("/font.css", serveFont)
	mux.HandleFunc("/api/state", p.serveState)
	mux.HandleFunc("/api/board", p.serveBoard)
	mux.HandleFunc("/api/alerts", p.serveAlerts)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) {
		p.fail(w, http.StatusNotFound, "there is no such question")
	})
	return mux
}

// serveFont serves the font of the pictures, which the page puts into them.
func serveFont(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = io.WriteString(w, svg.FontFace()) // the reader may be gone
}

// answer writes a value as JSON, without secrets.
func (p *Preview) answer(w http.ResponseWriter, value any) { p.write(w, http.StatusOK, value) }

// fail writes what is wrong.
func (p *Preview) fail(w http.ResponseWriter, code int, text string) {
	p.write(w, code, map[string]string{"error": text})
}

func (p *Preview) write(w http.ResponseWriter, code int, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		text, code = []byte(`{"error":"the answer cannot be written as JSON"}`), http.StatusInternalServerError
	}
	if p.Redact != nil {
		text = []byte(p.Redact(string(text)))
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(text) // the reader may be gone
}

func formatPort(port uint16) string { return strconv.Itoa(int(port)) }
