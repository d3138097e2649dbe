// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// Makes a log of n entries, or makes it grow to n, as C2SP tlog-tiles, and prints its vkey. The key lies beside the
// folder; the entries are texts that follow from their numbers.
func grow(place, name string, n int64) error {
	signer, vkey, err := keyOf(place+".key", name)
	if err != nil {
		return err
	}
	var all tree
	for _, tile := range tilesOf(-1, n) {
		var bundle []byte
		for i := int64(0); i < int64(tile.W); i++ {
			number := tile.N*full + i
			entry := []byte(fmt.Sprintf("entry %d of a log that Go wrote", number))
			bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(entry)))
			bundle = append(bundle, entry...)
			if err := all.add(number, entry); err != nil {
				return err
			}
		}
		if err := write(filepath.Join(place, pathOf(tile)), bundle); err != nil {
			return err
		}
	}
	for level := 0; n>>(height*level) > 0; level++ {
		for _, tile := range tilesOf(level, n) {
			data, err := tlog.ReadTileData(tile, all)
			if err != nil {
				return err
			}
			if err := write(filepath.Join(place, pathOf(tile)), data); err != nil {
				return err
			}
		}
	}
	root, err := tlog.TreeHash(n, all)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%s\n%d\n%s\n", name, n, root)
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return err
	}
	fmt.Println(vkey)
	return write(filepath.Join(place, "checkpoint"), signed)
}

func keyOf(file, name string) (note.Signer, string, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		secret, vkey, err := note.GenerateKey(rand.Reader, name)
		if err != nil {
			return nil, "", err
		}
		text = []byte(secret + "\n" + vkey)
		if err := os.WriteFile(file, text, 0o600); err != nil {
			return nil, "", err
		}
	} else if err != nil {
		return nil, "", err
	}
	secret, vkey, _ := strings.Cut(string(text), "\n")
	signer, err := note.NewSigner(secret)
	return signer, vkey, err
}

// Asks a witness to cosign the checkpoint of the folder (C2SP tlog-witness), with tlog's proof that it grew.
func submit(place, url, witness string, old int64) error {
	known, err := newCosigner(witness)
	if err != nil {
		return err
	}
	_, vkey, err := keyOf(place+".key", "")
	if err != nil {
		return err
	}
	trust, err := trusting(vkey, 1, []string{witness})
	if err != nil {
		return err
	}
	checkpoint, err := os.ReadFile(filepath.Join(place, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := trust.open(checkpoint, 0)
	if err != nil {
		return err
	}
	body := fmt.Sprintf("old %d\n", old)
	if old > 0 {
		proof, err := tlog.ProveTree(tree.N, old, tlog.TileHashReader(tree, folder(place)))
		if err != nil {
			return err
		}
		for _, hash := range proof {
			body += base64.StdEncoding.EncodeToString(hash[:]) + "\n"
		}
	}
	reply, err := http.Post(strings.TrimSuffix(url, "/")+"/add-checkpoint", "text/plain",
		strings.NewReader(body+"\n"+string(checkpoint)))
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	line, err := io.ReadAll(reply.Body)
	if err != nil {
		return err
	}
	if reply.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s: %s", known.name, reply.Status, line)
	}
	_, err = trust.open(append(checkpoint, line...), 1)
	return err
}
