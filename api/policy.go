package api

import (
	"fmt"
	"strings"

	"rabta/matching"
)

// Role is what a token lets its bearer act as.
type Role string

// The roles. Nobody is a request without a token.
const (
	Nobody      Role = "nobody"
	AsGraduate  Role = "graduate"
	AsEmployer  Role = "employer"
	AsInstitute Role = "institute"
	AsOfficer   Role = "officer"
	AsStaff     Role = "staff"
	AsService   Role = "service"
)

// Roles lists every role, in the order in which they are shown.
var Roles = [...]Role{Nobody, AsGraduate, AsEmployer, AsInstitute, AsOfficer, AsStaff, AsService}

// scope says on which records a role may do an operation.
type scope uint8

const (
	all       scope = 1 << iota // on every record
	own                         // on the records of the token's subject: herself, her postings, its roster
	consented                   // on graduates who agreed that an officer acts for them
	shown                       // on what the public sees: a live posting, the name of an employer
)

var scopeNames = []struct {
	scope scope
	name  string
}{{all, "all"}, {own, "own"}, {consented, "with consent"}, {shown, "what is public"}}

// String gives the scope's parts for the documentation.
func (s scope) String() string {
	var names []string
	for _, n := range scopeNames {
		if s&n.scope != 0 {
			names = append(names, n.name)
		}
	}
	return strings.Join(names, " or ")
}

// rule is one row: the scope of each role. What nobody may do, everybody may. A role that is missing may not call at all.
type rule map[Role]scope

func (r rule) of(role Role) scope { return r[role] | r[Nobody] }

// policy says of every operation who may call it and on what. Nothing is served without a row here: construction panics. On a
// record outside the scope the answer is 404, as if it did not exist; without a token 401; with the wrong role 403.
var policy = map[string]rule{
	"list-trades":          {Nobody: all},
	"get-trade":            {Nobody: all},
	"list-places":          {Nobody: all},
	"nearest-places":       {Nobody: all},
	"get-place":            {Nobody: all},
	"search-postings":      {Nobody: all},
	"create-posting":       {AsEmployer: own, AsOfficer: all, AsStaff: all, AsService: all},
	"get-posting":          {Nobody: shown, AsEmployer: own, AsOfficer: all, AsStaff: all, AsService: all},
	"change-posting":       {AsEmployer: own, AsOfficer: all, AsStaff: all, AsService: all},
	"close-posting":        {AsEmployer: own, AsOfficer: all, AsStaff: all, AsService: all},
	"list-candidates":      {AsEmployer: own, AsOfficer: all, AsStaff: all},
	"create-employer":      {AsOfficer: all, AsStaff: all, AsService: all},
	"get-employer":         {Nobody: shown, AsEmployer: own, AsStaff: all},
	"change-employer":      {AsEmployer: own, AsStaff: all},
	"list-postings-of":     {Nobody: shown, AsEmployer: own, AsStaff: all},
	"create-institute":     {AsStaff: all, AsService: all},
	"get-institute":        {Nobody: all},
	"change-institute":     {AsInstitute: own, AsStaff: all},
	"create-graduate":      {AsInstitute: own, AsOfficer: consented, AsStaff: all, AsService: all},
	"list-graduates":       {AsInstitute: own, AsOfficer: consented, AsStaff: all, AsService: all},
	"find-graduates":       {AsInstitute: own, AsOfficer: consented, AsStaff: all},
	"get-graduate":         {AsGraduate: own, AsInstitute: own, AsOfficer: consented, AsStaff: all},
	"change-graduate":      {AsGraduate: own, AsInstitute: own, AsOfficer: consented, AsStaff: all},
	"delete-graduate":      {AsGraduate: own, AsInstitute: own, AsOfficer: consented, AsStaff: all},
	"list-matches":         {AsGraduate: own, AsInstitute: own, AsOfficer: consented, AsStaff: all},
	"get-personal":         {AsGraduate: own, AsInstitute: own, AsOfficer: consented, AsStaff: all},
	"apply":                {AsGraduate: own, AsOfficer: consented, AsStaff: all},
	"get-application":      {AsGraduate: own, AsEmployer: own, AsInstitute: own, AsOfficer: consented, AsStaff: all},
	"list-applications-of": {AsGraduate: own, AsInstitute: own, AsOfficer: consented, AsStaff: all},
	"list-applications":    {AsEmployer: own, AsStaff: all},
	"change-application":   {AsGraduate: own, AsOfficer: consented, AsStaff: all},
	"move-application":     {AsGraduate: own, AsEmployer: own, AsInstitute: own, AsOfficer: consented, AsStaff: all, AsService: all},
	"list-contacts":        {AsEmployer: own},
	"list-looks":           {AsStaff: all},
	"export-graduate":      {AsGraduate: own, AsOfficer: consented, AsStaff: all},
	"postings-snapshot":    {Nobody: all},
	"postings-changes":     {Nobody: all},
	"create-import":        {AsInstitute: own, AsStaff: all},
	"list-imports":         {AsInstitute: own, AsStaff: all},
	"get-import":           {AsInstitute: own, AsStaff: all},
	"get-import-result":    {AsInstitute: own, AsStaff: all},
	"import-template":      {Nobody: all},
	"list-duplicates":      {AsStaff: all},
	"decide-duplicate":     {AsStaff: all},
	"export-graduates":     {AsInstitute: own, AsStaff: all},
	"export-postings":      {AsStaff: all},
	"export-employers":     {AsStaff: all},
	"export-applications":  {AsStaff: all},
	"list-gaps":            {AsInstitute: all, AsStaff: all}, // published figures; an institute plans its courses by them
	"district-report":      {AsStaff: all},
	"gap-trends":           {AsInstitute: all, AsStaff: all},
	"gap-advice":           {AsInstitute: all, AsStaff: all},
	"gap-mismatch":         {AsInstitute: all, AsStaff: all},
	"gap-outcomes":         {AsInstitute: own, AsStaff: all},
	"gap-waiting":          {AsStaff: all}, // single people
	"silent-employers":     {AsStaff: all}, // single employers
	"health":               {Nobody: all},
	"ready":                {Nobody: all},
	"metrics":              {AsStaff: all, AsService: all}, // and the machine itself, see guardMetrics
	"openapi":              {Nobody: all},
	"docs":                 {Nobody: all},
	"home":                 {Nobody: all},
}

// mustHaveRule gives the row of an operation.
func mustHaveRule(operation string) rule {
	r, ok := policy[operation]
	if !ok {
		panic(fmt.Sprintf("api: operation %q has no row in the policy", operation))
	}
	return r
}

// subjects tells whose a record is and what was agreed about it.
type subjects struct {
	graduate, employer, institute matching.ID
	consented                     bool
	shown                         bool
}

// caller is who makes a request.
type caller struct {
	role    Role
	subject matching.ID
	token   string // its id
}

// isSubject tells whether the record is the caller's own.
func (c caller) isSubject(of subjects) bool {
	if c.subject == "" {
		return false
	}
	switch c.role {
	case AsGraduate:
		return of.graduate == c.subject
	case AsEmployer:
		return of.employer == c.subject
	case AsInstitute:
		return of.institute == c.subject
	default:
		return false
	}
}

// admits gives the part of a role's scope by which the caller may do the operation on a record, 0 when it may not.
func (r rule) admits(c caller, of subjects) scope {
	s := r.of(c.role)
	switch {
	case s&all != 0:
		return all
	case s&own != 0 && c.isSubject(of):
		return own
	case s&consented != 0 && of.consented:
		return consented
	case s&shown != 0 && of.shown:
		return shown
	default:
		return 0
	}
}

// describe gives the row for the documentation: "employer: own; staff: all".
func (r rule) describe() string {
	var parts []string
	for _, role := range Roles {
		if s := r[role]; s != 0 {
			name := string(role)
			if role == Nobody {
				name = "everybody"
			}
			parts = append(parts, name+": "+s.String())
		}
	}
	return strings.Join(parts, "; ")
}
