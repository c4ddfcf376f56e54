package search

import "slices"

// What a query says that is no trade sought, though it holds a trade's word: words with another meaning, titles, landmarks.

// homograph is a trade's word that is another word beside some: مالی the gardener, and of money.
type homograph struct{ before, after map[string]bool }

// homographs are such words, and the words before and after them that tell.
var homographs = [...]struct{ words, before, after string }{
	{"mali maali maly مالی", "", `imdad imdaad madad halat halaat haalat mushkil mushkilat pareshani masla maslay masail taawun tawun nuqsan sal saal muawnat muavnat buhran
		wasail tor taur sahulat امداد مدد حالت حالات مشکل مشکلات پریشانی مسئلہ مسائل تعاون نقصان سال معاونت بحران وسائل طور سہولت`},
	{"aya aaya آیا", `nahi nahin nhi na kab kaun kon yaad maza samajh pasand wapas wapis phir ghar bill message sms call bahar kyun نہیں نہ کب کون یاد مزہ مزا پسند سمجھ واپس بل گھر باہر سے میں`,
		`hai he hun hoon ho tha kya nahi nahin abhi wapas wapis phir aur ہے ہوں تھا نہیں کہ ہو`},
	{"nai nae nayi نئی", "pata kuch koi پتہ کچھ کوئی وہ", `naukri nokri noukri job jobs gari company zindagi car bike dukan jagah app khabar video policy asami bharti hai mil mila mili
		hota chal raha rahi rha rhi kr krta krti theek thk karta kar ati aati lag lagta kar ho pata tha گاڑی نوکری جاب کمپنی دکان بھرتی زندگی جگہ خبر`},
	{"sona سونا", "", "chahta chahti hai chahiye چاہتا چاہتی ہے"},
	{"raj راج", "", "karna karo kiya کرنا کرو کیا"},
	{"hafiz حافظ", "khuda khudaa allah خدا اللہ", ""},
	{"sale", "for", ""},
	{"press پریس", "", "conference club کانفرنس کلب"},
	{"bal baal بال", "", "bache bachay bachon gir girna girte بچے بچوں گر گرتے"},
	{"chor چور", "kaam kam naukri nokri کام", ""},
	{"kiya kia kya کیا", `course courses kors diploma training degree dae civil electrical mechanical inter matric fa fsc ba bsc bcom
		کورس ڈپلومہ ٹریننگ ڈگری سول انٹر میٹرک ایڈ`, ""}, // has done it
	{"bijli light lite lyt بجلی لائٹ", "", "chali chli gai gayi gyi aegi ayegi aayegi چلی گئی آئے"}, // a cut, which no electrician mends
	{"net internet نیٹ انٹرنیٹ", "", "package packages pack slow nahi nhi nai پیکج سلو نہیں"},
	{"blood khoon خون", "need", "chahiye chahie chahye donate donor group positive negative چاہیے گروپ"},
	{"ata aata ati aati آتا آتی", "nahi nhi nahin nai na kaam نہیں نہ کام", "hai h he hy hay tha thi hun hon ہے تھا تھی ہیں"}, // comes, and no flour
	{"face fes فیس", "", "book buk بک"}, // no fee
	{"bore bor بور", "", "ho hota hoti ہو"},
	{"moti mota موٹی موٹا", "", "hun hoon hai ho ہوں ہے"}, // stout, and no pearl
	{"kaan kan کان", "", "dard درد"},
	{"bi by", "kuch kch kuchh koi", ""},
	{"age", "my", "is"},
	{"sheet شیٹ date ڈیٹ", "date ڈیٹ", "sheet شیٹ"},
	{"roti rotiyan khana chai chaye salan doodh روٹی کھانا چائے سالن دودھ", "rozi روزی", "garam thandi thanda گرم ٹھنڈی ٹھنڈا"},
}

// addHomographs readies them for looking up.
func (b *bearing) addHomographs() {
	b.homographs = make(map[string]homograph)
	for _, h := range homographs {
		for w := range wordSet(h.words) {
			b.homographs[w] = homograph{wordSet(h.before), wordSet(h.after)}
		}
	}
}

// talk marks the words that are no trade's in this query.
func (b *bearing) talk(words []spelt) []bool {
	skip := make([]bool, len(words))
	for i, w := range words {
		before, after := "", ""
		if i > 0 {
			before = words[i-1].folded
		}
		if i+1 < len(words) {
			after = words[i+1].folded
		}
		h := b.homographs[w.folded]
		skip[i] = h.before[before] || h.after[after] || b.titles[w.folded] && b.isPerson(after) || w.folded == "who" && b.namesTrade(before) // an assistant who knows
	}
	b.landmarks(words, skip)
	b.gates(words, skip)
	return skip
}

// longestLandmark is how many words name one.
const longestLandmark = 3

// landmarks marks the words of a landmark, near which a trade named elsewhere in the query is sought: "driver near steel mill".
func (b *bearing) landmarks(words []spelt, skip []bool) {
	for i, w := range words {
		from, to := i, i
		switch {
		case w.folded == "near" || w.folded == "opposite":
			for from, to = i+1, i+1; to < len(words) && to-from < longestLandmark && !b.binds(words[to]); to++ {
			}
		case i > 1 && words[i-1].key == "K" && (b.besides[w.folded] || b.besideWhom(words, i)):
			for from, to = i-1, i-1; from > 0 && to-from < longestLandmark && !b.binds(words[from-1]); from-- {
			}
		}
		if from < to && (b.namesWork(words[:from]) || b.namesWork(words[to:])) {
			mark(skip, from, to)
		}
	}
}

// withWords stand after one beside whom another works.
const withWords = `sath saath sth ساتھ`

// besideWhom tells whether word i stands between one who does a trade and another who is to work with them: raj mistri ke sath mazdoor.
func (b *bearing) besideWhom(words []spelt, i int) bool {
	return b.with[words[i].folded] && i+1 < len(words) && b.namesAgent(words[i-2]) && b.namesAgent(words[i+1]) && b.saysWho(b.ids[words[i+1].folded])
}

// namesAgent tells whether a word is one for who does a trade, as it is written.
func (b *bearing) namesAgent(w spelt) bool {
	id, ok := b.ids[w.folded]
	return ok && b.words[id].agent && b.words[id].weight >= leastBacking
}

// binds tells whether a word is one of speech.
func (b *bearing) binds(w spelt) bool {
	id, ok := b.ids[w.folded]
	return ok && b.words[id].class&ofSpeech != 0
}

// namesWork tells whether one of the words is a trade's as it is written, and weighs something.
func (b *bearing) namesWork(words []spelt) bool {
	return slices.ContainsFunc(words, func(w spelt) bool {
		id, ok := b.ids[w.folded]
		return ok && b.words[id].class&ofTrade != 0 && b.words[id].weight >= supportWeight && !b.worksite[w.folded]
	})
}

func mark(skip []bool, from, to int) {
	for i := from; i < to; i++ {
		skip[i] = true
	}
}

// isSaid tells whether words[from:to] hold "is": gari bechni hai, kahan par hai.
func (b *bearing) isSaid(words []spelt, from, to int) bool {
	for _, w := range words[min(from, len(words)):min(to, len(words))] {
		if w.folded == "hai" || w.folded == "he" || w.folded == "h" || w.folded == "hain" || w.folded == "ہے" || w.folded == "ہیں" {
			return true
		}
	}
	return false
}

func (b *bearing) isPerson(folded string) bool {
	id, ok := b.ids[folded]
	return ok && b.words[id].class&ofPerson != 0
}
