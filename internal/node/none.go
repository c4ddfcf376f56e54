package node

import (
	"time"

	"rabta/matching"
)

// What is said of a list with nothing in it, that nobody is left at a dead end: why, and what to do.

// said is one sentence in the three languages.
type said struct{ en, ur, roman string }

func (s said) in(lang Language) string {
	switch lang {
	case Urdu:
		return s.ur
	case RomanUrdu:
		return s.roman
	}
	return s.en
}

// Of searches.
var (
	noneForWords = said{"No work was found for these words. Try the name of a trade, such as electrician, tailor or mason.",
		"ان الفاظ سے کوئی کام نہیں ملا۔ کسی پیشے کا نام لکھ کر دیکھیں، مثلاً الیکٹریشن، درزی یا راج مستری۔",
		"In alfaz se koi kaam nahi mila. Kisi peshe ka naam likh kar dekhein, maslan electrician, darzi ya raj mistri."}
	noneWithin = said{"There is no such work within this distance just now. Look further away, or for another trade.",
		"اتنے فاصلے کے اندر ابھی ایسا کوئی کام نہیں۔ فاصلہ بڑھا کر دیکھیں یا کوئی اور کام تلاش کریں۔",
		"Itne faasle ke andar abhi aisa koi kaam nahi. Faasla barha kar dekhein ya koi aur kaam talash karein."}
	noneAtAll = said{"There is no such work just now. Ask for less, or look for another trade.",
		"ابھی ایسا کوئی کام نہیں۔ کوئی شرط کم کر کے دیکھیں یا کوئی اور کام تلاش کریں۔",
		"Abhi aisa koi kaam nahi. Koi shart kam kar ke dekhein ya koi aur kaam talash karein."}
)

// Of the matches of a graduate.
var (
	nonePlaced = said{"This profile says that work has been found, so none is listed. Set its status to searching to see work again.",
		"پروفائل کے مطابق کام مل چکا ہے، اس لیے کوئی کام نہیں دکھایا جا رہا۔ دوبارہ دیکھنے کے لیے بتائیں کہ کام کی تلاش ہے۔",
		"Profile ke mutabiq kaam mil chuka hai, is liye koi kaam nahi dikhaya ja raha. Dobara dekhne ke liye batayein ke kaam ki talash hai."}
	nonePaused = said{"The search for work is paused, so none is listed. Set the status to searching to see work again.",
		"کام کی تلاش فی الحال رکی ہوئی ہے، اس لیے کوئی کام نہیں دکھایا جا رہا۔ دوبارہ دیکھنے کے لیے تلاش پھر شروع کریں۔",
		"Kaam ki talash filhaal ruki hui hai, is liye koi kaam nahi dikhaya ja raha. Dobara dekhne ke liye talash phir shuru karein."}
	noneUnagreed = said{"This person has not agreed to be matched with work, so none is listed.",
		"کام سے ملانے کی اجازت نہیں دی گئی، اس لیے کوئی کام نہیں دکھایا جا رہا۔ اجازت دیں تو کام نظر آئیں گے۔",
		"Kaam se milane ki ijazat nahi di gayi, is liye koi kaam nahi dikhaya ja raha. Ijazat dein to kaam nazar aayenge."}
	noneSuits = said{"No work within reach suits just now. Look further away, or add another trade or skill.",
		"ابھی آپ کی پہنچ میں کوئی مناسب کام نہیں۔ فاصلہ بڑھا کر دیکھیں یا کوئی اور کام یا ہنر شامل کریں۔",
		"Abhi aap ki pahunch mein koi munasib kaam nahi. Faasla barha kar dekhein ya koi aur kaam ya hunar shamil karein."}
)

// Of the candidates of a posting.
var (
	noneFilled = said{"This posting is filled, so no candidates are listed.",
		"اس اشتہار پر بھرتی ہو چکی ہے، اس لیے امیدوار نہیں دکھائے جا رہے۔",
		"Is ishtihar par bharti ho chuki hai, is liye umeedwar nahi dikhaye ja rahe."}
	noneEnded = said{"This posting has ended, so no candidates are listed. Give it a later end to see them.",
		"اس اشتہار کی مدت ختم ہو چکی ہے، اس لیے امیدوار نہیں دکھائے جا رہے۔ مدت بڑھائیں تو نظر آئیں گے۔",
		"Is ishtihar ki muddat khatam ho chuki hai, is liye umeedwar nahi dikhaye ja rahe. Muddat barhayein to nazar aayenge."}
	noneClosed = said{"This posting is not open, so no candidates are listed.",
		"یہ اشتہار ابھی کھلا نہیں ہے، اس لیے امیدوار نہیں دکھائے جا رہے۔",
		"Yeh ishtihar abhi khula nahi hai, is liye umeedwar nahi dikhaye ja rahe."}
	noneFits = said{"Nobody who is looking for work fits this posting within reach just now. Look further away, or ask for less.",
		"ابھی آس پاس کام تلاش کرنے والوں میں کوئی اس کام کے لیے مناسب نہیں۔ فاصلہ بڑھا کر دیکھیں یا شرطیں کم کریں۔",
		"Abhi aas paas kaam talash karne walon mein koi is kaam ke liye munasib nahi. Faasla barha kar dekhein ya shartein kam karein."}
)

// none says why a search found nothing.
func (s *searching) none() string {
	switch u := s.understood; {
	case u != nil && len(u.Trades) == 0 && u.Words() != "":
		return noneForWords.in(s.r.Language)
	case s.r.Within > 0:
		return noneWithin.in(s.r.Language)
	}
	return noneAtAll.in(s.r.Language)
}

// noMatches says why a graduate has none.
func noMatches(g *matching.Graduate, lang Language) string {
	switch {
	case g.Status == matching.Placed:
		return nonePlaced.in(lang)
	case g.Status == matching.Paused:
		return nonePaused.in(lang)
	case !g.Consent.Matching:
		return noneUnagreed.in(lang)
	}
	return noneSuits.in(lang)
}

// noCandidates says why a posting has none.
func noCandidates(p *matching.Posting, now time.Time, lang Language) string {
	switch {
	case p.Status == matching.Filled || p.Status == matching.Open && p.Vacancies <= 0:
		return noneFilled.in(lang)
	case p.Status == matching.Open && !p.Expires.After(now):
		return noneEnded.in(lang)
	case !p.Live(now):
		return noneClosed.in(lang)
	}
	return noneFits.in(lang)
}
