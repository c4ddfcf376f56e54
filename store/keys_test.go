package store_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

const someone = matching.ID("grd_01J80000000000000000000001")

func TestKeyFile(t *testing.T) {
	path := store.KeyPath(filepath.Join(t.TempDir(), "data") + "/")
	if filepath.Base(path) != "data.key" {
		t.Fatalf("key path %s, want it beside the data directory", path)
	}
	if _, err := store.LoadKeys(path); fault.KindOf(err) != fault.NotFound {
		t.Fatalf("missing file: %v", err)
	}
	made, err := store.CreateKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v; want 0600", info.Mode(), err)
	}
	if _, err := store.CreateKeys(path); fault.KindOf(err) != fault.Conflict {
		t.Fatalf("creating over a key file: %v", err)
	}
	loaded, err := store.LoadKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	blob, err := made.Seal(someone, store.PersonalColumn, []byte("hello"))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := loaded.Open(someone, store.PersonalColumn, blob); err != nil || string(plain) != "hello" {
		t.Fatalf("opened %q, %v", plain, err)
	}
}

func TestLoadKeysRefuses(t *testing.T) {
	key := base64.StdEncoding.EncodeToString(make([]byte, 32))
	one := `[{"version":1,"key":"` + key + `"}]`
	for _, c := range []struct {
		name, content string
		mode          os.FileMode
		want          fault.Kind
	}{
		{"a file that others may read", `{"sealing":` + one + `,"lookup":` + one + `}`, 0o640, fault.Forbidden},
		{"an empty file", ``, 0o600, fault.Malformed},
		{"a torn file", `{"sealing":[{"version":1,"key":"` + key[:10], 0o600, fault.Malformed},
		{"no lookup key", `{"sealing":` + one + `}`, 0o600, fault.Malformed},
		{"a short key", `{"sealing":` + one + `,"lookup":[{"version":1,"key":"AAAA"}]}`, 0o600, fault.Malformed},
		{"a version twice", `{"sealing":` + one + `,"lookup":[{"version":1,"key":"` + key + `"},{"version":1,"key":"` + key + `"}]}`, 0o600, fault.Malformed},
		{"version 0", `{"sealing":` + one + `,"lookup":[{"version":0,"key":"` + key + `"}]}`, 0o600, fault.Malformed},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "k")
			if err := os.WriteFile(path, []byte(c.content), c.mode); err != nil {
				t.Fatal(err)
			}
			_, err := store.LoadKeys(path)
			if fault.KindOf(err) != c.want {
				t.Fatalf("error %v, want kind %v", err, c.want)
			}
			if bytes.Contains([]byte(err.Error()), []byte(key[:10])) {
				t.Fatal("the error quotes the key file")
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	keys := store.NewKeys()
	blob, err := keys.Seal(someone, store.PersonalColumn, []byte(`{"name":"Nasreen"}`))
	if err != nil {
		t.Fatal(err)
	}
	refuse := func(name string, k *store.Keys, id matching.ID, column string, blob []byte) {
		t.Run(name, func(t *testing.T) {
			if plain, err := k.Open(id, column, blob); err == nil {
				t.Fatalf("opened %q", plain)
			}
		})
	}
	refuse("another record", keys, someone[:len(someone)-1]+"2", store.PersonalColumn, blob)
	refuse("another column", keys, someone, store.ContactColumn, blob)
	refuse("other keys", store.NewKeys(), someone, store.PersonalColumn, blob)
	refuse("nothing", keys, someone, store.PersonalColumn, nil)
	for i := range blob {
		changed := bytes.Clone(blob)
		changed[i] ^= 1
		refuse("a changed byte", keys, someone, store.PersonalColumn, changed)
		refuse("a cut", keys, someone, store.PersonalColumn, blob[:i])
	}
}

func TestSealLaws(t *testing.T) {
	keys := store.NewKeys()
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		one, err1 := keys.Seal(someone, store.PersonalColumn, plain)
		two, err2 := keys.Seal(someone, store.PersonalColumn, plain)
		if err1 != nil || err2 != nil || bytes.Equal(one, two) {
			t.Fatal("sealing the same twice must give different blobs")
		}
		if len(plain) > 3 && bytes.Contains(one, plain) {
			t.Fatal("the blob holds the plain text")
		}
		if got, err := keys.Open(someone, store.PersonalColumn, one); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("opened %q, %v", got, err)
		}
	})
}

func TestRotation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	old, err := store.CreateKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	blob, err := old.Seal(someone, store.PersonalColumn, []byte("hello"))
	if err != nil {
		t.Fatal(err)
	}
	if err := store.ReplaceKeys(path, old.Rotated(store.SealingKey).Rotated(store.LookupKey)); err != nil {
		t.Fatal(err)
	}
	next, err := store.LoadKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	if next.SealingVersion() != 2 || next.LookupVersion() != 2 || old.SealingVersion() != 1 {
		t.Fatalf("versions %d and %d, the old one's %d", next.SealingVersion(), next.LookupVersion(), old.SealingVersion())
	}
	if plain, err := next.Open(someone, store.PersonalColumn, blob); err != nil || string(plain) != "hello" {
		t.Fatalf("an older version opened as %q, %v", plain, err)
	}
	fresh, err := next.Seal(someone, store.PersonalColumn, nil)
	if err != nil {
		t.Fatal(err)
	}
	if version, ok := store.SealedVersion(fresh); !ok || version != 2 {
		t.Fatalf("sealed with version %d", version)
	}
	before, err := old.PhoneMAC("03001234567")
	if err != nil {
		t.Fatal(err)
	}
	macs, err := next.PhoneMACs("+92 300 1234567")
	if err != nil || len(macs) != 2 || !bytes.Equal(macs[1], before) || bytes.Equal(macs[0], before) {
		t.Fatalf("MACs %x, %v; want a new one and then %x", macs, err, before)
	}
	if err := next.Verify(old.Checks()); err != nil {
		t.Fatalf("rotated keys and the database of the old ones: %v", err)
	}
	if err := old.Verify(next.Checks()); fault.KindOf(err) != fault.Conflict {
		t.Fatalf("old keys and the database of rotated ones: %v", err)
	}
	if err := store.NewKeys().Verify(old.Checks()); fault.KindOf(err) != fault.Conflict {
		t.Fatalf("other keys: %v", err)
	}
}

// A phone and a CNIC of the same digits, and the same phone under other keys, must not meet.
func TestMACsAreApart(t *testing.T) {
	keys := store.NewKeys()
	phone, err := keys.PhoneMAC("03001234567")
	if err != nil {
		t.Fatal(err)
	}
	same, err := keys.PhoneMAC("0092-300-1234567")
	if err != nil || !bytes.Equal(phone, same) {
		t.Fatalf("two forms of one phone: %x, %x, %v", phone, same, err)
	}
	other, err := store.NewKeys().PhoneMAC("03001234567")
	if err != nil || bytes.Equal(phone, other) {
		t.Fatalf("the same under other keys: %v", err)
	}
	cnic, err := keys.CNICMAC("35202-1234567-1")
	if err != nil || bytes.Equal(phone, cnic) {
		t.Fatalf("phone and CNIC: %v", err)
	}
}
