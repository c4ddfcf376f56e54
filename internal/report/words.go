package report

import (
	"strconv"
	"strings"

	"rabta/geo"
	"rabta/matching/trades"
)

// words is every text of a report in one language. Those with % take what stands behind them.
type words struct {
	Lang, Dir string
	name      func(geo.Names) string
	trade     func(trades.Names) string

	Title, District, Registered, Footer, Page, Comma      string
	Searching, Vacancies, PerPerson, InReach, Women       string
	NoWork, Hidden, Employers, OfPlace, OneAll            string
	MapTitle, MapLegend, MapHidden, MapOwn, MapCircle, Km string
	NoMap, AdviceTitle, NoAdvice, TradesChart, People     string
	NoTrades, TrendTitle, Now, LastMonth, LastYear        string
	NoRecord, TableTitle, Trade, Others, PerVacancy       string
	Unfilled30, FillDays, Offered, Asked, Hired           string
	More, WomenTitle, HasAccess, Distance, Transport      string
	Conditions, NoWomen, WomenNote, UnfilledTitle         string
	After, Here, InProvince, NoUnfilled, Median           string
	OutcomesTitle, Institute, Graduates, AtWork           string
	NoAnswer, NoOutcomes, HiddenTitle, HiddenWhy          string
	HiddenTrades, HiddenCells, Rounded, MeaningTitle      string
	Mismatch, Nothing, Dash, DashTable, NoWomensWork      string
	Months                                                [12]string
	AdviceRoom                                            int // letters of advice for which there is room
}

// languages holds the words of each language.
var languages = map[string]*words{English: &english, Urdu: &urdu}

var english = words{
	Lang: "en", Dir: "ltr",
	name:  func(n geo.Names) string { return n.En },
	trade: func(n trades.Names) string { return n.En },

	Title: "Skills and work in %s", District: "%s district", Registered: "Registered with Rabta", Page: "page %d of 2", Comma: ", ",
	Footer:    "All figures are of people and postings registered with Rabta on %s, not of everybody who lives there.",
	Searching: "people searching", Vacancies: "vacancies", PerPerson: "vacancies a person", InReach: "vacancies in reach, a person",
	Women: "women among those who search", NoWork: "with no work of their trade in reach", Hidden: "not shown", Employers: "%s employers",
	OfPlace: "of %s", OneAll: "all trades",
	MapTitle: "Where work is in reach", MapLegend: "Vacancies in reach, a person", MapHidden: "not shown: too few people",
	MapOwn: "figure of the cell itself; other cells show their tehsil's", MapCircle: "vacancies there", Km: "%s km",
	NoMap:       "There is no map: Rabta does not know the borders of this district.",
	AdviceTitle: "What to do",
	NoAdvice: "Nothing is advised. Advice to train takes three months of postings, ten vacancies of a trade, and ten more than the people " +
		"who share them.",
	TradesChart: "Vacancies and people by trade", People: "people",
	NoTrades: "No vacancy stands in this district, and no trade has enough people to be shown.",
	Nothing:  "Nothing of this district can be shown: no vacancy stands in it, and its people are too few.",

	TrendTitle: "Now, a month ago, a year ago", Now: "now", LastMonth: "a month ago", LastYear: "a year ago", NoRecord: "not on record",
	TableTitle: "Trades", Trade: "Trade", Others: "as second trade", PerVacancy: "people a vacancy", Unfilled30: "open after 30 days",
	FillDays: "days to fill", Offered: "pay offered, Rs", Asked: "pay asked, Rs", Hired: "hired, 90 days",
	More:       "And %s further trades with %s vacancies.",
	WomenTitle: "Women's access to work", HasAccess: "have", Distance: "lost to distance", Transport: "lost to lack of transport",
	Conditions: "lost to conditions", NoWomen: "Not shown: it takes ten women, and ten others, in a place.",
	NoWomensWork:  "No vacancy of their trades lies near any of the women who search here, so there is no access to lose.",
	WomenNote:     "Women lose %s of the vacancies that they would have in reach if nothing stood in their way. Women among those hired: %s.",
	UnfilledTitle: "Postings still open", After: "after %d days", Here: "the district", InProvince: "its province",
	NoUnfilled: "No posting has been on record here within a year.", Median: "Half are filled within %s days.",
	OutcomesTitle: "How graduates fare", Institute: "Institute", Graduates: "graduates", AtWork: "at work after %d days",
	NoAnswer:    "no answer at %d days",
	NoOutcomes:  "No institute of the district has ten graduates whose course ended and who were asked.",
	HiddenTitle: "What is not shown, and why",
	HiddenWhy: "A number of people under 10 is never shown, nor one from which such a number could be worked out; whatever is made from it is " +
		"not shown either. Vacancies are no people and are always shown.",
	HiddenTrades: "Here that leaves out the people of %s trades of %s.",
	HiddenCells:  "On the map %s cells of %s have no figure, not even their tehsil's.",
	Rounded:      "Other figures about people are rounded so that ten people more or fewer need not show.",
	Mismatch:     "%s of the people would have to change trade or tehsil for people and vacancies to be spread alike.",
	MeaningTitle: "What the figures mean", Dash: "— not shown", DashTable: "— not shown, or nothing to make it of.",
	AdviceRoom: 1150, Months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

var urdu = words{
	Lang: "ur", Dir: "rtl",
	name: func(n geo.Names) string {
		if n.Ur == "" {
			return n.En
		}
		return n.Ur
	},
	trade: func(n trades.Names) string {
		if n.Ur == "" {
			return n.En
		}
		return n.Ur
	},

	Title: "%s میں ہنر اور روزگار", District: "ضلع %s", Registered: "رابطہ میں درج", Page: "صفحہ %d از 2", Comma: "، ",
	Footer:    "تمام اعداد صرف ان افراد اور آسامیوں کے ہیں جو %s تک رابطہ میں درج ہیں، پوری آبادی کے نہیں۔",
	Searching: "افراد کام کی تلاش میں", Vacancies: "آسامیاں", PerPerson: "آسامیاں فی فرد", InReach: "پہنچ میں آسامیاں فی فرد",
	Women: "متلاشی افراد میں خواتین", NoWork: "جن کے ہنر کا کوئی کام پہنچ میں نہیں", Hidden: "ظاہر نہیں", Employers: "%s آجر",
	OfPlace: "(%s)", OneAll: "تمام ہنر",
	MapTitle: "کام کہاں پہنچ میں ہے", MapLegend: "پہنچ میں آسامیاں فی فرد", MapHidden: "ظاہر نہیں: افراد بہت کم ہیں",
	MapOwn: "خانے کا اپنا عدد؛ باقی خانوں پر ان کی تحصیل کا عدد ہے", MapCircle: "وہاں آسامیاں", Km: "%s کلومیٹر",
	NoMap:       "نقشہ موجود نہیں: رابطہ کے پاس اس ضلع کی حدود نہیں ہیں۔",
	AdviceTitle: "کیا کیا جائے",
	NoAdvice: "فی الحال کوئی مشورہ نہیں۔ تربیت کا مشورہ تب دیا جاتا ہے جب تین ماہ کا ریکارڈ ہو، کسی ہنر کی دس آسامیاں ہوں، اور وہ دستیاب " +
		"افراد سے کم از کم دس زیادہ ہوں۔",
	TradesChart: "ہنر کے لحاظ سے آسامیاں اور افراد", People: "افراد",
	NoTrades: "اس ضلع میں کوئی آسامی نہیں، اور کسی ہنر کے افراد اتنے نہیں کہ دکھائے جا سکیں۔",
	Nothing:  "اس ضلع کا کچھ دکھایا نہیں جا سکتا: یہاں کوئی آسامی نہیں، اور درج افراد بہت کم ہیں۔",

	TrendTitle: "اب، ایک ماہ پہلے، ایک سال پہلے", Now: "اب", LastMonth: "ایک ماہ پہلے", LastYear: "ایک سال پہلے", NoRecord: "ریکارڈ نہیں",
	TableTitle: "ہنر", Trade: "ہنر", Others: "بطور دوسرا ہنر", PerVacancy: "افراد فی آسامی", Unfilled30: "30 دن بعد بھی خالی",
	FillDays: "پُر ہونے کے دن", Offered: "پیشکش، روپے", Asked: "مانگ، روپے", Hired: "90 دن میں ملازم",
	More:       "ان کے علاوہ %s ہنر اور ہیں جن میں %s آسامیاں ہیں۔",
	WomenTitle: "خواتین کی کام تک رسائی", HasAccess: "حاصل ہے", Distance: "فاصلے نے روکا", Transport: "سواری نہ ہونے نے روکا",
	Conditions: "شرائط نے روکا", NoWomen: "ظاہر نہیں: کسی جگہ دس خواتین اور دس دوسرے افراد ہوں تو یہ عدد دکھایا جاتا ہے۔",
	NoWomensWork:  "یہاں کام کی تلاش میں کسی خاتون کے قریب اس کے ہنر کی کوئی آسامی ہی نہیں، اس لیے روکنے والی چیز گنی نہیں جا سکتی۔",
	WomenNote:     "رکاوٹیں نہ ہوتیں تو جو آسامیاں خواتین کی پہنچ میں ہوتیں، ان میں سے %s ان سے چھوٹ جاتی ہیں۔ ملازم ہونے والوں میں خواتین: %s۔",
	UnfilledTitle: "خالی رہ جانے والی آسامیاں", After: "%d دن بعد", Here: "ضلع", InProvince: "صوبہ",
	NoUnfilled: "ایک سال میں یہاں کسی آسامی کا ریکارڈ نہیں۔", Median: "آدھی آسامیاں %s دن میں پُر ہو جاتی ہیں۔",
	OutcomesTitle: "تربیت کے بعد", Institute: "ادارہ", Graduates: "فارغ التحصیل", AtWork: "%d دن بعد برسرِ روزگار",
	NoAnswer:    "%d دن پر جواب نہیں ملا",
	NoOutcomes:  "ضلع کے کسی ادارے کے ایسے دس فارغ التحصیل نہیں جن سے کورس کے بعد پوچھا گیا ہو۔",
	HiddenTitle: "کیا ظاہر نہیں، اور کیوں",
	HiddenWhy: "افراد کی 10 سے کم تعداد کبھی نہیں دکھائی جاتی، نہ ایسا عدد جس سے وہ نکالی جا سکے؛ اور جو عدد اس سے بنتا ہو وہ بھی نہیں۔ " +
		"آسامیاں افراد نہیں، اس لیے ہمیشہ دکھائی جاتی ہیں۔",
	HiddenTrades: "اسی لیے یہاں %[2]s میں سے %[1]s ہنر کے افراد ظاہر نہیں۔",
	HiddenCells:  "نقشے پر %[2]s میں سے %[1]s خانوں کا عدد نہیں، ان کی تحصیل کا بھی نہیں۔",
	Rounded:      "افراد کے باقی اعداد یوں گول کیے گئے ہیں کہ دس افراد کا فرق نظر نہ آئے۔",
	Mismatch:     "افراد اور آسامیاں یکساں تقسیم ہوں، اس کے لیے %s افراد کو ہنر یا تحصیل بدلنی پڑے گی۔",
	MeaningTitle: "اعداد کا مطلب", Dash: "— ظاہر نہیں", DashTable: "— ظاہر نہیں، یا عدد بن ہی نہیں سکتا۔",
	AdviceRoom: 850, Months: [12]string{"جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"},
}

// number writes a whole number with commas, in the figures that Rabta's Urdu sentences have too.
func number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// ratio writes a number with as many places as it needs, two at the most.
func ratio(x float64) string {
	text := strconv.FormatFloat(x, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// percent writes a share.
func percent(x float64) string { return strconv.FormatFloat(x*100, 'f', 0, 64) + "%" }
