package watcher

import "testing"

func TestKeyIsOneForEverySpelling(t *testing.T) {
	for _, tt := range []struct {
		name, a, b string
		same       bool
	}{
		{"a fragment", "https://courier.example/quay", "https://courier.example/quay#comments", true},
		{"www and the scheme", "https://courier.example/quay", "http://www.courier.example/quay", true},
		{"tracking parameters", "https://courier.example/quay", "https://courier.example/quay?utm_source=a&fbclid=b", true},
		{"a parameter that chooses the page", "https://courier.example/story?id=1", "https://courier.example/story?id=2", false},
		{"the order of parameters", "https://courier.example/story?id=1&p=2", "https://courier.example/story?p=2&id=1", true},
		{"upper case in the host", "https://courier.example/quay", "https://Courier.EXAMPLE/quay", true},
		{"upper case in the path", "https://courier.example/quay", "https://courier.example/Quay", false},
		{"a slash at the end", "https://courier.example/quay", "https://courier.example/quay/", true},
		{"the default port", "https://courier.example/quay", "https://courier.example:443/quay", true},
		{"another port", "https://courier.example/quay", "https://courier.example:8443/quay", false},
		{"the case of an escape", "https://courier.example/%c3%a9t%c3%a9", "https://courier.example/%C3%A9t%C3%A9", true},
		{"a letter and its escape", "https://courier.example/été", "https://courier.example/%C3%A9t%C3%A9", true},
		{"another subdomain", "https://courier.example/quay", "https://sport.courier.example/quay", false},
		{"white space around", "https://courier.example/quay", "  https://courier.example/quay\n", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := ParseAddress(tt.a)
			if err != nil {
				t.Fatal(err)
			}
			b, err := ParseAddress(tt.b)
			if err != nil {
				t.Fatal(err)
			}
			if (a.Key == b.Key) != tt.same {
				t.Errorf("keys of %q and %q: %q and %q, want the same: %v", tt.a, tt.b, a.Key, b.Key, tt.same)
			}
		})
	}
}

func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"https://courier.example/quay?utm_x=1&b=2#c", "http://a.example:80/%zz", "https://é.example/ü?ü=%C3", "//", "http://[::1]:8/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		a, err := ParseAddress(raw)
		if err != nil {
			return
		}
		again, err := ParseAddress(a.URL)
		if err != nil {
			t.Fatalf("ParseAddress(%q) gave %q, which it refuses: %v", raw, a.URL, err)
		}
		if again.Key != a.Key {
			t.Fatalf("ParseAddress(%q) has key %q, but its own URL %q has %q", raw, a.Key, a.URL, again.Key)
		}
	})
}
