package storetest

import (
	"rabta/geo"
	"rabta/matching"
)

// fullGraduate has a value in every field.
func fullGraduate(n int) *matching.Graduate {
	months := 18
	return &matching.Graduate{
		ID: id(matching.GraduatePrefix, n), Source: "navttc", ExternalID: string(rune('a' + n%26)), Institute: id(matching.InstitutePrefix, 1),
		Gender: matching.Woman, BirthDecade: 1990,
		Trades: []matching.TradeHeld{
			{Trade: "electrician", Skills: []string{"wiring", "motors"}, Level: 3, Months: &months, Learnt: matching.LearntInstitute},
			{Trade: "tailor", Learnt: matching.LearntFamily},
		},
		Certificates: []matching.Certificate{{Programme: "کامیاب جوان", Institute: id(matching.InstitutePrefix, 1),
			Course: "electrician", Batch: "7", Date: at(2024, 5, 1), Verified: true}},
		Schooling: "matric", OwnTools: matching.Yes, Licences: []string{"M"},
		Home:      geo.Point{Lat: 31.520412345678912, Lon: 74.35871234567891},
		Travel:    matching.Travel{MaxMetres: 12_500.5, Modes: []matching.Mode{matching.Walk, matching.Bus}},
		Kinds:     []matching.Kind{matching.Job, matching.DailyWage},
		LowestPay: &matching.LowestPay{Amount: 40_000, Unit: matching.PerMonth}, AvailableFrom: at(2026, 12, 1),
		Languages: []matching.Language{{Code: "ur", Reads: true}}, Needs: []matching.Need{matching.NeedWomenSafe},
		ConfirmedOnly: true, AcceptsLiving: true, Consent: matching.Consent{Matching: true, Officer: true, Messages: true,
			At: at(2026, 1, 2), Said: map[matching.Purpose]matching.Said{matching.ToOfficer: {At: *at(2026, 1, 2), By: "institute"}}},
		Status: matching.Searching,
	}
}

// graduate has what a graduate must have.
func graduate(n int) *matching.Graduate {
	return &matching.Graduate{ID: id(matching.GraduatePrefix, n), Trades: []matching.TradeHeld{{Trade: "mason"}},
		Home: geo.Point{Lat: 30.2, Lon: 71.5}, Status: matching.Searching}
}

func fullPosting(n int) *matching.Posting {
	return &matching.Posting{
		ID: id(matching.PostingPrefix, n), Source: "portal", ExternalID: "p-1", Employer: id(matching.EmployerPrefix, 1),
		Kind: matching.Job, Workplace: matching.OnSite, Trade: "electrician", Title: "الیکٹریشن", Description: "Wiring <of> houses & shops",
		Required: []string{"wiring"}, Preferred: []string{"motors"}, Level: 2, Months: 6, Vacancies: 3,
		Pay:      &matching.Pay{From: 35_000, To: 45_000, Unit: matching.PerMonth, OutputPerDay: 1.5},
		Location: &geo.Point{Lat: 24.86071234567891, Lon: 67.00111234567891}, Place: "khi", Province: "sindh", Schooling: "middle",
		Licences: []string{"M"}, Starts: at(2026, 12, 1), DurationDays: 90, HoursPerWeek: 48, Shift: "day", Season: "harvest",
		Conditions: matching.Conditions{matching.CondTransport: {Answer: matching.Yes, By: "employer", At: at(2026, 11, 1)},
			matching.CondMeals: {Answer: matching.No}},
		OpenTo: matching.OpenToWomen, Urgent: true, PartTime: true, Posted: *at(2026, 11, 1), Expires: *at(2026, 12, 31), Status: matching.Open,
	}
}

func posting(n int) *matching.Posting {
	return &matching.Posting{ID: id(matching.PostingPrefix, n), Employer: id(matching.EmployerPrefix, 1), Kind: matching.Job,
		Workplace: matching.Remote, Trade: "web-developer", Title: "Web developer", Vacancies: 1,
		Posted: *at(2026, 11, 1), Expires: *at(2026, 12, 1), Status: matching.Open}
}

func fullEmployer(n int) *matching.Employer {
	return &matching.Employer{ID: id(matching.EmployerPrefix, n), Source: "secp", ExternalID: "e-1", Name: "Usman & Söhne", Kind: "workshop",
		Location: &geo.Point{Lat: 33.6, Lon: 73.05}, Place: "rwp", Verified: true, Asked: 20, Answered: 17}
}

func fullInstitute(n int) *matching.Institute {
	return &matching.Institute{ID: id(matching.InstitutePrefix, n), Source: "tevta", ExternalID: "i-1", Name: "گورنمنٹ ٹیکنیکل کالج",
		Location: &geo.Point{Lat: 31.4, Lon: 73.1}, Place: "fsd", Programmes: []string{"electrician", "mason"}}
}

func fullPersonal() matching.Personal {
	return matching.Personal{Name: "نسرین بی بی", Phone: "0300-1234567", Whose: "father", SafeHours: "10-12", Reach: "voice",
		CNIC: "35202-1234567-2", Address: "گلی 4، محلہ"}
}
