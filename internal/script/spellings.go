package script

// spelling says how one letter of Urdu, or two that make one sound, is written in Latin letters.
type spelling struct {
	// letter is the Urdu. "^" before it: as the first letter of a word; "$" after it: as the last; "~" before it: beside a vowel
	// letter, where و and ی are consonants and ا only carries the vowel after it. The bare form serves everywhere else.
	letter string
	// omit is the cost of not writing it at all.
	omit uint8
	// roman is its Latin spellings: a cost, then those that cost as much, and so on.
	roman string
}

// wrong is the cost of a letter that is plainly another; all costs are parts of it.
const wrong = 30

// spellings returns the table of letters. Its costs were set by hand: 0 is how most people write the sound, up to 6 a common
// other way, up to 12 dialect, English habit or a neighbouring sound. They were then adjusted by looking at what was
// misread; no list of words went into them.
func spellings() []spelling {
	return []spelling{
		// Vowels and what carries them.
		{"^ا", 16, "0 a 5 i u e aa 8 o 10 ai ea ee y oo h"},
		{"~ا", 3, "3 a 8 i u e aa 10 o"},
		{"ا", 12, "0 a aa 6 ah 9 e o u ai 12 i ea ae au ou y"},
		{"ا$", 15, "0 a aa 2 ah 8 e o 12 i u eh"},
		{"آ", 18, "0 aa a 7 o 8 i ah e au ai"},
		{"^ع", 14, "0 a 3 i u aa e 6 o ei 10 ea y ai h"},
		{"ع", 6, "2 a 3 aa 4 e i u o 8 ae ai ah h"},
		{"ع$", 5, "3 a 5 aa e ah i 8 o u"},
		{"و", 12, "0 o u oo 3 au ou w v ow 5 aw ao oa eo ue uu 8 a uo eu ew 12 e"},
		{"~و", 14, "0 w v 3 u o 6 ow oo au wh ou ov 10 b f ve ue"},
		{"و$", 15, "0 o u oo w v 3 ou ow au ao aw ue oe ew oh uu 8 ough eau"},
		{"ی", 10, "0 i e ee 2 ai y ei ea ay 4 ie ey ii ae ia 7 a u igh"},
		{"~ی", 8, "0 y 4 i e 6 ee ai ie j ey ay"},
		{"ی$", 13, "0 i ee y 2 ie ey ii 4 e ea 6 ai ay 8 a eh"},
		{"ے", 12, "0 e ay ai ey 3 ae ei y ye ee aye 5 i a eh"},
		{"~ے", 12, "0 e ay ai ey ae 1 y i ye 3 ei ee aye"},
		// Marks, where the vocabulary has them: of izafat, of short vowels, of an alef that ی carries.
		{"ِ", 4, "0 i e"},
		{"ِ$", 6, "0 e 2 i ay ey ee 4 ai y"},
		{"ُ", 4, "0 u o 4 oo"},
		{"ُ$", 6, "0 u o 4 oo hu"},
		{"َ", 3, "0 a 4 e"},
		{"ً", 6, "0 an 2 n"},
		{"ٰ", 7, "0 a aa"},
		{"یٰ", 14, "0 a aa 4 ah"},
		{"اً", 14, "0 an aan 4 en un 6 a aa"},
		{"ئی", 12, "0 i ee y 2 yi ie ey 3 ai ye ii"},
		{"ئے", 12, "0 e ay ey ye i ae 3 ai yay"},
		{"ئ", 3, "2 i y e 5 ai ee a ei ey"},
		{"ؤ", 10, "0 o u w oo 3 ao au ou ow aw v uo"},
		{"ء", 1, "4 a e i u"},
		{"ہ", 8, "0 h 12 e"},
		{"^ہ", 18, "0 h 12 w"},
		{"ہ$", 7, "0 a ah h 3 e eh aa 6 ay i"},
		{"ح", 9, "0 h 10 kh"},
		{"^ح", 18, "0 h 10 kh"},
		{"ھ", 6, "0 h"},
		{"ں", 6, "0 n 5 m ng"},
		// Aspirates: the h is often left out.
		{"بھ", 26, "0 bh 5 b 10 bah"}, {"پھ", 26, "0 ph 3 f 6 p 10 pah"}, {"تھ", 26, "0 th 5 t 9 tt 10 tah"}, {"ٹھ", 26, "0 th 5 t 9 tt 10 tah"},
		{"جھ", 26, "0 jh 5 j 9 z 10 jah"}, {"چھ", 26, "0 ch chh 6 c 10 chah"}, {"دھ", 26, "0 dh 5 d 9 th 10 dah"}, {"ڈھ", 26, "0 dh 4 d 6 rh 10 dah"},
		{"ڑھ", 26, "0 rh 4 r dh 7 d 10 rah"}, {"کھ", 26, "0 kh 5 k 9 q 10 kah"}, {"گھ", 26, "0 gh 5 g 10 gah"}, {"لھ", 26, "0 lh 3 l"},
		{"مھ", 26, "0 mh 3 m"}, {"نھ", 26, "0 nh 3 n"}, {"رھ", 26, "0 rh 3 r"},
		// Consonants.
		{"ب", 22, "0 b 9 p bh 12 v w"}, {"پ", 22, "0 p 7 ph 10 b f"}, {"ت", 22, "0 t 5 th 12 d"}, {"ٹ", 22, "0 t 6 th 9 d ed te"},
		{"ط", 22, "0 t 5 th"}, {"ث", 22, "0 s 5 th 9 c"}, {"ج", 22, "0 j 4 g 5 z dg 8 ge jh"}, {"چ", 22, "0 ch 5 c tch 8 chh t tu 12 sh"},
		{"خ", 22, "0 kh 5 k 7 h x 9 q"}, {"د", 20, "0 d 6 dh 10 th t"}, {"ڈ", 20, "0 d 8 dh r 10 t"}, {"ذ", 22, "0 z 5 j 8 d dh s"},
		{"ر", 18, "0 r 6 rh wr re"}, {"ڑ", 22, "0 r 4 d 5 rh 7 dh"}, {"ز", 22, "0 z 4 j s 7 x se"}, {"ژ", 22, "0 zh z 3 j 5 s si g sh"},
		{"س", 20, "0 s 4 c 5 ss sc ce 9 z sh x ts"}, {"ش", 22, "0 sh 4 ti ch ci 6 s si 8 sch ssi c tio"}, {"ص", 22, "0 s 8 z c"},
		{"ض", 22, "0 z 4 d 5 j dh"}, {"ظ", 22, "0 z 5 j d"}, {"غ", 22, "0 gh 3 g 9 k"}, {"ف", 22, "0 f 2 ph 7 gh v p"},
		{"ق", 22, "0 q 2 k 5 c 8 kh g"}, {"ک", 22, "0 k 2 c 4 q ck ch 7 kh g"}, {"گ", 22, "0 g 6 gh 9 k j"}, {"ل", 20, "0 l"},
		{"م", 22, "0 m 8 n"}, {"ن", 18, "0 n 5 m kn gn 7 ng"},
	}
}

// kin gives the Urdu letter for a letter of Sindhi, Pashto or Shahmukhi that sounds like it, and r itself for any other.
func kin(r rune) rune {
	switch r {
	case 'ٻ':
		return 'ب'
	case 'ٽ', 'ټ':
		return 'ٹ'
	case 'ڄ', 'ڃ':
		return 'ج'
	case 'څ', 'ځ', 'ڇ':
		return 'چ'
	case 'ڊ', 'ډ', 'ڏ':
		return 'ڈ'
	case 'ړ', 'ڙ':
		return 'ڑ'
	case 'ږ':
		return 'ژ'
	case 'ښ':
		return 'ش'
	case 'ڳ', 'ڱ':
		return 'گ'
	case 'ڻ', 'ݨ':
		return 'ن'
	case 'أ', 'إ', 'ٱ':
		return 'ا'
	}
	return r
}
