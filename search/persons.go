package search

// personNames are given names and family names of Pakistan in two scripts, those of the sample market and more: who types one seeks a
// person, and a name is no misspelt trade.
const personNames = `
malika maliha sunera talat kubra hareem nazish mudasir shehroz zartaj darakhshan jahanzaib sarfaraz humayun dilawar nigar sehar shehla
abbas abbasi abdul abdullah abid abida abrar abro abubakar achakzai adnan afridi afsar afshan ahmad ahmed ahsan aiman akhtar
akram ali alina alishba aliya aliza allah alvi aman ambreen amir amjad ammar amna anam andleeb anil anila ansa ansari anthony
anwar aqeel aqib aqsa arain areeba areej arif arooj arsalan arshad arslan asad ashraf asif asim asiya aslam asma asmatullah
atif atiya awan ayaz ayesha ayub azhar aziz azka azra babar badshah baig bajwa baloch balqees bangash bano banul baqir barkat
bashir bashiran basit batool begum benish bhatti bhutto bibi bilal bisma boota brekhna brohi bugti bukhari bushra butt bux ch
chandio chattha chaudhary chaudhry cheema chishti choudhry danial daniel danish dar das david dawood devi dino ditta dogar dur
durrani ehsan ejaz emaan eman erum fahad faisal faiza faizan fakhar farah fareeha farhan farhat farida farooq farooqi farzana
fatima fawad fayyaz fazal fiaz fiza fouzia fozia george ghafoor ghania ghazala ghazanfar ghous ghulam gill gillani gohar
gondal gujjar gulalai gulnaz habib habibullah hafeez hafsa haider hajra haleema hameed hamid hammad hamza hani hanif haris
haroon haseeb hashim hashmi hassan hawa hina hira hoorain huma humaira humera husnain hussain hussnain huzaifa ibad ibrahim
ibrar idrees ifra iftikhar ihsan ijaz ikramullah ilyas imdad imran imtiaz inamullah inaya inayat intezar iqbal iqra irfan irum
ishaq ishrat ismail israr jafri jahangir jalil jameel jan janjua jatoi jatt javaria javed javeria jawad jibran john joseph
junaid junejo jutt kabir kaif kainat kakar kaleem kalhoro kalsoom kamran kanwal kareem karim kashif kausar kazmi khadija
khalid khalida khalil khan khansa kharal khatoon khattak khokhar khosa khuram khurram khurshid kiani kifayatullah kinza kiran
komal kulsoom kumar laiba lal laraib lashari lateef leghari liaqat lubaina lubna luqman madiha maha maheen mahganj mahira
mahnoor mahrukh majeed majid malik manahil mansab mansha mansoor manzoor maqsood maria mariam mariyam marri marvi maryam
maryum masih mayo mazari mazhar meena mehak mehboob mehmood mehr mehreen mehsud mehwish memon memoona mengal michael minahil
minhaj mir miraj mirani mirza misbah moazzam moeen mohammad mohammed mohd mohib mohmand mohsin moiz momina moomal mubashir
mubeen mudassar mueen mughal muhammad mujahid mukhtar mumtaz munaza muneeb munir muqaddas murad murtaza musa musarrat mushtaq
muskan mustafa mustansir muzammil nabeel nabeela nabi nabila nadeem nadia naeem nafeesa naghma naheed naila naimatullah najma
namra naomi naqvi nargis naseebullah naseem nasim nasir nasreen naveed nawaz naz nazia nazir neelam niazi nida nighat nimra
nimrah nisar noman noor nooran noori noreen nouman nusrat obaid orakzai osama owais palijo palwasha parveen pathan pervaiz
pervez peter qadri qaiser qasim quratulain qureshi rabi rabia rabiya raees rafaqat rafay rafi rafiq rahat raheel raheem rahman
raja rajput raju ram rameen ramesh ramzan rana randhawa rania rasheed rashid rashida rasool rauf ravi raza razia rehan rehana
rehman riaz riffat rimsha rind rizvi rizwan robin robina rohail romaan roshan rubina rukhsana rukhsar ruqayya saad saba
sabahat sabeen sabir sabrina sadaf sadaqat sadia sadiq saeed safia sagheer sahar saher saima saira sajid sajida sajjad sakeena
sakina sakinan saleem salma salman sameer samina samiullah samra sana sanam sandhu sania saniya saqib saqlain sarah sarfraz
sarwar sassui sattar satti sayed sehrish shabana shabbir shabir shabnam shafi shafiq shafqat shagufta shah shahbaz shaheen
shaheena shahid shahida shahmeer shahrukh shahzad shaikh shaista shakeel shakir shakoor shamim shamoon shamsa sharjeel
sharmeen shaukat shazia shehnaz shehzad sheikh sher sheraz shinwari shireen shoaib shumaila sial siddiqi siddique siddiqui
sidra sikandar sindhu sobia sohaib sohail sonia sonu soomro spogmai sufyan sughra suleman sultan sumaira sumaiya suman sundas
sunil surayya suresh swati syed syeda tabassum tabinda tahir tahira taimoor taimur taj talha talpur tania tanoli tanveer
tanzeel tanzeela tarar tariq tasleem tasneem tauseef tayyaba tehmina tooba touseef tufail umair umar umer urooj usama usman
usmani uzair uzma vijay virk waheed wahid wajid wajiha waleed waqar waqas warda warraich waseem wasif wattoo wazir yahya
yaqoob yaqub yaseen yasir yasmeen younas yousaf yousafzai yumna yusufzai zafar zaffar zaheer zahid zahida zahoor zahra zaib
zaidi zain zainab zaki zakia zaman zara zarak zareen zarina zarmina zeba zeeshan zeshan zoha zohra zoya zubaida zubair zulekha
zulfiqar
aaban aafiya aahil aalam aamil aariz aatiq abdur abeera aiza amanat ameena amjid ammad anaya arfa arham aroosa asfand
ataullah atiqa ayaan azeem baahir bahadur bahram bakhsh bakht bakhtawar balach baleegh bandial bareera bareerah barkatullah
barlas baseer basharat bazgha bettani bhittani bhutta bilqees bismillah bizenjo burhan buriro chadhar changez chhina dameer
daud daultana dayyaan dhariwal dhillon dhudhi dildar dilshad domki durab ehtisham esfandyar eshal fahmi fahmida fajar fariha
farwa faryal fateh fazeelat fazlur feroz firdous gabol gadehi gakhar gandapur ghakhar ghayoor ghazanfer ghumman ghunwa gopang
goraya gulab gulbaz gulfaam gulrukh gulshad gulshan gulsher gulzada gulzar gulzareen habiba haleem hamna hania hanjra
haqnawaz hashmat hasnat hayat hazara hazeem hazrat hidayat hidayatullah hinjra ibtisam ihtesham ikhlaas ikram imama inam
inshal irshad ismaeel jabbaar jadoon jafar jahanara jakhrani jalees jamali jamila jamshed jandran jannat jawwad jogezai joiya
kafeel kahlon kalim kalsum kamal kamboh kamil karam karamat karima kashaf kashan kasi kasuri kathia kauser khadim khalilur
khanzada khaskheli khawaja khawar khichi khizar khoso khudadad khurshida kishwar kundi labeeb laeeq langah liaquat lodhi
maahir maaz madani magsi mahad mahar mahboob mahesar mahfooz mahjabeen mahmood mahmooda mahsud maken makhdoom malaika malhi
mandokhail mandokhel manzoora maqbool mariya marjan maroof marwat masood mastoi mastoor mateen meher mehrun mehtaab mehtab
mekan miandad miankhel minsa mishal mohabbat mohtashim momal momin mubashra mudabbir mudasar mueed mujtaba mukarram munawar
munawwar musaddiq musharraf mustaqeem nabeeh nabiha nadir nadra nafees nafisa nageen naheeda najam najeeb najeeba najibullah
nasar naul nauman nawab nawal nayab nazakat nazar nazeer nazima niamat nizam nizamani noonari noorjahan noorul noorulain odho
omair panezai panhwar paracha parisa perveen phulpoto pirkani pirzada pitafi qabeel qaim qais qamar qambrani qamer quddoos
qudsia qurat qurban rabail rabbani rafia ragheb rahima rahmatullah raisani rajpar rajper rakhshani rameesha rameez ranjha
rasheeda rayan raziq rehmat rehmatullah riasat rida rohaan rohan rubab rumaisa ruqaya sabiha sabtain sadeed sadiya safdar
safir safwan sahir sahito saim sajawal sakhawat salahuddin salim samama samejo samreen sanaullah sangi sarang sargana sarim
sarki sarmad sasoli sawera sekhon sethar sethi shabnum shafaq shahmir shahnawaz shahnaz shakila shamsher shanzay sharafat
sharif shayan sheeba sheema sheheryar shehryar shoro shujaat sibghat sibtain sipra sodho sohal sohrab solangi soomra subhan
sufiyan sulehri sumbal sumera tabish taheem tahmeed tahseen tajammul tajwar talib tallat tamanna tanzila taqi tareen tasawar
tauqeer tayyab tayyib tehreem thebo tiwana toqeer tunio ubaid ubaidullah ulfat umarzai umme umrani unar urooba usaid
utmankhel vains wadood wahab waheeda wains waliullah wania warisha wasay wattu yaman yameen yamin yashfa yawar yousuf
yousufzai zabihullah zada zaeem zaheera zahir zainul zakir zamurrad zarar zarmeena zartasha zaryab zawar zayan zeenat zehri
zerdad zia ziauddin ziaullah zimal zimran zohaib zohair zulqarnain zunaira
ملیحہ طلعت کبریٰ حریم نازش زرتاج درخشاں جہانزیب ہمایوں دلاور نگار شہلا
آرائیں آسیہ آصف آفریدی آمنہ ابرار ابراہیم ابوبکر ابڑو احسان احسن احمد اختر ادریس ارسلان ارشد ارم اریبہ اسامہ اسحاق اسد اسلم
اسماء اسماعیل اشرف اظہر اعجاز اعوان افتخار افسر افشاں اقبال اقراء اقصیٰ اللہ الیاس امان امتیاز امجد امداد انتظار انصاری انعام
انعم انور انیلہ اورکزئی اویس اچکزئی اکرام اکرم ایاز ایمان ایمن ایوب بابر باجوہ بادشاہ باسط باقر بانل بانو بتول بخاری بخش بروہی
برکت بریخنا بسمہ بشریٰ بشیر بشیراں بلال بلقیس بلوچ بنگش بوٹا بٹ بگٹی بھٹو بھٹی بینش بیگ بیگم تاج تارڑ تالپور تانیہ تبسم تسلیم
تسنیم تنزیلہ تنویر توصیف تہمینہ تیمور ثاقب ثریا ثقلین ثمینہ ثنا ثوبیہ جارج جان جاوید جبران جتوئی جعفری جلیل جمیل جنجوعہ جنید
جواد جوزف جونیجو جویریہ جٹ جہانگیر حارث حامد حبیب حذیفہ حرا حسن حسنین حسیب حسین حفصہ حفیظ حلیمہ حماد حمزہ حمید حمیرا حنا حنیف
حوا حیدر خاتون خالد خالدہ خان خدیجہ خرم خلیل خورشید خٹک داؤد داد داس دانش دانیال دتہ درانی دیوی ذوالفقار ذکیہ ذیشان رؤف رئیس
رابعہ راجپوت راجہ راحیل راشد راشدہ رافع رام رانا رب ربی رحمان رحیم رخسار رخسانہ ردا رسول رشید رضا رضوان رضوی رضیہ رفاقت رفعت
رفیع رفیق رقیہ رمشا رمضان رند رندھاوا روبینہ روشن ریاض ریحان ریحانہ زارا زاہد زاہدہ زبیدہ زبیر زرمینہ زرک زرین زرینہ زلیخا
زمان زوہا زویا زہرا زیبا زیدی زین زینب سائرہ ساجد ساجدہ سارہ ستار ستی سجاد سحر سحرش سدرہ سرفراز سرور سسئی سعد سعدیہ سعید سفیان
سلطان سلمان سلمیٰ سلیم سلیمان سمیر سمیرا سمیع سمیہ سنبل سواتی سومرو سونیا سپوگمئی سکندر سکیناں سکینہ سہیل سیال سید سیدہ شائستہ
شازیہ شاکر شاہ شاہد شاہدہ شاہین شاہینہ شبانہ شبنم شبیر شرجیل شعیب شفقت شفیع شفیق شمائلہ شمیم شنواری شوکت شکور شکیل شگفتہ شہباز
شہزاد شہناز شیخ شیر شیراز شیریں صائمہ صابر صادق صبا صباحت صداقت صدف صدیق صدیقی صغریٰ صغیر صفیہ صنم صہیب طارق طاہر طاہرہ طفیل
طلحہ طیبہ ظفر ظہور ظہیر عائشہ عابد عابدہ عارف عاصم عاطف عاقب عالیہ عامر عباس عباسی عبدالرحمٰن عبدالغفور عبداللہ عبدالواحد عبید
عثمان عثمانی عدنان عذرا عرفان عروج عزیر عزیز عشرت عصمت عطیہ عظمیٰ عقیل علوی علی علیزہ علیشبہ علینہ عمار عمر عمران عمیر عنایت
عنبرین عندلیب غزالہ غفور غلام فائزہ فاروق فاروقی فاطمہ فخر فرح فرحان فرحت فرزانہ فریحہ فریدہ فضا فضل فواد فوزیہ فہد فیاض فیصل
فیضان قادری قاسم قرۃ قریشی قیصر لائبہ لاشاری لال لبنیٰ لطیف لغاری لقمان لیاقت مائی ماجد ماروی ماریہ ماہ ماہا ماہین مبشر مبین
مجاہد مجید محبوب محسن محسود محمد محمود مختار مدثر مدیحہ مراد مرتضیٰ مرزا مری مریم مزاری مزمل مسرت مسکان مسیح مشتاق مصباح
مصطفیٰ مظہر معراج معیز معین مغل مقدس مقصود ملک ممتاز منزہ منشا منصور منظور منیب منیر موسیٰ مومل مومنہ مہر مہمند مہوش مہک میر
میمن میمونہ مینگل مینہ نائلہ نادیہ ناز نازیہ ناصر ناہید نبی نبیل نبیلہ نثار نجمہ ندا ندیم نذیر نرگس نسرین نسیم نصرت نصیب نعمان
نعمت نعیم نغمہ نقوی نمرہ نواز نور نوراں نوری نورین نوید نگہت نیازی نیلم واجد واحد واصف وجیہہ وحید وردہ وزیر وسیم وقار وقاص
ولید وڑائچ پرویز پروین پلوشہ پٹھان چانڈیو چشتی چوہدری چٹھہ چیمہ ڈار ڈنو ڈیوڈ کائنات کاشف کاظمی کامران کاکڑ کرن کریم کفایت
کلثوم کلیم کمار کنزہ کنول کوثر کومل کھوسہ کھوکھر کیانی گجر گل گلالئی گلناز گنج گوندل گوہر گیلانی ہاجرہ ہارون ہاشم ہاشمی ہانی
ہما یاسر یاسمین یاسین یحییٰ یعقوب یوسف یوسفزئی یونس
احتشام اخلاق ارباب ارحم اریب اسفند اشفاق اصغر اعظم افضل الطاف امیر امین انصر انیس اویسی اکبر باسم بجارانی بخت بختاور برہان
بسم بھٹہ تاشفین تبریز تجمل تحریم تحسین تنولی توقیر ثروت جاکھرانی جبار جدون جلال جمال جمالی جمشید جوئیہ جہاں حامدہ حاکم حرمت
حسنات حشمت حضرت حیات خادم خاصخیلی خاور خضر خلیق خورشیدہ خوشک دستی دلدار دلشاد ذاکر ذوالقرنین رؤفہ رئیسانی راجپر راحیلہ ربنواز
رحمت رحمدل رستم رضوانہ رمیز روبی زہری زینت سانول سبحان سجاول سخاوت سرمد سعادت سلطانہ سولنگی سہتو سہراب سیف شاداب شاہنواز
شاہوانی شجاعت شرافت شفاعت شمس شمشیر شکیلہ شہروز شہریار شہزادی صابرہ صفدر صلاح صنوبر ضیاء طارقہ طیب ظفراللہ عاشق عبدالحمید
عبدالرشید عبدالستار عبدالقادر عبدالمجید عبدالکریم عرفانہ عریبہ عطاء عطاءاللہ عظیم عمارہ عمرانی غفران غلامی فاخرہ فراز فردوس
فرقان فضیلت فہمیدہ فیروز قدسیہ قدیر قربان قمر لانگاہ لنجار لودھی لیلیٰ ماجدہ مجیب محمودہ محمونہ مروت مستوئی مسعود مشرف مشعل
معظم مقبول مندوخیل منصب منظر منور موسی مگسی مہتاب مہرین مہیسر میرانی نادر نازنین نجیب نذر نزہت نظامانی نواب نوازش نوشین
نوناری نیاز وحیدہ وسان وسیمہ وٹو وہاب ٹوانہ پتافی پرویش پنہور پیر پیرزادہ چنگیز کبیر کرامت کریمہ کشور کلہوڑو کوندل کوکب
کھیتران گبول گلاب گلزار گلشن گنڈاپور گوپانگ ہزارہ ہنجرا یامین یوسفی`
