package matching

// Kind is the kind of work that a posting offers and a graduate wants.
type Kind string

// The kinds of work.
const (
	Job            Kind = "job"
	Apprenticeship Kind = "apprenticeship"
	DailyWage      Kind = "daily-wage"
	Contract       Kind = "contract"
	PieceWork      Kind = "piece-work"
	CustomerJob    Kind = "customer-job"
)

// Kinds lists every kind of work, in the order in which they are shown.
var Kinds = [...]Kind{Job, Apprenticeship, DailyWage, Contract, PieceWork, CustomerJob}

// Workplace is where the work of a posting is done.
type Workplace string

// The workplaces. A Remote posting has no location; OwnHome is work given out to the worker's home.
const (
	OnSite     Workplace = "site"
	ClientHome Workplace = "client-home"
	OwnHome    Workplace = "own-home"
	Remote     Workplace = "remote"
)

// Workplaces lists every workplace.
var Workplaces = [...]Workplace{OnSite, ClientHome, OwnHome, Remote}

// Mode is a way of travelling to work.
type Mode string

// The modes of travel.
const (
	Walk       Mode = "walk"
	Bicycle    Mode = "bicycle"
	Motorcycle Mode = "motorcycle"
	Bus        Mode = "bus"
	Rickshaw   Mode = "rickshaw"
	Car        Mode = "car"
)

// Modes lists every mode of travel.
var Modes = [...]Mode{Walk, Bicycle, Motorcycle, Bus, Rickshaw, Car}

// Gender is kept for what open_to and women's needs ask, and for statistics; it never enters a chance of hire.
type Gender string

// The genders; the empty one is not told.
const (
	Woman       Gender = "f"
	Man         Gender = "m"
	Transgender Gender = "x"
)

// OpenTo says to whom a posting is open.
type OpenTo string

// The values of OpenTo; the empty one reads as all.
const (
	OpenToAll   OpenTo = "all"
	OpenToWomen OpenTo = "women"
	OpenToMen   OpenTo = "men"
)

// Admits tells whether a posting that is open to these may take a person of a gender, as Opening.OpenFor does.
func (to OpenTo) Admits(g Gender) bool { return openToMask(to)&(1<<genderCode(g)) != 0 }

// Need is something without which a graduate cannot take a post.
type Need string

// The needs.
const (
	NeedTransport     Need = "transport"
	NeedWomenSafe     Need = "women-safe"
	NeedAccommodation Need = "accommodation"
	NeedAccess        Need = "disability-access"
	NeedHomeBased     Need = "home-based"
)

// Needs lists every need.
var Needs = [...]Need{NeedTransport, NeedWomenSafe, NeedAccommodation, NeedAccess, NeedHomeBased}

// Answer is what is known of a condition. What is unknown is called unknown.
type Answer string

// The answers; the empty one reads as unknown.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// ConditionName names a condition of work that a posting may state.
type ConditionName string

// The conditions of work.
const (
	CondTransport          ConditionName = "transport"
	CondDoorTransport      ConditionName = "door_transport"
	CondWomenColleagues    ConditionName = "women_colleagues"
	CondSeparateToilet     ConditionName = "separate_toilet"
	CondDayHours           ConditionName = "day_hours"
	CondComplaintCommittee ConditionName = "complaint_committee"
	CondAccommodation      ConditionName = "accommodation"
	CondMeals              ConditionName = "meals"
	CondTools              ConditionName = "tools"
	CondInjuryCover        ConditionName = "injury_cover"
	CondStepFree           ConditionName = "step_free"
)

// ConditionNames lists every condition of work, in the order in which they are shown.
var ConditionNames = [...]ConditionName{CondTransport, CondDoorTransport, CondWomenColleagues, CondSeparateToilet, CondDayHours,
	CondComplaintCommittee, CondAccommodation, CondMeals, CondTools, CondInjuryCover, CondStepFree}
