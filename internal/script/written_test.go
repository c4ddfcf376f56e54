package script

import (
	"strings"
	"testing"
)

// written is Urdu words, each with ways in which people write it in Latin letters: everyday words, trades, tools and English words in
// Urdu dress; with vowels left out as in text messages, y for i, z for j, doubled and single letters.
const written = `
آواز awaz aawaaz avaz
آسمان asman aasmaan
اجرت ujrat ujarat
اچھائی achai achhayi
اخبار akhbar akhbaar axbar
ادارہ idara idarah edara
استقبال istaqbal isteqbal
اعلان elan ailaan ilan
الماری almari almaari almary
امتحان imtihan imtehan
انتظار intezar intizaar
اوزار auzar awzar ozaar
اینٹ eent int ent
بازار bazar bazaar
بالٹی balti baalti
بڑھیا barhia badhiya
بھٹہ bhatta bhatha
بھینس bhains bhens
بیٹری battery betri baitri
بیوپاری beopari byopari
پتھر pathar patthar
پرچون parchoon parchun
پنکھا pankha pankhaa
پیغام paigham pegham
پہلوان pehlwan pahalwan
تجربہ tajarba tajurba tajrbah
تعلیم taleem talim taaleem
تنخواہ tankhwah tankhuah tankhah
تولیہ tolia tauliya
ٹائر tyre tire tayer
ٹریکٹر tractor trektar
ٹھیکیدار thekedar theekedar
ٹیکسی taxi teksi
جنگلہ jangla jangla
جوتے jootay joote jute
جھاڑو jharoo jhadu jharu
چارپائی charpai chaarpayi
چمڑا chamra chamda
چھٹی chutti chhutti chuti
چوڑیاں choorian churiyan
حجام hajjam hajam
حفاظت hifazat hifaazat
حکیم hakeem hakim
خاتون khatoon khatun
خدمت khidmat khdmt
خوشبو khushboo khushbu
دانت dant daant
درخواست darkhwast darkhast
دروازہ darwaza drwaza darvaza
دفتر daftar dftr
دوکان dukan dukaan dokan
ڈاکٹر doctor daktar
ڈبل double dabal
ڈھول dhol
ڈیزائن design dizain
ذمہ zimma zimmah
رضائی razai rzai razaai
رنگساز rangsaz rangsaaz
روزانہ rozana rozanah
ریڑھی rehri rerhi
زراعت ziraat zaraat
زنجیر zanjeer zanjir
زیورات zewrat zevraat zaiwarat
سبزی sabzi sabji sabzy
ستون satoon sutoon
سڑک sarak sadak
سفیدی safedi sufaidi
سلامت salamat slamat
سمجھ samajh smjh
سورج sooraj suraj
سیمنٹ cement simint
شاگرد shagird shagrid
شیشہ sheesha shisha
صابن saban sabun
صندوق sandooq sanduk
ضلع zila zilla
طبیب tabeeb tabib
طوفان toofan tufan
ظالم zalim zaalim
عدالت adalat adaalat
عمارت imarat emarat
عینک ainak enak
غبارہ ghubara gubara
غسل ghusal gusl
فرنیچر furniture farnichar
فصل fasal fasl
فیکٹری factory fektri
قالین qaleen kaleen qalin
قلعی qalai kalai
قینچی qainchi kenchi
کاریگر karigar kareegar
کاغذ kaghaz kagaz
کپڑا kapra kapda
کرسی kursi kursy
کلینک clinic klinik
کوئلہ koila koyla
کھڑکی khirki khidki
کھیت khet khait
گاڑی gari gaari gadi
گاؤں gaon gaaon gaun
گدا gadda
گلاس glass gilas
گوالا gawala gwala
گھڑی ghari ghadi
لائسنس licence laisens
لکڑی lakri lakdi
لفافہ lifafa lafafa
لوہا loha lohaa
ماچس machis maachis
محنت mehnat mahnat
مدرسہ madrasa madrissa
مرغی murghi murgi
مٹھائی mithai mithaai
ملازم mulazim mulaazim
منڈی mandi mundi
مہینہ maheena mahina
موٹرسائیکل motorcycle motersaikal
نلکا nalka nlka
نرسری nursery narsari
نگران nigran nigraan
واشنگ washing vashing
ورکشاپ workshop varkshap
وزن wazan wazn vazan
ہتھوڑا hathora hathoda
ہسپتال haspatal hospital
ہنر hunar hunr
یونین union yunian
یتیم yateem yatim
`

type writtenPair struct{ urdu, roman string }

func writtenPairs(t testing.TB) (words []string, pairs []writtenPair) {
	for line := range strings.Lines(strings.TrimSpace(written)) {
		fields := strings.Fields(line)
		words = append(words, fields[0])
		for _, r := range fields[1:] {
			pairs = append(pairs, writtenPair{fields[0], r})
		}
	}
	if len(words) < 100 {
		t.Fatalf("only %d words", len(words))
	}
	return words, pairs
}
