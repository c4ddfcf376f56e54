package search_test

import (
	"slices"
	"strings"
	"testing"

	"rabta/search"
)

// TestReadPlaceOrTrade holds queries in which an ordinary word, a person's name or a nickname was once read as another place or trade.
func TestReadPlaceOrTrade(t *testing.T) {
	r := seedReader(t)
	for _, c := range []struct {
		query, isco, place string
		condition          string
	}{
		{query: "tailer", isco: "7531"},
		{query: "tayler", isco: "7531"},
		{query: "darji", isco: "7531"},
		{query: "woman tailor", isco: "7531", condition: search.AskWomenOnly},
		{query: "kapre silai lahore", isco: "7531", place: "dst-lahore"},
		{query: "کپڑے سلائی", isco: "7531"},
		{query: "خواتین کے لیے سلائی", isco: "7531"},
		{query: "راجگیر سوات", isco: "7112", place: "dst-swat"},
		{query: "راج سوات", isco: "7112", place: "dst-swat"},
		{query: "mason rykhan", isco: "7112", place: "dst-rahim-yar-khan"},
		{query: "electrician isloo", isco: "7411", place: "dst-islamabad"},
		{query: "منگورہ", place: "twn-mingora"},
		{query: "faisalabad", place: "dst-faisalabad"},
		{query: "talat hussain"},
		{query: "کبریٰ خان"},
		{query: "ghulam rasool bhatti"},
	} {
		u := r.Read(c.query)
		isco, place := "", ""
		if len(u.Trades) > 0 {
			isco = u.Trades[0].ISCO
		}
		if u.Place != nil {
			place = u.Place.ID
		}
		if isco != c.isco || place != c.place || c.condition != "" && !slices.Contains(u.Conditions, c.condition) {
			t.Errorf("%q: trade %q, place %q, conditions %v; want %q, %q, %q", c.query, isco, place, u.Conditions, c.isco, c.place, c.condition)
		}
	}
}

// TestReadInContext holds what a word means beside others: prices and landmarks, women's trades, names, other forms of a word.
func TestReadInContext(t *testing.T) {
	r := seedReader(t)
	for _, c := range []struct{ query, trade, place, condition string }{
		{"kiraye par driver chahiye", "car-driver", "", ""},
		{"rickshaw ka kiraya", "", "", ""},
		{"qeemat", "", "", ""},
		{"bus fare", "", "", ""},
		{"mobile ki qeemat", "", "", ""},
		{"gari bechni hai", "", "", ""},
		{"mobile kho gaya", "", "", ""},
		{"خواتین کے لیے سلائی", "ladies-tailor", "", "women_only"},
		{"khawateen ke liye silai", "ladies-tailor", "", "women_only"},
		{"driver near steel mill", "car-driver", "twn-steel-town", ""},
		{"plumber railway station ke qareeb", "plumber", "", ""},
		{"منگورہ میں ویلڈر", "welder", "twn-mingora", ""},
		{"multan", "", "dst-multan", ""},
		{"baber shop", "barber", "", ""},
		{"zaryab bhutta", "", "", ""},
		{"tehreem wasay", "", "", ""},
		{"sitaron ka kam", "hand-embroiderer", "", ""},
		{"rotiyan pkane wali", "cook", "", ""},
		{"elktrsn", "electrician", "", ""},
		{"cmptr oprtr", "computer-operator", "", ""},
		{"rickshawala", "rickshaw-driver", "", ""},
		{"کسائی", "butcher", "", ""},
		{"job chaie", "", "", ""},
		{"krane operator", "crane-operator", "", ""},
		{"ghr krne wali", "", "", ""},
	} {
		u := r.Read(c.query)
		trade, place := firstRead(u)
		condition := ""
		if len(u.Conditions) > 0 {
			condition = u.Conditions[0]
		}
		if trade != c.trade || place != c.place || condition != c.condition {
			t.Errorf("%q: trade %q, place %q, condition %q; want %q, %q, %q", c.query, trade, place, condition, c.trade, c.place, c.condition)
		}
	}
}

// TestShortWordsAreNoPlaces holds that what is too short to be misspelt is none: "etc" was Attock, and "jndi" Jand.
func TestShortWordsAreNoPlaces(t *testing.T) {
	r := seedReader(t)
	for _, c := range []struct{ query, trade, place, text string }{
		{"mason etc", "mason", "", ""},
		{"bijli wiring etc ka kaam", "electrician", "", ""},
		{"راج مستری وغیرہ", "mason", "", ""},
		{"../../etc/passwd", "", "", "passwd"},
		{"etc", "", "", ""},
		{"jndi", "", "", "jndi"},
		{"درزی لہور", "tailor", "dst-lahore", ""},
		{"darzi mltn", "tailor", "dst-multan", ""},
		{"darzi lahor mein", "tailor", "dst-lahore", ""},
		{"attock mein welder", "welder", "dst-attock", ""},
		{"jand mein darzi", "tailor", "twn-jand", ""},
	} {
		u := r.Read(c.query)
		trade, place := firstRead(u)
		if trade != c.trade || place != c.place || u.Text != c.text {
			t.Errorf("%q: trade %q, place %q, text %q; want %q, %q, %q", c.query, trade, place, u.Text, c.trade, c.place, c.text)
		}
	}
}

// TestWhoOneIsIsNotSought holds that an introduction is passed over, that a day finds nothing, and the ways to say that one works at home.
func TestWhoOneIsIsNotSought(t *testing.T) {
	r := seedReader(t)
	for _, c := range []struct{ query, trade, place, conditions, text string }{
		{"mera naam Ali hai darzi hun", "tailor", "", "", ""},
		{"mera naam Ali hai mein darzi hun", "tailor", "", "", ""},
		{"my name is Bilal Ahmed i am a mason", "mason", "", "", ""},
		{"mera naam Zorvan hai plumber hun multan", "plumber", "dst-multan", "", ""},
		{"mera naam Ali driver hun", "car-driver", "", "", ""},
		{"میرا نام علی ہے درزی ہوں", "tailor", "", "", ""},
		{"mera naam Ali hai", "", "", "", "naam ali"},
		{"my name is Ali, a plumber is needed in Multan", "plumber", "dst-multan", "", ""},
		{"mera naam Ali kaam darzi hai Lahore", "tailor", "dst-lahore", "", ""},
		{"my name is Bilal plumber is my trade", "plumber", "", "", "trade"},
		{"my name is Zorvan i am a mason", "mason", "", "", ""},
		{"mera naam Zorvan darzi hun", "tailor", "", "", ""},
		{"mera naam Ali Zorvan hai darzi hun", "tailor", "", "", ""},
		{"mera naam Muhammad Ali Raza Khan hai mistri hun", "mason", "", "", ""},
		{"میرا نام علی کام درزی ہے", "tailor", "", "", ""},
		{"kal se kaam chahiye", "", "", "", ""},
		{"کل سے کام چاہیے", "", "", "", ""},
		{"silai ghar baith ke multan", "ladies-tailor", "dst-multan", "from_home", ""},
		{"گھر بیٹھ کے سلائی", "ladies-tailor", "", "from_home", ""},
		{"گھر بیٹھے سلائی", "ladies-tailor", "", "from_home", ""},
	} {
		u := r.Read(c.query)
		trade, place := firstRead(u)
		if conditions := strings.Join(u.Conditions, ","); trade != c.trade || place != c.place || conditions != c.conditions || u.Text != c.text {
			t.Errorf("%q: trade %q, place %q, conditions %q, text %q; want %q, %q, %q, %q", c.query, trade, place, conditions, u.Text,
				c.trade, c.place, c.conditions, c.text)
		}
	}
}

// firstRead gives the trade that was read first and the place, empty where none was.
func firstRead(u search.Understood) (trade, place string) {
	if len(u.Trades) > 0 {
		trade = u.Trades[0].Slug
	}
	if u.Place != nil {
		place = u.Place.ID
	}
	return trade, place
}
