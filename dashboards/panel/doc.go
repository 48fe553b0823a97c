// Package panel makes Grafana panels and boards in the house style: foundation-sdk builders with unit, legend, defaults,
// ids and grid positions filled in, so that a panel says only what is its own. Units come from the expression's dimension
// and legends from its labels; neither is typed by hand, and a display that does not fit the dimension fails the build.
//
// Panels are the SDK's own builders, so a caller keeps chaining the SDK's methods. The package is no second model of
// Grafana, and knows nothing of any metric.
package panel
