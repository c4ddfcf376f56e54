package intake

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"rabta/matching"
)

// cellsOf reads a roster of one person: heading and cell by turns, besides a phone, a trade and a place.
func cellsOf(t *testing.T, pairs ...string) GraduateRow {
	t.Helper()
	headings, cells := []string{}, []string{}
	for i := 0; i < len(pairs); i += 2 {
		headings, cells = append(headings, pairs[i]), append(cells, `"`+pairs[i+1]+`"`)
	}
	for _, basic := range [][2]string{{"Phone", "03901234567"}, {"Trade", "tailor"}, {"City", "Lahore"}} {
		if !slices.Contains(headings, basic[0]) {
			headings, cells = append(headings, basic[0]), append(cells, basic[1])
		}
	}
	rows, err := graduatesOf(t, strings.Join(headings, ",")+"\n"+strings.Join(cells, ",")+"\n")
	if err != nil || len(rows) != 2 {
		t.Fatalf("%v: %d rows, %v", pairs, len(rows), err)
	}
	return rows[1]
}

func TestCellsOfAGraduate(t *testing.T) {
	for _, tt := range []struct {
		heading, cell string
		holds         func(g *matching.Graduate, p *matching.Personal) bool
	}{
		{"Gender", "خاتون", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Gender == matching.Woman }},
		{"جنس", "مرد", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Gender == matching.Man }},
		{"Sex", "Female", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Gender == matching.Woman }},
		{"Gender", "khwaja sira", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Gender == matching.Transgender }},
		{"Phone", "0390-1234567 / 0391-7654321", func(_ *matching.Graduate, p *matching.Personal) bool { return p.Phone == "+923901234567" }},
		{"Phone", "۰۳۹۰۱۲۳۴۵۶۷", func(_ *matching.Graduate, p *matching.Personal) bool { return p.Phone == "+923901234567" }},
		{"Phone", "3.901234567E9", func(_ *matching.Graduate, p *matching.Personal) bool { return p.Phone == "+923901234567" }},
		{"CNIC", "9.520212345672E12", func(_ *matching.Graduate, p *matching.Personal) bool { return p.CNIC == "9520212345672" }},
		{"Trade", "Plumber / Electrician", func(g *matching.Graduate, _ *matching.Personal) bool {
			return len(g.Trades) == 2 && g.Trades[0].Trade == "plumber" && g.Trades[1].Trade == "electrician"
		}},
		{"ہنر", "بجلی کا کام", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Trades[0].Trade == "electrician" }},
		{"Trade", "silai ka kaam", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Trades[0].Trade == "ladies-tailor" }},
		{"Age", "24", func(g *matching.Graduate, _ *matching.Personal) bool { return g.BirthDecade == 2000 }},
		{"Qualification", "میٹرک", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Schooling == "matric" }},
		{"Qualification", "F.A.", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Schooling == "intermediate" }},
		{"Qualification", "8th", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Schooling == "middle" }},
		{"Driving licence", "LTV, HTV", func(g *matching.Graduate, _ *matching.Personal) bool {
			return slices.Equal(g.Licences, []string{"ltv", "htv"})
		}},
		{"Languages", "اردو، پنجابی", func(g *matching.Graduate, _ *matching.Personal) bool {
			return len(g.Languages) == 2 && g.Languages[1].Code == "pnb"
		}},
		{"Needs", "pick & drop", func(g *matching.Graduate, _ *matching.Personal) bool {
			return slices.Equal(g.Needs, []matching.Need{matching.NeedTransport})
		}},
		{"Needs", "ٹرانسپورٹ، رہائش", func(g *matching.Graduate, _ *matching.Personal) bool { return len(g.Needs) == 2 }},
		{"Women only", "yes", func(g *matching.Graduate, _ *matching.Personal) bool {
			return slices.Equal(g.Needs, []matching.Need{matching.NeedWomenSafe})
		}},
		{"Kinds of work", "naukri, dihari", func(g *matching.Graduate, _ *matching.Personal) bool {
			return slices.Equal(g.Kinds, []matching.Kind{matching.Job, matching.DailyWage})
		}},
		{"Travel modes", "bike, بس", func(g *matching.Graduate, _ *matching.Personal) bool {
			return slices.Equal(g.Travel.Modes, []matching.Mode{matching.Motorcycle, matching.Bus})
		}},
		{"Status", "بے روزگار", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Status == matching.Searching }},
		{"Employment status", "Employed", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Status == matching.Placed }},
		{"Consent", "ہاں", func(g *matching.Graduate, _ *matching.Personal) bool { return g.Consent.Matching && !g.Consent.Officer }},
		{"Consent", "", func(g *matching.Graduate, _ *matching.Personal) bool { return !g.Consent.Matching }},
		{"Available from", "1 دسمبر 2026", func(g *matching.Graduate, _ *matching.Personal) bool { return g.AvailableFrom.Month() == time.December }},
		{"Available from", "abhi", func(g *matching.Graduate, _ *matching.Personal) bool { return g.AvailableFrom == nil }},
		{"Institute", "GTTC Example", func(g *matching.Graduate, _ *matching.Personal) bool {
			return g.Certificates[0].Programme == "GTTC Example" && g.Certificates[0].Course == "tailor" && g.Trades[0].Learnt == matching.LearntInstitute
		}},
		{"Roll No", "12.0", func(g *matching.Graduate, _ *matching.Personal) bool { return g.ExternalID == "12" }},
		{"Father Name", "Aslam Example", func(_ *matching.Graduate, p *matching.Personal) bool { return p.Name == "S/O, D/O Aslam Example" }},
		{"Name", "Sana D/O Aslam", func(_ *matching.Graduate, p *matching.Personal) bool { return p.Name == "Sana" }},
		{"Name", "ثنا دختر اسلم", func(_ *matching.Graduate, p *matching.Personal) bool { return p.Name == "ثنا" }},
	} {
		row := cellsOf(t, tt.heading, tt.cell)
		if row.Graduate == nil || !tt.holds(row.Graduate, row.Personal) {
			t.Errorf("%s %q: %+v %+v %v", tt.heading, tt.cell, row.Graduate, row.Personal, row.Problems)
		}
	}
}

func TestWhatCannotBeLeftOutRefusesTheRow(t *testing.T) {
	for _, tt := range []struct {
		heading, cell string
		refused       bool
	}{
		{"Trade", "xyzzy", true}, {"Trade", "", true}, {"Trade", "mistri", true}, {"Phone", "123", true}, {"Phone", "", true}, {"City", "Nowhereistan", true}, {"City", "", true},
		{"Gender", "maybe", true}, {"Needs", "a window", true}, {"Consent", "perhaps", true}, {"Status", "??", true},
		{"CNIC", "123", false}, {"Expected salary", "lots", false}, {"Experience", "much", false}, {"Date of birth", "unknown", false}, {"Qualification", "hmm", false}, {"Skills", "xyzzy", false},
	} {
		row := cellsOf(t, tt.heading, tt.cell)
		if (row.Graduate == nil) != tt.refused || len(row.Problems) != 1 || row.Problems[0].Kept == tt.refused {
			t.Errorf("%s %q: refused %t, %v", tt.heading, tt.cell, row.Graduate == nil, row.Problems)
			continue
		}
		if f := row.Problems[0]; f.Row != 2 || f.Expected == "" || !hasArabic(f.ExpectedUr) || !hasArabic(f.Urdu()) {
			t.Errorf("%s %q: %+v", tt.heading, tt.cell, f)
		}
	}
}

// Nothing that stands in a personal column is in what is told of a row.
func TestPersonalCellsAreNeverRepeated(t *testing.T) {
	const secret = "zzyzx99"
	for _, heading := range []string{"Name", "Father Name", "Phone", "Guardian contact", "CNIC", "Address", "Date of birth", "Age", "Whose phone", "Email", "Remarks", "Safe hours"} {
		row := cellsOf(t, heading, secret)
		row.Graduate, row.Personal, row.Identity = nil, nil, ""
		told, err := json.Marshal(row)
		if err != nil || strings.Contains(string(told), secret) {
			t.Errorf("%s: %s", heading, told)
		}
	}
	row := cellsOf(t, "Phone", secret)
	if row.Problems[0].Found != "a value of 7 characters" {
		t.Errorf("%+v", row.Problems)
	}
}

func TestTheSamePersonHasTheSameIdentity(t *testing.T) {
	a := cellsOf(t, "Name", "Sana  Gul D/O Aslam", "Phone", "0390-1234567")
	for _, b := range []GraduateRow{cellsOf(t, "Name", "SANA GUL", "Phone", "+92 390 1234567"), cellsOf(t, "Name", "sana gul", "Phone", "3901234567", "Trade", "plumber", "City", "Multan")} {
		if a.Identity == "" || a.Identity != b.Identity {
			t.Errorf("%q and %q", a.Identity, b.Identity)
		}
	}
	if b := cellsOf(t, "Name", "Hina Gul"); b.Identity == a.Identity {
		t.Error("two people of one phone have one identity")
	}
	withCard := cellsOf(t, "Name", "Sana", "CNIC", "95202-1234567-2")
	if other := cellsOf(t, "Name", "Sana Gul", "Phone", "03900000000", "CNIC", "9520212345672"); withCard.Identity != other.Identity {
		t.Errorf("%q and %q", withCard.Identity, other.Identity)
	}
}

// The same file gives the same rows.
func TestTheSameFileGivesTheSameRows(t *testing.T) {
	first, err := graduatesOf(t, anInstitutesFile)
	if err != nil {
		t.Fatal(err)
	}
	second, err := graduatesOf(t, anInstitutesFile)
	if err != nil {
		t.Fatal(err)
	}
	a, errA := json.Marshal(first)
	b, errB := json.Marshal(second)
	if errA != nil || errB != nil || string(a) != string(b) {
		t.Error("they differ")
	}
}

// What one row holds is its own: changing it changes no other.
func TestRowsShareNothing(t *testing.T) {
	rows, err := graduatesOf(t, "Phone,Trade,City,Travel modes,Licence,Experience,Kinds,Needs\n"+strings.Repeat("03901234567,tailor,Lahore,bus,ltv,2 years,job,transport\n", 2))
	if err != nil {
		t.Fatal(err)
	}
	a, b := rows[1].Graduate, rows[2].Graduate
	a.Travel.Modes[0], a.Licences[0], a.Kinds[0], a.Needs[0], a.Trades[0].Trade = "x", "x", "x", "x", "x"
	*a.Trades[0].Months = 99
	if b.Travel.Modes[0] != matching.Bus || b.Licences[0] != "ltv" || b.Kinds[0] != matching.Job || b.Needs[0] != matching.NeedTransport || *b.Trades[0].Months != 24 || b.Trades[0].Trade != "tailor" {
		t.Errorf("%+v", b)
	}
}

func TestUnderstoodTellsHowANameWasRead(t *testing.T) {
	for _, tt := range []struct{ cell, as, how string }{
		{"bijli mistri", "electrician", HowName}, {"elektrishun", "electrician", HowMisspelt}, {"Certificate in Welding", "welder", HowWords}, {"Plumber, darzi", "plumber, tailor", HowName},
	} {
		row := cellsOf(t, "Trade", tt.cell)
		if len(row.Understood) == 0 || row.Understood[0] != (Understood{Column: "Trade", Found: tt.cell, As: tt.as, How: tt.how}) {
			t.Errorf("%s: %+v %v", tt.cell, row.Understood, row.Problems)
		}
	}
	if row := cellsOf(t, "Completion date", "05/06/2025"); !slices.Contains(row.Understood, Understood{"Completion date", "05/06/2025", "5 June 2025", HowDayFirst}) {
		t.Errorf("%+v", row.Understood)
	}
	row := cellsOf(t, "Address", "House 5, Johar Town, Lahore", "City", "")
	if row.Graduate == nil || !slices.Contains(row.Understood, Understood{"Address", "", "Johar Town, Lahore", HowAddress}) {
		t.Errorf("%+v %v", row.Understood, row.Problems)
	}
}
