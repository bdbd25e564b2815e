package pack

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// SignatureName is the file that holds a pack's signature: the word ed25519,
// the public key and the signature, both in base64.
const SignatureName = "pack.sig"

const (
	algorithm = "ed25519"
	purpose   = "hookline rule pack 1\n" // what is signed can be nothing else
)

// digest is over the path and content of every YAML file of the folder.
func digest(folder fs.FS) ([]byte, error) {
	sum := sha256.New()
	io.WriteString(sum, purpose)
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name != "." && strings.HasPrefix(path.Base(name), ".") {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if ext := path.Ext(name); entry.IsDir() || ext != ".yaml" && ext != ".yml" {
			return nil
		}
		body, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s\x00%d\x00", name, len(body))
		sum.Write(body)
		return nil
	})
	return sum.Sum(nil), err
}

// Sign returns the content of pack.sig for a folder.
func Sign(folder fs.FS, key ed25519.PrivateKey) (string, error) {
	sum, err := digest(folder)
	if err != nil {
		return "", err
	}
	public := key.Public().(ed25519.PublicKey)
	return fmt.Sprintf("%s %s %s\n", algorithm, EncodeKey(public), base64.StdEncoding.EncodeToString(ed25519.Sign(key, sum))), nil
}

// verify says whether one of the keys has signed the folder as it is.
func verify(folder fs.FS, keys []ed25519.PublicKey) error {
	body, err := readSmall(folder, SignatureName)
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("not signed, and a key is required: no " + SignatureName)
	}
	if err != nil {
		return err
	}
	parts := strings.Fields(string(body))
	if len(parts) != 3 || parts[0] != algorithm {
		return fmt.Errorf("%s: want the word %s, a public key and a signature", SignatureName, algorithm)
	}
	signature, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return fmt.Errorf("%s: the signature is not base64", SignatureName)
	}
	sum, err := digest(folder)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if EncodeKey(key) != parts[1] {
			continue
		}
		if ed25519.Verify(key, sum, signature) {
			return nil
		}
		return errors.New("changed since it was signed")
	}
	return fmt.Errorf("signed with %s, which is none of the required keys", parts[1])
}

// NewKey makes a pair of keys.
func NewKey() (ed25519.PublicKey, ed25519.PrivateKey, error) { return ed25519.GenerateKey(rand.Reader) }

// EncodeKey is a public key as flags and pack.sig have it.
func EncodeKey(key ed25519.PublicKey) string { return base64.StdEncoding.EncodeToString(key) }

// DecodeKey reads a public key.
func DecodeKey(text string) (ed25519.PublicKey, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("not a public key: want %d bytes in base64", ed25519.PublicKeySize)
	}
	return key, nil
}

// EncodePrivate is a private key as its file has it.
func EncodePrivate(key ed25519.PrivateKey) string {
	return base64.StdEncoding.EncodeToString(key.Seed()) + "\n"
}

// DecodePrivate reads a private key.
func DecodePrivate(text string) (ed25519.PrivateKey, error) {
	seed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("not a private key: want %d bytes in base64", ed25519.SeedSize)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}
