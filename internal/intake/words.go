package intake

import (
	"strings"

	"rabta/internal/script"
	"rabta/matching"
)

// codes is a closed vocabulary: folded words in three scripts, and the code that each means.
type codes[T ~string] struct {
	of     map[string]T
	wanted wanted
}

// newCodes reads lines of "code: word|word"; the code itself is one of its words.
func newCodes[T ~string](en, ur, table string) codes[T] {
	c := codes[T]{of: map[string]T{}, wanted: wanted{en, ur}}
	for line := range strings.Lines(table) {
		code, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		c.of[closed(code)] = T(code)
		for w := range strings.SplitSeq(words, "|") {
			c.of[closed(w)] = T(code)
		}
	}
	delete(c.of, "")
	return c
}

// closed gives the form in which words are compared: folded, without spaces.
func closed(s string) string { return strings.ReplaceAll(script.Fold(s), " ", "") }

// read reads one word or phrase.
func (c codes[T]) read(text string) reading[T] {
	if code, ok := c.of[closed(text)]; ok {
		return read(code)
	}
	return reading[T]{wanted: c.wanted}
}

// list reads several words; a word that says none of them yields nothing, and one that is unknown makes the cell unread.
func (c codes[T]) list(text string) reading[[]T] {
	if code, ok := c.of[closed(text)]; ok {
		return read(listed(nil, code))
	}
	var all []T
	for _, part := range split(text) {
		code, ok := c.of[closed(part)]
		if !ok {
			return reading[[]T]{wanted: c.wanted}
		}
		all = listed(all, code)
	}
	return read(all)
}

// nothingListed is the code of words that say none.
const nothingListed = "(none)"

func listed[T ~string](all []T, code T) []T {
	if code == nothingListed {
		return all
	}
	for _, known := range all {
		if known == code {
			return all
		}
	}
	return append(all, code)
}

func genderCodes() codes[matching.Gender] {
	return newCodes[matching.Gender]("f, m or x (female, male, transgender)", "عورت، مرد یا خواجہ سرا", `
f:female|woman|women|girl|lady|ladies|w|fem|mrs|miss|ms|عورت|خاتون|لڑکی|زنانہ|خواتین|مونث|aurat|khatoon|larki|zanana
m:male|man|men|boy|gents|mr|مرد|لڑکا|مردانہ|مذکر|mard|larka|mardana
x:transgender|trans|third gender|khwaja sira|khawaja sira|other|خواجہ سرا|مخنث`)
}

func answerCodes() codes[matching.Answer] {
	return newCodes[matching.Answer]("yes, no or nothing", "ہاں، نہیں یا خالی", `
yes:y|true|t|1|ok|haan|han|ji|jee|ji haan|ji han|hai|ہاں|جی|جی ہاں|ہے|available|provided|given|agreed|موجود|✓|✔|required|needed|درکار|چاہیے|included|free
no:n|false|f|0|nahi|nahin|nai|na|نہیں|نہ|جی نہیں|نہیں ہے|not available|not provided|not given|refused|none|nil|not required|not needed|موجود نہیں|✗|✘
unknown:not known|dont know|don't know|not stated|unsure|pata nahi|معلوم نہیں|پتہ نہیں|not asked`)
}

func kindCodes() codes[matching.Kind] {
	return newCodes[matching.Kind]("kinds of work: job, apprenticeship, daily-wage, contract, piece-work or customer-job",
		"کام کی قسم: نوکری، شاگردی، دیہاڑی، ٹھیکہ، پیس ورک یا گاہک کا کام", `
(none):any|all|any kind|any work|anything|کوئی بھی|کچھ بھی|koi bhi|sab
job:jobs|full time|full-time|permanent|regular|employment|salaried|monthly|service|نوکری|ملازمت|مستقل|تنخواہ دار|naukri|nokri|mulazmat|part time|part-time
apprenticeship:apprentice|internship|intern|trainee|training|ojt|on the job training|شاگردی|شاگرد|اپرنٹس شپ|اپرنٹس|انٹرن شپ|shagirdi|shagird
daily-wage:daily|daily wage|daily wages|daily wager|day labour|dihari|dehari|deehari|diharri|دیہاڑی|روزانہ|دہاڑی|روزانہ اجرت|mazdoori|مزدوری
contract:contractual|temporary|project|fixed term|theka|thekka|ٹھیکہ|ٹھیکے پر|عارضی|contract basis
piece-work:piece work|piece rate|piecework|per piece|stitching by piece|پیس ورک|پیس ریٹ|فی پیس|فی نگ
customer-job:customer job|customer|on call|call basis|self employed|self-employed|freelance|freelancer|own customers|گاہک کا کام|گاہک|فری لانس|اپنا کام|apna kaam|gahak`)
}

func modeCodes() codes[matching.Mode] {
	return newCodes[matching.Mode]("ways of travelling: walk, bicycle, motorcycle, bus, rickshaw or car",
		"سفر کا ذریعہ: پیدل، سائیکل، موٹر سائیکل، بس، رکشہ یا گاڑی", `
(none):any|none|nil|no|کوئی نہیں|koi nahi|any mode
walk:walking|on foot|foot|by foot|پیدل|paidal|pedal
bicycle:cycle|bike cycle|سائیکل|cycal|saikal
motorcycle:motorbike|motor cycle|bike|motor bike|scooter|scooty|موٹر سائیکل|موٹرسائیکل|بائیک|سکوٹی|own bike|ذاتی موٹر سائیکل
bus:public transport|public|local transport|wagon|van|coach|metro|metro bus|minibus|بس|ویگن|وین|پبلک ٹرانسپورٹ|suzuki
rickshaw:riksha|auto|auto rickshaw|chingchi|qingqi|qing qi|رکشہ|رکشا|چنگچی
car:own car|taxi|careem|uber|jeep|گاڑی|کار|ٹیکسی|gari|gaari`)
}

func needCodes() codes[matching.Need] {
	return newCodes[matching.Need]("needs: transport, women-safe, accommodation, disability-access or home-based",
		"ضرورت: ٹرانسپورٹ، خواتین کے لیے محفوظ جگہ، رہائش، معذور افراد کے لیے راستہ یا گھر سے کام", `
(none):none|nil|no|nothing|no need|کوئی نہیں|کچھ نہیں|نہیں|koi nahi|kuch nahi
transport:pick and drop|pick & drop|pick drop|conveyance|van|transport provided|ٹرانسپورٹ|پک اینڈ ڈراپ|سواری|گاڑی
women-safe:women safe|women only|ladies only|female only|safe for women|women safe workplace|safe workplace|female staff|خواتین کے لیے محفوظ|صرف خواتین|محفوظ ماحول|خواتین کا ماحول|sirf khawateen
accommodation:hostel|residence|living|boarding|lodging|رہائش|ہاسٹل|rehaish|rihaish
disability-access:disability access|disability|disabled access|wheelchair|wheel chair|ramp|step free|access|معذوری|وہیل چیئر|معذور افراد کے لیے راستہ|mazoori
home-based:home based|work from home|home|at home|from home|گھر سے کام|گھر بیٹھے|گھر پر|ghar se|ghar se kaam`)
}

func schoolingCodes() codes[string] {
	return newCodes[string]("schooling: none, primary, middle, matric, intermediate, bachelor or master",
		"تعلیم: کوئی نہیں، پرائمری، مڈل، میٹرک، انٹر، بی اے یا ایم اے", `
none:nil|no|illiterate|uneducated|un educated|no schooling|no formal education|unpadh|unparh|ان پڑھ|ناخواندہ|کوئی نہیں|1|2|3|4|1st|2nd|3rd|4th|under primary|below primary
primary:5|5th|class 5|5 class|grade 5|5th class|fifth|below middle|under middle|6|7|6th|7th|6th class|7th class|پرائمری|پانچویں|پنجم|پانچ|panchvi|panjvi|paanch
middle:8|8th|class 8|8 class|grade 8|8th class|eighth|under matric|below matric|9|9th|9th class|class 9|مڈل|آٹھویں|ہشتم|انڈر میٹرک|aathvi|athvi
matric:10|11|11th|11th class|1st year|first year|10th|class 10|10 class|grade 10|10th class|tenth|ssc|s.s.c|matriculation|matric science|matric arts|matric (science)|matric (arts)|o level|o levels|o-level|metric|matrik|secondary|میٹرک|دسویں|دہم|daswin|dasvi|dae part 1
intermediate:12|12th|class 12|12 class|12th class|fa|f.a|f.a.|fsc|f.sc|f.sc.|ics|i.com|icom|d.com|dcom|dae|d.a.e|hssc|h.s.s.c|inter|a level|a levels|a-level|2nd year|second year|higher secondary|diploma|associate engineer|fa/fsc|fsc pre medical|fsc pre engineering|
intermediate:انٹر|انٹرمیڈیٹ|بارہویں|ایف اے|ایف ایس سی|آئی کام|آئی سی ایس|ڈی اے ای|barhvi|barahvi|pre medical|pre engineering
bachelor:14|14 years|ba|b.a|b.a.|bsc|b.sc|b.sc.|bs|b.s|b.s.|bcom|b.com|bba|bed|b.ed|be|b.e|btech|b.tech|bcs|graduate|graduation|bachelors|bachelor's|ada|adp|ads|bs hons|ba/bsc|bit|bscs|mbbs|llb|16|16 years|بی اے|بی ایس سی|بی ایس|بی کام|گریجویشن|گریجویٹ|چودہ جماعت|بیچلرز
master:ma|m.a|m.a.|msc|m.sc|m.sc.|ms|m.s|mba|mcom|m.com|med|m.ed|mphil|m.phil|phd|ph.d|masters|master's|post graduate|postgraduate|mcs|18|18 years|ایم اے|ایم ایس سی|ایم فل|ماسٹرز|ماسٹر|پی ایچ ڈی|سولہ جماعت|ma/msc`)
}

func licenceCodes() codes[string] {
	return newCodes[string]("licence classes: motorcycle, LTV, HTV, PSV, tractor or forklift", "لائسنس: موٹر سائیکل، ایل ٹی وی، ایچ ٹی وی، پی ایس وی، ٹریکٹر یا فورک لفٹ", `
(none):none|nil|no|n|nahi|nahin|نہیں|کوئی نہیں|not available|0
motorcycle:motor cycle|bike|m/cycle|mc|motorbike|موٹر سائیکل|موٹرسائیکل|بائیک
ltv:l.t.v|l.t.v.|car|car jeep|car/jeep|motor car|m/car|light|light transport vehicle|motorcar|jeep|van|ایل ٹی وی|کار|گاڑی
htv:h.t.v|h.t.v.|heavy|heavy transport vehicle|truck|trailer|ایچ ٹی وی|ٹرک|ہیوی
psv:p.s.v|p.s.v.|public service vehicle|bus|taxi|rickshaw|پی ایس وی|بس
tractor:tractor trolley|ٹریکٹر
forklift:fork lift|forklifter|fork lifter|lifter|فورک لفٹ|فورک لفٹر`)
}

func statusCodes() codes[matching.Status] {
	return newCodes[matching.Status]("searching, placed or paused", "کام کی تلاش، کام مل گیا یا ابھی نہیں", `
searching:search|looking|looking for job|looking for work|job seeker|jobseeker|unemployed|un employed|un-employed|jobless|not employed|not placed|free|available|active|no|n|seeking|berozgar|be rozgar|job less|idle|بے روزگار|تلاش|کام کی تلاش|نوکری کی تلاش|فارغ|farigh|nahi|نہیں
placed:employed|working|hired|in job|on job|job|yes|y|self employed|self-employed|own business|business|placed in job|got job|barsar rozgar|برسر روزگار|ملازم|نوکری مل گئی|کام پر|اپنا کام|ملازمت|rozgar|ہاں|mulazim
paused:not looking|not available|pause|on hold|studying|study|student|further study|further studies|higher studies|house wife|housewife|married|maternity|inactive|ill|sick|زیر تعلیم|ابھی نہیں|گھریلو|پڑھائی|طالب علم`)
}

func languageCodes() codes[string] {
	return newCodes[string]("languages by name: Urdu, English, Punjabi, Pashto, Sindhi, Saraiki, Balochi …", "زبانوں کے نام: اردو، انگریزی، پنجابی، پشتو، سندھی، سرائیکی، بلوچی …", `
(none):none|nil|no|کوئی نہیں
ur:urdu|اردو|اُردو
en:english|eng|انگریزی|انگلش|angrezi|inglish
pnb:punjabi|panjabi|pa|پنجابی
ps:pashto|pushto|pukhto|pakhto|pushtu|پشتو
sd:sindhi|سندھی
skr:saraiki|seraiki|siraiki|سرائیکی
bal:balochi|baluchi|بلوچی
brh:brahui|brahvi|براہوی
hno:hindko|ہندکو
ks:kashmiri|کشمیری
scl:shina|شینا
bft:balti|بلتی
bsk:burushaski|بروشسکی
khw:khowar|chitrali|کھوار|چترالی
wbl:wakhi|وخی
gju:gojri|gujari|گوجری
mvy:kohistani|کوہستانی
phr:pahari|pothwari|potohari|پہاڑی|پوٹھوہاری
mve:marwari|مارواڑی
gu:gujarati|گجراتی
fa:persian|farsi|dari|فارسی|دری
haz:hazaragi|ہزارگی
ar:arabic|عربی
zh:chinese|mandarin|چینی`)
}

func learntCodes() codes[matching.Learnt] {
	return newCodes[matching.Learnt]("institute, prior-learning, ustad, family or self", "ادارہ، سابقہ تجربے کا امتحان، استاد، خاندان یا خود", `
institute:institution|course|college|formal|institute based|center|centre|vti|navttc|tevta|in institute|cbt&a|cbt|ادارہ|کورس|ادارے سے|idara
prior-learning:rpl|prior learning|recognition of prior learning|assessed|assessment|سابقہ تجربہ|آر پی ایل
ustad:ustaad|shagird|apprentice|apprenticeship|workshop|on job|informal|استاد|استاد سے|شاگردی|ورکشاپ
family:father|mother|home|relative|khandan|خاندان|گھر|والد|والد سے|گھر سے|خاندان سے
self:self taught|self-taught|own|online|youtube|khud|خود|خود سے|اپنے آپ`)
}

// atOnceCodes are the words by which a person is available from now on.
func atOnceCodes() codes[string] {
	return newCodes[string]("", "", `
now:immediately|immediate|at once|any time|anytime|available|yes|asap|today|ready|فوری|فوراً|ابھی|آج سے|abhi|foran|fori|aaj se|ہاں|جی ہاں`)
}
