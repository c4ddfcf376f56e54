package seed

import (
	"fmt"

	"rabta/matching"
)

// Invented phones begin with +92 39, which no network of Pakistan has; the next digit tells graduates from employers.
const (
	graduatePhones = 0
	employerPhones = 5
)

// inventedPhone gives the phone of a number of records in one of the two ranges, another for each number below 50 million.
func inventedPhone(rangeStart, number int) string {
	const phones, step = 50_000_000, 32_452_843 // a prime, so that steps by it meet every phone before one comes again
	return fmt.Sprintf("+9239%08d", rangeStart*10_000_000+(number*step+7)%phones)
}

// inventedCNIC gives an identity number that no office has given out: the first digit of a real one is a province's, 1 to 8. The
// last digit is odd for men and even for women, as on real cards.
func inventedCNIC(d *draw, gender matching.Gender, number int) string {
	const cards, step = 10_000_000, 6_700_417
	last := d.IntN(5) * 2
	if gender != matching.Woman {
		last++
	}
	return fmt.Sprintf("9%04d%07d%d", d.IntN(10_000), (number*step+3)%cards, last)
}

// personal makes what names a graduate and reaches her.
func (m *Market) personal(d *draw, g *matching.Graduate, family household, number int, shares bool) *matching.Personal {
	key := keyOf(d, g.Gender, family.spot.province)
	script := "en"
	if d.chance(0.5) {
		script = "ur"
	}
	p := &matching.Personal{Phone: family.phone, Whose: "own", Reach: "voice"}
	p.Name = m.names.first[key].pick(d).in(script) + " " + m.names.last[key].pick(d).in(script)
	if h := habitsOf(g.Gender); shares || !d.chance(h.phoneOwn) {
		p.Whose = pick(d, []string{"father", "father", "brother", "husband", "mother", "neighbour"})
		if g.Gender == matching.Man && p.Whose == "husband" {
			p.Whose = "brother"
		}
	}
	if p.Whose != "own" || g.Gender == matching.Woman && d.chance(0.4) {
		p.SafeHours = pick(d, []string{"10:00-13:00", "16:00-19:00", "09:00-17:00", "18:00-21:00"})
	}
	if len(g.Languages) > 0 && g.Languages[0].Reads && d.chance(0.6) {
		p.Reach = "text"
	}
	if d.chance(cnicTold) {
		p.CNIC = inventedCNIC(d, g.Gender, number)
	}
	if d.chance(addressTold) {
		p.Address = m.address(d, family.spot, script)
	}
	return p
}

// address makes up a line of address in a town.
func (m *Market) address(d *draw, s *spot, script string) string {
	house, street := d.between(1, 240), d.between(1, 30)
	if script == "ur" {
		return fmt.Sprintf("مکان نمبر %d، گلی نمبر %d، %s", house, street, s.names.Ur)
	}
	return fmt.Sprintf("House %d, Street %d, %s", house, street, s.names.En)
}
