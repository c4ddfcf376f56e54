package seed

import (
	"rabta/matching"
)

// What the sample market assumes. None of these figures is observed: they are chosen so that the market looks plausible to someone
// who knows Pakistan, and each says what it is a share of. Per-trade assumptions stand in tables/trade_market.tsv.
const (
	womenShare       = 0.40  // of graduates; the trades' weights are bent until it holds
	transgenderShare = 0.002 // of graduates
	genderUntold     = 0.01

	// The exponent of the trades' weights in the table: common trades are more common than their weights alone make them, so that
	// a small sample has markets in which people of one trade meet work of it.
	concentration = 1.7

	// Census 2023: 39 % of people live in towns. Programmes and employers sit there more than people do, so the odds of a
	// town are multiplied.
	graduateUrbanOdds = 2.0
	postingUrbanOdds  = 3.0
	urbanTown         = 20_000  // people; a smaller town counts as the country
	cityPeople        = 200_000 // people of a town whose quarters are towns of their own in the gazetteer
	quarterPeople     = 30_000  // of such a quarter, where no census counts it
	smallTownPeople   = 3_000   // of any other town that no census counts
	mostOfDistrict    = 0.40    // of a district's people count for one of its towns

	// Administered by Pakistan and not in the census figures of 2023: an estimate from those of 2017.
	peopleOfAJK = 4_300_000
	peopleOfGB  = 1_700_000

	secondTrade     = 0.25 // of graduates
	skillsUntold    = 0.06
	essentialHeld   = 0.85 // of the essential skills of a trade, by one who holds it
	optionalHeld    = 0.40
	levelUntold     = 0.25
	monthsUntold    = 0.12
	decadeUntold    = 0.10
	schoolingUntold = 0.06
	reachUntold     = 0.08
	payUntold       = 0.25
	anyKind         = 0.40 // of graduates take any kind of work
	certified       = 0.85 // of those who learnt at an institute
	verifiedPaper   = 0.60 // of certificates
	onRoster        = 0.70 // of those who learnt at an institute
	consentMatching = 0.95
	consentOfficer  = 0.60
	searching       = 0.88
	placed          = 0.08 // the rest has paused
	sharedPhone     = 0.05 // of graduates live with the one before them and share the phone
	cnicTold        = 0.55
	addressTold     = 0.30

	remoteIT        = 0.55 // of the postings of trades in IT: about 4 % of all with the next
	remoteOffice    = 0.22 // of the postings of trades in offices
	payHidden       = 0.10 // of postings
	underMinimum    = 0.03 // of postings whose pay compares with a month
	paySpread       = 0.20 // of the trade's wage in the province, up and down
	postedDays      = 45   // before the date of the market
	leastOpenDays   = 15   // from posting to expiry
	mostOpenDays    = 60
	expiredKept     = 0.15 // of the postings that would have expired by now
	urgentShare     = 0.10
	partTimeShare   = 0.10 // of jobs in sectors where it is usual
	meanPostings    = 2.6  // of an employer that is no household
	mostPostings    = 40
	householdHires  = 0.15 // of daily wages in construction are paid by the owner of a house
	householdJobs   = 0.50 // of jobs in the home are offered by households
	ownHomePiece    = 0.35 // of piece-work in garments and crafts is given out to homes
	employerLocated = 0.92

	graduatesPerInstitute = 400
	leastInstitutes       = 60
	mostInstitutes        = 3000
)

// spread of homes and workplaces around a town's point: the mean distance in metres grows with the root of its people, from half
// a kilometre at 10,000 to eight, which is also the spread around the seat of a tehsil.
const (
	leastSpread   = 500.0
	mostSpread    = 8_000.0
	spreadAtTown  = 10_000.0 // people of a town whose spread is leastSpread
	countrySpread = 8_000.0
)

// travelHabits is how people of a gender go to work.
type travelHabits struct {
	reach         []int // km, each as likely as the other
	modes         []modeShare
	transport     float64 // share who need it provided
	womenSafe     float64
	accommodation float64
	homeBased     float64
	livingIn      float64 // share who would live at the work
	confirmedOnly float64
	phoneOwn      float64
}

type modeShare struct {
	mode  matching.Mode
	share float64
}

// Women travel less far, seldom on their own motorcycle, and more often need transport or a safe workplace: the direction of the
// Lahore transport trials (Field and Vyborny, 2022) and of the Labour Force Survey 2020-21; the figures are ours.
func habitsOf(gender matching.Gender) travelHabits {
	access := []modeShare{{matching.Walk, 0.45}, {matching.Bus, 0.50}, {matching.Rickshaw, 0.45}, {matching.Motorcycle, 0.08}, {matching.Car, 0.04}}
	if gender == matching.Woman || gender == matching.Transgender {
		return travelHabits{reach: []int{2, 3, 5, 5, 8, 8, 10, 10, 12, 15, 15, 20, 25}, modes: access,
			transport: 0.28, womenSafe: 0.45, accommodation: 0.02, homeBased: 0.08, livingIn: 0.05, confirmedOnly: 0.12, phoneOwn: 0.60}
	}
	return travelHabits{reach: []int{5, 8, 10, 10, 15, 15, 20, 20, 25, 25, 30, 40, 50, 80},
		modes: []modeShare{{matching.Walk, 0.30}, {matching.Bicycle, 0.14}, {matching.Motorcycle, 0.55}, {matching.Bus, 0.35},
			{matching.Rickshaw, 0.15}, {matching.Car, 0.05}},
		transport: 0.05, womenSafe: 0, accommodation: 0.07, homeBased: 0.01, livingIn: 0.30, confirmedOnly: 0.02, phoneOwn: 0.93}
}

// needAccess is the share of people with a need of access; about a tenth of the 12 % with any functional limitation (PSLM 2019-20).
const needAccess = 0.012

// languageShare is a language by its ISO 639 code and the share of people who speak it.
type languageShare struct {
	code  string
	share float64
}

// languagesOf gives the languages of a province besides Urdu and English, rounded from the mother tongues of the census of 2023
// and, for AJK and GB, assumed.
func languagesOf(province string) []languageShare {
	switch province {
	case "prv-punjab":
		return []languageShare{{"pa", 0.67}, {"skr", 0.20}, {"ps", 0.02}}
	case "prv-sindh":
		return []languageShare{{"sd", 0.60}, {"pa", 0.07}, {"ps", 0.05}, {"bal", 0.02}, {"skr", 0.02}}
	case "prv-khyber-pakhtunkhwa":
		return []languageShare{{"ps", 0.81}, {"hno", 0.09}, {"skr", 0.03}}
	case "prv-balochistan":
		return []languageShare{{"bal", 0.40}, {"ps", 0.34}, {"brh", 0.17}, {"sd", 0.04}}
	case "prv-islamabad":
		return []languageShare{{"pa", 0.52}, {"ps", 0.18}, {"hno", 0.04}}
	case "prv-azad-jammu-kashmir":
		return []languageShare{{"phr", 0.65}, {"pa", 0.15}, {"hno", 0.10}, {"ks", 0.05}}
	case "prv-gilgit-baltistan":
		return []languageShare{{"scl", 0.45}, {"bft", 0.30}, {"bsk", 0.12}}
	}
	return nil
}

// regionOf gives the region of the tables of names for a province.
func regionOf(province string) string {
	switch province {
	case "prv-sindh":
		return "sindh"
	case "prv-khyber-pakhtunkhwa":
		return "kp"
	case "prv-balochistan":
		return "balochistan"
	case "prv-azad-jammu-kashmir":
		return "ajk"
	case "prv-gilgit-baltistan":
		return "gb"
	}
	return "punjab"
}

// licenceOf gives the licence class without which a trade cannot be worked in; empty for most.
func licenceOf(trade string) string {
	switch trade {
	case "car-driver", "rickshaw-driver":
		return "ltv"
	case "delivery-rider":
		return "motorcycle"
	case "bus-driver":
		return "psv"
	case "truck-driver", "excavator-operator", "crane-operator":
		return "htv"
	case "tractor-driver":
		return "tractor"
	case "forklift-operator":
		return "forklift"
	}
	return ""
}

// schoolingOf gives the steps of schooling that people of an ISCO major group have, each as likely as the other.
func schoolingOf(isco string) []string {
	switch isco[0] {
	case '1', '2':
		return []string{"intermediate", "bachelor", "bachelor", "bachelor", "master"}
	case '3':
		return []string{"matric", "intermediate", "intermediate", "bachelor"}
	case '4':
		return []string{"matric", "intermediate", "intermediate", "bachelor", "bachelor"}
	case '5':
		return []string{"primary", "middle", "middle", "matric", "matric", "intermediate"}
	case '9':
		return []string{"none", "none", "primary", "primary", "middle", "matric"}
	}
	return []string{"none", "primary", "middle", "middle", "matric", "matric", "matric", "intermediate"}
}
