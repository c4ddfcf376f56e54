package gaps

// Definition says what a figure means, for the documentation and for whoever reads an answer.
type Definition struct {
	Name    string `json:"name"` // as in Row, Balance and WomenRows
	Unit    string `json:"unit"`
	Meaning string `json:"meaning"`
	Source  string `json:"source"` // the paper, or "Rabta" where it is our own count
}

// RegisteredEn and RegisteredUr stand with every figure: whom it is of.
const (
	RegisteredEn = "registered with Rabta"
	RegisteredUr = "رابطہ میں درج"
)

const ours = "Rabta: counted"

// coarseNote stands behind every figure that is rounded.
const coarseNote = " Rounded so that ten people more or fewer need not show; suppressed with the supply."

// Definitions lists every figure in the order of Row. All are of people and postings registered with Rabta.
func Definitions() []Definition {
	return []Definition{
		{"supply", "people", "People who search on the day and whose main trade it is, by the cell of their home. Null where the count, or one " +
			"that could be worked out from it, is under 10, zero included.", ours},
		{"supply_other_trades", "people", "People who search and hold the trade besides their main one; not part of supply.", ours},
		{"demand", "vacancies", "People asked for by live postings; of a posting and its reposts the one that asks for most. Remote work " +
			"stands under the place remote.", ours},
		{"postings", "postings", "Live postings, reposts counted once.", ours},
		{"reposts", "postings", "Live postings that repeat another: same employer, trade, kind of work and resolution-9 cell, begun before the " +
			"earlier one ended or within 30 days after, the earlier one not having been filled by then.", ours},
		{"person_days", "days a month", "Of daily-wage work: vacancies times its days in a month, 26 at the most.", ours},
		{"employers", "employers", "Distinct employers with a live posting.", ours},
		{"tightness", "vacancies a person", "Demand over supply, borders taken as walls.", "Pissarides 2000, Equilibrium Unemployment Theory"},
		{"access", "vacancies a person", "Two-step floating catchment: each vacancy is shared equally among all of the trade who reach it, " +
			"wherever they live; the mean, over the people of the place, of what they reach. In reach means at most their own distance, or " +
			"lodging that they accept." + coarseNote, "Luo and Wang 2003, Environment and Planning B 30(6)"},
		{"access_decay", "vacancies a person", "The same with each pair weighted by its zone of 5 km, as willingness to travel falls." + coarseNote,
			"Luo and Qi 2009, Health & Place 15(4); decay of Marinescu and Rathelot 2018"},
		{"access_shared", "vacancies a person", "The same when a person's attention is divided over the vacancies in reach, by weight, so that " +
			"demand is not counted again at every vacancy: the form that knows congestion." + coarseNote,
			"Wan, Zou and Sternberg 2012, three-step floating catchment, IJGIS 26(6)"},
		{"people_per_vacancy", "people a vacancy", "Two-step floating catchment from the other side: each person is shared equally among the " +
			"vacancies that she reaches; the mean over the vacancies of the place." + coarseNote, "Luo and Wang 2003"},
		{"people_per_vacancy_decay", "people a vacancy", "The same weighted by zones of distance." + coarseNote, "Luo and Qi 2009"},
		{"without_work_in_reach", "share of supply", "People with no vacancy of their main trade in reach. Of all trades together, where there are 10 such " +
			"people and 10 others on every side.", ours},
		{"waiting_90_days", "share of supply", "People who have searched for 90 days and more; shown as without_work_in_reach is.", ours},
		{"unfilled_14_days", "share of postings", "Demands of the last 365 days that stay unfilled for 14 days; likewise 30 and 60. Those that " +
			"are still open, expired or closed count as long as they were seen.", "Kaplan and Meier 1958, JASA 53"},
		{"median_days_to_fill", "days", "The day by which half are filled, by the same estimate; null while more than half stay open.",
			"Kaplan and Meier 1958"},
		{"pay_offered", "rupees a month", "Median of the middle of the pay of live postings that state pay which compares with a month, to Rs 1,000.", ours},
		{"pay_asked", "rupees a month", "Median of the lowest pay that people accept, of those who told, to Rs 1,000; ten of them at least.", ours},
		{"matched", "people", "People who showed interest in a posting or were shortlisted in the last 90 days; likewise interviewed and hired.", ours},
		{"women.searching", "share", "Women among people who search; likewise matched, interviewed, hired. Of all trades together, in the " +
			"smallest unit around the place with 10 women and 10 others on every side.", ours},
		{"women.lost_access", "share", "What women lack of the access (with decay) they would have, were nothing in their way: each vacancy of " +
			"their trade within 25 km or their own reach, at its present share a person. A loss is divided equally among what causes it: distance " +
			"(beyond her own reach), transport (needed and refused), conditions (other needs refused, or not open to her)." + coarseNote,
			"Shapley 1953, A value for n-person games"},
		{"mismatch", "share, 0 to 1", "Half the sum of |people/all people - vacancies/all vacancies| over trades and places: the share of people who " +
			"are in the wrong market." + coarseNote, "Jackman and Roper 1987, Oxford Bulletin 49(1)"},
		{"hires_lost", "share, 0 to 1", "1 - sum of sqrt(people share x vacancy share) over trades and places: hires lost to mismatch, by a matching " +
			"function with equal elasticities." + coarseNote, "Şahin, Song, Topa and Violante 2014, AER 104(11)"},
		{"lost_between_trades", "share, 0 to 1", "What of hires_lost is between trades, the rest being between places: the mean over both " +
			"orders of telling them apart, in logarithms." + coarseNote, "Shapley 1953"},
		{"train", "people", "Vacancies of the place less the people who share them (people_per_vacancy), less those in courses, less the " +
			"surplus of related trades by relatedness; the lower of this season and the same season last year; to 5 people.", "Rabta: Advise"},
		{"gain_each", "hires a trainee", "Further hires for each one trained, when V vacancies and P people make V(1 - exp(-P/V)) hires.",
			"Petrongolo and Pissarides 2001, JEL 39(2), urn-ball matching"},
		{"waiting", "people", "Of advice to bring work: people less those whom the vacancies in their reach could take, 1 - access of the supply; to 5 people.",
			"Rabta: MoveDemand"},
		{"opened", "vacancies", "What a women-safe van would open: the access that women of a district lose to distance and transport, shared out among " +
			"the districts within 60 km by vacancies and the weight of the distance.", "Rabta: AddTransport"},
		{"graduates", "people", "Graduates of an institute, course or batch with a dated certificate. Null where they are under 10, or could be worked out.", ours},
		{"at_work", "share of who answered", "Of graduates who have been out for so many days and told, by applications and their confirmations, those at work on the " +
			"day; the middle of a band of at least 11 people.", ours},
		{"no_answer", "share of graduates", "Of graduates who have been out for so many days, those of whom nothing is known on the day.", ours},
		{"days", "days", "Since the person was registered as searching, or left the work that had taken her off the market.", ours},
		{"unanswered", "applications", "Interests that await the employer's first word, of employers who have let one wait for 14 days and answered nothing since.", ours},
	}
}
