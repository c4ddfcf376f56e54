package intake

import (
	"strings"
	"testing"

	"rabta/internal/fault"
)

func TestHeadingsAreKnownInThreeScripts(t *testing.T) {
	n, p := graduatesNoun(), postingsNoun()
	for _, tt := range []struct {
		noun  *noun
		field field
		forms []string
	}{
		{n, fName, []string{"Name", "NAME", "Name of Trainee", "Trainee's Name", "نام", "طالب علم کا نام", "Naam", "Student Name:", "Name / نام", "name_of_student", "  Full   Name "}},
		{n, fFather, []string{"Father's Name", "F/Name", "S/O", "Father Name (ولدیت)", "ولدیت", "Walid ka naam"}},
		{n, fPhone, []string{"Phone", "Mobile No.", "Contact #", "Cell No", "رابطہ نمبر", "فون نمبر", "Contact Number", "Phone No (WhatsApp)", "Moblie Number"}},
		{n, fCNIC, []string{"CNIC", "C.N.I.C", "CNIC No.", "شناختی کارڈ نمبر", "Shanakhti Card", "CNIC/B-Form No", "ID Card Number"}},
		{n, fGender, []string{"Gender", "Sex", "جنس", "M/F", "Gender (M/F)", "Male/Female"}},
		{n, fBirth, []string{"DOB", "D.O.B", "Date of Birth", "تاریخ پیدائش", "Date of Birth (dd/mm/yyyy)"}},
		{n, fTrade, []string{"Trade", "Course", "Course Name", "ہنر", "شعبہ", "Trade/Course", "Name of Trade", "Trade 2", "Hunar"}},
		{n, fDistrict, []string{"District", "Distt.", "ضلع", "Zila", "District of Domicile"}},
		{n, fVillage, []string{"Village", "گاؤں", "Chak No.", "Gaon"}},
		{n, fLowestPay, []string{"Expected Salary", "Expected Salary (Rs.)", "کم از کم تنخواہ", "Minimum Pay"}},
		{n, fSerial, []string{"Sr. No.", "S#", "S.No", "نمبر شمار", "#"}},
		{n, fExternalID, []string{"Roll No", "Registration No.", "Reg #", "Trainee ID", "رول نمبر"}},
		{n, fSchooling, []string{"Qualification", "Education", "تعلیم", "Academic Qualification"}},
		{n, fCompleted, []string{"Completion Date", "Passing Year", "Date of Completion", "تکمیل کی تاریخ"}},
		{p, fEmployer, []string{"Employer", "Company Name", "آجر", "کمپنی کا نام"}},
		{p, fPay, []string{"Salary", "Salary (Rs.)", "تنخواہ", "Daily Wage", "Salary Range"}},
		{p, fExpires, []string{"Last Date", "آخری تاریخ", "Closing Date", "Apply before"}},
		{p, "condition_transport", []string{"Transport", "Pick & Drop", "ٹرانسپورٹ"}},
	} {
		for _, form := range tt.forms {
			if at, _ := tt.noun.meaning(form); at < 0 || tt.noun.fields[at].field != tt.field {
				t.Errorf("%q is not read as %s", form, tt.field)
			}
		}
	}
	for _, unknown := range []string{"Blood group", "Sponsor", "Bank account", "2024", "", "ruler", "Source"} {
		if at, _ := n.meaning(unknown); at >= 0 {
			t.Errorf("%q is read as %s", unknown, n.fields[at].field)
		}
	}
}

func TestHeadingsThatAreNotEnoughAreRefusedAtOnce(t *testing.T) {
	for _, tt := range []struct{ name, file, says string }{
		{"no trade", "Name,Phone,City\nSana,0390,Lahore\n", "No column tells the trade"},
		{"no place", "Name,Phone,Trade\nSana,0390,tailor\n", "where each lives"},
		{"no phone", "Name,Trade,City\nSana,tailor,Lahore\n", "how each is reached"},
		{"two of one meaning", "Name,Phone,Mobile,Trade,City\nSana,0390,0391,tailor,Lahore\n", "“Phone” and “Mobile” both say phone"},
		{"none", "Sana,0390,tailor,Lahore\nZain,0391,mason,Multan\n", "No row of headings"},
		{"empty", "", "No row of headings"},
		{"blank", "\n\n,,\n", "No row of headings"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows, err := graduatesOf(t, tt.file)
			said, ok := fault.Shown(err)
			if !ok || len(rows) > 0 || said.Kind != fault.Malformed || !strings.Contains(said.Message, tt.says) || !hasArabic(said.MessageUr) {
				t.Fatalf("%d rows, %v", len(rows), err)
			}
			if strings.Contains(said.Message+said.MessageUr, "Sana") {
				t.Errorf("a name is repeated: %s", said.Message)
			}
			if tt.name == "no trade" && !strings.Contains(said.Message, "name (“Name”), phone (“Phone”), place (“City”)") {
				t.Errorf("what was recognised is not told: %s", said.Message)
			}
		})
	}
}

func TestUnknownHeadingsAreToldOnce(t *testing.T) {
	rows, err := graduatesOf(t, "Name,Phone,Blood group,Trade,City,Remarks\nSana,03901234567,B+,tailor,Lahore,good\n")
	if err != nil {
		t.Fatal(err)
	}
	var unused []string
	for _, c := range rows[0].Headings.Columns {
		if !c.Used {
			unused = append(unused, c.Column+"="+c.Field)
		}
	}
	if got := strings.Join(unused, " "); got != "Blood group= Remarks=remarks" {
		t.Errorf("unused: %s", got)
	}
	if len(rows[1].Problems) > 0 {
		t.Errorf("%v", rows[1].Problems)
	}
}

func TestHeadingsOfTwoRowsAreReadTogether(t *testing.T) {
	for name, file := range map[string]string{
		"the names above":  "Sr,Name,Contact,,Training,\n,,Mobile No,Address,Trade,District\n1,Sana,03901234567,Street 5,tailor,Lahore\n",
		"the names below":  "Personal,,Contact,,Training,\nSr,Name,Mobile No,Address,Trade,District\n1,Sana,03901234567,Street 5,tailor,Lahore\n",
		"merged over both": "Sr,Name,,,Trade,District\n,,Mobile No,Address,,\n1,Sana,03901234567,Street 5,tailor,Lahore\n",
	} {
		rows, err := graduatesOf(t, file)
		if err != nil || len(rows) != 2 || rows[1].Graduate == nil || rows[1].Personal.Name != "Sana" || rows[1].Personal.Address != "Street 5" {
			t.Errorf("%s: %v, %+v", name, err, rows)
		}
	}
}
