package main

const usage = `usage: lint [flags] [file or folder ...]

Reads Grafana dashboards and Prometheus's rule files, and reports what misleads the person on call. Without a file it
reads those in provisioning/; - is standard input. Boards may be of schema v1 or v2, in JSON or YAML, bare, exported, in
resources or in ConfigMaps; rules may be rule files, PrometheusRules, or in ConfigMaps. A prometheus.yml and a file of
Grafana's data sources among them tell the scrape interval and the labels of the targets.

  lint board.json                                  what the file alone says
  lint -metrics http://localhost:8000/metrics .    with the kinds and labels of what a service exposes
  lint -prometheus https://prom.example boards/    with those of a server
  lint -fix -diff boards/                          what is certain, as a diff; without -diff it is written

With -metrics, the pages are taken for all that there is: another metric does not exist, unless a rule records it or it is
one of a well-known exporter that the pages are not of. Without -metrics and -prometheus, only the metrics of a built-in
catalogue are known. A rule that would have to know more is silent; how many were is in the last line, and which with -all.

Errors mislead: exit code 1. Warnings are craft: -all shows them, and they never change the exit code.

-baseline FILE -record writes today's findings to a file; with -baseline FILE only others count, and a line that is no
longer needed is a finding. -exceptions FILE has findings that are right as they are, one on a line, with * for any text:

  go-memory | Heap in use | A | unit because the panel shows pages, not bytes

Exit codes: 0 no errors, 1 errors, 2 it could not, or a file was not read; the rest is linted all the same. With -fix, what
is mended does not count.

`
