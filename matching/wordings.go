package matching

// phrases are the words of every phrase in English, Urdu and Roman Urdu. Urdu stands as it is spoken in Pakistan; sentences about a
// candidate are built so that no verb tells a gender.
var phrases = [numPhrases]wording{
	phraseSkillsAll: {
		you:  words{"you have every skill asked for", "جو ہنر مانگے گئے ہیں وہ سب آپ کو آتے ہیں", "jo hunar maange gaye hain wo sab aap ko aate hain"},
		they: words{"has every skill asked for", "مانگے گئے سب ہنر آتے ہیں", "maange gaye sab hunar aate hain"},
	},
	phraseSkillsSome: {
		you: words{"you have {1} of the {2} skills asked for (to learn: {3})",
			"مانگے گئے {2} میں سے {1} ہنر آپ کو آتے ہیں (سیکھنا باقی: {3})",
			"maange gaye {2} mein se {1} hunar aap ko aate hain (seekhna baqi: {3})"},
		they: words{"has {1} of the {2} skills asked for (not: {3})",
			"مانگے گئے {2} میں سے {1} ہنر آتے ہیں (باقی: {3})",
			"maange gaye {2} mein se {1} hunar aate hain (baqi: {3})"},
	},
	phraseSkillsOne: {
		you: words{"you have 1 of the {1} skills asked for (to learn: {2})",
			"مانگے گئے {1} میں سے 1 ہنر آپ کو آتا ہے (سیکھنا باقی: {2})",
			"maange gaye {1} mein se 1 hunar aap ko aata hai (seekhna baqi: {2})"},
		they: words{"has 1 of the {1} skills asked for (not: {2})",
			"مانگے گئے {1} میں سے 1 ہنر آتا ہے (باقی: {2})",
			"maange gaye {1} mein se 1 hunar aata hai (baqi: {2})"},
	},
	phraseBasicsOne: {
		you: words{"you have 1 of the {1} basic skills of this trade (to learn: {2})",
			"اس کام کے {1} میں سے 1 بنیادی ہنر آپ کو آتا ہے (سیکھنا باقی: {2})",
			"is kaam ke {1} mein se 1 bunyadi hunar aap ko aata hai (seekhna baqi: {2})"},
		they: words{"has 1 of the {1} basic skills of the trade (not: {2})",
			"اس کام کے {1} میں سے 1 بنیادی ہنر آتا ہے (باقی: {2})",
			"is kaam ke {1} mein se 1 bunyadi hunar aata hai (baqi: {2})"},
	},
	phraseBasicsAll: {
		you: words{"you have every basic skill of this trade", "اس کام کے سب بنیادی ہنر آپ کو آتے ہیں",
			"is kaam ke sab bunyadi hunar aap ko aate hain"},
		they: words{"has every basic skill of the trade", "اس کام کے سب بنیادی ہنر آتے ہیں", "is kaam ke sab bunyadi hunar aate hain"},
	},
	phraseBasicsSome: {
		you: words{"you have {1} of the {2} basic skills of this trade (to learn: {3})",
			"اس کام کے {2} میں سے {1} بنیادی ہنر آپ کو آتے ہیں (سیکھنا باقی: {3})",
			"is kaam ke {2} mein se {1} bunyadi hunar aap ko aate hain (seekhna baqi: {3})"},
		they: words{"has {1} of the {2} basic skills of the trade (not: {3})",
			"اس کام کے {2} میں سے {1} بنیادی ہنر آتے ہیں (باقی: {3})",
			"is kaam ke {2} mein se {1} bunyadi hunar aate hain (baqi: {3})"},
	},
	phraseSkillsUntold: {
		you:  words{"you have not told your skills yet", "آپ نے ابھی اپنے ہنر نہیں بتائے", "aap ne abhi apne hunar nahi bataye"},
		they: words{"skills are not told yet", "ہنر ابھی نہیں بتائے گئے", "hunar abhi nahi bataye gaye"},
	},
	phraseToLearn: {
		you:  words{"you would have to learn: {1}", "یہ سیکھنا ہو گا: {1}", "yeh seekhna hoga: {1}"},
		they: words{"would have to learn: {1}", "یہ سیکھنا باقی ہے: {1}", "yeh seekhna baqi hai: {1}"},
	},
	phraseAndMore: {you: words{"{1} and more", "{1} وغیرہ", "{1} waghaira"}},
	phraseOwnTrade: {
		you:  words{"it is your own trade, {1}", "یہ آپ ہی کا کام ہے، {1}", "yeh aap hi ka kaam hai, {1}"},
		they: words{"is of the trade, {1}", "پیشہ یہی ہے، {1}", "pesha yehi hai, {1}"},
	},
	phraseRelatedTrade: {
		you: words{"the work ({1}) is close to your trade", "یہ کام ({1}) آپ کے کام سے ملتا جلتا ہے",
			"yeh kaam ({1}) aap ke kaam se milta julta hai"},
		they: words{"is of a trade close to {1}", "پیشہ {1} سے ملتا جلتا ہے", "pesha {1} se milta julta hai"},
	},
	phraseOtherTrade: {you: words{"this is another trade, {1}, near to yours", "یہ دوسرا پیشہ ہے، {1}، جو آپ کے کام سے ملتا جلتا ہے",
		"yeh doosra pesha hai, {1}, jo aap ke kaam se milta julta hai"}},
	phraseRemote:   {you: words{"you can do it from anywhere", "یہ کام کہیں سے بھی ہو سکتا ہے", "yeh kaam kahin se bhi ho sakta hai"}},
	phraseOwnHome:  {you: words{"you do it at your own home", "یہ کام گھر بیٹھے کرنا ہے", "yeh kaam ghar baithe karna hai"}},
	phraseLivingIn: {you: words{"a place to live comes with it", "رہائش بھی ساتھ ملے گی", "rehaish bhi saath milegi"}},
	phraseLivingAway: {you: words{"it is {1} from home, and a place to live comes with it", "جگہ گھر سے {1} دور ہے، رہائش ساتھ ملے گی",
		"jagah ghar se {1} door hai, rehaish saath milegi"}},
	phraseTransport: {you: words{"transport is provided ({1} from home)", "آنے جانے کی سواری ملے گی (گھر سے {1})", "aane jane ki sawari milegi (ghar se {1})"}},
	phraseNear:      {you: words{"it is only {1} from home", "گھر سے صرف {1} دور ہے", "ghar se sirf {1} door hai"}},
	phraseAway:      {you: words{"it is {1} from home", "گھر سے {1} دور ہے", "ghar se {1} door hai"}},
	phraseFar:       {you: words{"it is far, {1} from home", "جگہ دور ہے، گھر سے {1}", "jagah door hai, ghar se {1}"}},
	phraseWithin:    {you: words{"lives within {1} km", "گھر {1} کلومیٹر کے اندر ہے", "ghar {1} km ke andar hai"}},
	phrasePay:       {you: words{"it pays {1}", "اجرت {1} ہے", "ujrat {1} hai"}},
	phrasePayGood:   {you: words{"it pays well: {1}", "اجرت اچھی ہے: {1}", "ujrat achhi hai: {1}"}},
	phrasePayUsual:  {you: words{"it pays {1}, about the usual", "اجرت {1} ہے، جو عام طور پر ملتی ہے", "ujrat {1} hai, jo aam taur par milti hai"}},
	phrasePayLow:    {you: words{"it pays less than usual: {1}", "اجرت عام سے کم ہے: {1}", "ujrat aam se kam hai: {1}"}},
	phrasePayTravel: {you: words{"of {1}, going there and back would take about {2}",
		"{1} میں سے تقریباً {2} آنے جانے پر لگ جائیں گے", "{1} mein se taqreeban {2} aane jane par lag jayenge"}},
	phraseMonthlyPay: {you: words{"what {1} comes to in a month", "{1} سے مہینے کی آمدنی", "{1} se mahine ki aamdani"}},
	phraseBelowMinimum: {you: words{"{1} is below the minimum wage of {2}",
		"{1} سرکاری کم از کم اجرت ({2}) سے کم ہے", "{1} sarkari kam az kam ujrat ({2}) se kam hai"}},
	phraseNeedsMet:     {you: words{"it has what you need: {1}", "آپ کی ضرورت پوری ہوتی ہے: {1}", "aap ki zaroorat poori hoti hai: {1}"}},
	phraseNeedsRefused: {you: words{"it does not have what you need: {1}", "آپ کی ضرورت پوری نہیں ہوتی: {1}", "aap ki zaroorat poori nahi hoti: {1}"}},
	phrasePunctual: {
		you:  words{"the start suits you", "کام شروع ہونے کا وقت آپ کے لیے مناسب ہے", "kaam shuru hone ka waqt aap ke liye munasib hai"},
		they: words{"is free at the start", "شروع کے وقت فارغ", "shuru ke waqt farigh"},
	},
	phraseLate: {
		you:  words{"it starts {1} before you are free", "کام آپ کے فارغ ہونے سے {1} پہلے شروع ہو گا", "kaam aap ke farigh hone se {1} pehle shuru hoga"},
		they: words{"is free only {1} after the start", "کام شروع ہونے کے {1} بعد فارغ", "kaam shuru hone ke {1} baad farigh"},
	},
	phraseWait: {
		you:  words{"the start is {1} away", "کام شروع ہونے میں ابھی {1} ہیں", "kaam shuru hone mein abhi {1} hain"},
		they: words{"would wait {1} for the start", "کام شروع ہونے تک {1} انتظار", "kaam shuru hone tak {1} intezar"},
	},
	phraseToday:         {you: words{"it was posted today", "اشتہار آج ہی آیا ہے", "ishtihar aaj hi aaya hai"}},
	phraseFresh:         {you: words{"it was posted {1} ago", "اشتہار {1} پہلے آیا ہے", "ishtihar {1} pehle aaya hai"}},
	phraseStale:         {you: words{"it was posted {1} ago", "اشتہار {1} پرانا ہے", "ishtihar {1} purana hai"}},
	phraseHasExperience: {you: words{"has at least {1} of experience", "کم از کم {1} کا تجربہ ہے", "kam az kam {1} ka tajurba hai"}},
	phraseExperienceMet: {
		you:  words{"you have the experience asked for", "جتنا تجربہ مانگا گیا ہے وہ آپ کے پاس ہے", "jitna tajurba manga gaya hai wo aap ke paas hai"},
		they: words{"has the experience asked for", "جتنا تجربہ مانگا گیا ہے وہ موجود ہے", "jitna tajurba manga gaya hai wo maujood hai"},
	},
	phraseMonthsUntold: {
		you: words{"it asks for {1} of experience and you have not told yours", "{1} کا تجربہ مانگا گیا ہے اور آپ نے اپنا نہیں بتایا",
			"{1} ka tajurba manga gaya hai aur aap ne apna nahi bataya"},
		they: words{"experience is not told", "تجربہ نہیں بتایا گیا", "tajurba nahi bataya gaya"},
	},
	phraseMonthsElsewhere: {
		you:  words{"it asks for {1} of experience in that very trade", "اسی کام کا {1} کا تجربہ مانگا گیا ہے", "isi kaam ka {1} ka tajurba manga gaya hai"},
		they: words{"has experience in a trade close to it", "تجربہ ملتے جلتے کام کا ہے", "tajurba milte julte kaam ka hai"},
	},
	phraseMonthsShort: {
		you: words{"it asks for {1} of experience and you have {2}", "{1} کا تجربہ مانگا گیا ہے اور آپ کا {2} ہے",
			"{1} ka tajurba manga gaya hai aur aap ka {2} hai"},
		they: words{"has {2} of the {1} of experience asked for", "{1} کی جگہ {2} کا تجربہ ہے", "{1} ki jagah {2} ka tajurba hai"},
	},
	phraseLevelUntold: {
		you: words{"it asks for NVQF level {1} and you have not told yours", "این وی کیو ایف لیول {1} مانگا گیا ہے اور آپ نے اپنا نہیں بتایا",
			"NVQF level {1} manga gaya hai aur aap ne apna nahi bataya"},
		they: words{"the NVQF level is not told", "این وی کیو ایف لیول نہیں بتایا گیا", "NVQF level nahi bataya gaya"},
	},
	phraseLevelShort: {
		you: words{"it asks for NVQF level {1} and you have {2}", "این وی کیو ایف لیول {1} مانگا گیا ہے اور آپ کا {2} ہے",
			"NVQF level {1} manga gaya hai aur aap ka {2} hai"},
		they: words{"has NVQF level {2} where {1} is asked for", "این وی کیو ایف لیول {1} کی جگہ {2} ہے", "NVQF level {1} ki jagah {2} hai"},
	},
	phraseRequirementsMet: {
		you:  words{"you meet what it asks for", "جو شرطیں ہیں وہ آپ کے پاس پوری ہیں", "jo shartein hain wo aap ke paas poori hain"},
		they: words{"meets what else is asked for", "باقی شرطیں پوری ہیں", "baqi shartein poori hain"},
	},
	phraseLicence: {
		you:  words{"it asks for a driving licence ({1})", "ڈرائیونگ لائسنس ({1}) مانگا گیا ہے", "driving licence ({1}) manga gaya hai"},
		they: words{"no driving licence ({1}) is told", "ڈرائیونگ لائسنس ({1}) نہیں بتایا گیا", "driving licence ({1}) nahi bataya gaya"},
	},
	phraseTools: {
		you:  words{"you would have to bring your own tools", "اوزار اپنے لانے ہوں گے", "auzar apne lane honge"},
		they: words{"may need to be given tools", "اوزار دینے پڑ سکتے ہیں", "auzar dene par sakte hain"},
	},
	phraseSchooling: {
		you:  words{"it asks for {1}", "{1} تک تعلیم مانگی گئی ہے", "{1} tak taleem mangi gayi hai"},
		they: words{"schooling is below {1} or not told", "تعلیم {1} سے کم ہے یا نہیں بتائی گئی", "taleem {1} se kam hai ya nahi batayi gayi"},
	},
	phraseAnswers:       {you: words{"this employer answers nearly everyone", "یہاں سے تقریباً سب کو جواب ملتا ہے", "yahan se taqreeban sab ko jawab milta hai"}},
	phraseSeldomAnswers: {you: words{"this employer seldom answers", "یہاں سے جواب کم ہی آتا ہے", "yahan se jawab kam hi aata hai"}},
	phraseBut:           {you: words{"but {1}", "البتہ {1}", "albatta {1}"}},
	phraseNotStated: {you: words{"{1} not stated: ask first", "{1} کے بارے میں نہیں بتایا گیا: پہلے پوچھ لیں",
		"{1} ke bare mein nahi bataya gaya: pehle pooch lein"}},
}

// needWords name the needs, in the order of Needs, as what a posting may have left unsaid.
var needWords = [...]words{
	{"transport", "سواری", "sawari"},
	{"a safe place for women", "خواتین کے لیے محفوظ ماحول", "khawateen ke liye mehfooz mahol"},
	{"a place to live", "رہائش", "rehaish"},
	{"step-free access", "معذور افراد کے آنے جانے کی سہولت", "mazoor afraad ke aane jane ki sahulat"},
	{"work from home", "گھر سے کام", "ghar se kaam"},
}

// wordPay is what a posting may leave unsaid above all.
var wordPay = words{"pay", "اجرت", "ujrat"}
