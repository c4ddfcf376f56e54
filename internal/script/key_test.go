package script

import (
	"strings"
	"testing"
)

// soundAlike is groups of spellings that must share a key: trades, tools, places and everyday words as people type them.
const soundAlike = `
بجلی bijli bijly bjli bijlee
درزی darzi drzi darzee
مستری mistri mistry mistari
ویلڈر welder weldar veldar
ویلڈنگ welding
الیکٹریشن electrician elektrishan
مکینک mechanic makenik
بیوٹیشن beautician
پلمبر plumber plumbar
کارپینٹر carpenter karpenter
ترکھان tarkhan
بڑھئی barhai
راج raj
مزدور mazdoor mazdur majdoor
مزدوری mazdoori mazduri
سلائی silai silayi
کڑھائی karhai karhayi
ڈرائیور driver drayver
باورچی bawarchi bavarchi
خانہ khana
چوکیدار chowkidar chaukidar
دھوبی dhobi
مالی mali maali
حلوائی halwai
نائی nai
موچی mochi
لوہار lohar
سنار sunar
کمہار kumhar
کمپیوٹر computer kampyootar
موبائل mobile
مرمت marammat muramat
نرس nurse
ٹیچر teacher
ٹیلر tailor tailar
پینٹر painter
فوٹوگرافر photographer
فون phone fone
انجینئر engineer
اسٹور store istore
اسکول school iskool skool
استاد ustad
استری istri astri
گھر ghar
پھول phool phul fool
چھت chhat chat
صفائی safai
قصائی qasai kasai
ذبح zibah
ضرورت zaroorat jaroorat
ظفر zafar
غریب gharib ghareeb garib
خراد kharad
مشین machine mashin
ریپئر repair
کام kaam kam
نوکری naukri nokri
ملتان Multan
لاہور Lahore Lahor
کراچی Karachi
پشاور Peshawar
کوئٹہ Quetta kweta
راولپنڈی Rawalpindi Ravalpindi
فیصل آباد Faisal Abad
گوجرانوالہ Gujranwala Gujranvala
جہلم Jhelum Jehlum
حیدرآباد Hyderabad Haiderabad
بہاولپور Bahawalpur Bhawalpur
مظفرگڑھ Muzaffargarh
شیخوپورہ Sheikhupura
خضدار Khuzdar
ایبٹ آباد Abbott Abad
وہاڑی Vehari
ٹھٹھہ Thatta
گنبد gumbad
يوسف Yousaf Yusuf
`

func TestKeyIsSharedAcrossScripts(t *testing.T) {
	groups := 0
	for line := range strings.Lines(strings.TrimSpace(soundAlike)) {
		groups++
		words, roman := urduAndRoman(line)
		want := Key(words)
		if want == "" {
			t.Errorf("%s has no key", words)
		}
		for _, r := range roman {
			if got := Key(r); got != want {
				t.Errorf("%s is %s, %s is %s", r, got, words, want)
			}
		}
	}
	if groups < 60 {
		t.Errorf("only %d groups", groups)
	}
}

// urduAndRoman parts a line into its Urdu beginning and the Roman spellings, each of as many words as the Urdu.
func urduAndRoman(line string) (string, []string) {
	fields := strings.Fields(line)
	n := 0
	for n < len(fields) && Of(fields[n]) == Ur {
		n++
	}
	var roman []string
	for i := n; i+n <= len(fields); i += n {
		roman = append(roman, strings.Join(fields[i:i+n], " "))
	}
	return strings.Join(fields[:n], " "), roman
}

func TestKeyKeepsWordsApart(t *testing.T) {
	tests := []struct{ a, b string }{
		{"درزی", "دھوبی"}, {"bijli", "battery"}, {"mason", "mistri"}, {"plumber", "painter"}, {"Multan", "Mardan"},
		{"Lahore", "Larkana"}, {"Karachi", "Kasur"}, {"ali", "lee"}, {"wali", "ali"}, {"hari", "ari"}, {"mochi", "mali"},
		{"cook", "coach"}, {"dadu", "dera"}, {"papa", "paya"}, {"57 jb", "58 jb"},
	}
	for _, tt := range tests {
		if Key(tt.a) == Key(tt.b) {
			t.Errorf("%s and %s are both %s", tt.a, tt.b, Key(tt.a))
		}
	}
}

func TestKeyForm(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""}, {"؟!", ""}, {"bijli ka kaam", "BJL K KM"}, {"بجلی کا کام", "BJL K KM"}, {"ustad", "STD"}, {"asma", "SM"}, {"as", "AS"},
		{"57-JB", "57 JB"}, {"women's", "VMNS"}, {"achchha", "AC"}, {"اچھا", "AC"}, {"日本", ""}, {"taxi", "TKS"}, {"member", "MMBR"}, {"ممبر", "MMBR"},
	}
	for _, tt := range tests {
		if got := Key(tt.in); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
		}
	}
}

func BenchmarkKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Key("الیکٹریشن electrician")
	}
}
