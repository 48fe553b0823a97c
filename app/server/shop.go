package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// The shop's data. Orders 1 to firstOrders exist from the start. Of later orders it keeps only the last recentOrders,
// so that its memory does not grow.
const (
	firstOrders  = 100
	recentOrders = 1000
	maxQuantity  = 100
)

type product struct {
	ID    int    `json:"id"`
	Name  string `json:"name"`
	Cents int    `json:"cents"`
}

type order struct {
	ID       int `json:"id"`
	Product  int `json:"product"`
	Quantity int `json:"quantity"`
}

type review struct {
	Stars int    `json:"stars"`
	Text  string `json:"text"`
}

// shop sells tea. Its handlers know nothing about metrics, latencies and leaks.
type shop struct {
	products []product // by id, from 1

	mu     sync.Mutex
	placed int                 // orders so far, the first ones included
	recent [recentOrders]order // by id modulo its size
}

func newShop() *shop {
	s := &shop{placed: firstOrders}
	for _, leaf := range []string{
		"Assam", "Ceylon", "Darjeeling", "Earl Grey", "Gunpowder", "Jasmine", "Oolong", "Sencha",
	} {
		for size, grams := range []int{50, 100, 250} {
			id := len(s.products) + 1
			s.products = append(s.products, product{id, fmt.Sprintf("%s, %d g", leaf, grams), 450 + 400*size + 15*id})
		}
	}
	return s
}

func (s *shop) listProducts(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, s.products)
}

func (s *shop) getProduct(w http.ResponseWriter, r *http.Request) {
	p, found := s.product(number(r.PathValue("id")))
	if !found {
		writeError(w, http.StatusNotFound, "no such product")
		return
	}
	writeJSON(w, http.StatusOK, p)
}

func (s *shop) getReviews(w http.ResponseWriter, r *http.Request) {
	p, found := s.product(number(r.PathValue("id")))
	if !found {
		writeError(w, http.StatusNotFound, "no such product")
		return
	}
	writeJSON(w, http.StatusOK, []review{{5, p.Name + ": every morning"}, {3 + p.ID%3, "arrived quickly"}})
}

func (s *shop) search(w http.ResponseWriter, r *http.Request) {
	word := strings.ToLower(r.URL.Query().Get("q"))
	if word == "" {
		writeError(w, http.StatusBadRequest, "say what to search for: /search?q=assam")
		return
	}
	found := []product{}
	for _, p := range s.products {
		if strings.Contains(strings.ToLower(p.Name), word) {
			found = append(found, p)
		}
	}
	writeJSON(w, http.StatusOK, found)
}

func (s *shop) getOrder(w http.ResponseWriter, r *http.Request) {
	o, found := s.order(number(r.PathValue("id")))
	if !found {
		writeError(w, http.StatusNotFound, "no such order")
		return
	}
	writeJSON(w, http.StatusOK, o)
}

func (s *shop) placeOrder(w http.ResponseWriter, r *http.Request) {
	var o order
	if err := json.NewDecoder(r.Body).Decode(&o); err != nil {
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			w.Header().Set("Connection", "close") // The rest of the body is not read.
			writeError(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("an order has at most %d bytes", maxBody))
			return
		}
		writeError(w, http.StatusBadRequest, `an order looks like {"product": 1, "quantity": 2}`)
		return
	}
	if _, found := s.product(o.Product); !found || o.Quantity < 1 || o.Quantity > maxQuantity {
		writeError(w, http.StatusBadRequest, fmt.Sprintf("order a product that we have, 1 to %d of it", maxQuantity))
		return
	}
	o = s.place(o)
	w.Header().Set("Location", "/orders/"+strconv.Itoa(o.ID))
	writeJSON(w, http.StatusCreated, o)
}

func (s *shop) product(id int) (product, bool) {
	if id < 1 || id > len(s.products) {
		return product{}, false
	}
	return s.products[id-1], true
}

func (s *shop) order(id int) (order, bool) {
	if id >= 1 && id <= firstOrders {
		return order{id, 1 + id%len(s.products), 1 + id%3}, true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if id <= max(firstOrders, s.placed-recentOrders) || id > s.placed {
		return order{}, false
	}
	return s.recent[id%recentOrders], true
}

func (s *shop) place(o order) order {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.placed++
	o.ID = s.placed
	s.recent[o.ID%recentOrders] = o
	return o
}

// number reads an id. Any other text is 0, which is never an id.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// writeJSON writes a whole answer. All of the shop's answers can be encoded.
func writeJSON(w http.ResponseWriter, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // An error means that the client has gone.
}

func writeError(w http.ResponseWriter, status int, why string) {
	writeJSON(w, status, map[string]string{"error": why})
}
