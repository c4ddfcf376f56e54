package api

import (
	"strings"

	"rabta/matching"
	"rabta/seed"
)

// docsValues is one list of values that a field takes, as the page shows it.
type docsValues struct {
	ID, What string
	Values   []string
	Meaning  string
}

// listValues gathers the lists from the records and the reference data that check them.
func listValues(reference *seed.Reference) []docsValues {
	var schooling, schoolingNames, licences, licenceNames []string
	for _, step := range reference.Schooling {
		schooling, schoolingNames = append(schooling, step.Code), append(schoolingNames, step.Names.En)
	}
	for _, class := range reference.Licences {
		licences, licenceNames = append(licences, class.Code), append(licenceNames, class.Names.En)
	}
	return []docsValues{
		{"kinds", "Kinds of work (kind, kinds)", shownAs(matching.Kinds[:]), ""},
		{"workplaces", "Workplaces (workplace)", shownAs(matching.Workplaces[:]), "Remote work has no location; own-home is work given out to the worker's home"},
		{"pay-units", "Pay units (pay.unit)", shownAs(matching.PayUnits[:]), "What from and to are for. A day is 8 hours and a month 26 days; lowest_pay takes hour, day and month"},
		{"conditions", "Condition names (conditions)", shownAs(matching.ConditionNames[:]), "Each with an answer: yes, no or unknown"},
		{"needs", "Needs (needs)", shownAs(matching.Needs[:]), "What a graduate cannot do without; the table below says what answers each"},
		{"licences", "Driving licences (licences)", licences, strings.Join(licenceNames, "; ")},
		{"schooling", "Schooling (schooling), rising", schooling, strings.Join(schoolingNames, "; ")},
		{"posting-statuses", "Statuses of a posting (status)", shownAs(matching.PostingStatuses[:]), "Searches show the open ones, from posted until expires; held is for staff"},
		{"graduate-statuses", "Statuses of a graduate (status)", shownAs(matching.GraduateStatuses[:]), "Only who is searching is matched"},
		{"modes", "Modes of travel (travel.modes)", shownAs(matching.Modes[:]), ""},
		{"learnt", "Ways of learning (learnt)", shownAs(matching.LearntWays[:]), "prior-learning is prior learning assessed"},
		{"shifts", "Shifts (shift)", shownAs(matching.Shifts[:]), ""},
		{"employer-kinds", "Kinds of employer (kind)", shownAs(matching.EmployerKinds[:]), ""},
	}
}

func shownAs[T ~string](values []T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	return list
}

// docsNeed says which answers meet a need and which refuse it. matching.Posting.Answers decides; a test holds the two together.
type docsNeed struct{ Need, Met, Refused string }

var needAnswers = []docsNeed{
	{"transport", "transport yes, or door_transport yes", "transport no, without door_transport yes"},
	{"women-safe", "women_colleagues yes and separate_toilet yes", "separate_toilet no, or women_colleagues no and complaint_committee no"},
	{"accommodation", "accommodation yes", "accommodation no"},
	{"disability-access", "step_free yes", "step_free no"},
	{"home-based", "workplace remote or own-home", "any other workplace"},
}
