package inprocess

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestHandlerSeesTheRequestAndTheClientItsAnswer(t *testing.T) {
	client := Client(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Seen", r.Host+r.RequestURI)
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write(body)
	}))
	answer, err := client.Post("http://shop/pot?size=2", "text/plain", strings.NewReader("tea"))
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != 418 || string(body) != "tea" || answer.Header.Get("X-Seen") != "shop/pot?size=2" {
		t.Errorf("got %s, %q, %v", answer.Status, body, answer.Header)
	}
}

func TestClientThatLeavesGetsNoAnswer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	client := Client(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { cancel() }))
	r, err := http.NewRequestWithContext(ctx, "GET", "http://shop/", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Do(r); err == nil {
		t.Error("no error")
	}
}
