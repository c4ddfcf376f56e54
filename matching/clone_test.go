package matching

import (
	"reflect"
	"testing"
	"time"
)

// A clone is equal, and whatever can be changed in it is its own: the test fills every field there is, and walks them all.
func TestACloneSharesNothing(t *testing.T) {
	var g Graduate
	fillAll(t, reflect.ValueOf(&g).Elem(), "Graduate")
	c := g.Clone()
	if !reflect.DeepEqual(&g, c) {
		t.Errorf("the clone is another record:\n%+v\n%+v", g, *c)
	}
	sharesNothing(t, reflect.ValueOf(g), reflect.ValueOf(*c), "Graduate")
	if empty := (&Graduate{}).Clone(); !reflect.DeepEqual(empty, &Graduate{}) {
		t.Errorf("the clone of nothing is %+v", empty)
	}
}

func fillAll(t *testing.T, v reflect.Value, at string) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(noon))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fillAll(t, v.Field(i), at+"."+v.Type().Field(i).Name)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillAll(t, v.Elem(), at)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fillAll(t, v.Index(i), at)
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fillAll(t, key, at)
		fillAll(t, value, at)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString(at)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(7)
	case reflect.Bool:
		v.SetBool(true)
	default:
		t.Fatalf("%s is a %s: say here how it is filled, and in Clone how it is copied", at, v.Kind())
	}
}

func sharesNothing(t *testing.T, a, b reflect.Value, at string) {
	if a.Type() == reflect.TypeFor[time.Time]() {
		return
	}
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			sharesNothing(t, a.Field(i), b.Field(i), at+"."+a.Type().Field(i).Name)
		}
	case reflect.Pointer, reflect.Slice, reflect.Map:
		if a.Pointer() == b.Pointer() {
			t.Errorf("%s is shared", at)
		}
		switch a.Kind() {
		case reflect.Pointer:
			sharesNothing(t, a.Elem(), b.Elem(), at)
		case reflect.Slice:
			for i := range a.Len() {
				sharesNothing(t, a.Index(i), b.Index(i), at)
			}
		case reflect.Map:
			for _, key := range a.MapKeys() {
				sharesNothing(t, a.MapIndex(key), b.MapIndex(key), at)
			}
		}
	}
}
