// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Checks a file of C2SP tlog-proof whose extra data holds the entry (docs/formats/receipt.md), and prints the entry.
func checkProof(file string, trust *trust) error {
	bytes, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, checkpoint, found := strings.Cut(string(bytes), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("is no tlog-proof")
	}
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	entry, err := entryOf(extra)
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		path = append(path, hash)
	}
	signed, err := trust.open([]byte(checkpoint), trust.quorum)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(path, signed.N, signed.Hash, index, tlog.RecordHash(entry)); err != nil {
		return fmt.Errorf("tlog.CheckRecord: %w", err)
	}
	fmt.Printf("%s\n", entry)
	return nil
}

// One byte says for whom the proof is; those for a sender or a court hold 32 bytes more before the entry.
func entryOf(extra []byte) ([]byte, error) {
	if len(extra) == 0 {
		return nil, fmt.Errorf("no entry")
	}
	secret := 0
	if extra[0] != 0 {
		secret = 32
	}
	if len(extra) <= 1+secret {
		return nil, fmt.Errorf("no entry")
	}
	return extra[1+secret:], nil
}
