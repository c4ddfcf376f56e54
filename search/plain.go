package search

// Words of everyday talk: with a trade's own words they make its names ("gari kharab"), and alone they mean none. They stand here so that
// a word of talk is not read as a misspelt trade, and count little where a trade's name holds them.
const plainWords = `
rehta rehti rehte rehna rahta rahti chutti chhutti رہتا رہتی رہتے رہنا چھٹی چھٹیاں change badal badalna شفٹ تبدیل نادرا nadra di chor dollar dollars riyal dirham euro pound currency kiraya ڈالر ریال درہم کرنسی
dila dilao dilwa dilwao dilado dilwado dilwadein jagah jaga kamai karobari hal masail khali vacancy vacancies akela akeli tanha majboori دلا دلوا دیں دیجئیے جگہ ہل حل اکیلا اکیلی مجبوری
berozgari berozgar berozgaar mehngai mehangai gharib kafalat disability mazoor bait ul mal hata hatao hatana delete remove update edit cancel reset sign log registration register lagega lagegi lagenge chalega chalegi chalenge
baarish sard imdadi imdaad muawza muavza ration qist qistain raqam rakam kamana kamane kamai kamaya aunga aungi jaunga jaungi aayega aayegi ayega ayegi dunga dungi luga karlo karlen dikhao dikhaen chahiay
abroad foreign remote internship offline policy rule law news sports game games player team captain minister prime president army police judge lawyer
shayar shairi ghazal naat hadith namaz roza eid ramzan hajj umrah wazu jumma jumay itwar peer budh jumerat hafta
bilkul qareebi nazdeeki zyadati nuqsan faida fayda munafa hissa share profit loss tax  loadshedding load shedding outage petrol ticket tikat booking
کفالت معذور بیت المال مہنگائی بیروزگار بیروزگاری بے روزگار ہٹاؤ ڈیلیٹ رقم معاوضہ کمانا کمانے کمائی جاؤں گا آؤں قسطیں انٹرن آن لائن کھیل ٹیم فوج جج شاعر غزل نعت نماز روزہ عید رمضان حج عمرہ دعا جمعہ اتوار پیر منگل بدھ جمعرات فائدہ نقصان منافع حصہ ٹیکس ٹکٹ لوڈشیڈنگ
haal hal bura buri bure baghair begair qist kamyab kamyabi naakam today tomorrow yesterday abc xyz income support test helpline hotline guys sirji because after before again always never maybe really
mother father brother sister son daughter parent parents kid kids child children baby wife husband friend someone somebody anyone anybody person people banda bande bandi log logon insan
look looking see seen tell told say said ask asked know known think thought feel come came go went going gone put keep kept let try tried use used using call called show send sent buy sell pay paid open close start stop
first second last next same big small long short high low full empty early late hot cold hard easy free busy ready sure true wrong right left side front back top bottom inside outside
one two three four five six seven eight nine ten hundred thousand aik ek do teen char chaar panch paanch cheh saat aath nau das bees pachas sau
chalata chalati chalate chalaya chalani chalane janta janti jante sikha seekha sikhi seekhi seekhna sikhna sikhna padha padhi parhai padhai kiya kiye karliya diya diye dia liya liye lya rakha rakhi dekha dekhi suna suno bola bole boli bolo
mange manga mangta mangti mangna bheek sawal jawab baat baatein kahani khat khel khelna sona sone soya uthna baithna baitha bethna khana khaya peena pina piya rona hasna likhna parhna padhna samajh samjho samajhna
waja wajah sabab fikar fikr umeed umid yaqeen bharosa aitbar imandar imaandar mehnati mehnat sachai izzat ghussa khushi khush gham maut zindagi jaldi der dair waqai zaroor zarur lazmi
shehri dehati gaon gaaon ghaon basti ilaqa ilaqay makaan kiraya kiraye karaya plot zameen zamin jaidad haq huqooq qanoon kanoon adalat police thana wakeel vote election hukumat wazeer wazir
dil ankh aankh haath hath pair paon sar sir pait kamar dant daant bukhar khansi sardi garmi barish dhoop hawa
bharti bharty asamiyan vacancyes vacancys posts post slot seat openings interview result merit list date last roll exam paper test entry
milenge milenga milega milein milen milay mily milte mile mila milna bataya bataen batain batayein batayen bhejein bhejen dijiye dijye dijiyega kijiye kijye kijie karein karen karain karun karoon karu karo kro krain kren kru karta karenge karengi karega karegi krega krogi hunga hungi hoonga chahta chahti chahte chahta chahein chahen chaho
حال برا بری برے بغیر قسط کامیاب ناکام انکم سپورٹ ہیلپ لائن لوگ لوگوں انسان بندے پڑھائی سوال جواب بات باتیں کہانی وجہ فکر امید یقین محنت محنتی عزت خوشی خوش غم زندگی جلدی دیر ضرور لازمی گاؤں علاقہ کرایہ حق حقوق قانون عدالت پولیس وکیل ووٹ حکومت وزیر دل آنکھ
بخار کھانسی سردی گرمی بارش دھوپ بھرتی پوسٹ رزلٹ میرٹ لسٹ امتحان ملیں ملیں گے آئیں آئیگا آئے گا بتایا بھیجیں دیجیے دیجئے کیجیے کیجئے کریں کروں کرو کرینگے چاہتا چاہتی چاہتے جانتا جانتی سیکھا سیکھنا سیکھی سیکھ رہا دیا دیے دئیے لیا کیا کیے لگتا لگتی لگ رہا ایک دو تین چار پانچ چھ سات آٹھ نو دس
yes no not na nahi nahin nai nhi ni mat bilkul han haan ji jee ok okay hello hi hey salam assalam salaam alaikum walaikum thanks thank
you shukriya meharbani mehrbani khuda allah please plz pls dear bhai bhaiya behan baji aapa apa uncle aunty sahab sahib saab janab dost yaar
who what when where why how which can could should will would do does did done have has had get got give take make this that these those it
he she they his her their there here from by on off up down out over under about also only just very much more most many all every other another
kon kaun kia kyun kyon kab kahan kaise kaisay kitna kitni kitne konsa konsi kis jis us uss is iss in un ye yeh wo woh tum tumhara ap aap apka apki
aapka aapki aapko unka unki inka inki sab sabhi kuch kuchh bohat bahut bohot zyada ziada thora thori sirf bas abhi ab phir bad baad pehle pahle
kal aaj aj parson subah sham raat din dopehar roz hafta mahina mahine maheena saal sal ghanta ghante minute waqt time date year years month months week
weeks day days hour hours morning evening night shift
salary pay paid wage tankhwah tankhuwah tankha tnkhwah paisa paise paisay paisy rupay rupees rupe rs hazar hazaar lakh rate price kharcha fees fee bill bonus advance
experience experienced tajurba tajurbakar tajarba fresh fresher qualification qualified education parha likha parhi likhi unpar anparh un taleem
matric matriculation middle primary inter intermediate fa fsc ics icom ba bsc bcom ma msc bs graduate diploma dae certificate certified degree course courses
training trained license licence lisence cnic shanakhti card document documents papers kaghzat pass fail paas degree
apply application form cv resume biodata interview contact number phone whatsapp call address rabta email message link website app login password account otp code
company private govt government sarkari semi sector department staff worker workers urgent urgently immediately required
man men male woman women female females aurat aurton auraton mard mardon larka larki larkay larkiyan larkiyon ladka ladki boy boys girl girls lady ladies gents jawan naujawan
bacha bachi bache bachay bachon bachy baccha bacche beta beti baita abu abbu ammi walid walida maa baap ghar gher makan room house home family khandan shohar biwi husband wife
name naam nam umar age old new naya nayi naye nae purana purani bara bari bare baray chota choti chote chotay chhota chhoti acha achi ache accha behtareen
thik theek thek sahi saf saaf kharab khrab kharaab karab tuta tut toot tooti toota gaya gayi gaye gya gyi gai giya rha rhi rhe rahay band bnd chalu chal chalta chalti chalte chalna chalo
lag laga lagi lagana lagwana lagani lagwani lagwane lgana lgwana laga karwana karwani karwane krwana krwani krna kerna kerwana banana banane banani banwana banwani banwane bnana bnwana bana bani bane
dena dene deni lena lene leni rakhna rakhne rakhwana dekhna dekhne sunna bolna batana bataye batao bata bataen btao bhejo bhej jana jane jao jaye janay aana ana ane aane aao aya aaya ayi aayi aye aaye aa
mil mila mili milega milegi milta milti hogi hoga hota hoti hote hua hui hue hogaya hogayi hojaye gir gira giri girta garam thanda thandi awaz shor pani paani dhuan
zaroorat zrorat zrurat darkar matloob khali asan asaan mushkil masla masle maslay problem issue pareshan pareshani dukh dard bemar bimar majboor ghareeb gareeb
help madad mdad imdad maali support complaint shikayat darkhwast guzarish sifarish suggestion feedback report jhoot fraud dhoka scam chor chori
benazir bisp ehsaas ahsas zakat pension wazifa scholarship loan qarz qarza karz rashan ration subsidy fund eobi insurance nadra passport visa sehat program programme scheme
mausam weather news khabar cricket match score film movie song gana drama shadi nikah rishta love
road gali mohalla mohallah street block sector phase chowk chok bazar bazaar market masjid mosque school college university hospital haspatal bank station stop adda
bridge pul flyover park town colony society housing plaza mall tower darbar mazar thana kachehri courthouse near nearby opposite samne peechay pichay sath saath agay
urdu english punjabi pashto sindhi balochi pakistan pakistani country mulk bahir abroad dubai saudi gulf qatar oman
good best better bad great nice quick fast slow cheap sasta mehanga free
کون کیوں کب کہاں کیسے کتنا کتنی کتنے کونسا کونسی کس جس اس ان یہ وہ تم آپ آپکا سب کچھ بہت زیادہ تھوڑا صرف بس ابھی اب پھر بعد پہلے کل آج صبح شام رات دن روز
ہفتہ مہینہ مہینے سال گھنٹہ گھنٹے وقت تنخواہ پیسہ پیسے پیسا روپے روپیہ ہزار لاکھ خرچہ فیس بل ایڈوانس تجربہ تجربہ کار تعلیم پڑھا لکھا ان پڑھ میٹرک مڈل پرائمری انٹر ایف اے بی ڈپلومہ
سرٹیفکیٹ ڈگری کورس ٹریننگ تربیت لائسنس شناختی کارڈ کاغذات پاس فیل درخواست فارم انٹرویو نمبر فون واٹس ایپ کال پتہ رابطہ ای میل میسج لنک لاگ پاسورڈ اکاؤنٹ کمپنی پرائیویٹ سرکاری محکمہ
اسٹاف آدمی مرد عورت عورتوں لڑکا لڑکی لڑکے لڑکیاں لڑکیوں بندہ جوان نوجوان بچہ بچی بچے بچوں بیٹا بیٹی ابو امی والد والدہ ماں باپ گھر مکان کمرہ خاندان شوہر بیوی بھائی بہن باجی صاحب جناب
دوست نام عمر نیا نئی نئے پرانا پرانی بڑا بڑی چھوٹا چھوٹی بہترین ٹھیک صحیح صاف خراب ٹوٹ ٹوٹا ٹوٹی گیا گئی گئے بند چالو چل چلتا چلتی چلنا لگ لگا لگانا لگوانا لگانی لگوانی کروانا کروانی کروانے بنانا بنانے
بنوانا بنوانی بنا دینا دینے لینا لینے رکھنا دیکھنا بتائیں بتاؤ بھیجو جانا جانے جاؤ آنا آنے آؤ آیا آئی آئے ملا ملی ملتا ملتی ہوگی ہوگا ہوتا ہوتی ہوا ہوئی ہوئے گر گرا گرم ٹھنڈا ٹھنڈی آواز شور پانی دھواں درکار مطلوب
خالی آسان مشکل مسئلہ مسائل پریشان پریشانی دکھ درد بیمار مجبور غریب مدد امداد سپورٹ شکایت گزارش سفارش جھوٹ فراڈ دھوکہ چور بینظیر احساس زکوٰۃ پنشن وظیفہ اسکالرشپ قرض قرضہ راشن سبسڈی فنڈ انشورنس نادرا پاسپورٹ
ویزا صحت پروگرام اسکیم موسم خبر کرکٹ میچ فلم گانا ڈرامہ شادی نکاح رشتہ سڑک گلی محلہ بلاک سیکٹر فیز چوک بازار مارکیٹ مسجد اسکول سکول کالج یونیورسٹی بینک اسٹیشن اسٹاپ پل پارک ٹاؤن کالونی سوسائٹی
پلازہ مال دربار تھانہ کچہری سامنے پیچھے ساتھ آگے اردو انگریزی پنجابی پشتو سندھی بلوچی پاکستان ملک باہر بیرون دبئی سعودی سستا مہنگا نہیں نہ مت جی ہاں سلام السلام علیکم وعلیکم شکریہ مہربانی خدا اللہ حافظ پلیز میں`

// talkedOf holds phrases in which a trade's word means something else: money is mali, something came (aya), a new (nai) job.
const talkedOf = `mil sakta|mil sakti|mil skta|mil skti|mil jaye|mil jae|mil raha|mil rahi|mil sakta hai|job alert|jobs alert|مل سکتا|مل سکتی|مل جائے|mali imdad|mali madad|mali halat|mali halaat|mali mushkil|mali mushkilat|mali pareshani|mali masla|mali maslay|mali taawun|mali nuqsan|mali sal|mali saal|
mali muawnat|mali muavnat|maali imdad|maali madad|maali halat|maali mushkilat|maali taawun|mali buhran|
مالی امداد|مالی مدد|مالی حالت|مالی حالات|مالی مشکل|مالی مشکلات|مالی پریشانی|مالی مسئلہ|مالی مسائل|مالی تعاون|مالی نقصان|مالی سال|مالی معاونت|مالی بحران|مالی وسائل|مالی طور|مالی سہولت|
nahi aya|nahi aaya|nahin aya|nahin aaya|nhi aya|nhi aaya|kab aya|kab aaya|aya hai|aaya hai|aya he|aya hun|aya hoon|aya tha|aaya tha|kaun aya|kon aya|aya kya|aya nahi|aaya nahi|yaad aya|yaad aaya|maza aya|
maza aaya|samajh nahi aya|pasand aya|pasand aaya|aya abhi|aya wapas|wapas aya|wapis aya|phir aya|aya phir|ghar aya|ghar aaya|bill aya|bill aaya|message aya|call aya|aya aur|
نہیں آیا|نہ آیا|کب آیا|آیا ہے|آیا ہوں|آیا تھا|کون آیا|آیا نہیں|یاد آیا|مزہ آیا|مزا آیا|پسند آیا|سمجھ آیا|واپس آیا|بل آیا|آیا کہ|گھر آیا|آیا ہو|باہر آیا|سے آیا|میں آیا|
nai naukri|nai nokri|nai noukri|nai job|nai jobs|nai gari|nai company|nai zindagi|nai car|nai bike|nai dukan|nai jagah|nai app|nai khabar|pata nai|kuch nai|koi nai|nai hai|nai mil|nai mila|nai mili|nai chahiye tha|nai aya|nai hota|nai chal|
nai raha|nai rahi|nai karta|nai kar|nai ho|nai pata|nai video|nai policy|nai asami|nai bharti|
press conference|press club|sona chahta|sona hai mujhe|neend|bal bache|baal bachay|bal bachon|help center|help desk number|customer care number|helpline number|
driving license kaise|license kaise|lisence kaise|domicile|password bhool|raj karna|raj karo|ram raj|working hours|office hours|bijli nahi thi|bijli nahi hai|load shedding|loadshedding|office kahan|daftar kahan|دفتر کہاں|نئی گاڑی|نئی نوکری|نئی جاب|نئی کمپنی|نئی دکان|نئی بھرتی|bank account|naya account|account band|account hack|app band|app kharab|app nahi chal|app nai chal|
bijli chali|bijli gayi|bijli gai|light chali|light chali gayi|gas nahi aa rahi|gas chali|بجلی چلی|بجلی گئی|بجلی نہیں آ رہی|گیس نہیں آ رہی|online earning|class pass|jamat pass|chota mota|chhota mota|choti moti|چھوٹا موٹا|چھوٹی موٹی|allah hafiz|khuda hafiz|اللہ حافظ|خدا حافظ|nadra office|passport office|نادرا دفتر|light kab|gas kab|bijli kab|pani kab|لائٹ کب|گیس کب|بجلی کب|پانی کب|app slow|mobile data|موبائل ڈیٹا|naukri chor|nokri chor|website nahi chal|website band|login nahi|otp nahi|mobile number|mobile nambar|phone number|phone nambar|موبائل نمبر|فون نمبر|ہیلپ لائن|کسٹمر کیئر نمبر|حکومت|وزیر|
cricket match|cricket score|film dekhni|drama dekhna|movie dekhni|train ka time|bus ka time|flight|bus ticket|bijli ka bill|bijli bill|gas ka bill|gas bill|pani ka bill|electricity bill|بجلی کا بل|بجلی بل|گیس کا بل|پانی کا بل|
school ki fees|school fees|school ki fee|سکول کی فیس|hospital ka number|hospital ka pata|hospital kahan|dawai mehngi|sehat card|health card|صحت کارڈ|sabzi ka rate|sabzi mehngi|gold rate|sone ka rate|sone ki qeemat|sona mehnga|
سونے کی قیمت|سونے کا ریٹ|petrol ki qeemat|petrol price|dollar rate|doctor ka number`

// complaintWords say that a trade is talked of, not sought.
const complaintWords = `shikayat shikayt complaint complain شکایت khilaf خلاف badtameezi بدتمیزی fraud فراڈ`

// priceWords are what things cost, and tradedWords say that the thing before them is bought, sold, lost or dear.
const (
	priceWords  = `kiraya kiraaya kiraye kirae karaya کرایہ کرایا کرائے qeemat qimat keemat qeemt قیمت قیمتیں fare fares price prices rent rents`
	tradedWords = `bechni bechna bechne beechni sale khareedni khareedna kharidni kharidna kho gum chori mehnga mehngi mehnge mahenga mahanga sasta sasti کھو گم چوری مہنگا مہنگی مہنگے سستا سستی بیچنی بیچنا خریدنی خریدنا`
)

// titleWords are trades' words that stand before a person's name.
const titleWords = `hafiz qari raj raja mali master ustad ustaad ustani hakim doctor dr engineer mistri maulvi haji chaudhry malik
حافظ قاری راج راجہ مالی ماسٹر استاد ڈاکٹر حکیم انجینئر مستری حاجی`

// worksiteWords say where people work, and only where nothing else does, what they do.
const worksiteWords = `shop shops dukan dukaan factory fectory factry karkhana karkhane company hotel dhaba dhabe restaurant hospital haspatal clinic school college
office daftar road sarak market mandi store mill farm ghar home house site warehouse godown gudam plant kitchen
دکان دوکان فیکٹری کارخانہ کارخانے ہوٹل ڈھابہ ڈھابے ریسٹورنٹ ہسپتال کلینک سکول اسکول کالج آفس دفتر سڑک مارکیٹ منڈی سٹور اسٹور مل فارم گھر گودام پلانٹ کچن`

// askingWords stand beside what someone does.
const askingWords = `kaam kam kaaj work working job jobs naukri nokri noukri mulazmat wala wali wale walay walon walay karigar mistri mistry worker maker
course training shop dukan ustad کام کاج نوکری جاب ملازمت والا والی والے والوں کاریگر مستری دکان استاد`

// besideWords stand after a landmark.
const besideWords = `qareeb kareeb qarib paas pas nazdeek nazdik samne saamne peeche pichay قریب پاس نزدیک سامنے پیچھے`
