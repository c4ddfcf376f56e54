package matching

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"rabta/geo"
)

func TestExplain(t *testing.T) {
	cases := []struct {
		name          string
		change        func(g *Graduate, p *Posting)
		en, ur, roman string
	}{
		{
			"everything fits", func(g *Graduate, p *Posting) {},
			"You have every basic skill of this trade; it is only 3.6 km from home; it pays Rs 50,000 to 60,000 a month, about the usual.",
			"اس کام کے سب بنیادی ہنر آپ کو آتے ہیں؛ گھر سے صرف 3.6 کلومیٹر دور ہے؛ اجرت 50,000 سے 60,000 روپے ماہانہ ہے، جو عام طور پر ملتی ہے۔",
			"Is kaam ke sab bunyadi hunar aap ko aate hain; ghar se sirf 3.6 km door hai; ujrat 50,000 se 60,000 rupay mahana hai, jo aam taur par milti hai.",
		},
		{
			"pay and needs not stated", func(g *Graduate, p *Posting) { p.Pay, g.Needs = nil, []Need{NeedTransport, NeedWomenSafe} },
			"You have every basic skill of this trade; it is only 3.6 km from home. Pay, transport and a safe place for women not stated: ask first.",
			"اس کام کے سب بنیادی ہنر آپ کو آتے ہیں؛ گھر سے صرف 3.6 کلومیٹر دور ہے۔ اجرت، سواری اور خواتین کے لیے محفوظ ماحول کے بارے میں نہیں بتایا گیا: پہلے پوچھ لیں۔",
			"Is kaam ke sab bunyadi hunar aap ko aate hain; ghar se sirf 3.6 km door hai. Ujrat, sawari aur khawateen ke liye mehfooz mahol ke bare mein nahi bataya gaya: pehle pooch lein.",
		},
		{
			"good pay by the day near home, one skill missing", func(g *Graduate, p *Posting) {
				p.Required = []string{"house-wiring", "db-fitting", "motor-winding"}
				p.Pay, p.Location = &Pay{From: 3_000, To: 3_000, Unit: PerDay}, &geo.Point{Lat: 31.5204, Lon: 74.3650}
			},
			"It is only 600 m from home; it pays well: Rs 3,000 a day; you have 2 of the 3 skills asked for (to learn: Motor winding).",
			"گھر سے صرف 600 میٹر دور ہے؛ اجرت اچھی ہے: 3,000 روپے روزانہ؛ مانگے گئے 3 میں سے 2 ہنر آپ کو آتے ہیں (سیکھنا باقی: موٹر وائنڈنگ)۔",
			"Ghar se sirf 600 meter door hai; ujrat achhi hai: 3,000 rupay rozana; maange gaye 3 mein se 2 hunar aap ko aate hain (seekhna baqi: motor winding).",
		},
		{
			"below the minimum wage", func(g *Graduate, p *Posting) { p.Pay = &Pay{From: 30_000, To: 30_000, Unit: PerMonth} },
			"You have every basic skill of this trade; it is only 3.6 km from home. But Rs 30,000 a month is below the minimum wage of Rs 40,000 a month.",
			"اس کام کے سب بنیادی ہنر آپ کو آتے ہیں؛ گھر سے صرف 3.6 کلومیٹر دور ہے۔ البتہ 30,000 روپے ماہانہ سرکاری کم از کم اجرت (40,000 روپے ماہانہ) سے کم ہے۔",
			"Is kaam ke sab bunyadi hunar aap ko aate hain; ghar se sirf 3.6 km door hai. Albatta 30,000 rupay mahana sarkari kam az kam ujrat (40,000 rupay mahana) se kam hai.",
		},
		{
			"remote, experience short", func(g *Graduate, p *Posting) {
				p.Workplace, p.Location, p.Months = Remote, nil, 96
				p.Pay = &Pay{From: 80_000, To: 80_000, Unit: PerMonth}
			},
			"You have every basic skill of this trade; you can do it from anywhere. But it asks for 8 years of experience and you have 2 years.",
			"اس کام کے سب بنیادی ہنر آپ کو آتے ہیں؛ یہ کام کہیں سے بھی ہو سکتا ہے۔ البتہ 8 سال کا تجربہ مانگا گیا ہے اور آپ کا 2 سال ہے۔",
			"Is kaam ke sab bunyadi hunar aap ko aate hain; yeh kaam kahin se bhi ho sakta hai. Albatta 8 saal ka tajurba manga gaya hai aur aap ka 2 saal hai.",
		},
		{
			"a related trade with transport, by the point", func(g *Graduate, p *Posting) {
				g.Trades[0].Trade, g.Needs = "solar-technician", []Need{NeedTransport}
				p.Pay, p.Conditions = &Pay{From: 250, To: 250, Unit: PerPoint}, Conditions{CondTransport: {Answer: Yes}}
			},
			"Transport is provided (3.6 km from home); the work (Electrician) is close to your trade. What Rs 250 a point comes to in a month not stated: ask first.",
			"آنے جانے کی سواری ملے گی (گھر سے 3.6 کلومیٹر)؛ یہ کام (الیکٹریشن) آپ کے کام سے ملتا جلتا ہے۔ 250 روپے فی پوائنٹ سے مہینے کی آمدنی کے بارے میں نہیں بتایا گیا: پہلے پوچھ لیں۔",
			"Aane jane ki sawari milegi (ghar se 3.6 km); yeh kaam (electrician) aap ke kaam se milta julta hai. 250 rupay fi point se mahine ki aamdani ke bare mein nahi bataya gaya: pehle pooch lein.",
		},
		{
			"at the other end of the country, a place to live with it", func(g *Graduate, p *Posting) {
				g.AcceptsLiving, p.Location = true, &geo.Point{Lat: 24.86, Lon: 67.01}
				p.Conditions = Conditions{CondAccommodation: {Answer: Yes}}
			},
			"It is 1032 km from home, and a place to live comes with it; you have every basic skill of this trade; it pays Rs 50,000 to 60,000 a month, about the usual.",
			"جگہ گھر سے 1032 کلومیٹر دور ہے، رہائش ساتھ ملے گی؛ اس کام کے سب بنیادی ہنر آپ کو آتے ہیں؛ اجرت 50,000 سے 60,000 روپے ماہانہ ہے، جو عام طور پر ملتی ہے۔",
			"Jagah ghar se 1032 km door hai, rehaish saath milegi; is kaam ke sab bunyadi hunar aap ko aate hain; ujrat 50,000 se 60,000 rupay mahana hai, jo aam taur par milti hai.",
		},
		{
			"another trade, no skill of it", func(g *Graduate, p *Posting) {
				g.Trades[0].Trade, g.Trades[0].Skills = "solar-technician", []string{"panel-mounting"}
			},
			"This is another trade, Electrician, near to yours; it is only 3.6 km from home. But you would have to learn: DB fitting, House wiring.",
			"یہ دوسرا پیشہ ہے، الیکٹریشن، جو آپ کے کام سے ملتا جلتا ہے؛ گھر سے صرف 3.6 کلومیٹر دور ہے۔ البتہ یہ سیکھنا ہو گا: ڈی بی فٹنگ، گھر کی وائرنگ۔",
			"Yeh doosra pesha hai, electrician, jo aap ke kaam se milta julta hai; ghar se sirf 3.6 km door hai. Albatta yeh seekhna hoga: DB fitting, ghar ki wiring.",
		},
		{
			"far, skills not told, pay not stated", func(g *Graduate, p *Posting) {
				g.Trades[0].Skills, p.Pay, p.Location = nil, nil, &geo.Point{Lat: 32.16, Lon: 74.19}
			},
			"It is your own trade, Electrician. But it is far, 73 km from home. Pay not stated: ask first.",
			"یہ آپ ہی کا کام ہے، الیکٹریشن۔ البتہ جگہ دور ہے، گھر سے 73 کلومیٹر۔ اجرت کے بارے میں نہیں بتایا گیا: پہلے پوچھ لیں۔",
			"Yeh aap hi ka kaam hai, electrician. Albatta jagah door hai, ghar se 73 km. Ujrat ke bare mein nahi bataya gaya: pehle pooch lein.",
		},
	}
	m := testModel(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g, p := anElectrician(), aPosting()
			c.change(g, p)
			s, o, metres := pair(t, m, g, p)
			score := m.Score(s, o, metres, noon)
			for _, want := range []struct{ lang, text string }{{"en", c.en}, {"ur", c.ur}, {"roman", c.roman}} {
				if got := m.Explain(s, o, metres, score, want.lang); got != want.text {
					t.Errorf("%s:\n got %s\nwant %s", want.lang, got, want.text)
				}
			}
		})
	}
}

func TestExplainCandidate(t *testing.T) {
	cases := []struct {
		name          string
		change        func(g *Graduate, p *Posting)
		en, ur, roman string
	}{
		{
			"everything fits", func(g *Graduate, p *Posting) {},
			"Has every basic skill of the trade; has at least 2 years of experience; is free at the start.",
			"اس کام کے سب بنیادی ہنر آتے ہیں؛ کم از کم 2 سال کا تجربہ ہے؛ شروع کے وقت فارغ۔",
			"Is kaam ke sab bunyadi hunar aate hain; kam az kam 2 saal ka tajurba hai; shuru ke waqt farigh.",
		},
		{
			"one of two skills, level below, no date told", func(g *Graduate, p *Posting) {
				p.Required, p.Level, p.Starts = []string{"house-wiring", "motor-winding"}, 5, nil
			},
			"Has 1 of the 2 skills asked for (not: Motor winding); lives within 4 km. But has NVQF level 3 where 5 is asked for.",
			"مانگے گئے 2 میں سے 1 ہنر آتا ہے (باقی: موٹر وائنڈنگ)؛ گھر 4 کلومیٹر کے اندر ہے۔ البتہ این وی کیو ایف لیول 5 کی جگہ 3 ہے۔",
			"Maange gaye 2 mein se 1 hunar aata hai (baqi: motor winding); ghar 4 km ke andar hai. Albatta NVQF level 5 ki jagah 3 hai.",
		},
		{
			"free late, licence not told", func(g *Graduate, p *Posting) {
				g.AvailableFrom, g.Trades[0].Months = ptr(noon.AddDate(0, 0, 40)), nil
				p.Licences = []string{"ltv"}
			},
			"Has every basic skill of the trade; lives within 4 km. But no driving licence (LTV) is told.",
			"اس کام کے سب بنیادی ہنر آتے ہیں؛ گھر 4 کلومیٹر کے اندر ہے۔ البتہ ڈرائیونگ لائسنس (ایل ٹی وی) نہیں بتایا گیا۔",
			"Is kaam ke sab bunyadi hunar aate hain; ghar 4 km ke andar hai. Albatta driving licence (LTV) nahi bataya gaya.",
		},
	}
	m := testModel(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g, p := anElectrician(), aPosting()
			c.change(g, p)
			s, o, metres := pair(t, m, g, p)
			score := m.Score(s, o, Banded(metres), noon)
			for _, want := range []struct{ lang, text string }{{"en", c.en}, {"ur", c.ur}, {"roman", c.roman}} {
				if got := m.ExplainCandidate(s, o, Banded(metres), score, want.lang); got != want.text {
					t.Errorf("%s:\n got %s\nwant %s", want.lang, got, want.text)
				}
			}
		})
	}
}

func TestEveryPhraseHasEveryLanguage(t *testing.T) {
	places := func(s string) int { return strings.Count(s, "{") }
	for p, w := range phrases {
		for l, text := range w.you {
			if text == "" {
				t.Errorf("phrase %d is not said in language %d", p, l)
			}
			if w.they[0] != "" && w.they[l] == "" {
				t.Errorf("phrase %d is not said of a candidate in language %d", p, l)
			}
			if places(text) != places(w.you[0]) || places(w.they[l]) != places(w.they[0]) {
				t.Errorf("phrase %d has other places in language %d", p, l)
			}
		}
	}
}

// Whatever the pair, what it says is whole, in one script, and names what is not stated.
func TestExplanationsAreWhole(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		s, o := j.m.Seekers(j.g)[0], j.m.Opening(j.p, j.facts)
		score := j.m.Score(&s, &o, j.metres, noon)
		for _, lang := range []string{"en", "ur", "roman"} {
			mine, theirs := j.m.Explain(&s, &o, j.metres, score, lang), j.m.ExplainCandidate(&s, &o, j.metres, score, lang)
			for _, text := range []string{mine, theirs} {
				checkSentence(t, text, lang)
			}
			if _, low := j.m.OpeningBelowMinimum(&o, score.Day); lang == "en" {
				if o.PayTo == 0 && !strings.Contains(strings.ToLower(mine), "not stated: ask first") {
					t.Fatalf("pay is not stated and %q does not say so", mine)
				}
				if low && !strings.Contains(mine, "below the minimum wage") {
					t.Fatalf("pay is below the minimum wage and %q does not say so", mine)
				}
			}
			for _, word := range []string{"needs", "pay", "Rs", "روپے", "rupay", "اجرت", "ujrat"} {
				if strings.Contains(theirs, word) {
					t.Fatalf("an employer is told %q", theirs)
				}
			}
		}
	})
}

func checkSentence(t *rapid.T, text, lang string) {
	stop := "."
	if lang == "ur" {
		stop = "۔"
	}
	if !strings.HasSuffix(text, stop) || strings.ContainsAny(text, "{}%") || strings.Contains(text, "  ") ||
		strings.Contains(text, "()") || strings.HasPrefix(text, stop) {
		t.Fatalf("%s: %q is no whole sentence", lang, text)
	}
	if n := len([]rune(text)); n > 420 {
		t.Fatalf("%s: %q has %d letters", lang, text, n)
	}
	for _, r := range text {
		if lang == "ur" && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') || lang != "ur" && unicode.Is(unicode.Arabic, r) {
			t.Fatalf("%s: %q mixes scripts", lang, text)
		}
	}
}

func TestDistancesAreSaidAsAPersonWould(t *testing.T) {
	for _, c := range []struct {
		metres float64
		want   string
	}{{0, "50 m"}, {130, "150 m"}, {960, "950 m"}, {980, "1 km"}, {3_449, "3.4 km"}, {9_960, "10 km"}, {24_600, "25 km"}} {
		if got := string(english.distance(nil, c.metres)); got != c.want {
			t.Errorf("%v: %s, want %s", c.metres, got, c.want)
		}
	}
}

// What is said of a pay is about the pay, however little the wages that it is held against are known.
func TestExplainCallsPayUsualWhateverTheBasis(t *testing.T) {
	for _, basis := range []string{BasisObserved, BasisDerived, BasisAssumed} {
		wages, err := NewWages([]WageRow{{Trade: "electrician", Province: "prv-punjab", P25: 40_000, P50: 50_000, P75: 60_000, Basis: basis}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		m := NewModel("test", DefaultWeights(), testCatalogue(t), wages, nil)
		for amount, want := range map[Rupees]string{46_000: "about the usual", 44_000: "less than usual"} {
			g, p := anElectrician(), aPosting()
			p.Posted, p.Location = noon.AddDate(0, 0, -20), &g.Home
			p.Pay = &Pay{From: amount, To: amount, Unit: PerMonth}
			s, o, metres := pair(t, m, g, p)
			if text := m.Explain(s, o, metres, m.Score(s, o, metres, noon), "en"); !strings.Contains(text, want) {
				t.Errorf("%d rupees against a wage that is %s: %q", amount, basis, text)
			}
		}
	}
}
