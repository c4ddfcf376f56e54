package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"

	"rabta/internal/fault"
	"rabta/matching"
)

// A sealed blob is one form byte, the key version (4 bytes, big-endian), a random nonce (12 bytes), and the AES-256-GCM
// ciphertext with its 16-byte tag. The key is derived for one record, so that a nonce can only ever repeat within the few
// blobs of that record; id, column and key version are associated data, so that a blob opens nowhere but in its own place.
const (
	sealedForm   = 1
	sealedHeader = 1 + 4
	nonceBytes   = 12
)

// The columns whose content is sealed, as they stand in the associated data.
const (
	PersonalColumn = "graduate.sealed"
	ContactColumn  = "employer.sealed"
	TextColumn     = "application.sealed"
)

// Seal encrypts what belongs into a column of a record with the current sealing key.
func (k *Keys) Seal(id matching.ID, column string, plain []byte) ([]byte, error) {
	key := current(k.sealing)
	aead, err := recordCipher(key, id)
	if err != nil {
		return nil, fault.Wrap("store.Keys.Seal", err)
	}
	blob := make([]byte, sealedHeader+nonceBytes, sealedHeader+nonceBytes+len(plain)+aead.Overhead())
	blob[0] = sealedForm
	binary.BigEndian.PutUint32(blob[1:], key.Version)
	nonce := blob[sealedHeader:]
	rand.Read(nonce)
	return aead.Seal(blob, nonce, plain, sealedPlace(id, column, key.Version)), nil
}

// Open decrypts the blob of a column of a record. A blob of another record or column, a changed byte, and a key version that
// the file lacks are faults (fault.Internal: nothing that a caller sent can cause them).
func (k *Keys) Open(id matching.ID, column string, blob []byte) ([]byte, error) {
	const op = "store.Keys.Open"
	version, ok := SealedVersion(blob)
	if !ok {
		return nil, &fault.Error{Op: op, Message: "The sealed part of a record is damaged."}
	}
	key, ok := ofVersion(k.sealing, version)
	if !ok {
		return nil, &fault.Error{Op: op, Message: "The key file lacks the key version of a sealed record.", Err: errNoKeyVersion}
	}
	aead, err := recordCipher(key, id)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	nonce, text := blob[sealedHeader:sealedHeader+nonceBytes], blob[sealedHeader+nonceBytes:]
	plain, err := aead.Open(nil, nonce, text, sealedPlace(id, column, version))
	if err != nil {
		return nil, &fault.Error{Op: op, Message: "The sealed part of a record is damaged.", Err: err}
	}
	return plain, nil
}

// SealedVersion reads the key version of a blob; false when it is too short or of another form.
func SealedVersion(blob []byte) (uint32, bool) {
	if len(blob) < sealedHeader+nonceBytes || blob[0] != sealedForm {
		return 0, false
	}
	return binary.BigEndian.Uint32(blob[1:]), true
}

// SealingVersion is the key version that Seal uses.
func (k *Keys) SealingVersion() uint32 { return current(k.sealing).Version }

// recordCipher is AES-256-GCM under the key that is derived for one record.
func recordCipher(key VersionedKey, id matching.ID) (cipher.AEAD, error) {
	block, err := aes.NewCipher(derive(key.Key, "rabta seal "+string(id)))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// sealedPlace is the associated data of a blob. Lengths go first, so that no two places read the same.
func sealedPlace(id matching.ID, column string, version uint32) []byte {
	place := make([]byte, 0, 3*4+len(id)+len(column))
	place = binary.BigEndian.AppendUint32(place, version)
	place = binary.BigEndian.AppendUint32(place, uint32(len(id)))
	place = append(place, id...)
	place = binary.BigEndian.AppendUint32(place, uint32(len(column)))
	return append(place, column...)
}

// LookupVersion is the version of the key under which PhoneMAC and CNICMAC are made first.
func (k *Keys) LookupVersion() uint32 { return current(k.lookup).Version }

// PhoneMAC gives the keyed hash of a phone, in any form that NormalizePhone reads, by the current lookup key.
func (k *Keys) PhoneMAC(phone string) ([]byte, error) {
	macs, err := k.PhoneMACs(phone)
	if err != nil {
		return nil, err
	}
	return macs[0], nil
}

// CNICMAC gives the keyed hash of a CNIC, in any form that NormalizeCNIC reads, by the current lookup key.
func (k *Keys) CNICMAC(cnic string) ([]byte, error) {
	macs, err := k.CNICMACs(cnic)
	if err != nil {
		return nil, err
	}
	return macs[0], nil
}

// PhoneMACs gives the keyed hash of a phone by every lookup key, the current one first: what a look-up must try while
// records of older versions remain.
func (k *Keys) PhoneMACs(phone string) ([][]byte, error) {
	normal, err := NormalizePhone(phone)
	if err != nil {
		return nil, err
	}
	return k.lookupMACs("phone", normal), nil
}

// CNICMACs is PhoneMACs for a CNIC.
func (k *Keys) CNICMACs(cnic string) ([][]byte, error) {
	normal, err := NormalizeCNIC(cnic)
	if err != nil {
		return nil, err
	}
	return k.lookupMACs("cnic", normal), nil
}

// Digest is a keyed hash of parts, for comparing what must not be kept in the clear: HMAC-SHA256 under a key derived from the first lookup
// key for one purpose. Rotations keep that key, so that digests stay comparable. Lengths go before parts.
func (k *Keys) Digest(purpose string, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, derive(k.lookup[0].Key, "rabta digest "+purpose))
	for _, part := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		h.Write(part)
	}
	return h.Sum(nil)
}

// RemovedDigest names an imported person by what she was known by, for remembering that she was deleted and nothing else of her.
func (k *Keys) RemovedDigest(source, externalID string) []byte {
	return k.Digest("removed person", []byte(source), []byte(externalID))
}

// lookupMACs is HMAC-SHA256 over the kind and the normalised value. The kind keeps the two from ever being equal.
func (k *Keys) lookupMACs(kind, normal string) [][]byte {
	macs := make([][]byte, 0, len(k.lookup))
	for i := len(k.lookup) - 1; i >= 0; i-- {
		h := hmac.New(sha256.New, k.lookup[i].Key)
		h.Write([]byte(kind + ":" + normal))
		macs = append(macs, h.Sum(nil))
	}
	return macs
}
