package repository

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Sizes of inputs: at the limit of a file, and one that is read in no time.
const (
	fileLimit = 16 << 20
	small     = 256 << 10
)

// attacks are those of all kinds.
func attacks() []attack {
	all := []attack{}
	for _, of := range []func() []attack{boardAttacks, ruleAttacks, testAttacks, queryAttacks, pageAttacks, serverAttacks, folderAttacks} {
		all = append(all, of()...)
	}
	return all
}

// boardAttacks are boards. Each is read by all commands that read boards.
func boardAttacks() []attack {
	var all []attack
	for _, name := range slices.Sorted(maps.Keys(hostileBoards)) {
		for _, size := range []int{small, 1 << 20, fileLimit} {
			text := hostileBoards[name]
			all = append(all, attack{
				name: fmt.Sprintf("board, %d KiB: %s", size>>10, name), usual: usualBoards[fmt.Sprintf("%s %d", name, size>>10)],
				files: func() map[string]string {
					board := text(size)
					changed := strings.NewReplacer(`"expr":"up`, `"expr":"1+up`, `"a"`, `"b"`, "title: a", "title: b").Replace(board)
					return map[string]string{"old/board.json": board, "new/board.json": changed}
				},
				runs: [][]string{
					{"lint", "-all", "old"},
					{"verify", "-boards", "old/board.json", "-prometheus", "$SERVER/prometheus"},
					{"diff", "-on", "", "old", "new"},
					{"preview", "-svg", "pictures", "-boards", "old/board.json"},
				},
			})
		}
	}
	return all
}

// usualBoards names the commands that are always run on a board of a size in KiB.
var usualBoards = map[string]string{
	"panels 256":                "diff preview",
	"panels of 2 1024":          "lint verify diff",
	"YAML, documents 1024":      "preview",
	"YAML of empty values 1024": "lint",
	"YAML, wide bomb 256":       "lint verify",
	"a large regex 256":         "lint",
	"a legend 1024":             "lint verify diff preview",
	"joins 256":                 "verify preview",
	"names 16384":               "diff",
	"below a long name 16384":   "diff",
	"nested without end 1024":   "lint verify diff preview",
	"numbers in places 256":     "lint verify diff preview",
	"values of a variable 256":  "preview",
	"variables in a row 256":    "lint",
}

// filled repeats a part, of which %d is the number, between a beginning and an end up to a size.
func filled(size int, begin, part, between, end string) string {
	var out strings.Builder
	out.WriteString(begin)
	for i := 0; out.Len()+len(part)+len(end)+20 < size; i++ {
		if i > 0 {
			out.WriteString(between)
		}
		out.WriteString(strings.ReplaceAll(part, "%d", fmt.Sprint(i)))
	}
	out.WriteString(end)
	return out.String()
}

const (
	boardBegin = `{"uid":"u","title":"a","schemaVersion":39,`
	query      = `{"refId":"A","expr":"up","legendFormat":"a"}`
	panel      = `{"id":%d,"type":"timeseries","title":"a","gridPos":{"x":0,"y":%d,"w":12,"h":8},"targets":[` + query + `]}`
)

var onePanel = strings.ReplaceAll(panel, "%d", "1")

// one is a board with one panel that has something more, and one query.
func one(more string) string {
	return boardBegin + `"panels":[{"id":1,"type":"timeseries","title":"a","gridPos":{"x":0,"y":0,"w":12,"h":8},"targets":[` + query + `],` + more + `}]}`
}

// hostileBoards make a board of about a size.
var hostileBoards = map[string]func(size int) string{
	"panels":      func(n int) string { return filled(n, boardBegin+`"panels":[`, panel, ",", "]}") },
	"panels of 2": func(n int) string { return filled(n, boardBegin+`"panels":[`, "{}", ",", "]}") },
	"rows": func(n int) string {
		return filled(n, boardBegin+`"panels":[`, `{"type":"row","title":"r%d","collapsed":true,"panels":[`+panel+`]}`, ",", "]}")
	},
	"old rows": func(n int) string {
		return filled(n, boardBegin+`"rows":[`, `{"title":"r%d","panels":[{"span":4,"type":"graph"}]}`, ",", "]}")
	},
	"boards": func(n int) string { return filled(n, `[`, boardBegin+`"panels":[`+panel+`]}`, ",", "]") },
	"one text": func(n int) string {
		return one(`"description":"` + strings.Repeat("a", n-1000) + `"`)
	},
	"a title of backticks": func(n int) string {
		return boardBegin + `"panels":[{"id":1,"type":"text","title":"` + strings.Repeat("`*_[](<", n/14) + `","options":{"mode":"markdown","content":"` + strings.Repeat("`*_[](<", n/14) + `"}}]}`
	},
	"text of HTML": func(n int) string {
		return boardBegin + `"panels":[{"id":1,"type":"text","title":"a","gridPos":{"x":0,"y":0,"w":12,"h":8},"options":{"mode":"html","content":"` + strings.Repeat("<b <script <!--", n/15-50) + `"}}]}`
	},
	"text of lines": func(n int) string {
		return boardBegin + `"panels":[{"id":1,"type":"text","title":"a","gridPos":{"x":0,"y":0,"w":12,"h":800},"options":{"mode":"markdown","content":"` + strings.Repeat(`- a\n`, n/6-50) + `"}}]}`
	},
	"nested 500 deep": func(n int) string {
		deep := strings.Repeat("[", 490) + strings.Repeat("]", 490)
		return filled(n, boardBegin+`"panels":[],"a":[`, deep, ",", "]}")
	},
	"nested without end": func(n int) string { return strings.Repeat("[", n) },
	"nested objects":     func(n int) string { return strings.Repeat(`{"a":`, n/5) },
	"empty values":       func(n int) string { return filled(n, boardBegin+`"panels":[],"a":[`, "{}", ",", "]}") },
	"names":              func(n int) string { return filled(n, boardBegin+`"panels":[],"x":{`, `"a%d":1`, ",", "}}") },
	"below a long name": func(n int) string {
		return filled(n, `{"title":"a","`+strings.Repeat("a", n/2)+`":[`, "{}", ",", "]}")
	},
	"one name": func(n int) string { return filled(n, boardBegin+`"panels":[]`, `,"a":1`, "", "}") },
	"numbers":  func(n int) string { return filled(n, boardBegin+`"panels":[],"a":[`, "1e999", ",", "]}") },
	"a long number": func(n int) string {
		return boardBegin + `"panels":[],"a":` + strings.Repeat("9", n-100) + `}`
	},
	"numbers in places": func(n int) string {
		return filled(n, boardBegin+`"panels":[`, `{"id":1e999,"gridPos":{"x":-1e999,"y":1e999,"w":1e308,"h":1e308},"type":"stat","maxDataPoints":1e999,"targets":[{"refId":"A","expr":"up","intervalFactor":1e300}]}`, ",", "]}")
	},
	"a legend": func(n int) string {
		return boardBegin + `"panels":[{"id":1,"type":"timeseries","title":"a","targets":[{"refId":"A","expr":"up","legendFormat":"` +
			strings.Repeat("{{a}}", n/5-50) + `"}],"fieldConfig":{"overrides":[{"matcher":{"id":"byName","options":"` + strings.Repeat("a", 1000) + `"},"properties":[]}]}}]}`
	},
	"legends": func(n int) string {
		return filled(n, boardBegin+`"panels":[{"id":1,"type":"timeseries","title":"a","targets":[`,
			`{"refId":"A%d","expr":"up","legendFormat":"`+strings.Repeat("{{a}}", 100)+`"}`, ",", `]}]}`)
	},
	"transformations": func(n int) string {
		return filled(n, boardBegin+`"panels":[{"id":1,"type":"table","title":"a","targets":[`+query+`],"transformations":[`,
			`{"id":"renameByRegex","options":{"regex":"(a|aa)+%d$","renamePattern":"$1$1"}}`, ",", `]}]}`)
	},
	"names that double": func(n int) string {
		return filled(n, boardBegin+`"panels":[{"id":1,"type":"table","title":"a","targets":[`+query+`],"transformations":[`,
			`{"id":"renameByRegex","options":{"regex":"(.*)","renamePattern":"$1$1"}}`, ",", `]}]}`)
	},
	"joins": func(n int) string {
		targets := filled(20_000, "", `{"refId":"A%d","expr":"up"}`, ",", "")
		return filled(n, boardBegin+`"panels":[{"id":1,"type":"table","title":"a","targets":[`+targets+`],"transformations":[`,
			`{"id":"joinByField","options":{"byField":"Time","mode":"outer"}}`, ",", `]}]}`)
	},
	"calculated fields": func(n int) string {
		return filled(n, boardBegin+`"panels":[{"id":1,"type":"table","title":"a","targets":[`+query+`],"transformations":[`,
			`{"id":"calculateField","options":{"alias":"f%d","mode":"binary","binary":{"left":"Value","operator":"+","right":"1"}}}`, ",", `]}]}`)
	},
	"overrides that backtrack": func(n int) string {
		return filled(n, boardBegin+`"panels":[{"id":1,"type":"timeseries","title":"a","targets":[{"refId":"A","expr":"up","legendFormat":"`+strings.Repeat("a", 100)+`"}],"fieldConfig":{"overrides":[`,
			`{"matcher":{"id":"byRegexp","options":"/^(a+)+%d$/"},"properties":[{"id":"unit","value":"s"}]}`, ",", `]}}]}`)
	},
	"a large regex": func(n int) string {
		return one(`"fieldConfig":{"overrides":[{"matcher":{"id":"byRegexp","options":"/` + strings.Repeat("(a|b)?", n/6-100) + `/"},"properties":[{"id":"unit","value":"s"}]}]}`)
	},
	"a deep regex": func(n int) string {
		return one(`"fieldConfig":{"overrides":[{"matcher":{"id":"byRegexp","options":"/` + strings.Repeat("(", n/2-500) + strings.Repeat(")", n/2-500) + `/"},"properties":[{"id":"unit","value":"s"}]}]}`)
	},
	"a counted regex": func(n int) string {
		return one(`"fieldConfig":{"overrides":[{"matcher":{"id":"byRegexp","options":"/((((a{1000}){1000}){1000}){1000}){1000}/"},"properties":[{"id":"unit","value":"s"}]}]}`)
	},
	"a regex of a variable": func(n int) string {
		return filled(n, boardBegin+`"panels":[`+onePanel+`],"templating":{"list":[`,
			`{"name":"v%d","type":"query","query":"label_values(up, job)","regex":"/^(a|aa|\\w+)+!$/"}`, ",", "]}}")
	},
	"variables": func(n int) string {
		return filled(n, boardBegin+`"panels":[`+onePanel+`],"templating":{"list":[`, `{"name":"v%d","type":"custom","query":"a,b,$v%d"}`, ",", "]}}")
	},
	"variables in a row": func(n int) string {
		var list []string
		for i := 0; i < n/80; i++ {
			list = append(list, fmt.Sprintf(`{"name":"v%d","type":"query","query":"label_values(up{a=\"$v%d\"}, job)"}`, i, i+1))
		}
		return boardBegin + `"panels":[` + onePanel + `],"templating":{"list":[` + strings.Join(list, ",") + `]}}`
	},
	"variables that multiply": func(n int) string {
		var list []string
		last := "aaaaaaaaaa"
		for i := range 50 {
			list = append(list, fmt.Sprintf(`{"name":"v%d","type":"custom","query":"%s"}`, i, last))
			last = strings.Repeat(fmt.Sprintf("$v%d", i), 10)
		}
		return boardBegin + `"templating":{"list":[` + strings.Join(list, ",") + `]},` + filled(n-5000, `"panels":[`,
			`{"id":%d,"type":"timeseries","title":"$v49","repeat":"v49","targets":[{"refId":"A","expr":"up{a=~\"$v49\"}","legendFormat":"$v49$v48"}]}`, ",", "]}")
	},
	"values of a variable": func(n int) string {
		return boardBegin + `"templating":{"list":[{"name":"v","type":"custom","includeAll":true,"multi":true,"current":{"value":"$__all"},"query":"` +
			filled(n/2, "", "v%d", ",", "") + `"}]},` + filled(n/2, `"panels":[`,
			`{"id":%d,"type":"timeseries","title":"$v","repeat":"v","targets":[{"refId":"A","expr":"up{a=~\"$v\"}","legendFormat":"$v"}]}`, ",", "]}")
	},
	"thresholds": func(n int) string {
		return one(filled(n-1000, `"fieldConfig":{"defaults":{"unit":"s","thresholds":{"mode":"absolute","steps":[`, `{"color":"red","value":%d}`, ",", `]}}}`))
	},
	"mappings": func(n int) string {
		return one(filled(n-1000, `"fieldConfig":{"defaults":{"mappings":[`, `{"type":"regex","options":{"pattern":"/^(a+)+%d$/","result":{"text":"a"}}}`, ",", `]}}`))
	},
	"links": func(n int) string {
		return one(filled(n-1000, `"links":[`, `{"title":"a","url":"/d/abc%d/x?var-a=$a"}`, ",", `]`))
	},
	"panels of a size": func(n int) string {
		return boardBegin + `"panels":[{"id":1,"type":"timeseries","title":"a","gridPos":{"x":0,"y":0,"w":24,"h":1000000000},"targets":[` + query + `]}]}`
	},
	"v2": func(n int) string {
		elements := filled(n/2, "", `"p%d":{"kind":"Panel","spec":{"id":%d,"title":"a","data":{"kind":"QueryGroup","spec":{"queries":[{"kind":"PanelQuery","spec":{"refId":"A","query":{"kind":"DataQuery","group":"prometheus","spec":{"expr":"up"}}}}]}},"vizConfig":{"group":"timeseries","kind":"VizConfig","spec":{}}}}`, ",", "")
		items := filled(n/2, "", `{"kind":"GridLayoutItem","spec":{"x":0,"y":%d,"width":12,"height":8,"element":{"kind":"ElementReference","name":"p%d"}}}`, ",", "")
		return `{"apiVersion":"dashboard.grafana.app/v2beta1","kind":"Dashboard","metadata":{"name":"u"},"spec":{"title":"a","elements":{` + elements + `},"layout":{"kind":"GridLayout","spec":{"items":[` + items + `]}}}}`
	},
	"v2 in tabs": func(n int) string {
		begin := strings.Repeat(`{"kind":"TabsLayout","spec":{"tabs":[{"kind":"TabsLayoutTab","spec":{"title":"a","layout":`, 80)
		end := strings.Repeat(`}}]}}`, 80)
		return `{"apiVersion":"dashboard.grafana.app/v2beta1","kind":"Dashboard","metadata":{"name":"u"},"spec":{"title":"a","elements":{},"layout":` + begin + `{"kind":"GridLayout","spec":{"items":[` +
			filled(n-20000, "", `{"kind":"GridLayoutItem","spec":{"x":0,"y":%d,"width":12,"height":8,"element":{"kind":"ElementReference","name":"p%d"}}}`, ",", "") + `]}}` + end + `}}`
	},
	"YAML": func(n int) string {
		return filled(n, "title: a\npanels:\n", "- {id: %d, type: stat, title: a, targets: [{refId: A, expr: up}]}\n", "", "")
	},
	"YAML of empty values": func(n int) string { return filled(n, "title: a\npanels: [", "{}", ",", "]\n") },
	"YAML, deep":           func(n int) string { return "panels: " + strings.Repeat("[", n/2) },
	"YAML, deep by lines": func(n int) string {
		var out strings.Builder
		for i := 0; out.Len() < n; i++ {
			out.WriteString(strings.Repeat(" ", i) + "- \n")
		}
		return "panels:\n" + out.String()
	},
	"YAML, one text":  func(n int) string { return "title: a\npanels: []\ndescription: |\n" + strings.Repeat("  a\n", n/4-20) },
	"YAML, documents": func(n int) string { return filled(n, "", "---\ntitle: a\npanels: []\n", "", "") },
	"YAML, bomb":      func(n int) string { return "title: a\npanels: []\n" + bomb() },
	"YAML, wide bomb": func(n int) string {
		return "title: a\npanels: []\na: &a " + filled(n/2, "[", "0", ",", "]") + "\nb: [" + strings.TrimSuffix(strings.Repeat("*a,", n/6), ",") + "]\n"
	},
	"YAML, merges": func(n int) string {
		var out strings.Builder
		out.WriteString("title: a\npanels: []\na0: &a0 {b0: 1}\n")
		for i := 1; out.Len() < n && i < 10_000; i++ {
			fmt.Fprintf(&out, "a%d: &a%d {<<: *a%d, b%d: 1}\n", i, i, i-1, i)
		}
		return out.String()
	},
	"ConfigMap": func(n int) string {
		return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n" + filled(n-200, "", "  b%d.json: '"+boardBegin+`"panels":[`+panel+"]}'\n", "", "")
	},
	"ConfigMap in lines": func(n int) string {
		return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  b.json: |\n" + filled(n-200, "    "+boardBegin+"\n    \"panels\":[\n", "    "+panel, ",\n", "\n    ]}\n")
	},
	"ConfigMap, quoted": func(n int) string {
		text := filled(n/2, boardBegin+`"panels":[`, panel, ",", "]}")
		return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  b.json: \"" + strings.ReplaceAll(text, `"`, `\"`) + "\"\n"
	},
	"ConfigMap of YAML": func(n int) string {
		return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  b.yaml: |\n" + filled(n-200, "    title: a\n    panels:\n", "    - {id: %d, type: stat, title: a, targets: [{refId: A, expr: up}]}\n", "", "")
	},
	"a value": func(n int) string { return `"` + strings.Repeat("a", n-2) + `"` },
	"spaces":  func(n int) string { return strings.Repeat(" ", n) },
	"lines":   func(n int) string { return strings.Repeat("\n", n-20) + "panels: []\n" },
	"zeros":   func(n int) string { return strings.Repeat("\x00", n) },
}

// bomb is YAML whose aliases stand for 10^9 values.
func bomb() string {
	var out strings.Builder
	out.WriteString("a0: &a0 [0,0,0,0,0,0,0,0,0,0]\n")
	for i := 1; i < 9; i++ {
		fmt.Fprintf(&out, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	return out.String()
}
