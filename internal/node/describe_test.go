package node

import (
	"math"
	"testing"
	"time"

	"rabta/matching"
	"rabta/matching/board"
	"rabta/seed"
)

// TestDescribe writes one posting after the other in three languages.
func TestDescribe(t *testing.T) {
	ref, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	n := &Node{ref: ref}
	asOf := time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC)
	unit := func(u matching.PayUnit) uint8 {
		for i, other := range matching.PayUnits {
			if other == u {
				return uint8(i)
			}
		}
		t.Fatalf("no unit %s", u)
		return 0
	}
	electrician, _ := ref.Catalogue.Number("electrician")
	tests := []struct {
		name   string
		far    float64
		posted time.Duration // before asOf
		edit   func(*matching.Opening)
		want   [3]string // en, ur, roman
	}{
		{"on the spot, a range", 49.9, 0,
			func(o *matching.Opening) { o.PayFrom, o.PayTo, o.Unit = 45_000, 1_060_000, unit(matching.PerMonth) },
			[3]string{"Electrician, on the spot, Rs 45,000–1,060,000 a month, posted today",
				"الیکٹریشن، بالکل قریب، 45,000 سے 1,060,000 روپے ماہانہ، آج کا اشتہار",
				"electrician, bilkul qareeb, 45,000 se 1,060,000 rupay mahana, aaj ka ishtihar"}},
		{"a walk, one figure", 773, 24 * time.Hour,
			func(o *matching.Opening) { o.PayFrom, o.PayTo, o.Unit = 900, 900, unit(matching.PerDay) },
			[3]string{"Electrician, 750 m away, Rs 900 a day, posted yesterday",
				"الیکٹریشن، 750 میٹر دور، 900 روپے روزانہ، کل کا اشتہار",
				"electrician, 750 meter door, 900 rupay rozana, kal ka ishtihar"}},
		{"a ride, up to a figure", 12_345, 72 * time.Hour,
			func(o *matching.Opening) { o.PayTo, o.Unit = 15_000, unit(matching.PerJob) },
			[3]string{"Electrician, 12.3 km away, Rs 15,000 for the job, posted 3 days ago",
				"الیکٹریشن، 12.3 کلومیٹر دور، 15,000 روپے پورے کام کے، 3 دن پرانا اشتہار",
				"electrician, 12.3 km door, 15,000 rupay poore kaam ke, 3 din purana ishtihar"}},
		{"remote, pay not stated", math.NaN(), 0, func(o *matching.Opening) { o.Remote = true },
			[3]string{"Electrician, remote work, from anywhere, pay not stated: ask first, posted today",
				"الیکٹریشن، گھر بیٹھے آن لائن کام، اجرت نہیں بتائی گئی، پہلے پوچھ لیں، آج کا اشتہار",
				"electrician, ghar baithe online kaam, tankhwah nahi batayi gayi, pehle pooch lein, aaj ka ishtihar"}},
		{"from nowhere, by the hour", math.NaN(), 0,
			func(o *matching.Opening) { o.PayFrom, o.PayTo, o.Unit = 200, 300, unit(matching.PerHour) },
			[3]string{"Electrician, Rs 200–300 an hour, posted today", "الیکٹریشن، 200 سے 300 روپے فی گھنٹہ، آج کا اشتہار",
				"electrician, 200 se 300 rupay fi ghanta, aaj ka ishtihar"}},
	}
	for _, tt := range tests {
		o := matching.Opening{Trade: electrician, Posted: uint32(asOf.Add(-tt.posted).Unix())}
		tt.edit(&o)
		for i, lang := range []Language{English, Urdu, RomanUrdu} {
			if got := string(n.describe(nil, &board.Hit{Opening: &o, Far: tt.far}, asOf, lang)); got != tt.want[i] {
				t.Errorf("%s, %s:\n got %s\nwant %s", tt.name, lang, got, tt.want[i])
			}
		}
	}
}

// TestEveryUnitOfPayHasItsWords in every language.
func TestEveryUnitOfPayHasItsWords(t *testing.T) {
	for name, words := range map[string]*phrases{"en": &english, "ur": &urdu, "roman": &roman} {
		for _, unit := range matching.PayUnits {
			if words.per[unit] == "" {
				t.Errorf("%s has no words for pay by the %s", name, unit)
			}
		}
	}
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 7: "7", 999: "999", 1_000: "1,000", 123_456: "123,456", 1_234_567: "1,234,567"} {
		if got := string(appendGrouped(nil, n)); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
}
