package dashboards_test

// sameMutants are the mutants of rules that no test can notice, and why.
var sameMutants = map[string]string{
}
