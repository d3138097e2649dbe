// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A cosigner verifies cosignature/v1 of C2SP tlog-cosignature, which sumdb/note does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(text, payload []byte) bool {
	if len(payload) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(payload)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)
	return ed25519.Verify(c.key, []byte(message), payload[8:])
}

const cosignatureType = 4

func newCosigner(vkey string) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("%q is no vkey", vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return nil, err
	}
	if len(key) != 1+ed25519.PublicKeySize || key[0] != cosignatureType {
		return nil, fmt.Errorf("%q is not the key of a witness", vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:])
	if parts[1] != fmt.Sprintf("%08x", hash) {
		return nil, fmt.Errorf("%q has another id than its key", vkey)
	}
	return &cosigner{parts[0], hash, key[1:]}, nil
}

// Trust: whose signature a checkpoint must have, and how many cosignatures of whom.
type trust struct {
	log    note.Verifier
	all    note.Verifiers
	quorum int
}

func trusting(log string, quorum int, witnesses []string) (*trust, error) {
	verifier, err := note.NewVerifier(log)
	if err != nil {
		return nil, err
	}
	list := []note.Verifier{verifier}
	for _, vkey := range witnesses {
		witness, err := newCosigner(vkey)
		if err != nil {
			return nil, err
		}
		list = append(list, witness)
	}
	return &trust{verifier, note.VerifierList(list...), quorum}, nil
}

// The tree of a checkpoint that is signed by the log and, where wanted, by a quorum.
func (t *trust) open(text []byte, quorum int) (tlog.Tree, error) {
	var none tlog.Tree
	opened, err := note.Open(text, t.all)
	if err != nil {
		return none, fmt.Errorf("note.Open: %w", err)
	}
	signed, cosigned := false, 0
	for _, signature := range opened.Sigs {
		if signature.Name == t.log.Name() && signature.Hash == t.log.KeyHash() {
			signed = true
		} else {
			cosigned++
		}
	}
	if !signed {
		return none, fmt.Errorf("the log did not sign")
	}
	if cosigned < quorum {
		return none, fmt.Errorf("%d cosignatures, %d are needed", cosigned, quorum)
	}
	// tlog.ParseTree reads those of Go's own database only, whose first line differs.
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return none, fmt.Errorf("the checkpoint has not three lines")
	}
	if lines[0] != t.log.Name() {
		return none, fmt.Errorf("the checkpoint is of %q", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] {
		return none, fmt.Errorf("the size is %q", lines[1])
	}
	hash, err := tlog.ParseHash(lines[2])
	if err != nil {
		return none, err
	}
	return tlog.Tree{N: size, Hash: hash}, nil
}
