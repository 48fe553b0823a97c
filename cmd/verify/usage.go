package main

const usage = `usage: verify [flags]

Runs every query of every board, and every rule, and reports what is dead. Without flags it takes the files in
provisioning/ and starts this repository's service in process.

A query is dead if it needs a metric, a label, a job or a bucket that does not exist. If only a value is missing, such as
code=~"5..", the event may not have happened yet: that is not a finding but a note with the existing values, counted as
"not yet". The same holds for a side of "or" that finds nothing while the other side does, and for the right side of
"unless". A query without an answer is not dead while nothing passes its comparison, no alert fires that it asks for, or
the observation of a -target was too short for the time that it looks back at.

Boards may be of schema v1 or v2, in JSON or YAML, bare, exported, in resources or in ConfigMaps. Rules may be rule files,
PrometheusRules, or in ConfigMaps.

Mistakes in any rule file: two alerts with the same name and labels, a "for" of less than a second, a limit for a
quantile that is not a bucket edge of the histogram, a text with a label that the expression aggregates away, or with a
query that is not PromQL. An alert with neither a description nor a runbook_url is a note.

With -tests it runs rule tests in promtool's format. A file of tests names its rule files under rule_files, by paths
relative to itself; without rule_files it tests those of -rules. Each failed check is a finding, and so is each alert of
these rules that no test expects to fire. With only -tests, or -tests and -rules, nothing else is judged: no service is
started, no network is used. With -boards, -target or -prometheus as well, both are done; then a
rule file of provisioning/ that no test names is a note.

Exit codes: 0 no findings, 1 findings, 2 an error. A file that cannot be read, and a question that a server does not
answer, are errors; the rest is judged and reported all the same.

The bearer token for -prometheus comes from -token-file or $PROMETHEUS_TOKEN, other headers from -header-file or
$PROMETHEUS_HEADERS, one on a line: "X-Scope-OrgID: shop". With -http-config it logs in as promtool does with that
file: basic authentication, a token, OAuth2, proxies, TLS, headers.

In -target a comma before http:// or JOB=http:// begins another service. Other commas belong to the URL, such as those
of match[]={a="1",b="2"}. A comma of the URL that stands before http:// is written %2C.

`
