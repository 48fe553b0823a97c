package repository

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// ruleAttacks are rule files. Each is read by all commands that read rules, and evaluated over a page.
func ruleAttacks() []attack {
	var all []attack
	for _, name := range slices.Sorted(maps.Keys(hostileRules)) {
		for _, size := range []int{small, 1 << 20, fileLimit} {
			text := hostileRules[name]
			all = append(all, attack{
				name: fmt.Sprintf("rules, %d KiB: %s", size>>10, name), usual: usualRules[fmt.Sprintf("%s %d", name, size>>10)],
				files: func() map[string]string {
					rules := text(size)
					changed := strings.NewReplacer("expr: up", "expr: 1 + up", "range", "with").Replace(rules)
					return map[string]string{"old/rules.yml": rules, "new/rules.yml": changed,
						"tests.yml": "rule_files: [old/rules.yml]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n" +
							"  input_series: [{series: 'up{job=\"a\"}', values: 1x10}]\n" +
							"  alert_rule_test: [{eval_time: 5m, alertname: a}]\n"}
				},
				runs: [][]string{
					{"lint", "-all", "old"},
					{"verify", "-rules", "old/rules.yml", "-target", "$SERVER/page"},
					{"verify", "-tests", "tests.yml"},
					{"diff", "-on", "dashboards/testdata/run.gz", "old", "new"},
				},
			})
		}
	}
	return all
}

const rulesBegin = "groups:\n- name: g\n  rules:\n"

// alertOf is a rule file with an alert, which has an annotation.
func alertOf(text string) string {
	return rulesBegin + "  - alert: a\n    expr: up == 1\n    annotations:\n      summary: '" + text + "'\n"
}

// hostileRules make a rule file of about a size.
var hostileRules = map[string]func(size int) string{
	"rules": func(n int) string { return filled(n, rulesBegin, "  - record: a%d\n    expr: up\n", "", "") },
	"alerts": func(n int) string {
		return filled(n, rulesBegin, "  - {alert: a%d, expr: up == 1, annotations: {summary: '{{ $labels.job }}'}}\n", "", "")
	},
	"groups": func(n int) string {
		return filled(n, "groups:\n", "- name: g%d\n  rules: [{record: a%d, expr: up}]\n", "", "")
	},
	"rules in a row": func(n int) string {
		var out strings.Builder
		for i := 0; out.Len() < n; i++ {
			fmt.Fprintf(&out, "  - {record: a%d, expr: sum(a%d) + a%d}\n", i+1, i, i)
		}
		return rulesBegin + "  - {record: a0, expr: up}\n" + out.String()
	},
	"labels": func(n int) string {
		return filled(n, rulesBegin+"  - record: a\n    expr: up\n    labels:\n", "      l%d: a\n", "", "")
	},
	"one text": func(n int) string { return alertOf(strings.Repeat("a", n-200)) },
	"one expression": func(n int) string {
		return rulesBegin + "  - record: a\n    expr: up" + strings.Repeat(" + up", n/5-20) + "\n"
	},
	"a deep expression": func(n int) string {
		return rulesBegin + "  - record: a\n    expr: " + strings.Repeat("(", n/2-20) + "up" + strings.Repeat(")", n/2-20) + "\n"
	},
	"empty values":     func(n int) string { return filled(n, "groups: [", "{}", ",", "]\n") },
	"aliases":          func(n int) string { return "groups: []\n" + bomb() },
	"rules by aliases": func(n int) string { return rulesByAliases() },
	"merged rules": func(n int) string {
		return filled(n, "groups:\n- name: g\n  rules:\n  - &a {record: a, expr: up}\n", "  - {<<: *a, record: a%d}\n", "", "")
	},
	"deep": func(n int) string { return "groups: " + strings.Repeat("[", n/2) + "\n" },
	"documents": func(n int) string {
		return filled(n, "", "---\ngroups: [{name: g, rules: [{record: a, expr: up}]}]\n", "", "")
	},
	"resources": func(n int) string {
		return filled(n, "", "---\nkind: PrometheusRule\napiVersion: monitoring.coreos.com/v1\nspec: {groups: [{name: g, rules: [{record: a, expr: up}]}]}\n", "", "")
	},
	"a ConfigMap": func(n int) string {
		return filled(n, "apiVersion: v1\nkind: ConfigMap\ndata:\n", "  a%d.yml: 'groups: [{name: g, rules: [{record: a, expr: up}]}]'\n", "", "")
	},
	"a large ConfigMap": func(n int) string {
		return "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yml: |\n    groups:\n    - name: g\n      rules:\n" + filled(n-100, "", "      - {record: a%d, expr: up}\n", "", "")
	},
	"an endless template": func(n int) string {
		return alertOf(`{{define "x"}}{{template "x"}}{{template "x"}}{{end}}{{template "x"}}`)
	},
	"a doubling template": func(n int) string {
		return alertOf(`{{$a := "aaaaaaaa"}}` + strings.Repeat(`{{$a = print $a $a}}`, 40) + `{{$a}}`)
	},
	"a template of loops": func(n int) string {
		return alertOf(strings.Repeat(`{{range query "vector(1) or up"}}`, 60) + "a" + strings.Repeat("{{end}}", 60))
	},
	"loops over a text": func(n int) string {
		return alertOf(`{{$a := printf "%999d" 1}}{{range 100000000000}}{{$a}}{{$a}}{{$a}}{{end}}`)
	},
	"a template of replacements": func(n int) string {
		return alertOf(`{{$a := "aaaaaaaaaaaaaaaa"}}` + strings.Repeat(`{{$a = reReplaceAll "a" "aaaaaaaa" $a}}`, 40) + `{{$a}}`)
	},
	"a template of queries": func(n int) string {
		return alertOf(strings.Repeat(`{{query "count_over_time(up[1d:1s])"}}`, 1500))
	},
	"a deep template": func(n int) string {
		return alertOf(strings.Repeat(`{{with 1}}`, 4000) + strings.Repeat("{{end}}", 4000))
	},
	"a template of parentheses": func(n int) string {
		return alertOf(`{{` + strings.Repeat(`(`, 30000) + "1" + strings.Repeat(")", 30000) + `}}`)
	},
	"a large template": func(n int) string { return alertOf(strings.Repeat(`{{$labels.job}}`, n/15-50)) },
	"large templates": func(n int) string {
		return filled(n, rulesBegin, "  - {alert: a%d, expr: up == 1, annotations: {summary: '"+strings.Repeat(`{{$labels.job}}`, 4000)+"'}}\n", "", "")
	},
	"templates that call": func(n int) string {
		text := `{{define "x0"}}a{{end}}`
		for i := 1; i < 60; i++ {
			text += fmt.Sprintf(`{{define "x%d"}}{{template "x%d"}}{{template "x%d"}}{{end}}`, i, i-1, i-1)
		}
		return alertOf(text + `{{template "x59"}}`)
	},
}

// rulesByAliases has a list of rules in many groups.
func rulesByAliases() string {
	rules := filled(100_000, "[", "{record: a%d, expr: up}", ",", "]")
	return "groups:\n- name: g\n  rules: &r " + rules + "\n" + filled(100_000, "", "- {name: g%d, rules: *r}\n", "", "")
}

// usualRules names the commands that are always run on rules of a size in KiB.
var usualRules = map[string]string{
	"one expression 256":      "lint",
	"templates that call 256": "lint verify",
	"a large template 1024":   "lint verify",
	"groups 256":              "diff",
	"one expression 1024":     "diff",
	"aliases 256":             "lint verify diff",
	"empty values 1024":       "verify",
	"a doubling template 256": "verify",
	"a template of loops 256": "verify",
}

// testAttacks are files of rule tests.
func testAttacks() []attack {
	const begin = "rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n"
	one := func(values string) string {
		return "- {interval: 1m, input_series: [{series: up, values: '" + values + "'}], alert_rule_test: [{eval_time: 690d, alertname: a}]}\n"
	}
	var all []attack
	for name, tests := range map[string]func() string{
		"values":     func() string { return begin + one("1x999999999") },
		"histograms": func() string { return begin + one("{{schema:0 sum:1 count:1 buckets:[1 2 3]}}x999999") },
		"many":       func() string { return begin + strings.Repeat(one("1x600"), 3000) },
		"wide":       func() string { return begin + "- {" + strings.Repeat("a: b, ", 100_000) + "}\n" },
		"empty":      func() string { return "[" + strings.Repeat("{},", 5<<20) + "]" },
	} {
		usual := "verify"
		if name == "many" {
			usual = "" // it takes the whole allowance
		}
		all = append(all, attack{
			name: "tests: " + name, usual: usual,
			files: func() map[string]string {
				return map[string]string{"tests.yml": tests(), "rules.yml": rulesBegin + "  - {record: b, expr: up + b}\n  - {alert: a, expr: b == 1}\n"}
			},
			runs: [][]string{{"verify", "-tests", "tests.yml"}},
		})
	}
	return all
}

// usualQueries names the commands that are always run on a query.
var usualQueries = map[string]string{"many steps": "verify diff preview", "signs": "lint", "a regex of classes": "lint verify"}

// queryAttacks are boards whose queries take long to read or to evaluate.
func queryAttacks() []attack {
	var all []attack
	for _, name := range slices.Sorted(maps.Keys(hostileQueries)) {
		expr := hostileQueries[name]
		all = append(all, attack{
			name: "query: " + name, usual: usualQueries[name],
			files: func() map[string]string {
				board := func(expr string) string {
					return boardBegin + `"panels":[{"id":1,"type":"timeseries","title":"a","gridPos":{"x":0,"y":0,"w":12,"h":8},"targets":[{"refId":"A","expr":` +
						fmt.Sprintf("%q", expr) + `}]}]}`
				}
				return map[string]string{"old/board.json": board(expr()), "new/board.json": board("0 * " + expr()),
					"many.json": filled(small, boardBegin+`"panels":[`, strings.Replace(panel, `"up"`, fmt.Sprintf("%q", expr()+" + 0*%d"), 1), ",", "]}"),
					"rules.yml": rulesBegin + "  - record: a\n    expr: " + expr() + "\n"}
			},
			runs: [][]string{
				{"lint", "-all", "old", "rules.yml"},
				{"verify", "-boards", "old/board.json", "-rules", "rules.yml", "-target", "$SERVER/page"},
				{"diff", "-on", "dashboards/testdata/run.gz", "old", "new"},
				{"preview", "-svg", "pictures", "-boards", "old/board.json"},
				{"preview", "-svg", "pictures", "-boards", "many.json"},
				{"verify", "-boards", "many.json", "-target", "$SERVER/page"},
			},
		})
	}
	return all
}

// hostileQueries make a query.
var hostileQueries = map[string]func() string{
	"many steps":              func() string { return "avg_over_time(up[1y:1ms])" },
	"steps in steps":          func() string { return "max_over_time(sum_over_time(avg_over_time(up[30d:1m])[30d:1m])[30d:1m])" },
	"many operators":          func() string { return "up" + strings.Repeat(" + up", 2000) },
	"many operators of joins": func() string { return "up" + strings.Repeat(" * on(job) group_left up", 1000) },
	"many brackets":           func() string { return strings.Repeat("(", 1000) + "up" + strings.Repeat(")", 1000) },
	"calls in calls":          func() string { return strings.Repeat("abs(", 1000) + "up" + strings.Repeat(")", 1000) },
	"signs":                   func() string { return strings.Repeat("-", 30_000) + "up" },
	"many alternatives":       func() string { return "up" + strings.Repeat(" or up", 2000) },
	"labels that grow": func() string {
		expr := "up"
		for range 40 {
			expr = `label_replace(` + expr + `, "a", "$1$1$1$1$1$1$1$1", "job", "(.*)")`
			expr = `label_replace(` + expr + `, "job", "$1$1$1$1", "a", "(.*)")`
		}
		return expr
	},
	"a regex":            func() string { return `up{job=~"((((a{100}){100}){100}){100}){100}"}` },
	"a long regex":       func() string { return `up{job=~"` + strings.Repeat("(a|b)*", 10_000) + `"}` },
	"a large regex":      func() string { return `up{job=~"` + strings.Repeat("(a{1,900})", 100) + `"}` },
	"a regex of classes": func() string { return `up{job=~"` + strings.Repeat(`\\pL`, 15_000) + `"}` },
	"a regex of counts":  func() string { return `up{job=~"(a{1,900})"}` },
	"alternatives": func() string {
		return `up{job=~"` + strings.TrimSuffix(strings.Repeat("(a|b|cd|[x-z]+).*|", 3000), "|") + `"}`
	},
	"many matchers": func() string { return "up{" + strings.TrimSuffix(strings.Repeat(`job=~"a.*b",`, 4000), ",") + "}" },
	"a product": func() string {
		return "http_request_duration_seconds_bucket * on() group_left() http_request_duration_seconds_bucket"
	},
	"count of values": func() string { return `count_values("v", rate({__name__=~".+"}[5m]))` },
	"everything":      func() string { return `{__name__=~".+"}` },
	"of each second":  func() string { return `sum_over_time({__name__=~".+"}[1d:1s])` },
	"quantiles":       func() string { return `histogram_quantile(0.9, rate({__name__=~".+_bucket"}[1d:1s]))` },
	"variables":       func() string { return "up{a=\"" + strings.Repeat("$a", 5000) + "\"}" },
	"durations":       func() string { return "rate(up[99999999y])" },
	"numbers":         func() string { return strings.Repeat("1e308*", 2000) + "1" },
	"texts":           func() string { return `label_replace(up, "a", "` + strings.Repeat("a", 60_000) + `", "", "")` },
}
