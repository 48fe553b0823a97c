package server

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestShop(t *testing.T) {
	tests := []struct {
		method, target, body string
		status               int
		answer               string // part of it
	}{
		{"GET", "/products", "", 200, `{"id":24,"name":"Sencha, 250 g","cents":1610}`},
		{"GET", "/products/1", "", 200, `{"id":1,"name":"Assam, 50 g","cents":465}`},
		{"GET", "/products/0", "", 404, "no such product"},
		{"GET", "/products/25", "", 404, "no such product"},
		{"GET", "/products/99999999999999999999", "", 404, "no such product"},
		{"GET", "/products/one", "", 404, "no such product"},
		{"GET", "/products/2/reviews", "", 200, "Assam, 100 g: every morning"},
		{"GET", "/products/25/reviews", "", 404, "no such product"},
		{"GET", "/search?q=GREY", "", 200, "Earl Grey, 50 g"},
		{"GET", "/search?q=coffee", "", 200, "[]"},
		{"GET", "/search", "", 400, "say what to search for"},
		{"GET", "/orders/100", "", 200, `"id":100`},
		{"GET", "/orders/101", "", 404, "no such order"},
		{"GET", "/orders/-1", "", 404, "no such order"},
		{"POST", "/orders", `{"product": 3, "quantity": 2}`, 201, `{"id":101,"product":3,"quantity":2}`},
		{"POST", "/orders", `{"product": 3, "quantity": 0}`, 400, "1 to 100"},
		{"POST", "/orders", `{"product": 3, "quantity": 101}`, 400, "1 to 100"},
		{"POST", "/orders", `{"product": 25, "quantity": 1}`, 400, "a product that we have"},
		{"POST", "/orders", `{"product": "tea"}`, 400, "an order looks like"},
		{"POST", "/orders", "", 400, "an order looks like"},
		{"POST", "/orders", strings.Repeat(" ", maxBody) + "{}", 413, "at most 16384 bytes"},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%s %s %.30s", test.method, test.target, test.body), func(t *testing.T) {
			s, _ := start(t, Options{Wait: instant, Seed: 1})
			w := ask(s.Handler(), test.method, test.target, test.body)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.answer) {
				t.Errorf("got %d %s; want %d and %q", w.Code, w.Body, test.status, test.answer)
			}
			if !json.Valid(w.Body.Bytes()) || w.Header().Get("Content-Type") != "application/json" {
				t.Errorf("not JSON: %s", w.Body)
			}
		})
	}
}

func TestPlacedOrderIsFoundWhereItSays(t *testing.T) {
	s, _ := start(t, Options{Wait: instant, Seed: 1})
	placed := ask(s.Handler(), "POST", "/orders", `{"product": 3, "quantity": 2}`)
	found := ask(s.Handler(), "GET", placed.Header().Get("Location"), "")
	if found.Code != 200 || found.Body.String() != placed.Body.String() {
		t.Errorf("placed %s, found %d %s", placed.Body, found.Code, found.Body)
	}
}

// TestShopForgetsOldOrders: the shop keeps only the last orders. Memory that grows with traffic would be a leak.
func TestShopForgetsOldOrders(t *testing.T) {
	s := newShop()
	for range 3 * recentOrders {
		s.place(order{Product: 1, Quantity: 1})
	}
	last := firstOrders + 3*recentOrders
	for id, want := range map[int]bool{
		1: true, firstOrders: true, firstOrders + 1: false,
		last - recentOrders: false, last - recentOrders + 1: true, last: true, last + 1: false,
	} {
		if o, found := s.order(id); found != want || found && o.ID != id {
			t.Errorf("order %d: found %v as %+v, want found %v", id, found, o, want)
		}
	}
}
