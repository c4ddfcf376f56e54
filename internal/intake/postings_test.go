package intake

import (
	"testing"
	"time"

	"rabta/matching"
)

const anEmployersFile = `Employer;Phone;Job title;Trade;City;Type;Vacancies;Salary;Last date;Gender;Transport;Meals;Urgent;Job id
Chenab Garments;042-95761234;Tailor for women's suits;درزی;Faisalabad;Full time;5;Rs. 35,000-40,000/- per month;30-12-2026;Ladies;yes;no;yes;CG-1
Asif Builders;0390 5550001;Need 3 masons;raj mistri;گوجرانوالہ;دیہاڑی;3;1800 rozana;15/1/2027;Male;;ہاں;;
Noor Software;;Web developer;web developer;;job;1;1.5 lakh mahana;2026-12-31;any;;;;
`

func TestPostingsReadsAnEmployersFile(t *testing.T) {
	rows, err := postingsOf(t, anEmployersFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 || rows[0].Headings == nil || rows[0].Headings.Separator != ";" {
		t.Fatalf("%d rows", len(rows))
	}
	p := rows[1].Posting
	if p == nil {
		t.Fatalf("%+v", rows[1].Problems)
	}
	if p.Trade != "tailor" || p.Kind != matching.Job || p.Vacancies != 5 || *p.Pay != (matching.Pay{From: 35_000, To: 40_000, Unit: matching.PerMonth}) ||
		p.OpenTo != matching.OpenToWomen || p.Conditions.Of(matching.CondTransport) != matching.Yes || p.Conditions.Of(matching.CondMeals) != matching.No || !p.Urgent ||
		p.ExternalID != "CG-1" || !p.Expires.Equal(time.Date(2026, 12, 30, 19, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", p)
	}
	if rows[1].EmployerName != "Chenab Garments" || rows[1].EmployerContact.Phone != "+924295761234" {
		t.Errorf("%+v", rows[1])
	}
	if p := rows[2].Posting; p == nil || p.Trade != "mason" || p.Kind != matching.DailyWage || *p.Pay != (matching.Pay{From: 1_800, To: 1_800, Unit: matching.PerDay}) {
		t.Errorf("%+v %+v", p, rows[2].Problems)
	}
	if rows[3].Posting != nil || len(rows[3].Problems) != 1 || rows[3].Problems[0].Column != "City" {
		t.Errorf("%+v", rows[3].Problems)
	}
}
