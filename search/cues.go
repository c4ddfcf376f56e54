package search

// cue is what sort of sentence a word is a sign of; a word can be a sign of several.
type cue uint16

const (
	cueAsks    cue = 1 << iota // work, or one who does it, is asked for or offered
	cueServes                  // something is to be made, mended or fitted
	cueTrouble                 // something does not work
	cuePrice                   // what something costs
	cueQuestion
	cuePast  // something came about
	cueOwn   // whose something is, or who of the family
	cueDeals // something is bought, sold, lost or given
	cueTells // tell, send, show, change: what is wanted of this service
	cueDenies
	cueGoing    // something goes on
	cueCommends // somebody is to be recommended
	cueTime     // when
	cueActs     // who did something
	cues        = iota
)

// cueWords are the signs, in the usual spellings; others are read as these, as all words are.
var cueWords = [cues]string{
	`kaam kam kaaj work working worker job jobs naukri nokri noukri mulazmat wala wali wale walay walon walay karigar kaarigar mistri mistry ustad ustaad maker master
chahiye chahye chaiye chahie zaroorat zarurat darkar matloob required need needed hiring hire wanted want vacancy vacancies staff helper seekha seekhna sikhna seekhni sikhni sikha sikhao course training diploma experience tajurba dihari
کام کاج نوکری جاب ملازمت والا والی والے والوں کاریگر مستری استاد ضرورت درکار مطلوب تجربہ سیکھا سیکھنا سیکھنی سیکھنے کورس ٹریننگ تربیت ورکر ہیلپر چاہیے چاہئے`,
	`theek thik thek repair repairing marammat service servicing fitting installation install lagwana lagwani lagwane lagana lagani lagane banwana banwani banwane banana banani
banane karwana karwani karwane dhulwana silwana silwani saaf safai badalwana bharwana bharwani kholna jorna make makes build fix repairs change replace badal badalna badalni badalwani lgwana bnwana krwana krwani banvana banata banati bnata bnati
ٹھیک مرمت سروس فٹنگ لگوانا لگوانی لگوانے لگانا لگانے لگانی بنوانا بنوانی بنوانے بنانا بنانے بنانی کروانا کروانی کروانے دھلوانا سلوانا صاف صفائی بناتا بناتی ریپیئر بدلنا بھروانا`,
	`kharab khrab toot toota tooti tut leak leakage jal jala phat phata band garam thanda awaz shor problem masla kharabi faulty broken hang dead tapak tapakta tapakti tapakna gir gira giri utar utri utra panchar puncture pankchar jam block blocked
bujh bujhta bujhti bujha phula phooli atak atka atki phans phansa phansi hilta hilti zang sparking tripping stuck jammed leaks leaking dripping drips burst smell dhuan chatakh
خراب ٹوٹ ٹوٹا ٹوٹی لیک لیکج جل پھٹ بند گرم ٹھنڈا آواز مسئلہ ٹپک ٹپکتا ٹپکتی گر گرا گری اتر اتری پنکچر جام ہینگ بجھ بجھتا بجھتی اٹک اٹکا اٹکی پھنس پھنسا پھنسی زنگ دھواں`,
	`kiraya kiraaya kiraye kirae karaya qeemat qimat keemat qeemt fare fares price prices rent rents rate rates ret bhao bhaw cost mehnga mehngi mehnge mahanga sasta sasti saste
cheap expensive size saiz kitne kitna kitni kitnay fees fee bill bil challan chalan paise paisay paisa rupay rupees rs udhar qist qiston loan qarz qarza karza free muft discount
کرایہ کرایا کرائے قیمت قیمتیں ریٹ بھاؤ مہنگا مہنگی مہنگے سستا سستی کتنے کتنا کتنی فیس بل چالان پیسے پیسہ روپے ادھار قسط قرض قرضہ مفت`,
	`kab kahan kahaan kidhar kyun kyon kiun kaun kon kaise kaisay kese kaisa kaisi kitne kitna kitni konsa konsi kya kia kis kiska kiski rasta raasta tarika tareeqa tariqa recipe recipy what when where who why how which
کب کہاں کدھر کیوں کون کیسے کیسا کیسی کتنے کتنا کتنی کونسا کونسی کیا کس راستہ طریقہ ترکیب`,
	`tha thi thay gaya gya gayi gai gaye diya dia liya lia li mila mili aaya aya aayi ayi aye dekha kaha kiya hua hui hue pehle hogaya hogayi hogya hogyi hogai chuka chuki was were did had lost gone
bhool
تھا تھی تھے گیا گئی گئے دیا لیا ملا ملی آیا آئی دیکھا کہا کیا ہوا ہوئی چکا چکی پہلے ہوگیا ہوگیی ہوگیے`,
	`mera meri mere hamara hamari hamare humara humari humare uska uski uske iska iski tumhara tumhari aapka aapki apka apki my our his her your abbu ammi abba amma walid walida behan beta
beti biwi shohar khala chacha mamu nana nani dada dadi dost baap maa
میرا میری میرے ہمارا ہماری ہمارے اسکا اسکی آپکا ابو امی والد والدہ بہن بیٹا بیٹی بیوی شوہر خالہ چچا ماموں نانی دادی دوست`,
	`khareedna khareedni khareedne kharidna bechna bechni bechne beechna becha bechi kharida khareeda khareedi lena leni lene dena deni dene sale sell buy sold bought kho gum chori chor lost stolen order rent kiraye kiraya bikau exchange barter
deal deals menu offer voucher discount mangwana mangwani wapas wapis return
خریدنا خریدنی خریدنے بیچنا بیچنی بیچنے خریدا لینا لینی لینے دینا دینی کھو گم چوری واپس منگوانا کرائے کرایے بکاؤ ایکسچینج`,
	`bhejo bhej dikhao dikhayen likho sunao suno karo kro dedo send tell show give delete update call photo number address pata list details
link shikayat shikayt complaint complain khilaf badtameezi fraud samajh pasand yaad baare bare news khabar naam registration registeration
بھیجو بھیجیں دکھاؤ سناؤ سنو کرو نمبر پتہ شکایت خلاف بدتمیزی فراڈ تصویر خبر پسند یاد بارے نام رجسٹریشن`,
	`nahi nahin nhi nai ni na mat not no never نہیں نہ مت`,
	`raha rahi rahe rahay rha rhi rhe hota hoti chalta chalti chal krrha krrhi krrhe krha krhi krhe kraha krahi karrha horha horhi horhe chlrha chlrhi chalrha chalrhi karta karti krta krti krte deta deti aati aata utha
jalta jalti jlta jlti ghoomta ghoomti ghumta ghumti khulta khulti khulte bharta bharti rukta rukti nikalta nikalti leta leti pakarta pakarti start starting turning cooling heating charging opening closing رہا رہی رہے ہوتا ہوتی چلتا چلتی چل کرتا کرتی دیتا دیتی آتی آتا جلتا جلتی گھومتا گھومتی کھلتا کھلتی بھرتا بھرتی رکتا رکتی نکلتا نکلتی لیتا لیتی پکڑتا پکڑتی`,
	`batao bata batayein bataen batain btao bta acha achi accha achha koi kisi recommend suggest best good بتاؤ بتائیں بتا اچھا اچھی کوئی`,
	`aaj kal abhi subah sham shaam raat parson today tomorrow yesterday now morning evening night phir آج کل ابھی صبح شام رات پھر`,
	`ne نے`,
}

// addCues enters the signs.
func (b *bearing) addCues() {
	for i, words := range cueWords {
		for _, w := range inOrder(wordSet(words)) {
			id, ok := b.ids[w]
			if !ok {
				id = b.add(w, ofTalk)
			}
			b.words[id].cue |= 1 << i
		}
	}
}

// cueOf gives what a token is a sign of.
func (b *bearing) cueOf(t *token) cue {
	if len(t.guesses) == 0 || !t.known && t.guesses[0].fit < cueFit {
		return 0
	}
	return b.words[t.guesses[0].word].cue
}

// cueFit is how near a word must be to be taken for a sign: solar is not sold.
const cueFit = 0.9
