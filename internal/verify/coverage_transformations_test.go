package verify

import "fmt"

// changed are the options of each transformation: right ones, ones with a mistake where it takes names, a field that
// exists afterwards, and one that does not. Those that are not here are not judged.
var changed = map[string]struct{ right, wrong, after, gone string }{
	"append":             {"{}", "", "200", "Gone"},
	"calculateField":     {`{"alias": "Sum", "mode": "reduceRow", "reduce": {"include": ["200", "500"]}}`, `{"alias": "Sum", "reduce": {"include": ["404"]}}`, "Sum", "Gone"},
	"concatenate":        {"{}", "", "200", "Gone"},
	"convertFieldType":   {`{"conversions": [{"targetField": "200", "destinationType": "string"}]}`, `{"conversions": [{"targetField": "404"}]}`, "200", "Gone"},
	"ensureColumns":      {"{}", "", "200", "Gone"},
	"extractFields":      {`{"source": "200"}`, `{"source": "404"}`, "Anything", ""},
	"fieldLookup":        {`{"lookupField": "200"}`, `{"lookupField": "404"}`, "Anything", ""},
	"filterByRefId":      {`{"include": "A"}`, `{"include": "C"}`, "200", "Gone"},
	"filterByValue":      {`{"filters": [{"fieldName": "200"}]}`, `{"filters": [{"fieldName": "404"}]}`, "200", "Gone"},
	"filterFields":       {`{"include": {"id": "byName", "options": "200"}}`, `{"include": {"id": "byName", "options": "404"}}`, "200", "500"},
	"filterFieldsByName": {`{"include": {"names": ["200"]}}`, `{"include": {"names": ["404"]}}`, "200", "500"},
	"formatString":       {`{"stringField": "200"}`, `{"stringField": "404"}`, "200", "Gone"},
	"formatTime":         {`{"timeField": "Time"}`, `{"timeField": "When"}`, "Time", "Gone"},
	"groupBy":            {`{"fields": {"200": {"operation": "groupby"}}}`, `{"fields": {"404": {"operation": "groupby"}}}`, "200", "500"},
	"groupToNestedTable": {`{"fields": {"200": {"operation": "groupby"}}}`, `{"fields": {"404": {"operation": "groupby"}}}`, "200", "Gone"},
	"groupingToMatrix":   {`{"columnField": "200", "rowField": "Time", "valueField": "500"}`, `{"columnField": "404"}`, "Anything", ""},
	"histogram":          {"{}", "", "xMin", "Gone"},
	"joinByField":        {`{"byField": "Time"}`, `{"byField": "When"}`, "200", "Gone"},
	"labelsToFields":     {`{"keepLabels": ["code"]}`, `{"keepLabels": ["room"]}`, "code", "200"},
	"limit":              {`{"limitField": 5}`, "", "200", "Gone"},
	"merge":              {"{}", "", "200", "Gone"},
	"noop":               {"{}", "", "200", "Gone"},
	"order":              {`{"indexByName": {"200": 1}}`, "", "200", "Gone"},
	"organize":           {`{"renameByName": {"200": "Good"}}`, `{"renameByName": {"404": "Good"}}`, "Good", "Gone"},
	"partitionByValues":  {`{"fields": ["200"]}`, `{"fields": ["404"]}`, "Anything", ""},
	"reduce":             {`{"reducers": ["max"]}`, `{"reducers": ["max"], "fields": {"id": "byName", "options": "404"}}`, "Max", "200"},
	"regression":         {`{"xFieldName": "Time", "yFieldName": "200"}`, `{"xFieldName": "Time", "yFieldName": "404"}`, "Anything", ""},
	"rename":             {`{"renameByName": {"200": "Good"}}`, `{"renameByName": {"404": "Good"}}`, "Good", "Gone"},
	"renameByRegex":      {`{"regex": "2(.*)", "renamePattern": "3$1"}`, `{"regex": "4(.*)", "renamePattern": "3"}`, "300", "200"},
	"seriesToColumns":    {`{"byField": "Time"}`, `{"byField": "When"}`, "200", "Gone"},
	"seriesToRows":       {"{}", "", "Metric", "200"},
	"sortBy":             {`{"sort": [{"field": "200"}]}`, `{"sort": [{"field": "404"}]}`, "200", "Gone"},
	"timeSeriesTable":    {"{}", "", "Trend #A", "200"},
}

// transformationTrial: an override of a field that exists afterwards lives, and one of a field that does not is found. A
// transformation that is not known must not make a finding of either.
func transformationTrial(name string) (trial, bool) {
	with := func(options, field string) string {
		return onePanel(fmt.Sprintf(`"targets": [{"refId": "A", "expr": "shop_orders_total{code=\"200\"}", "legendFormat": "200"}, {"refId": "B", "expr": "shop_orders_total{code=\"500\"}", "legendFormat": "500"}],
			"transformations": [{"id": %q, "options": %s}],
			"fieldConfig": {"overrides": [{"matcher": {"id": "byName", "options": %q}, "properties": []}]}`, name, options, field))
	}
	c, ok := changed[name]
	if !ok {
		return trial{living: with("{}", "Anything"), kind: transformation}, true
	}
	tr := trial{living: with(c.right, c.after), kind: transformation}
	if c.wrong != "" {
		tr.mistake = with(c.wrong, c.after)
	}
	if c.gone != "" {
		tr.effect = with(c.right, c.gone)
	}
	return tr, true
}
