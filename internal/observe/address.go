package observe

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gaugewright/internal/source"
	"gaugewright/internal/web"
)

// ParsePages reads the services of a command's -target: [JOB=]URL, several with a comma between them. A password in a
// URL is kept secret.
func ParsePages(text string, secrets *web.Secrets) (pages []Page, err error) {
	if text == "" {
		return nil, nil
	}
	for _, target := range splitTargets(text) {
		job, address := jobAndURL(target)
		u, err := source.Address(secrets, "-target", address)
		if err != nil {
			return nil, err
		}
		if strings.Contains(u.EscapedPath(), ",") {
			return nil, fmt.Errorf("-target %s: a comma in the path: begin each target with http://, or write %%2C", u.Redacted())
		}
		if u.Path == "" || u.Path == "/" {
			u.Path = "/metrics"
		}
		u.RawQuery = inQuery.Replace(u.RawQuery)
		pages = append(pages, Page{Job: job, URL: u.String()})
	}
	return pages, nil
}

// inQuery escapes what people write in a selector and HTTP does not allow.
var inQuery = strings.NewReplacer(`"`, "%22", " ", "%20", "{", "%7B", "}", "%7D", "|", "%7C")

// nextTarget is a comma before another target: before a URL, or a job with one. Other commas belong to the URL, such as
// those of match[]={a="1",b="2"}.
var nextTarget = regexp.MustCompile(`,\s*(?:[^,=/?&"{}]+=)?https?://`)

func splitTargets(text string) []string {
	var all []string
	text = strings.TrimRight(text, ", ")
	from := 0
	for _, at := range nextTarget.FindAllStringIndex(text, -1) {
		all = append(all, strings.TrimSpace(text[from:at[0]]))
		from = at[0] + 1
	}
	all = append(all, strings.TrimSpace(text[from:]))
	return slices.DeleteFunc(all, func(target string) bool { return target == "" })
}

// jobAndURL splits JOB=URL. The job is empty for a URL alone, whose query may contain an equals sign.
func jobAndURL(text string) (job, address string) {
	if job, address, ok := strings.Cut(text, "="); ok && !strings.Contains(job, "/") {
		return strings.TrimSpace(job), address
	}
	return "", text
}
