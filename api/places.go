package api

import (
	"context"
	"net/http"

	"rabta/geo"
	"rabta/internal/fault"
)

// PlaceFound is a place that a name may mean, with the places that hold it, from the nearest up.
type PlaceFound struct {
	Place geo.Place     `json:"place"`
	In    []PlaceParent `json:"in,omitempty" nullable:"false"`
	How   string        `json:"how,omitempty" doc:"How the name met: exact, prefix, misspelt, phonetic"`
	Score float64       `json:"score,omitempty"`
}

// PlaceParent is a place that holds another.
type PlaceParent struct {
	ID    string    `json:"id"`
	Level geo.Level `json:"level"`
	Names geo.Names `json:"names"`
}

// PlaceNear is a place with its distance.
type PlaceNear struct {
	Place    geo.Place     `json:"place"`
	In       []PlaceParent `json:"in,omitempty" nullable:"false"`
	Distance float64       `json:"distance_m"`
}

type findPlacesInput struct {
	Q     string `query:"q" required:"true" minLength:"1" maxLength:"200" example:"Khuzdar" doc:"A name in any of three scripts, or a chak number"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"10" doc:"How many at most"`
}

type findPlacesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Places []PlaceFound `json:"places" nullable:"false"`
	}
}

type nearestPlacesInput struct {
	Where
	Limit int `query:"limit" minimum:"1" maximum:"50" default:"5" doc:"How many at most"`
}

type nearestPlacesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		District *geo.Place  `json:"district,omitempty" doc:"The district that holds the point"`
		Places   []PlaceNear `json:"places" nullable:"false"`
	}
}

type getPlaceInput struct {
	ID string `path:"id" maxLength:"200" example:"twn-multan" doc:"As /v1/places gives it"`
}

type getPlaceOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         PlaceFound
}

func (s *server) registerPlaces() {
	register(s, operation{id: "list-places", resident: true, method: http.MethodGet, path: "/v1/places", tag: "Places",
		summary: "Find places by name"}, s.findPlaces)
	register(s, operation{id: "nearest-places", resident: true, method: http.MethodGet, path: "/v1/places/nearest", tag: "Places",
		summary: "Places nearest to a point"}, s.nearestPlaces)
	register(s, operation{id: "get-place", resident: true, method: http.MethodGet, path: "/v1/places/{id}", tag: "Places",
		summary: "One place and the places that hold it"}, s.getPlace)
}

func (s *server) findPlaces(_ context.Context, in *findPlacesInput) (*findPlacesOutput, error) {
	out := &findPlacesOutput{CacheControl: referenceCaching}
	out.Body.Places = []PlaceFound{}
	for _, f := range s.service.FindPlaces(in.Q, in.Limit) {
		out.Body.Places = append(out.Body.Places, PlaceFound{Place: f.Place, In: s.parents(f.Place.ID), How: f.How, Score: f.Score})
	}
	return out, nil
}

func (s *server) nearestPlaces(_ context.Context, in *nearestPlacesInput) (*nearestPlacesOutput, error) {
	point, err := in.point()
	if err != nil {
		return nil, err
	}
	if point == nil {
		return nil, fault.Field("lat", "Send the point as lat and lon, in degrees.")
	}
	out := &nearestPlacesOutput{}
	// A place that a phone asks about is where somebody is: no cache on the way keeps it.
	out.CacheControl = "no-store"
	out.Body.Places = []PlaceNear{}
	if district, ok := s.service.DistrictAt(*point); ok {
		out.Body.District = &district
	}
	for _, n := range s.service.NearestPlaces(*point, in.Limit) {
		out.Body.Places = append(out.Body.Places, PlaceNear{Place: n.Place, In: s.parents(n.Place.ID), Distance: n.Metres})
	}
	return out, nil
}

func (s *server) getPlace(_ context.Context, in *getPlaceInput) (*getPlaceOutput, error) {
	place, err := s.service.Place(in.ID)
	if err != nil {
		return nil, err
	}
	return &getPlaceOutput{CacheControl: referenceCaching, Body: PlaceFound{Place: place, In: s.parents(place.ID)}}, nil
}

// parents gives the places that hold a place, the smallest first.
func (s *server) parents(id string) []PlaceParent {
	var in []PlaceParent
	for _, p := range s.service.PlaceChain(id) {
		if p.ID != id {
			in = append(in, PlaceParent{ID: p.ID, Level: p.Level, Names: p.Names})
		}
	}
	return in
}
