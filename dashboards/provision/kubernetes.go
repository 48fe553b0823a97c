package provision

import (
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
)

// manifestFolder holds the files for kubectl, below the output folder. The Helm values are outside it, since kubectl
// takes every YAML file of a folder for a manifest.
const manifestFolder = "kubernetes/manifests"

// helmValues is the file of the values for kube-prometheus-stack.
const helmValues = "kubernetes/prometheus.yaml"

// manifest is an object of the Kubernetes API, and its file.
type manifest struct {
	file string
	from string // its origin, for messages

	APIVersion string   `yaml:"apiVersion"`
	Kind       string   `yaml:"kind"`
	Metadata   metadata `yaml:"metadata"`
	Spec       any      `yaml:"spec,omitempty"`

	Rules    []roleRule `yaml:"rules,omitempty"`
	RoleRef  *roleRef   `yaml:"roleRef,omitempty"`
	Subjects []subject  `yaml:"subjects,omitempty"`

	end block // fields that are already encoded
}

type metadata struct {
	Name        string            `yaml:"name"`
	Namespace   string            `yaml:"namespace,omitempty"`
	Labels      map[string]string `yaml:"labels,omitempty"`
	Annotations map[string]string `yaml:"annotations,omitempty"`
}

// kubernetesFiles returns the manifests and the Helm values of the services that run in a cluster.
func kubernetesFiles(services []content) ([]File, error) {
	services = slices.DeleteFunc(slices.Clone(services), func(s content) bool {
		return reflect.ValueOf(s.target.Kubernetes).IsZero()
	})
	if len(services) == 0 {
		return nil, nil
	}
	var manifests []manifest
	for _, s := range services {
		made, err := serviceManifests(s)
		if err != nil {
			return nil, fmt.Errorf("%s: Kubernetes: %w", s.target.Job, err)
		}
		manifests = append(manifests, made...)
	}
	manifests, err := distinct(manifests)
	if err != nil {
		return nil, err
	}
	documents := []document{{path: helmValues, values: []any{newHelmValues(services)}}}
	return encodeAll(append(documents, byFile(manifests)...))
}

// serviceManifests returns all objects of one service.
func serviceManifests(s content) ([]manifest, error) {
	service, err := newCluster(s.target)
	if err != nil {
		return nil, err
	}
	manifests := slices.Concat(service.workload(), service.sidecarRights(), []manifest{service.monitor()})
	for _, r := range s.rules {
		rule, err := service.rule(r)
		if err != nil {
			return nil, err
		}
		manifests = append(manifests, rule)
	}
	for _, b := range s.boards {
		configMap, err := service.board(b)
		if err != nil {
			return nil, err
		}
		manifests = append(manifests, configMap)
	}
	for i := range manifests {
		manifests[i].from = strings.TrimSuffix(s.target.Job+", "+manifests[i].from, ", ")
	}
	return manifests, nil
}

// distinct refuses two objects with one name: a cluster would keep only the last. Services may share a namespace, and
// what belongs to that.
func distinct(manifests []manifest) ([]manifest, error) {
	var all []manifest
	for _, m := range manifests {
		same := func(other manifest) bool {
			return other.Kind == m.Kind && other.Metadata.Namespace == m.Metadata.Namespace && other.Metadata.Name == m.Metadata.Name
		}
		switch at := slices.IndexFunc(all, same); {
		case at < 0:
			all = append(all, m)
		case !slices.Contains([]string{"Namespace", "Role", "RoleBinding"}, m.Kind):
			return nil, fmt.Errorf("Kubernetes: %s: the %s %s in namespace %s is made for %s too: give one of them "+
				"another name or Namespace", m.from, m.Kind, m.Metadata.Name, m.Metadata.Namespace, all[at].from)
		}
	}
	return all, nil
}

// byFile groups the objects by file.
func byFile(manifests []manifest) []document {
	var documents []document
	for _, m := range manifests {
		name := path.Join(manifestFolder, m.file)
		at := slices.IndexFunc(documents, func(d document) bool { return d.path == name })
		if at < 0 {
			at = len(documents)
			documents = append(documents, document{path: name})
		}
		documents[at].values = append(documents[at].values, m)
		documents[at].end = m.end
	}
	return documents
}
