package intake

import "rabta/matching"

// The fields of a posting that a graduate does not have.
const (
	fEmployer, fEmployerID, fEmployerKind, fContactName, fContactEmail field = "employer", "employer_id", "employer_kind", "contact_person", "contact_email"
	fTitle, fDescription, fKind, fWorkplace, fVacancies                field = "title", "description", "kind", "workplace", "vacancies"
	fRequired, fPreferred                                              field = "skills_required", "skills_preferred"
	fPay, fPayFrom, fPayTo                                             field = "pay", "pay_from", "pay_to"
	fOpenTo, fPosted, fExpires, fStarts                                field = "open_to", "posted", "expires", "starts"
	fDuration, fHours, fShift, fSeason, fUrgent, fPartTime             field = "duration_days", "hours_per_week", "shift", "season", "urgent", "part_time"
)

func postingsNoun() *noun {
	fields := append(postingFields(), placeFields("Job location|Work location|Place of work|Place of posting|Station|Location of work|کام کی جگہ|Kaam ki jagah")...)
	return newNoun(noun{op: "intake.Postings", what: "postings", least: "Employer, Trade and City", leastUr: "آجر، ہنر اور شہر", fields: append(fields, conditionFields()...),
		needed: []need{
			{[]field{fTrade, fTitle}, "the trade that is wanted", "مطلوبہ ہنر", "Trade, Position or ہنر", "ہنر یا Trade"},
			{[]field{fEmployer, fEmployerID}, "who the employer is", "آجر کا نام", "Employer or آجر", "آجر یا Employer"},
			{[]field{fPlace, fVillage, fTehsil, fDistrict, fLat, fPoint, fWorkplace}, "where the work is", "کام کی جگہ", "City, District, Place or ضلع", "شہر یا ضلع"},
		}})
}

func postingFields() []fieldForms {
	return []fieldForms{
		{field: fEmployer, forms: "Employer name|Company|Company name|Firm|Firm name|Organization|Organisation|Organization name|Organisation name|Industry|Factory|Business|Business name|Shop|Shop name|Posted by|Hiring company|" +
			"آجر|آجر کا نام|ادارہ|کمپنی|کمپنی کا نام|فرم|فیکٹری|دکان|مالک|Aajir|Kampani|Malik"},
		{field: fEmployerID, forms: "Employer no|Employer code|Employer number|Company id|Company code|NTN|Employer external id|Employer ref|آجر نمبر"},
		{field: fEmployerKind, forms: "Employer type|Type of employer|Company type|Kind of employer|Organization type|آجر کی قسم"},
		{field: fContactName, personal: true, forms: "Contact person|Contact name|Focal person|Person|HR|HR person|Manager|Owner|Owner name|رابطہ شخص|رابطے کا شخص|مالک کا نام|Rabta shakhs"},
		{field: fPhone, personal: true, forms: "Phone|Phone no|Phone number|Employer phone|Company phone|Contact|Contact no|Contact number|Mobile|Mobile no|Mobile number|Cell|Cell no|Cell number|WhatsApp|WhatsApp no|Telephone|Tel|Tel no|Landline|" +
			"رابطہ|رابطہ نمبر|فون|فون نمبر|موبائل|موبائل نمبر|واٹس ایپ|Rabta number|Fon number"},
		{field: fContactEmail, personal: true, forms: "Email|E-mail|Email address|Employer email|Company email|ای میل"},
		{field: fTrade, many: true, forms: "Trade|Trade name|Trade required|Required trade|Occupation|Profession|Category|Job category|Skill trade|Trades|ہنر|پیشہ|شعبہ|ٹریڈ|مطلوبہ ہنر|Hunar|Pesha|Shoba"},
		{field: fTitle, forms: "Title|Job title|Position|Post|Post name|Name of post|Designation|Job|Vacancy|Role|Position title|Job name|عہدہ|آسامی|نوکری|ملازمت|پوسٹ|عنوان|Uhda|Asami|Naukri"},
		{field: fDescription, forms: "Description|Job description|Details|Detail|Job details|Duties|Responsibilities|Work details|About job|JD|تفصیل|کام کی تفصیل|ذمہ داریاں|تفصیلات|Tafseel|Kaam ki tafseel"},
		{field: fKind, forms: "Kind|Kind of work|Type|Job type|Type of job|Work type|Type of work|Employment type|Nature of job|Job nature|Contract type|قسم|کام کی قسم|ملازمت کی قسم|نوعیت|Kaam ki qisam|Qisam"},
		{field: fWorkplace, forms: "Workplace|Work place type|Workplace type|Work mode|Remote|On site or remote|Onsite/remote|Site|کام کی نوعیت|کام کہاں|Kaam kahan"},
		{field: fVacancies, forms: "Vacancies|No of vacancies|Number of vacancies|Vacancy count|Posts|No of posts|Number of posts|Openings|Positions|No of positions|Number of positions|Seats|People needed|Persons required|Workers needed|Workers required|" +
			"Required number|Quantity|Qty|Headcount|تعداد|آسامیاں|خالی آسامیاں|آسامیوں کی تعداد|کتنے لوگ|مطلوبہ تعداد|Tadad|Asamiyan|Kitne log"},
		{field: fRequired, many: true, forms: "Skills|Skills required|Required skills|Required|Must have skills|Skill|Key skills|مطلوبہ مہارت|مہارت|مہارتیں|ضروری مہارت|Maharat"},
		{field: fPreferred, many: true, forms: "Preferred skills|Skills preferred|Preferred|Nice to have|Additional skills|اضافی مہارت|بہتر مہارت"},
		{field: fLevel, forms: "Level|NVQF level|NVQF|NVQ level|Skill level|Level required|درجہ|سطح"},
		{field: fMonths, forms: "Experience|Experience required|Required experience|Minimum experience|Min experience|Experience in years|Experience in months|Experience (years)|Experience (months)|Experience months|Experience years|تجربہ|مطلوبہ تجربہ|Tajurba"},
		{field: fPay, forms: "Salary|Pay|Wage|Wages|Salary range|Pay range|Salary package|Package|Monthly salary|Daily wage|Daily wages|Monthly wage|Monthly pay|Daily pay|Remuneration|Compensation|Stipend|Rate|Salary per month|Wage per day|Per day|Per month|Offered salary|" +
			"تنخواہ|اجرت|ماہانہ تنخواہ|یومیہ اجرت|معاوضہ|دیہاڑی|Tankhwah|Ujrat|Mahana tankhwah|Muawza|Dihari"},
		{field: fPayFrom, forms: "Pay from|Salary from|Minimum salary|Min salary|Minimum pay|Min pay|Salary min|Lowest salary|Wage from|کم از کم تنخواہ|تنخواہ سے|کم سے کم اجرت"},
		{field: fPayTo, forms: "Pay to|Salary to|Maximum salary|Max salary|Maximum pay|Max pay|Salary max|Highest salary|Wage to|زیادہ سے زیادہ تنخواہ|تنخواہ تک"},
		{field: fPayUnit, forms: "Pay unit|Salary unit|Wage unit|Pay per|Salary per|Salary period|Pay period|Per|Unit|Paid|Pay basis|اجرت فی|تنخواہ فی"},
		{field: fSchooling, forms: "Schooling|Education|Qualification|Qualifications|Required education|Education required|Required qualification|Minimum education|Minimum qualification|Academic qualification|تعلیم|مطلوبہ تعلیم|قابلیت|تعلیمی قابلیت|Taleem"},
		{field: fLicences, forms: "Licences|Licence|License|Licenses|Driving licence|Driving license|Licence required|License required|لائسنس|ڈرائیونگ لائسنس|Laisans"},
		{field: fOpenTo, forms: "Open to|Gender|Sex|For|Male/Female|M/F|Gender required|Gender preference|Preferred gender|جنس|کس کے لیے|مرد/عورت|خواتین یا مرد|Jins|Kis ke liye"},
		{field: fPosted, forms: "Posted|Posted on|Date posted|Posting date|Date of posting|Published|Published on|Advertised on|Date|تاریخ|تاریخ اشتہار|اشتہار کی تاریخ|Tareekh"},
		{field: fExpires, forms: "Expires|Expires on|Expiry|Expiry date|Last date|Last date to apply|Apply by|Apply before|Closing date|Deadline|Valid till|Valid until|آخری تاریخ|درخواست کی آخری تاریخ|Aakhri tareekh|Akhri tareekh"},
		{field: fStarts, forms: "Starts|Start date|Joining date|Starting date|Start|Date of joining|Joining|شروع|کام کب شروع|آغاز|Shuru|Aaghaz"},
		{field: fDuration, forms: "Duration|Duration days|Duration in days|Period|Contract period|Length|مدت|دورانیہ|Muddat"},
		{field: fHours, forms: "Hours per week|Weekly hours|Hours a week|Hours|Working hours per week|ہفتے کے گھنٹے"},
		{field: fShift, forms: "Shift|Shift time|Timing|Timings|Shift timing|شفٹ|اوقات"},
		{field: fSeason, forms: "Season|موسم|سیزن"},
		{field: fUrgent, forms: "Urgent|Urgently|Immediate|فوری|فوری ضرورت|Fori"},
		{field: fPartTime, forms: "Part time|Part-time|Half day|Part time job|جزوقتی|پارٹ ٹائم"},
		{field: fExternalID, forms: "External id|ID|Job id|Vacancy id|Posting id|Reference|Reference no|Ref|Ref no|Job no|Job code|Code|Advert no|Advertisement no|حوالہ|حوالہ نمبر|اشتہار نمبر"},
		{field: fSerial, unused: true, forms: "S no|S.No|Sr|Sr no|Sr.|Sr #|S|#|No|Serial|Serial no|Serial number|Sl no|نمبر شمار|سیریل|سیریل نمبر|Number shumar"},
		{field: fAddress, unused: true, personal: true, forms: "Address|Company address|Employer address|Office address|Factory address|پتہ|پتا|دفتر کا پتہ|Pata"},
		{field: fRemarks, unused: true, personal: true, many: true, forms: "Remarks|Remark|Comments|Notes|Note|کیفیت|ریمارکس|Kaifiyat"},
	}
}

// conditionPrefix begins the fields of the conditions of work.
const conditionPrefix = "condition_"

// conditionFields are the conditions that a posting may state, each in its own column of yes and no.
func conditionFields() []fieldForms {
	forms := map[matching.ConditionName]string{
		matching.CondTransport:          "Transport|Transport provided|Pick and drop|Pick & drop|Conveyance|ٹرانسپورٹ|پک اینڈ ڈراپ|سواری|Sawari",
		matching.CondDoorTransport:      "Door transport|Door to door transport|Transport from home|Home pick and drop|گھر سے ٹرانسپورٹ|گھر سے پک اینڈ ڈراپ",
		matching.CondWomenColleagues:    "Women colleagues|Female colleagues|Female staff|Women staff|Women at work|خواتین عملہ|خواتین ساتھی|Khawateen staff",
		matching.CondSeparateToilet:     "Separate toilet|Women toilet|Ladies toilet|Separate washroom|Female washroom|الگ واش روم|الگ بیت الخلا|Alag washroom",
		matching.CondDayHours:           "Day hours|Day hours only|Daytime|Day time only|Day shift only|صرف دن|دن کے اوقات|Sirf din",
		matching.CondComplaintCommittee: "Complaint committee|Harassment committee|Anti harassment committee|Complaints committee|شکایت کمیٹی|انسداد ہراسانی کمیٹی",
		matching.CondAccommodation:      "Accommodation|Accommodation provided|Hostel|Residence provided|Living|Room|رہائش|ہاسٹل|Rehaish",
		matching.CondMeals:              "Meals|Food|Meal|Food provided|Lunch|Mess|کھانا|طعام|Khana",
		matching.CondTools:              "Tools|Tools provided|Toolkit|Equipment provided|اوزار|Auzar",
		matching.CondInjuryCover:        "Injury cover|Insurance|EOBI|Social security|EOBI / Social security|Accident insurance|Medical|انشورنس|سوشل سیکیورٹی|بیمہ",
		matching.CondStepFree:           "Step free|Wheelchair|Wheelchair access|Disability access|Disabled access|Ramp|وہیل چیئر|معذور افراد کے لیے راستہ",
	}
	var fields []fieldForms
	for _, name := range matching.ConditionNames {
		fields = append(fields, fieldForms{field: conditionPrefix + field(name), forms: forms[name]})
	}
	return fields
}
