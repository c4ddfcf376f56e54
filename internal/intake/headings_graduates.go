package intake

// The fields of a graduate, by the names that Headings gives.
const (
	fName, fFather, fPhone, fPhoneOther, fWhose, fSafeHours, fReach field = "name", "father_name", "phone", "guardian_phone", "whose_phone", "safe_hours", "reach"
	fCNIC, fAddress, fGender, fBirth, fAge                          field = "cnic", "address", "gender", "birth_date", "age"
	fTrade, fSkills, fLevel, fMonths, fLearnt, fOwnTools            field = "trade", "skills", "level", "experience", "learnt", "own_tools"
	fInstitute, fProgramme, fBatch, fCompleted                      field = "institute", "programme", "batch", "completed"
	fPlace, fVillage, fTehsil, fDistrict, fDivision, fProvince      field = "place", "village", "tehsil", "district", "division", "province"
	fLat, fLon, fPoint, fTravel, fModes, fKinds, fLowestPay         field = "latitude", "longitude", "point", "travel_distance", "travel_modes", "kinds", "lowest_pay"
	fPayUnit, fAvailable, fNeeds, fLanguages, fReads, fSchooling    field = "pay_unit", "available_from", "needs", "languages", "languages_read", "schooling"
	fNeedTransport, fNeedWomen, fNeedLiving, fNeedAccess, fNeedHome field = "needs_transport", "needs_women_safe", "needs_accommodation", "needs_disability_access", "needs_home_based"
	fConfirmedOnly, fAcceptsLiving, fLicences, fStatus              field = "confirmed_only", "accepts_living_in", "licences", "status"
	fConsent, fConsentOfficer, fConsentDate, fExternalID, fSerial   field = "consent_matching", "consent_officer", "consent_date", "external_id", "serial"
	fRemarks, fEmail                                                field = "remarks", "email"
)

func graduatesNoun() *noun {
	return newNoun(noun{op: "intake.Graduates", what: "graduates", least: "Phone, Trade and District", leastUr: "فون نمبر، ہنر اور ضلع",
		fields: append(graduateFields(), placeFields("Home town|Hometown|Domicile|Residence|Lives in|City of residence|رہائش|ڈومیسائل|Rehaish")...),
		needed: []need{
			{[]field{fTrade}, "the trade that each has learnt", "ہر ایک کا ہنر", "Trade, Course or ہنر", "ہنر یا Trade"},
			{[]field{fPhone, fPhoneOther}, "how each is reached", "رابطے کا نمبر", "Phone or فون نمبر", "فون نمبر یا Phone"},
			{[]field{fPlace, fVillage, fTehsil, fDistrict, fLat, fPoint, fAddress}, "where each lives", "رہنے کی جگہ", "District, City, Place or ضلع", "ضلع یا شہر"},
		}})
}

func graduateFields() []fieldForms {
	return []fieldForms{
		{field: fName, personal: true, forms: "Name|Full name|Trainee name|Student name|Graduate name|Candidate name|Applicant name|Participant name|Beneficiary name|" +
			"Learner name|Name in full|Name of trainee|Name of student|نام|پورا نام|طالب علم کا نام|امیدوار کا نام|نام طالب علم|Naam|Nam|Poora naam|Name (as per CNIC)"},
		{field: fFather, personal: true, unused: true, forms: "Father name|Father's name|Fathers name|F name|F/name|Father / Husband name|Father husband name|Husband name|" +
			"Guardian name|S/O|D/O|W/O|S/O D/O W/O|Son of|Daughter of|Son/Daughter of|ولدیت|والد کا نام|باپ کا نام|شوہر کا نام|زوجیت|والد|سرپرست کا نام|Walid ka naam|Walid|Waldiyat|Baap ka naam"},
		{field: fPhone, personal: true, forms: "Phone|Phone no|Phone number|Mobile|Mobile no|Mobile number|Cell|Cell no|Cell number|Cell phone|Contact|Contact no|Contact number|" +
			"Contact details|Telephone|Tel|Tel no|Ph no|Ph|Mob|Mob no|WhatsApp|WhatsApp no|WhatsApp number|Phone contact|رابطہ|رابطہ نمبر|فون|فون نمبر|موبائل|موبائل نمبر|" +
			"واٹس ایپ نمبر|واٹس ایپ|ٹیلی فون|Rabta|Rabta number|Rabta no|Fon number|Mobail number|Cell phone number|Trainee contact"},
		{field: fPhoneOther, personal: true, many: true, forms: "Guardian phone|Guardian contact|Guardian contact no|Father phone|Father contact|Father contact no|Father mobile|Father cell no|" +
			"Emergency contact|Emergency contact no|Alternate phone|Alternate contact|Alternate no|Other phone|Second phone|Phone 2|Mobile 2|Contact 2|Contact no 2|Home phone|" +
			"والد کا فون نمبر|والد کا فون|سرپرست کا فون|سرپرست کا فون نمبر|دوسرا نمبر|متبادل نمبر|گھر کا فون|Walid ka number|Doosra number"},
		{field: fWhose, personal: true, forms: "Whose phone|Phone belongs to|Phone owner|Number belongs to|Relation of phone|فون کس کا ہے|کس کا نمبر|کس کا فون|Kis ka number|Kis ka phone"},
		{field: fSafeHours, personal: true, forms: "Safe hours|Call time|Best time to call|Time to call|Calling hours|فون کا وقت|رابطے کا وقت|کال کا وقت|Call ka waqt"},
		{field: fReach, forms: "Reach|Contact by|Text or voice|Preferred contact|SMS or call|رابطے کا طریقہ|Rabtay ka tareeqa"},
		{field: fCNIC, personal: true, forms: "CNIC|CNIC no|CNIC number|CNIC / B-Form|CNIC/B Form|CNIC or B-Form|NIC|NIC no|NIC number|ID card|ID card no|ID card number|Identity card|Identity card no|National ID|" +
			"B-Form|B form no|NADRA no|شناختی کارڈ|شناختی کارڈ نمبر|قومی شناختی کارڈ نمبر|قومی شناختی کارڈ|ب فارم|ب فارم نمبر|Shanakhti card|Shanakhti card number|Shanakhti card no"},
		{field: fAddress, personal: true, forms: "Address|Home address|Postal address|Permanent address|Present address|Current address|Mailing address|Residential address|Full address|Complete address|" +
			"پتہ|پتا|گھر کا پتہ|مکمل پتہ|مستقل پتہ|موجودہ پتہ|رہائش کا پتہ|Pata|Ghar ka pata|Mukammal pata"},
		{field: fEmail, personal: true, unused: true, forms: "Email|E-mail|Email address|E mail id|ای میل"},
		{field: fGender, forms: "Gender|Sex|M/F|Male/Female|Male Female|جنس|مرد/عورت|مرد عورت|صنف|Jins|Mard/Aurat"},
		{field: fBirth, personal: true, forms: "Date of birth|DOB|D.O.B|Birth date|Birthdate|Birth year|Year of birth|Birth decade|تاریخ پیدائش|پیدائش|سن پیدائش|سال پیدائش|پیدائش کی تاریخ|Tareekh paidaish|Tarikh e paidaish|Paidaish"},
		{field: fAge, personal: true, forms: "Age|Age years|Age (years)|عمر|عمر (سال)|Umar|Umr"},
		{field: fTrade, many: true, forms: "Trade|Trade name|Name of trade|Course|Course name|Course title|Name of course|Course / Trade|Trade / Course|Trades|Training|Training course|Trained in|Training trade|Qualification trade|" +
			"Occupation|Profession|Main trade|Discipline|Technology|Skill trade|Kaam|Skill sector trade|Trade learnt|Vocation|ہنر|پیشہ|شعبہ|کورس|کورس کا نام|ٹریڈ|ہنر کا نام|کام|Hunar|Pesha|Shoba|Kors|Other trades|Second trade|دوسرا ہنر"},
		{field: fSkills, many: true, forms: "Skills|Skill|Skill set|Key skills|Competencies|Competency|Modules|Units|Special skills|مہارت|مہارتیں|ہنر کی مہارتیں|خاص مہارت|Maharat|Maharatein"},
		{field: fLevel, forms: "Level|NVQF level|NVQF|NVQ level|NVQ|Certificate level|Skill level|Course level|Qualification level|درجہ|سطح|لیول|Darja"},
		{field: fMonths, forms: "Experience|Work experience|Total experience|Job experience|Experience in months|Experience in years|Experience (months)|Experience (years)|Experience months|Experience years|" +
			"Months of experience|Years of experience|Exp|تجربہ|کام کا تجربہ|تجربہ (ماہ)|تجربہ (سال)|تجربہ سال|تجربہ ماہ|Tajurba|Tajarba|Tajurba saal"},
		{field: fLearnt, forms: "Learnt|Learned|How learnt|Learnt how|Learnt from|Source of learning|Mode of training|Training type|کیسے سیکھا|کہاں سے سیکھا|Kaise seekha|Kahan se seekha"},
		{field: fOwnTools, forms: "Own tools|Has tools|Tools|Toolkit|Tool kit|Toolkit received|اپنے اوزار|اوزار|Apne auzar|Auzar"},
		{field: fInstitute, forms: "Institute|Institute name|Institution|Name of institute|Training institute|Training centre|Training center|Centre|Center|Centre name|Center name|College|School name|Training provider|VTI|TTC|" +
			"ادارہ|ادارے کا نام|تربیتی ادارہ|سینٹر|مرکز|Idara|Idare ka naam|Markaz"},
		{field: fProgramme, forms: "Programme|Program|Programme name|Certificate|Certificate name|Certification|Certificate title|Project|Scheme|Donor|Awarding body|سند|سرٹیفکیٹ|پروگرام|منصوبہ|Sanad|Sarteefiket"},
		{field: fBatch, forms: "Batch|Batch no|Batch number|Batch code|Class|Class code|Section|Session|Cohort|Group|بیچ|بیچ نمبر|سیشن|جماعت|Baich"},
		{field: fCompleted, forms: "Completion date|Date of completion|Completed|Completed on|Course completion date|Passing date|Passing year|Year of passing|Passed on|Pass year|Pass out date|Passout year|Graduation date|Course end date|End date|" +
			"Training end date|Certificate date|Date of certificate|Issue date|تکمیل کی تاریخ|تاریخ تکمیل|پاس ہونے کی تاریخ|کورس ختم|سند کی تاریخ|پاس سال|Takmeel ki tareekh|Tareekh takmeel"},
		{field: fTravel, forms: "Travel distance|Travel distance km|Travel (km)|Max distance|Maximum distance|Max travel|Max travel distance|Willing to travel|Willing to travel (km)|Distance|Distance km|Radius|Travel radius|" +
			"سفر کا فاصلہ|فاصلہ|کتنی دور جا سکتے ہیں|سفر (کلومیٹر)|Safar ka faasla|Faasla|Kitni door"},
		{field: fModes, forms: "Travel modes|Travel mode|Travel by|Mode of travel|Modes of travel|Transport mode|Mode of transport|Conveyance|Own conveyance|Vehicle|سواری|سفر کا ذریعہ|ذریعہ سفر|Sawari|Safar ka zariya"},
		{field: fKinds, forms: "Kinds of work|Kind of work|Type of work|Work type|Job type|Type of job|Employment type|Kinds|Preferred work|Work wanted|Looking for|کام کی قسم|کس قسم کا کام|ملازمت کی قسم|Kaam ki qisam"},
		{field: fLowestPay, forms: "Lowest pay|Lowest acceptable pay|Minimum pay|Minimum salary|Min salary|Expected salary|Salary expected|Salary expectation|Expected pay|Expected wage|Expected wages|Expected income|Desired salary|Salary demand|Demand|" +
			"Minimum wage expected|Daily wage expected|Expected monthly salary|Expected daily wage|کم از کم تنخواہ|متوقع تنخواہ|کم سے کم اجرت|کم از کم اجرت|متوقع اجرت|تنخواہ|مطلوبہ تنخواہ|Kam az kam tankhwah|Tankhwah|Mutawaqqa tankhwah"},
		{field: fPayUnit, forms: "Pay unit|Pay per|Salary unit|Salary period|Wage unit|Per|Unit|اجرت فی|تنخواہ فی"},
		{field: fAvailable, forms: "Available from|Available|Availability|Date available|Can start|Can join|Joining date|Start date|Ready from|Available date|کب سے دستیاب|دستیاب|دستیابی|کام شروع کر سکتے ہیں|Kab se|Kab se dastiyab|Dastiyab"},
		{field: fNeeds, many: true, forms: "Needs|Need|Requirements|Special needs|Special requirements|Must have|Conditions needed|ضروریات|ضرورت|شرائط|خاص ضرورت|Zarooriyat|Zaroorat|Sharait"},
		{field: fNeedTransport, forms: "Needs transport|Transport needed|Transport required|Needs pick and drop|Pick and drop needed|ٹرانسپورٹ کی ضرورت|ٹرانسپورٹ چاہیے|Transport chahiye"},
		{field: fNeedWomen, forms: "Needs women safe|Women safe|Women safe workplace|Women only|Women only workplace|Needs women only|خواتین کے لیے محفوظ جگہ|صرف خواتین|Sirf khawateen"},
		{field: fNeedLiving, forms: "Needs accommodation|Accommodation needed|Accommodation required|Hostel needed|Hostel required|رہائش کی ضرورت|رہائش چاہیے|Rehaish chahiye"},
		{field: fNeedAccess, forms: "Needs disability access|Disability|Disabled|PWD|Person with disability|Disability status|Differently abled|Special person|معذوری|معذور|خصوصی فرد|Mazoori|Mazoor"},
		{field: fNeedHome, forms: "Needs home based|Home based|Home based work|Home based only|Work from home|Work from home only|گھر سے کام|گھر بیٹھے کام|Ghar se kaam"},
		{field: fConfirmedOnly, forms: "Confirmed only|Only confirmed|صرف تصدیق شدہ"},
		{field: fAcceptsLiving, forms: "Accepts living in|Living in|Can live at work|Will relocate|Willing to relocate|Relocate|Can relocate|رہائش کے ساتھ کام|دوسرے شہر جا سکتے ہیں|Doosre shehar ja sakte hain"},
		{field: fLanguages, many: true, forms: "Languages|Language|Languages spoken|Speaks|Mother tongue|زبانیں|زبان|مادری زبان|Zaban|Zabanein|Madri zaban"},
		{field: fReads, forms: "Languages read|Reads|Can read|Literacy|Reads and writes|پڑھ سکتے ہیں|خواندگی|پڑھنا لکھنا|Parh sakte hain"},
		{field: fSchooling, forms: "Schooling|Education|Qualification|Academic qualification|Educational qualification|Education level|Level of education|Highest qualification|Last qualification|Highest education|Degree|School education|" +
			"تعلیم|تعلیمی قابلیت|تعلیمی معیار|قابلیت|Taleem|Taleemi qabliyat|Qabliyat"},
		{field: fLicences, forms: "Licences|Licence|License|Licenses|Driving licence|Driving license|Driving licence class|License type|Licence type|DL|ڈرائیونگ لائسنس|لائسنس|Laisans|Driving laisans"},
		{field: fStatus, forms: "Status|Employment status|Job status|Current status|Work status|Employed|Placement status|Placement|حیثیت|ملازمت کی حیثیت|روزگار|برسر روزگار|موجودہ حیثیت|Rozgar|Haisiyat"},
		{field: fConsent, forms: "Consent|Consent given|Consent matching|Consent to share|Data consent|Agreed|Agrees to share|Permission|رضامندی|اجازت|رضا مندی|Razamandi|Ijazat"},
		{field: fConsentOfficer, forms: "Consent officer|Officer consent|Officer may act|Consent for officer|افسر کو اجازت|Afsar ko ijazat"},
		{field: fConsentDate, forms: "Consent date|Date of consent|Consent on|رضامندی کی تاریخ|Razamandi ki tareekh"},
		{field: fExternalID, forms: "External id|ID|ID no|Roll no|Roll number|Roll #|Registration no|Registration number|Reg no|Reg #|Regn no|Trainee id|Student id|Candidate id|Enrolment no|Enrollment no|Enrollment number|Admission no|Form no|Application no|Record id|Code|" +
			"رول نمبر|رجسٹریشن نمبر|اندراج نمبر|داخلہ نمبر|فارم نمبر|Rol number|Andraj number"},
		{field: fSerial, unused: true, forms: "S no|S.No|Sr|Sr no|Sr.|Sr #|S #|S|#|No|Serial|Serial no|Serial number|Sl no|Seq|نمبر شمار|سیریل|سیریل نمبر|شمار|Number shumar"},
		{field: fRemarks, personal: true, unused: true, many: true, forms: "Remarks|Remark|Comments|Comment|Note|Notes|Signature|Sign|Photo|Picture|کیفیت|ریمارکس|دستخط|تبصرہ|Kaifiyat|Dastkhat"},
	}
}

// placeFields are those by which both nouns say where; places are the headings of a place that one of them has besides.
func placeFields(places string) []fieldForms {
	return []fieldForms{
		{field: fPlace, forms: "Place|City|Town|Location|City/Town|Town/City|City / Village|Area|Locality|Mohalla|Union council|UC|" +
			"جگہ|شہر|قصبہ|علاقہ|مقام|محلہ|Jagah|Shehar|Shahar|Ilaqa|Maqam|Mohallah|" + places},
		{field: fVillage, forms: "Village|Village name|Chak|Chak no|Chak number|Village/Chak|Chak/Village|Goth|Deh|Mauza|Basti|گاؤں|چک|چک نمبر|گوٹھ|موضع|بستی|دیہہ|گاؤں/چک|Gaon|Gaun|Gaaon|Goath"},
		{field: fTehsil, forms: "Tehsil|Taluka|Tehsil/Taluka|Taluqa|Sub district|Tahsil|Teh|Tehsil name|تحصیل|تعلقہ|Tehseel"},
		{field: fDistrict, forms: "District|Distt|Dist|District name|Home district|District of domicile|Domicile district|Domicile (district)|Zila|Zilla|ضلع|ضلعہ"},
		{field: fDivision, forms: "Division|ڈویژن"},
		{field: fProvince, forms: "Province|Province/Region|Region|State|صوبہ|Sooba|Suba"},
		{field: fLat, forms: "Latitude|Lat|Y|عرض بلد"},
		{field: fLon, forms: "Longitude|Lon|Long|Lng|X|طول بلد"},
		{field: fPoint, forms: "Coordinates|Coordinate|Lat/Lon|Lat Long|GPS|GPS location|Geo location|Pin"},
	}
}
