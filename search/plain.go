package search

// titleWords are trades' words that stand before a person's name.
const titleWords = `hafiz qari raj raja mali master ustad ustaad ustani hakim doctor dr engineer mistri maulvi haji chaudhry malik
حافظ قاری راج راجہ مالی ماسٹر استاد ڈاکٹر حکیم انجینئر مستری حاجی`

// worksiteWords say where people work, and only where nothing else does, what they do.
const worksiteWords = `shop shops dukan dukaan factory fectory factry karkhana karkhane company hotel dhaba dhabe restaurant hospital haspatal clinic school college
office daftar road sarak market mandi store mill farm ghar home house site warehouse godown gudam plant kitchen mart superstore bank bakery bekri plaza
دکان دوکان فیکٹری کارخانہ کارخانے ہوٹل ڈھابہ ڈھابے ریسٹورنٹ ہسپتال کلینک سکول اسکول کالج آفس دفتر سڑک مارکیٹ منڈی سٹور اسٹور مل فارم گھر گودام پلانٹ کچن`

// licenceWords say what someone may drive, and only where nothing else does, what they drive.
const licenceWords = `ltv htv psv licence license lisence lisense لائسنس لائسینس`

// uponWords make the word before them where or what on something is done: truck pe phool patti.
const uponWords = `pe par pr pay پر پہ پے`

// alsoWords stand between two who are wanted.
const alsoWords = `aur or and ya اور یا`

// sellingWords offer a thing for money or for another.
const sellingWords = `bech bechna bechni bechne beechna beechni sell selling sale bikau exchange farokht بیچنا بیچنی بیچنے فروخت بکاؤ ایکسچینج`

// askingWords stand beside what someone does.
const askingWords = `kaam kam kaaj work working job jobs naukri nokri noukri mulazmat wala wali wale walay walon walay karigar mistri mistry worker maker
course training shop dukan ustad bhejo bhej bhejen bhejein bulao bulwao send کام کاج نوکری جاب ملازمت والا والی والے والوں کاریگر مستری دکان استاد بھیجو بھیجیں بلاؤ`

// besideWords stand after a landmark.
const besideWords = `qareeb kareeb qarib paas pas nazdeek nazdik samne saamne peeche pichay قریب پاس نزدیک سامنے پیچھے`

// bidWords end an order.
const bidWords = `do de den dein dijiye karo kro kren karen karain kardo dedo lo aao jao bhejo دو دیں دیجیے کرو کریں لو آؤ جاؤ بھیجو`
