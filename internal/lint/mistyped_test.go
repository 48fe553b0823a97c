package lint

import "testing"

// TestMistyped: a uid that is nearly another is a mistake, but for the siblings that boards have.
func TestMistyped(t *testing.T) {
	for _, test := range []struct{ wrong, uid, want string }{
		{"shop-queue", "shop-queues", "shop-queues"},
		{"shop-quueue", "shop-queue", "shop-queue"},
		{"shop_queues", "shop-queues", "shop-queues"},
		{"Shop-Queues", "shop-queues", "shop-queues"},
		{"shopqueues", "shop-queues", "shop-queues"},
		{"node-exporetr", "node-exporter", "node-exporter"},

		{"shop-us", "shop-eu", ""},
		{"app-dev", "app-prd", ""},
		{"k8s-pods", "k8s-nodes", ""},
		{"us-west", "us-east", ""},
		{"db2", "db1", ""},
		{"shard-0002", "shard-0001", ""},
		{"api-prod1", "api-prod", ""},
		{"shop-eu-2", "shop-eu", ""},
		{"ddf3kq2jv", "ddf3kq2jw", ""},
		{"queues-shops", "queue-shop", ""},
		{"", "", ""},
	} {
		if got := mistyped(test.wrong, []string{test.uid}); got != test.want {
			t.Errorf("%q beside %q: %q, want %q", test.wrong, test.uid, got, test.want)
		}
	}
}
