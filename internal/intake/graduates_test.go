package intake

import (
	"testing"

	"rabta/matching"
)

// anInstitutesFile is a roster as institutes send them: title lines above the headings, a remark and a row of totals below.
const anInstitutesFile = `Government Vocational Institute for Women,,,,,,,,,,,,
List of trainees passed out,,,,,,,,,,,,
Sr #,Name of Trainee,Father's Name,Contact No.,CNIC,Gender,Course,Tehsil,District,Experience,Expected Salary,Date of Birth,Remarks
1,Ayesha Bibi D/O Aslam,M. Aslam,0390-1234567,95202-1234567-2,F,bijli mistri,,Lahore,2 saal,25 hazar,12/03/1999,ok
2,محمد علی,,3.901234568E9,9520212345671,مرد,درزی,کبیروالا,خانیوال,٦ ماہ,"Rs. 25,000/-",1998,
3,"Bilal, Khan",,0390,1,m,xyz,Johar Town,Lahore,fresh,1200 daily,,
,,,,,,,,,,,,
4,Zain,,03901234569,,m,Welding (6 months),Jauhar Town,Lahore,,35k,,
Note: fees are paid,,,,,,,,,,,,
Total,4,,,,,,,,,,,
`

func TestGraduatesReadsAnInstitutesFile(t *testing.T) {
	rows, err := graduatesOf(t, anInstitutesFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 7 || rows[0].Headings == nil || rows[0].Row != 3 {
		t.Fatalf("%d rows, the first %+v", len(rows), rows[0])
	}
	ayesha := rows[1]
	if ayesha.Row != 4 || ayesha.Graduate == nil || ayesha.Personal.Name != "Ayesha Bibi" || ayesha.Personal.Phone != "+923901234567" ||
		ayesha.Graduate.BirthDecade != 1990 || ayesha.Graduate.Trades[0].Trade != "electrician" || *ayesha.Graduate.Trades[0].Months != 24 ||
		*ayesha.Graduate.LowestPay != (matching.LowestPay{Amount: 25_000, Unit: matching.PerMonth}) {
		t.Errorf("row 4: %+v %+v", ayesha.Graduate, ayesha.Problems)
	}
	if ali := rows[2]; ali.Personal == nil || ali.Personal.Phone != "+923901234568" || ali.Identity != "cnic:9520212345671" {
		t.Errorf("row 5: %+v", ali.Problems)
	}
	if bad := rows[3]; bad.Graduate != nil || len(bad.Problems) != 3 || bad.Problems[0].Found != "a value of 4 characters" {
		t.Errorf("row 6: %+v", bad.Problems)
	}
	if zain := rows[4]; zain.Row != 8 || zain.Graduate == nil {
		t.Errorf("row 8: %+v", zain.Problems)
	}
	for i, found := range map[int]string{5: "a remark", 6: "a row of totals"} {
		if r := rows[i]; r.Graduate != nil || len(r.Problems) != 1 || r.Problems[0].Found != found {
			t.Errorf("row %d: %+v", r.Row, r.Problems)
		}
	}
}
