package intake

import (
	"testing"

	"rabta/matching"
)

func TestPayIsReadAsPeopleWriteIt(t *testing.T) {
	const month, day, hour = matching.PerMonth, matching.PerDay, matching.PerHour
	tests := []struct {
		text     string
		from, to matching.Rupees
		unit     matching.PayUnit
		how      string
	}{
		{"25000", 25_000, 25_000, month, HowAssumedUnit},
		{"25,000", 25_000, 25_000, month, HowAssumedUnit},
		{"Rs. 25,000/-", 25_000, 25_000, month, HowAssumedUnit},
		{"Rs.25000/= per month", 25_000, 25_000, month, ""},
		{"PKR 25000 p.m.", 25_000, 25_000, month, ""},
		{"25 hazar", 25_000, 25_000, month, HowAssumedUnit},
		{"25 ہزار ماہانہ", 25_000, 25_000, month, ""},
		{"پچیس ہزار روپے", 25_000, 25_000, month, HowAssumedUnit},
		{"pachees hazaar mahana", 25_000, 25_000, month, ""},
		{"35k", 35_000, 35_000, month, HowAssumedUnit},
		{"35K monthly", 35_000, 35_000, month, ""},
		{"25-30k", 25_000, 30_000, month, HowAssumedUnit},
		{"25 se 30 hazar", 25_000, 30_000, month, HowAssumedUnit},
		{"25 سے 30 ہزار", 25_000, 30_000, month, HowAssumedUnit},
		{"25000-30000/month", 25_000, 30_000, month, ""},
		{"Rs 25,000 to Rs 30,000", 25_000, 30_000, month, HowAssumedUnit},
		{"1200 daily", 1_200, 1_200, day, ""},
		{"1200 rozana", 1_200, 1_200, day, ""},
		{"1,200/day", 1_200, 1_200, day, ""},
		{"dihari 1500", 1_500, 1_500, day, ""},
		{"۱۲۰۰ روزانہ", 1_200, 1_200, day, ""},
		{"۲۵۰۰۰ ماہانہ", 25_000, 25_000, month, ""},
		{"٢٥٬٠٠٠", 25_000, 25_000, month, HowAssumedUnit},
		{"1500", 1_500, 1_500, day, HowAssumedUnit},
		{"200 per hour", 200, 200, hour, ""},
		{"1.5 lakh", 150_000, 150_000, month, HowAssumedUnit},
		{"1,25,000", 125_000, 125_000, month, HowAssumedUnit},
		{"ڈیڑھ لاکھ", 150_000, 150_000, month, HowAssumedUnit},
		{"25.000", 25_000, 25_000, month, HowAssumedUnit},
		{"25000.0", 25_000, 25_000, month, HowAssumedUnit},
		{"2.5E4", 25_000, 25_000, month, HowAssumedUnit},
		{"37.5k", 37_500, 37_500, month, HowAssumedUnit},
		{"800 per suit", 800, 800, matching.PerPiece, ""},
		{"Rs 60 per sq ft", 60, 60, matching.PerFoot, ""},
		{"minimum 30000", 30_000, 30_000, month, HowAssumedUnit},
	}
	r := newPayReader("Salary offered")
	r.unit = ""
	for _, tt := range tests {
		d := r.read(tt.text)
		if d.wanted != (wanted{}) || d.value == nil {
			t.Errorf("%s: not read", tt.text)
			continue
		}
		if p := *d.value; p != (matching.Pay{From: tt.from, To: tt.to, Unit: tt.unit}) || d.how != tt.how {
			t.Errorf("%s: %+v by %q, want %d to %d a %s by %q", tt.text, p, d.how, tt.from, tt.to, tt.unit, tt.how)
		}
	}
	for _, text := range []string{"negotiable", "Market competitive", "بات چیت", "as per company policy"} {
		if d := r.read(text); d.value != nil || d.how != HowNotTold {
			t.Errorf("%s: %+v", text, d)
		}
	}
	for _, text := range []string{"abc", "7000", "25 kg", "30000-20000", "1 2 3", "999999999999", "0", "1e400", "25 hazar aur 2 kaprey", "250000000"} {
		if d := r.read(text); d.wanted == (wanted{}) {
			t.Errorf("%s: read as %+v", text, d.value)
		}
	}
}

func TestTheHeadingTellsTheUnitOfPay(t *testing.T) {
	for heading, unit := range map[string]matching.PayUnit{"Daily wage": matching.PerDay, "ماہانہ تنخواہ": matching.PerMonth, "Monthly salary": matching.PerMonth, "یومیہ اجرت": matching.PerDay,
		"Rate per hour": matching.PerHour} {
		if d := newPayReader(heading).read("7000"); d.value == nil || d.value.Unit != unit || d.how != "" {
			t.Errorf("%s: %+v", heading, d)
		}
	}
	if d := newPayReader("Daily wage").read("30000 monthly"); d.value.Unit != matching.PerMonth {
		t.Error("the cell's own unit does not hold")
	}
}

func TestMonthsAreReadAsPeopleWriteThem(t *testing.T) {
	tests := []struct {
		heading, text string
		months        int
		how           string
	}{
		{"Experience", "2 saal", 24, ""}, {"Experience", "٦ ماہ", 6, ""}, {"Experience", "1.5 years", 18, ""}, {"Experience", "2 years 3 months", 27, ""},
		{"Experience", "ایک سال چھ ماہ", 18, ""}, {"Experience", "Fresh", 0, ""}, {"Experience", "nil", 0, ""}, {"Experience", "کوئی نہیں", 0, ""},
		{"Experience", "2", 24, HowAssumedUnit}, {"Experience", "18", 18, HowAssumedUnit}, {"Experience (months)", "3", 3, ""}, {"تجربہ (سال)", "3", 36, ""},
		{"Experience in years", "3", 36, ""}, {"Experience", "6m", 6, ""}, {"Experience", "2+ years", 24, ""}, {"Experience", "dhai saal", 30, ""},
	}
	for _, tt := range tests {
		d := newMonthsReader(tt.heading).read(tt.text)
		if d.wanted != (wanted{}) || *d.value != tt.months || d.how != tt.how {
			t.Errorf("%s under %s: %+v", tt.text, tt.heading, d)
		}
	}
	for _, text := range []string{"many", "100 years", "yes", "2 3", "-", "1 year 2"} {
		if d := newMonthsReader("Experience").read(text); d.wanted == (wanted{}) {
			t.Errorf("%s: %d months", text, *d.value)
		}
	}
}

func TestDistancesAndLevels(t *testing.T) {
	for text, metres := range map[string]float64{"10 km": 10_000, "10": 10_000, "۱۵ کلومیٹر": 15_000, "500 m": 500, "5-10 km": 10_000, "10 kilometers": 10_000, "upto 7 km": 7_000, "3 miles": 4_828.032} {
		if d := readDistance(text); d.wanted != (wanted{}) || d.value != metres {
			t.Errorf("%s: %+v", text, d)
		}
	}
	for _, text := range []string{"30 minutes", "far", "1e9", "-"} {
		if d := readDistance(text); d.wanted == (wanted{}) {
			t.Errorf("%s: %v m", text, d.value)
		}
	}
	for text, level := range map[string]int{"3": 3, "Level-3": 3, "L3": 3, "NVQF level 2": 2, "III": 3, "۴": 4} {
		if d := readLevel(text); d.wanted != (wanted{}) || d.value != level {
			t.Errorf("%s: %+v", text, d)
		}
	}
	for _, text := range []string{"9", "high", "G"} {
		if d := readLevel(text); d.wanted == (wanted{}) {
			t.Errorf("%s: level %d", text, d.value)
		}
	}
}
