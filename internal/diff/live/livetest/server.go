// Package livetest has a server with Grafana's API for tests: the questions that package live asks, and no more. It
// gives the boards back as a Grafana does, with what that adds and leaves out, in pages, in the version in which they are
// stored or converted from it. It is no Grafana: it draws, keeps and checks nothing.
package livetest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// The versions that the server has; it prefers v1beta1, as Grafana 12 does.
const (
	Stored    = "v0alpha1" // of a board from a file, or from the older API
	Preferred = "v1beta1"
	V2        = "v2beta1"
)

// Server implements Grafana's API.
type Server struct {
	Token     string // that it asks for; empty for none
	User      string // and password, as user:password; empty for none
	Namespace string
	Older     bool // it is a Grafana 11, without resources
	PageSize  int  // boards at most in a page; 0 for as many as are asked for
	Boards    []Board
	Folders   []Folder
	// Refuse, where it is set, may write the answer itself, and then returns true.
	Refuse func(http.ResponseWriter, *http.Request) bool

	mu    sync.Mutex
	asked []string
}

// Board is a board on the server.
type Board struct {
	UID, Folder string
	Version     string // in which it is stored; empty for Stored
	Spec        []byte
	IsLarge     bool // a list has its title only
}

// Folder is a folder on the server.
type Folder struct{ UID, Title, Parent string }

// Asked returns the paths that were asked for, with their queries.
func (s *Server) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.URL.RequestURI())
	s.mu.Unlock()
	if s.Refuse != nil && s.Refuse(w, r) {
		return
	}
	if !s.isLoggedIn(r) {
		fail(w, http.StatusUnauthorized, object{"message": "Invalid API key", "messageId": "api-key.invalid", "statusCode": 401})
		return
	}
	path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch {
	case r.Method != http.MethodGet:
		fail(w, http.StatusMethodNotAllowed, object{"message": "this is a test: read only"})
	case is(path, "apis", "dashboard.grafana.app") && !s.Older:
		s.group(w)
	case is(path, "api", "frontend", "settings") && !s.Older:
		write(w, object{"appUrl": "http://localhost:3000/", "namespace": s.namespace(), "buildInfo": object{"version": "13.2.3"}})
	case is(path, "apis", "dashboard.grafana.app", "*", "namespaces", s.namespace(), "dashboards") && !s.Older:
		s.list(w, r, path[2])
	case is(path, "apis", "dashboard.grafana.app", "*", "namespaces", s.namespace(), "dashboards", "*") && !s.Older:
		s.one(w, path[2], path[6])
	case is(path, "api", "search"):
		s.search(w, r)
	case is(path, "api", "dashboards", "uid", "*"):
		s.older(w, path[3])
	default:
		fail(w, http.StatusNotFound, object{"message": "Not found"})
	}
}

func (s *Server) isLoggedIn(r *http.Request) bool {
	user, password, _ := r.BasicAuth()
	switch {
	case s.Token != "":
		return r.Header.Get("Authorization") == "Bearer "+s.Token
	case s.User != "":
		return user+":"+password == s.User
	}
	return true
}

func (s *Server) namespace() string {
	if s.Namespace == "" {
		return "default"
	}
	return s.Namespace
}

// is reports whether a path fits; * stands for any part.
func is(path []string, want ...string) bool {
	return slices.EqualFunc(path, want, func(have, want string) bool { return want == "*" || have == want })
}

type object = map[string]any

func write(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(value)
}

func fail(w http.ResponseWriter, status int, value object) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value)
}

// failure is the answer of the resources' API to what it refuses.
func failure(w http.ResponseWriter, status int, reason, message string) {
	fail(w, status, object{
		"kind": "Status", "apiVersion": "v1", "metadata": object{}, "status": "Failure", "message": message, "reason": reason, "code": status,
	})
}

func (s *Server) group(w http.ResponseWriter) {
	version := func(name string) object {
		return object{"groupVersion": "dashboard.grafana.app/" + name, "version": name}
	}
	write(w, object{
		"kind": "APIGroup", "apiVersion": "v1", "name": "dashboard.grafana.app",
		"versions":         []object{version(Preferred), version(Stored), version(V2)},
		"preferredVersion": version(Preferred),
	})
}

// list writes a page: in a real server the place to go on is an opaque text.
func (s *Server) list(w http.ResponseWriter, r *http.Request, version string) {
	size, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil || size < 1 {
		size = len(s.Boards)
	}
	if s.PageSize > 0 {
		size = min(size, s.PageSize)
	}
	from := 0
	if next := r.FormValue("continue"); next != "" {
		if from, err = strconv.Atoi(strings.TrimPrefix(next, "after-")); err != nil || from > len(s.Boards) {
			failure(w, http.StatusBadRequest, "BadRequest", "invalid continue token")
			return
		}
	}
	to := min(from+size, len(s.Boards))
	metadata := object{"resourceVersion": "1758777451428472"}
	if to < len(s.Boards) {
		metadata["continue"] = "after-" + strconv.Itoa(to)
	}
	items := []object{}
	for _, b := range s.Boards[from:to] {
		item := b.resource(version, s.namespace())
		delete(item, "kind") // the list says it
		delete(item, "apiVersion")
		if b.IsLarge {
			item["metadata"].(object)["annotations"].(object)["grafana.app/blob"] = "b1; size=3000000; hash=a"
			item["spec"] = object{"title": item["spec"].(object)["title"], "schemaVersion": 42}
		}
		items = append(items, item)
	}
	write(w, object{"kind": "DashboardList", "apiVersion": "dashboard.grafana.app/" + version, "metadata": metadata, "items": items})
}

func (s *Server) one(w http.ResponseWriter, version, uid string) {
	for _, b := range s.Boards {
		if b.UID == uid && slices.Contains([]string{Preferred, Stored, V2}, version) {
			write(w, b.resource(version, s.namespace()))
			return
		}
	}
	failure(w, http.StatusNotFound, "NotFound", `dashboards.dashboard.grafana.app "`+uid+`" not found`)
}
