package report

import (
	"fmt"
	"time"

	"rabta/geo"
	"rabta/matching/gaps"
	"rabta/matching/trades"
)

// stuffed is a district that has the most of everything, with long names: more than the pages have room for.
func stuffed() *District {
	n := func(i int64) *int64 { return &i }
	x := func(f float64) *float64 { return &f }
	days := 47
	row := gaps.Row{Group: gaps.AllTrades, Level: gaps.District, Place: "dst-long", Supply: n(23_456), Others: n(34_567), Demand: 98_765, Postings: 56_789,
		Days: 12_345, Employers: 8_765, Tightness: x(123.45), Access: x(98.76), Pressure: x(45.67), Unreached: x(0.99), Unfilled14: x(1), Unfilled30: x(0.99),
		Unfilled60: x(0.98), FillDays: &days, PayOffered: n(145_500), PayAsked: n(138_500), Hired: n(12_345)}
	share := &gaps.WomenShare{Share: 0.41, Women: 41, Of: 100, Group: gaps.AllTrades, Level: gaps.Division, Place: "div-long"}
	row.Women = gaps.WomenRows{Searching: share, Hired: share, Lost: &gaps.WomenLoss{Full: 3, Lost: 0.75, Distance: 0.25, Transport: 0.25, Conditions: 0.25,
		Group: gaps.AllTrades, Level: gaps.Division, Place: "div-long"}}
	long := geo.Names{En: "South Waziristan Lower", Ur: "جنوبی وزیرستان زیریں"}
	d := &District{ID: "dst-long", Names: long, Above: []geo.Names{{En: "Dera Ismail Khan Division", Ur: "ڈیرہ اسماعیل خان ڈویژن"},
		{En: "Khyber Pakhtunkhwa", Ur: "خیبر پختونخوا"}}, Day: time.Date(2026, 9, 22, 0, 0, 0, 0, time.UTC), Whole: &row, Province: &row,
		Trend:   &gaps.Trend{Demand: 987_654, DemandMonth: n(887_654), DemandYear: n(787_654), Supply: n(734_567), SupplyMonth: n(634_567), SupplyYear: n(534_567)},
		Balance: &gaps.Balance{Apart: x(0.87)}, Places: map[string]geo.Names{"div-long": {En: "Dera Ismail Khan Division", Ur: "ڈیرہ اسماعیل خان ڈویژن"}}}
	for i := range 40 {
		r := row
		r.Group, r.Demand = fmt.Sprintf("trade-%d", i), 23_456-int64(i)
		d.Trades = append(d.Trades, Trade{trades.Names{En: "Drip irrigation and tubewell technician", Ur: "ڈرپ آبپاشی اور ٹیوب ویل ٹیکنیشن"}, r})
		d.Training = append(d.Training, gaps.Training{Trade: r.Group, Place: d.ID,
			En: "Train 1,240 people (drip irrigation and tubewell technician) around South Waziristan Lower: 23457 vacancies, about 1014 people in reach, " +
				"about 120 in courses, about 240 from related trades (likely 1000 to 1500, registered with Rabta). Nearest: Government Technical Training " +
				"Institute for Women Wana, Hunarmand Centre Tank, Vocational Training Institute Dera Ismail Khan.",
			Ur: "جنوبی وزیرستان زیریں کے آس پاس 1240 افراد کو ڈرپ آبپاشی اور ٹیوب ویل ٹیکنیشن کا کام سکھائیں: 23457 آسامیاں ہیں اور پہنچ میں تقریباً 1014 افراد، تقریباً 120 زیرِ تربیت، " +
				"ملتے جلتے کاموں سے تقریباً 240 (اندازہ 1000 سے 1500، رابطہ میں درج افراد)۔ قریبی ادارے: گورنمنٹ ٹیکنیکل ٹریننگ انسٹیٹیوٹ برائے خواتین وانا، ہنرمند سینٹر ٹانک، ووکیشنل ٹریننگ انسٹیٹیوٹ ڈیرہ اسماعیل خان۔"})
		o := gaps.Outcome{Institute: fmt.Sprintf("Government Technical Training Institute for Women number %d, Dera Ismail Khan", i), Graduates: n(1234)}
		for k, after := range [3]int32{30, 90, 180} {
			o.After[k] = gaps.OutcomeDays{Days: after, AtWork: x(0.55), NoAnswer: x(0.35)}
		}
		d.Outcomes = append(d.Outcomes, o)
	}
	middle, err := geo.CellAt(geo.Point{Lat: 32.3, Lon: 69.6}, 4)
	if err != nil {
		panic(err)
	}
	i := 0
	for lat := 31.9; lat < 32.7; lat += 0.06 {
		for lon := 69.2; lon < 70.0; lon += 0.07 {
			c, err := geo.CellAt(geo.Point{Lat: lat, Lon: lon}, cellResolution)
			if err != nil {
				panic(err)
			}
			h := Hexagon{Cell: c, Demand: int64(i * 37 % 90)}
			if i++; i%7 > 0 {
				h.Access, h.AccessOf = x(float64(i%12)/4), [...]gaps.Level{gaps.Tehsil, gaps.Cell6}[i%2]
			}
			d.Hexagons = append(d.Hexagons, h)
			d.Towns = append(d.Towns, Town{long, geo.Point{Lat: lat, Lon: lon}})
		}
	}
	d.Towns = append(d.Towns, Town{long, middle.Center()})
	return d
}

// empty is a district of which nothing is known.
func empty() *District {
	return &District{ID: "dst-none", Names: geo.Names{En: "Nowhere"}, Day: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)}
}
