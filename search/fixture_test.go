package search

import (
	"testing"

	"rabta/geo"
	"rabta/matching/trades"
)

// The catalogue and the gazetteer of these tests are invented: small enough to hold in the head, with the traps of the real ones.

func named(en, ur, roman string) trades.Names { return trades.Names{En: en, Ur: ur, Roman: roman} }

func testCatalogue(t testing.TB) *trades.Catalogue {
	t.Helper()
	skilled := []trades.Skilled{{Skill: "house-wiring", Essential: true}, {Skill: "stitching"}}
	list := []trades.Trade{
		{Slug: "electrician", ISCO: "7411", Names: named("Electrician", "الیکٹریشن", "electrician"),
			Synonyms: []string{"wireman", "بجلی والا", "بجلی کا کام", "bijli wala", "bijli ka kaam", "bijli mistri", "house wiring electrician"},
			FindOnly: []string{"bijli", "بجلی", "pankha nahi chal raha"}},
		{Slug: "plumber", ISCO: "7126", Names: named("Plumber", "پلمبر", "plumber"),
			Synonyms: []string{"sanitary fitter", "نل والا", "nal wala", "plumbing work", "plumbing ka kaam"},
			FindOnly: []string{"nalka kharab", "پانی لیک ہو رہا ہے"}},
		{Slug: "mason", ISCO: "7112", Names: named("Mason", "راج مستری", "raj mistri"),
			Synonyms: []string{"bricklayer", "معمار", "maimar", "chinai ka kaam"}},
		{Slug: "tailor", ISCO: "7531", Names: named("Tailor", "درزی", "darzi"),
			Synonyms: []string{"silai ka kaam", "سلائی کا کام", "kapray silai wala", "stitching work"}},
		{Slug: "ladies-tailor", ISCO: "7531", Names: named("Ladies tailor", "لیڈیز ٹیلر", "ladies tailor"),
			Synonyms: []string{"zanana darzi", "زنانہ درزی", "khawateen ka darzi"}},
		{Slug: "beautician", ISCO: "5142", Names: named("Beautician", "بیوٹیشن", "beautician"),
			Synonyms: []string{"parlour wali", "پارلر والی", "makeup artist", "beauty parlour ka kaam"}},
		{Slug: "web-developer", ISCO: "2513", Names: named("Web developer", "ویب ڈویلپر", "web developer"),
			Synonyms: []string{"website banane wala", "ویب سائٹ بنانے والا", "web programmer"}},
		{Slug: "driver", ISCO: "8322", Names: named("Driver", "ڈرائیور", "driver"),
			Synonyms: []string{"gari chalane wala", "گاڑی چلانے والا", "car driver"}},
		{Slug: "labourer", ISCO: "9313", Names: named("Building labourer", "تعمیراتی مزدور", "tameerati mazdoor"),
			Synonyms: []string{"dihari wala", "mazdoor"}},
		{Slug: "welder", ISCO: "7212", Names: named("Welder", "ویلڈر", "welder"), Synonyms: []string{"welding ka kaam", "ویلڈنگ والا"}},
	}
	for i := range list {
		list[i].Sector, list[i].Skills = "construction", skilled
	}
	list[3].Related = []trades.Relation{{Trade: "ladies-tailor", Relatedness: 0.85}}
	list[4].Related = []trades.Relation{{Trade: "tailor", Relatedness: 0.85}}
	skills := []trades.Skill{
		{Slug: "house-wiring", Names: named("House wiring", "گھر کی وائرنگ", "ghar ki wiring")},
		{Slug: "stitching", Names: named("Straight stitching", "سیدھی سلائی", "seedhi silai")},
		{Slug: "tile-cutting", Names: named("Tile cutting", "ٹائل کٹنگ", "tile cutting")},
	}
	shared := []trades.SharedWord{
		{Word: "mistri", Script: "roman", Trades: []trades.Weighted{{Trade: "mason", Weight: 0.9}, {Trade: "electrician", Weight: 0.4}, {Trade: "plumber", Weight: 0.3}}},
		{Word: "مستری", Script: "ur", Trades: []trades.Weighted{{Trade: "mason", Weight: 0.9}, {Trade: "electrician", Weight: 0.4}}},
	}
	c, err := trades.New(list, skills, shared)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func testGazetteer(t testing.TB) *geo.Gazetteer {
	t.Helper()
	place := func(id string, level geo.Level, en, ur, roman, parent string, lat, lon float64, people int, other ...string) geo.Place {
		return geo.Place{ID: id, Level: level, Names: geo.Names{En: en, Ur: ur, Roman: roman}, Other: other, Parent: parent,
			Point: geo.Point{Lat: lat, Lon: lon}, Population: people}
	}
	g, err := geo.NewGazetteer([]geo.Place{
		place("prv-punjab", geo.LevelProvince, "Punjab", "پنجاب", "", "", 31, 72, 127_000_000),
		place("prv-sindh", geo.LevelProvince, "Sindh", "سندھ", "", "", 26, 68, 55_000_000),
		place("div-multan", geo.LevelDivision, "Multan Division", "ملتان ڈویژن", "", "prv-punjab", 30.19, 71.46, 14_000_000),
		place("dst-multan", geo.LevelDistrict, "Multan", "ملتان", "", "div-multan", 30.19, 71.47, 5_300_000),
		place("twn-multan", geo.LevelTown, "Multan", "ملتان", "", "dst-multan", 30.2, 71.47, 2_200_000),
		place("dst-lahore", geo.LevelDistrict, "Lahore", "لاہور", "", "prv-punjab", 31.55, 74.34, 13_000_000, "lhr"),
		place("twn-saddar-lahore", geo.LevelTown, "Saddar", "صدر", "", "dst-lahore", 31.54, 74.4, 500_000),
		place("div-karachi", geo.LevelDivision, "Karachi Division", "کراچی ڈویژن", "", "prv-sindh", 24.86, 67.01, 20_000_000),
		place("tsl-new-karachi", geo.LevelTehsil, "New Karachi", "نیو کراچی", "", "div-karachi", 24.98, 67.06, 900_000),
		place("tsl-lahor", geo.LevelTehsil, "Lahor", "لاہور", "", "prv-punjab", 34.0, 72.3, 200_000),
		place("twn-saddar-karachi", geo.LevelTown, "Saddar", "صدر", "", "div-karachi", 24.85, 67.02, 300_000),
		place("dst-faisalabad", geo.LevelDistrict, "Faisalabad", "فیصل آباد", "", "prv-punjab", 31.42, 73.08, 9_000_000, "Lyallpur"),
		place("tsl-sui", geo.LevelTehsil, "Sui", "سوئی", "", "prv-sindh", 28.6, 69.2, 100_000),
		place("tsl-taxila", geo.LevelTehsil, "Taxila", "ٹیکسلا", "", "prv-punjab", 33.74, 72.8, 600_000),
		place("vlg-driver", geo.LevelVillage, "Driver", "", "", "dst-lahore", 31.4, 74.2, 900),
		place("vlg-kotla", geo.LevelVillage, "Kotla Jam", "کوٹلہ جام", "", "dst-lahore", 31.3, 74.1, 2000),
		place("vlg-chak", geo.LevelVillage, "Chak 45 GB", "چک 45 گ ب", "", "dst-faisalabad", 31.3, 73.0, 3000),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return g
}
