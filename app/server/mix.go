package server

import (
	"fmt"
	"math/rand/v2"
	"strconv"
)

// visit is one request of a client.
type visit struct {
	method string
	target string // path and query
	body   string
}

// kind is a kind of visit, and how often clients make it.
type kind struct {
	share float64 // of all visits; the shares add up to 1
	visit func(*rand.Rand) visit
}

// mix is what clients do: mostly correct requests, and 4 in 100 that get a 4xx.
var mix = [...]kind{
	{0.250, func(*rand.Rand) visit { return visit{"GET", "/products", ""} }},
	{0.230, func(r *rand.Rand) visit { return visit{"GET", "/products/" + oneOf(r, products), ""} }},
	{0.080, func(r *rand.Rand) visit { return visit{"GET", "/products/" + oneOf(r, products) + "/reviews", ""} }},
	{0.110, func(r *rand.Rand) visit { return visit{"GET", "/search?q=" + words[r.IntN(len(words))], ""} }},
	{0.130, func(r *rand.Rand) visit { return visit{"GET", "/orders/" + oneOf(r, firstOrders), ""} }},
	{0.160, func(r *rand.Rand) visit {
		return visit{"POST", "/orders", fmt.Sprintf(`{"product": %s, "quantity": %s}`, oneOf(r, products), oneOf(r, 3))}
	}},
	// A product that was removed, a mistyped order, an empty form, a client with an old idea of the API.
	{0.014, func(r *rand.Rand) visit { return visit{"GET", "/products/9" + oneOf(r, 999), ""} }},
	{0.007, func(r *rand.Rand) visit { return visit{"GET", "/orders/9" + oneOf(r, 9) + "000000", ""} }},
	{0.006, func(*rand.Rand) visit { return visit{"GET", "/search?q=", ""} }},
	{0.007, func(*rand.Rand) visit { return visit{"POST", "/orders", `{"product": 1}`} }},
	{0.002, func(*rand.Rand) visit { return visit{"PUT", "/products", ""} }},
	// Somebody who tries every server for weak spots.
	{0.004, func(r *rand.Rand) visit { return visit{"GET", doors[r.IntN(len(doors))], ""} }},
}

// products is the number of products in a new shop. A test keeps it equal to the shop's.
const products = 24

var (
	words = [...]string{"assam", "green", "jasmine", "grey", "100", "oolong"}
	doors = [...]string{"/wp-login.php", "/.env", "/favicon.ico", "/admin"}
)

// choose picks a visit by the shares.
func choose(random *rand.Rand) visit {
	luck := random.Float64()
	for _, k := range mix {
		if luck < k.share {
			return k.visit(random)
		}
		luck -= k.share
	}
	return mix[0].visit(random) // Rounding may leave a small rest above the last share.
}

// oneOf returns a number from 1 to n.
func oneOf(random *rand.Rand, n int) string { return strconv.Itoa(1 + random.IntN(n)) }
