package preview

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"strconv"
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
	mux.HandleFunc("/api/state", p.serveState)
	mux.HandleFunc("/api/board", p.serveBoard)
	mux.HandleFunc("/api/alerts", p.serveAlerts)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "there is no such question")
	})
	return mux
}

// answer writes a value as JSON.
func answer(w http.ResponseWriter, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		fail(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(text) // the reader may be gone
}

// fail writes what is wrong, as JSON.
func fail(w http.ResponseWriter, code int, text string) {
	body, _ := json.Marshal(map[string]string{"error": text}) // texts are always JSON
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(body)
}

func formatPort(port uint16) string { return strconv.Itoa(int(port)) }
