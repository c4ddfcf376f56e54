package report

import (
	"strings"

	"rabta/matching/gaps"
)

// meaning says shortly what a figure of the report is; the source stands in gaps.Definitions under the same name.
type meaning struct{ name, title, en, titleUr, ur string }

// meanings are in the order of the report.
var meanings = [...]meaning{
	{"supply", "People", "Those who search on the day and have it as their main trade, by their home.",
		"افراد", "جو اس دن کام کی تلاش میں ہیں اور یہی ان کا بنیادی ہنر ہے، گھر کی جگہ کے لحاظ سے۔"},
	{"demand", "Vacancies", "People asked for by live postings; of reposts the one that asks for most.",
		"آسامیاں", "کھلے اشتہاروں میں جتنے افراد درکار ہیں؛ دہرائے گئے اشتہار ایک بار گنے گئے۔"},
	{"tightness", "Vacancies a person", "Vacancies over people, as if nobody crossed the border.",
		"آسامیاں فی فرد", "آسامیاں تقسیم افراد، گویا کوئی ضلع سے باہر نہ جائے۔"},
	{"access", "In reach", "Each vacancy is shared among all who reach it, wherever they live; the mean of what people reach.",
		"پہنچ میں", "ہر آسامی ان سب میں بانٹی گئی جو وہاں پہنچ سکتے ہیں، چاہے کہیں رہتے ہوں؛ پھر افراد کا اوسط۔"},
	{"people_per_vacancy", "People a vacancy", "The same from the other side: who shares a vacancy of the place.",
		"افراد فی آسامی", "یہی دوسری طرف سے: یہاں کی ایک آسامی کتنے افراد میں بٹتی ہے۔"},
	{"without_work_in_reach", "No work in reach", "Those with no vacancy of their main trade in reach.",
		"کام پہنچ میں نہیں", "جن کے بنیادی ہنر کی کوئی آسامی ان کی پہنچ میں نہیں۔"},
	{"unfilled_14_days", "Still open", "Postings of a year that stay unfilled so long; those closed otherwise count as long as they were seen.",
		"خالی", "سال بھر کے اشتہار جو اتنے دن بعد بھی پُر نہ ہوئے؛ جو ویسے ہی بند ہوئے وہ تب تک گنے گئے جب تک کھلے تھے۔"},
	{"women.lost_access", "Women's lost access", "What women lack of the vacancies they would reach; a loss is divided equally among its causes.",
		"خواتین کی رکاوٹیں", "وہ آسامیاں جو رکاوٹ نہ ہوتی تو پہنچ میں ہوتیں؛ نقصان وجوہات میں برابر بانٹا گیا۔"},
	{"mismatch", "Mismatch", "Half the sum of the differences of the shares of people and of vacancies, over trades and tehsils.",
		"عدم توازن", "افراد اور آسامیوں کے حصوں میں فرق کا آدھا مجموعہ، تمام ہنر اور تحصیلوں پر۔"},
	{"train", "Train", "Vacancies less the people who share them, those in courses, and those of related trades; the lower of two seasons.",
		"تربیت", "آسامیوں میں سے وہ نکال کر جو ان میں شریک ہیں، زیرِ تربیت ہیں، یا ملتے جلتے ہنر کے ہیں؛ دو موسموں میں سے کم۔"},
}

// ours begins the source of a figure that is Rabta's own.
const ours = "Rabta"

// Meaning is a line of the report's last part.
type Meaning struct{ Title, Text, Source string }

// meaningsIn gives them in a language, with their sources.
func meaningsIn(lang string) []Meaning {
	sources := make(map[string]string)
	for _, d := range gaps.Definitions() {
		sources[d.Name] = d.Source
	}
	all := make([]Meaning, len(meanings))
	for i, m := range meanings {
		all[i] = Meaning{m.title, m.en, sources[m.name]}
		if lang == Urdu {
			all[i].Title, all[i].Text = m.titleUr, m.ur
			if strings.HasPrefix(all[i].Source, ours) {
				all[i].Source = "رابطہ"
			}
		}
	}
	return all
}
