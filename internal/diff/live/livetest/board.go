package livetest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// spec returns the board itself, without what a server gives.
func (b Board) spec() object {
	spec := object{}
	if err := json.Unmarshal(b.Spec, &spec); err != nil {
		panic(err) // a mistake of the test
	}
	for _, name := range []string{"id", "uid", "version"} {
		delete(spec, name)
	}
	return spec
}

// resource returns the board as a resource of a version.
func (b Board) resource(version, namespace string) object {
	annotations := object{
		"grafana.app/createdBy": "access-policy:provisioning", "grafana.app/updatedTimestamp": "2026-11-02T10:00:00Z",
		"grafana.app/managedBy": "classic-file-provisioning", "grafana.app/managerId": "boards",
		"grafana.app/sourcePath": b.UID + ".json", "grafana.app/sourceChecksum": "0a1b",
	}
	if b.Folder != "" {
		annotations["grafana.app/folder"] = b.Folder
	}
	r := object{
		"kind": "Dashboard", "apiVersion": "dashboard.grafana.app/" + version,
		"metadata": object{
			"name": b.UID, "namespace": namespace, "uid": "Cc7fA5ffHY94NnHZyMxXvFlpFtOmkK3qkBcVZPKSPXcX", "resourceVersion": "1758777451428472",
			"generation": 3, "creationTimestamp": "2026-11-01T10:00:00Z",
			"labels": object{"grafana.app/deprecatedInternalID": "11"}, "annotations": annotations,
			"managedFields": []object{{"manager": "grafana", "operation": "Update", "fieldsV1": object{"f:spec": object{"f:title": object{}}}}},
		},
		"spec": b.spec(), "status": object{},
	}
	stored := b.Version
	if stored == "" {
		stored = Stored
	}
	if version == stored {
		return r
	}
	conversion := object{"failed": false, "storedVersion": stored}
	r["status"] = object{"conversion": conversion}
	if stored == V2 {
		conversion["failed"], conversion["error"] = true, "v2beta1 has what "+version+" cannot say"
		r["spec"] = object{"title": ""} // as a server fills what it could not convert
		return r
	}
	convert(r["spec"].(object))
	return r
}

// convert does what a Grafana 12.4.3 was seen to do on the way to another version: it adds, leaves out, and knows the
// sorts of variables up to 4 only.
func convert(spec object) {
	annotations, _ := spec["annotations"].(object)
	list, _ := annotations["list"].([]any)
	spec["annotations"] = object{"list": append([]any{object{
		"builtIn": 1, "name": "Annotations & Alerts", "enable": true, "hide": true, "type": "dashboard",
		"iconColor": "rgba(0, 211, 255, 1)", "datasource": object{"type": "grafana", "uid": "-- Grafana --"},
	}}, list...)}
	spec["timepicker"], spec["weekStart"] = object{}, ""
	templating, _ := spec["templating"].(object)
	variables, _ := templating["list"].([]any)
	for _, v := range variables {
		variable := v.(object)
		if _, ok := variable["options"]; !ok {
			variable["options"] = []any{}
		}
		if sort, _ := variable["sort"].(float64); sort > 4 {
			variable["sort"] = 0
		}
	}
	panels, _ := spec["panels"].([]any)
	for _, p := range panels {
		panel := p.(object)
		if panel["transparent"] == false {
			delete(panel, "transparent")
		}
		config, _ := panel["fieldConfig"].(object)
		defaults, _ := config["defaults"].(object)
		thresholds, _ := defaults["thresholds"].(object)
		if steps, _ := thresholds["steps"].([]any); len(steps) > 0 {
			delete(steps[0].(object), "value")
		}
	}
}

// search writes what the older API says of boards or folders.
func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	hits := []object{}
	if r.FormValue("type") == "dash-folder" {
		for i, f := range s.Folders {
			hits = append(hits, object{"id": 100 + i, "uid": f.UID, "title": f.Title, "type": "dash-folder", "folderUid": f.Parent})
		}
	} else {
		for i, b := range s.Boards {
			hits = append(hits, object{"id": i, "uid": b.UID, "title": b.spec()["title"], "type": "dash-db", "folderUid": b.Folder, "url": "/d/" + b.UID})
		}
	}
	limit, _ := strconv.Atoi(r.FormValue("limit"))
	page, _ := strconv.Atoi(r.FormValue("page"))
	from := min(max(page-1, 0)*limit, len(hits))
	write(w, hits[from:min(from+limit, len(hits))])
}

// older writes the older API's envelope of a board.
func (s *Server) older(w http.ResponseWriter, uid string) {
	for i, b := range s.Boards {
		if b.UID == uid {
			spec := b.spec()
			spec["id"], spec["uid"], spec["version"] = 40+i, b.UID, 3
			write(w, object{"dashboard": spec, "meta": object{
				"type": "db", "slug": uid, "url": "/d/" + uid, "version": 3, "created": "2026-11-01T10:00:00Z", "updated": "2026-11-02T10:00:00Z",
				"createdBy": "admin", "folderUid": b.Folder, "provisioned": true, "provisionedExternalId": fmt.Sprintf("%s.json", uid),
			}})
			return
		}
	}
	fail(w, http.StatusNotFound, object{"message": "Dashboard not found", "status": "not-found"})
}
