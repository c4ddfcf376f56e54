package search

import (
	"maps"
	"slices"
	"strings"

	"rabta/internal/script"
	"rabta/matching"
)

// The conditions that a query can ask for, as they stand in Understood.Conditions.
const (
	AskWomenOnly     = "women_only"
	AskFromHome      = "from_home"
	AskRemote        = "remote"
	AskAccommodation = "accommodation"
	AskUrgent        = "urgent"
	AskPartTime      = "part_time"
	AskDaily         = "daily" // paid every day
)

// Words that only hold a sentence together, in English, Roman Urdu and Urdu.
const grammarWords = `a an the of for and or to with is are am be i my me we us our you your any some need needed needs want wanted
wants looking look required require find khocha get hiring hire available please sir
ka ki ke kay ko se say par pe pay aur ya hai hain he ho hoon hun hu tha thi the chahiye chahye chaiye chahie chahiyay chaheye
chahea chaye chaey chayie chaaye chahyie chiye chaiya wala wali wale walay walon walay koi kya liye lia liay mujhe mujhay mujhko apna apni apne mera meri mere hum hamen hamein
karna karne karni karta karti karte kar raha rahi rahe rahay sakta sakti sakte bhi tak yahan yahaan wahan aas dhoond dhoondna
talash zaroorat zarurat zrorat zrurat zaruri si mile milega mil ne do hona etc wagaira waghaira waghera wagera
کا کی کے کو سے پر پہ اور یا ہے ہیں ہو ہوں تھا تھی چاہیے چاہئے چاہیئے والا والی والے والوں کوئی کیا لیے لئے مجھے مجھ اپنا اپنی اپنے میرا
میری میرے ہم ہمیں کرنا کرنے کرنی کرتا کرتی کرتے کر رہا رہی رہے سکتا سکتی سکتے بھی تک یہاں وہاں آس تلاش ضرورت ملے مل گا گی گے نے چاہئیے چاہے چاہیں درکار وغیرہ`

// Words that every search and every advert may hold: they decide nothing.
const genericWords = `work works working job jobs vacancy vacancies opening openings position employment career new good best
kaam kam kaaj naukri nokri noukri nokriyan naukriyan mulazmat mulazimat rozgar rozgaar acha achi achay asami
کام کاج نوکری نوکریاں ملازمت روزگار جاب جابز اسامی آسامی اچھا اچھی اچھے`

// Words for the levels of places: names hold them ("Karachi Division") and searches leave them out, or the other way round.
const levelWords = `province division district tehsil taluka city suba zila zilla shehar shehr صوبہ ڈویژن ضلع تحصیل تعلقہ شہر`

// Words for a day: no posting is found by them, and "kal" is no call centre.
const dayWords = `kal aaj aj parson abhi today tomorrow now کل آج پرسوں ابھی`

// Words that make the words after them a place, and those that make the words before them one.
const (
	wordsBeforePlace = `in near at around from within`
	wordsAfterPlace  = `mein main mai mei me qareeb kareeb qarib paas pas nazdeek nazdik میں قریب پاس نزدیک`
)

// phrases that ask for a kind of work or for a condition, by what they ask for; one phrase between bars. A bare "job" or نوکری is
// generic: people write it for any work.
var kindPhrases = [...]struct {
	kind    matching.Kind
	phrases string
}{
	{matching.Job, `full time|full time job|full taim|full tym|fulltime|permanent|permanent job|pakki naukri|paki naukri|pakki nokri|paki nokri|mustaqil naukri|
		فل ٹائم|پکی نوکری|مستقل نوکری|مستقل ملازمت`},
	{matching.Apprenticeship, `apprenticeship|apprentice|apprenticeships|trainee|internship|shagird|shagirdi|shagrid|kaam seekhna|kaam sikhna|
		شاگرد|شاگردی|اپرنٹس|اپرنٹس شپ|اپرینٹس شپ|اپرنٹسشپ|ٹرینی|انٹرن شپ|کام سیکھنا`},
	{matching.DailyWage, `dihari|dehari|dihaari|dihadi|diharee|dihari par|dehari par|daily wage|daily wages|daily wager|day labour|rozana ujrat|
		دیہاڑی|دہاڑی|دیہاڑی پر|روزانہ اجرت|روز کی مزدوری`},
	{matching.Contract, `theka|thekay|theke|theke par|thekay par|theka kaam|contract|contract basis|contract work|on contract|
		ٹھیکہ|ٹھیکا|ٹھیکے|ٹھیکے پر|کنٹریکٹ`},
	{matching.PieceWork, `piece work|piece rate|piece rates|peice rate|peace rate|pis rate|per piece|fi piece|fee piece|pees rate|peece rate|پیس ریٹ|فی پیس|پیس ورک`},
	{matching.CustomerJob, `home service|home visit|customer job|ghar aa kar|ghar par aa kar|ہوم سروس|گھر آ کر|گھر پر آ کر`},
}

var conditionPhrases = [...]struct {
	condition string
	phrases   string
}{
	{AskWomenOnly, `women only|only women|only for women|for women|ladies only|only ladies|for ladies|female only|only female|females only|female|woman|women|khatoon|
		sirf khawateen|khawateen ke liye|khawateen|khwateen|aurton ke liye|auraton ke liye|sirf aurton ke liye|larkiyon ke liye|ladies ke liye|
		خواتین|خاتون|صرف خواتین|خواتین کے لیے|صرف خواتین کے لیے|عورتوں کے لیے|لڑکیوں کے لیے|لیڈیز کے لیے`},
	{AskFromHome, `work from home|from home|home based|home based work|ghar se kaam|ghar se|ghar baithe|ghar bethe|ghar bethay|ghar baithay|ghar beth|gher bethe|ghar baith kar|
		ghar baithe kaam|ghar baith ke|ghar baith k|ghar beth kar|ghar beth ke|ghar me beth kar|ghar mein baith kar|ghar par baith kar|apne ghar se|
		گھر سے کام|گھر سے|گھر بیٹھے|گھر بیٹھے کام|گھر بیٹھ کر|گھر بیٹھ کے|گھر میں بیٹھ کر|اپنے گھر سے`},
	{AskRemote, `remote|remote work|remote job|online|online kaam|online work|online job|freelance|ریموٹ|آن لائن|آن لائن کام|فری لانس`},
	{AskAccommodation, `accommodation|with accommodation|rihaish|rehaish|rihaish ke sath|rehaish ke sath|rihayish|live in|hostel|
		رہائش|رہائش کے ساتھ|رہائش والی|ہاسٹل`},
	{AskUrgent, `urgent|urgently|fori|fauri|foran|fauran|jaldi|فوری|فوراً|ارجنٹ|جلدی`},
	{AskPartTime, `part time|part time job|part taim|part tym|parttime|half day|juz waqti|aadha din|پارٹ ٹائم|جز وقتی|آدھا دن`},
	{AskDaily, `daily|daily pay|daily payment|rozana|roz ke paise|roz ki payment|روزانہ|روز کے پیسے`},
}

// lexicon holds the small tables of words, folded. It never changes once made.
type lexicon struct {
	grammar, generic, level map[string]bool
	bindKeys                map[string]bool // the sounds of the grammar words
	beforePlace, afterPlace map[string]bool
	own, naming, is         map[string]bool // the words of an introduction
	days                    map[string]bool
	kinds                   map[string]matching.Kind
	conditions              map[string]string
	heard                   map[string][][]spelt // the names above of several words, in Latin letters, by how they sound
	heardFirst              map[string]bool      // the sounds of their first words
}

func newLexicon() *lexicon {
	l := &lexicon{grammar: wordSet(grammarWords), generic: wordSet(genericWords + " " + levelWords), level: wordSet(levelWords),
		beforePlace: wordSet(wordsBeforePlace), own: wordSet(ownWords), naming: wordSet(nameWords), is: wordSet(isWords), days: wordSet(dayWords),
		afterPlace: wordSet(wordsAfterPlace), kinds: make(map[string]matching.Kind), conditions: make(map[string]string),
		heard: make(map[string][][]spelt), heardFirst: make(map[string]bool)}
	l.bindKeys = make(map[string]bool)
	for w := range l.grammar {
		for _, s := range split(w) {
			l.bindKeys[s.key] = true
		}
	}
	for _, k := range kindPhrases {
		for phrase := range strings.SplitSeq(k.phrases, "|") {
			l.kinds[phraseOf(split(phrase))] = k.kind
			l.hear(split(phrase))
		}
	}
	for _, c := range conditionPhrases {
		for phrase := range strings.SplitSeq(c.phrases, "|") {
			l.conditions[phraseOf(split(phrase))] = c.condition
			l.hear(split(phrase))
		}
	}
	return l
}

func wordSet(text string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range script.Words(text) {
		set[w] = true
	}
	return set
}

// inOrder gives the words of a set, so that what is made of them is the same in every process.
func inOrder(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

// withoutLevel gives a place's name without the words for its level.
func (l *lexicon) withoutLevel(name []spelt) []spelt {
	rest := slices.DeleteFunc(slices.Clone(name), func(w spelt) bool { return l.level[w.folded] })
	if len(rest) == 0 {
		return name
	}
	return rest
}

// phraseOf joins the folded forms of words.
func phraseOf(words []spelt) string {
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = w.folded
	}
	return strings.Join(folded, " ")
}

// binds tells whether a folded word only holds a sentence together or points at a place.
func (l *lexicon) binds(folded string) bool {
	return l.grammar[folded] || l.beforePlace[folded] || l.afterPlace[folded]
}

// bones tells whether a word is one of grammar without its vowels, as in text messages: krne.
func (l *lexicon) bones(w spelt) bool { return boneless(w.folded) && l.bindKeys[w.key] }

// empty tells whether a folded word says nothing about what is sought.
func (l *lexicon) empty(folded string) bool { return l.binds(folded) || l.generic[folded] }

// bare gives the words that say something.
func (l *lexicon) bare(words []spelt) []spelt {
	var bare []spelt
	for _, w := range words {
		if !l.empty(w.folded) {
			bare = append(bare, w)
		}
	}
	return bare
}
