package gaps

// The columns of a tally. Each is a whole number that adds up over trades and places.
const (
	people      = iota // who search, by main trade
	women              // of people
	others             // who search and hold the trade besides their main one
	unreached          // of people: with no vacancy of their trade in reach
	waiting90          // of people: who have searched for 90 days and more
	asking             // of people: who told the lowest pay that they accept
	plain              // access to work, summed over people, in fractions
	decayed            // with distance decay
	shared             // with competition besides
	womenFull          // access of women were nothing in their way, in sixths of lossOne fractions
	womenUsable        // what of it they have
	lostFar            // what distance takes
	lostRide           // what the lack of transport takes
	lostTerms          // what other conditions take

	matched // people of each stage, then the women among them
	interviewed
	hired
	matchedWomen
	interviewedWomen
	hiredWomen

	vacancies   // live
	postings    // live demands, reposts counted once
	reposts     // live postings that repeat another
	personDays  // a month, of daily-wage work
	missed      // of vacancies: with nobody of the trade in reach
	pressed     // people to a vacancy, summed over vacancies, in fractions
	pressedNear // with distance decay
	columns
)

// tally is one row of the inner table.
type tally [columns]int64

func (t *tally) add(o *tally) {
	for i := range t {
		t[i] += o[i]
	}
}

// band is the least count of rupees that pay is told apart by; pays above the last band lie in it.
const (
	bandRupees = 1_000
	bands      = 256
)

func bandOf(rupees uint32) uint8 { return uint8(min(bands-1, rupees/bandRupees)) }

// bandMiddle gives the pay in the middle of a band, in rupees a month.
func bandMiddle(band uint8) int64 { return int64(band)*bandRupees + bandRupees/2 }

// spell is how long a demand stood open, and whether it was filled then or is only known to have stood that long.
type spell struct {
	days   uint16
	filled bool
}
