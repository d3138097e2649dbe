// SPDX-License-Identifier: Apache-2.0

// Peer is another's implementation of the formats of the log, for tests: golang.org/x/mod/sumdb (note, tlog), with
// which Go checks its own checksum database, and crypto/ed25519. It reads what scrutineer wrote and writes what
// scrutineer is to read; it shares no code with it.
//
//	peer bundle FOLDER LOG-VKEY QUORUM [WITNESS-VKEY...]   every entry, tile, proof and kept checkpoint
//	peer proof  FILE   LOG-VKEY QUORUM [WITNESS-VKEY...]   a tlog-proof
//	peer grow   FOLDER NAME ENTRIES                        a log of its own, or more of it; prints its vkey
//	peer submit FOLDER URL WITNESS-VKEY OLD-SIZE           add-checkpoint to a witness; checks its cosignature
//
// It ends with 0 if all holds; otherwise with 1, and says on standard error what does not.
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}

func run(words []string) error {
	if len(words) < 4 {
		return fmt.Errorf("too few words")
	}
	number, err := strconv.ParseInt(words[3], 10, 64)
	switch words[0] {
	case "bundle", "proof":
		if err != nil {
			return err
		}
		trust, err := trusting(words[2], int(number), words[4:])
		if err != nil {
			return err
		}
		if words[0] == "proof" {
			return checkProof(words[1], trust)
		}
		return checkBundle(words[1], trust)
	case "grow":
		if err != nil {
			return err
		}
		return grow(words[1], words[2], number)
	case "submit":
		if len(words) != 5 {
			return fmt.Errorf("submit FOLDER URL WITNESS-VKEY OLD-SIZE")
		}
		old, err := strconv.ParseInt(words[4], 10, 64)
		if err != nil {
			return err
		}
		return submit(words[1], words[2], words[3], old)
	}
	return fmt.Errorf("no such word: %s", words[0])
}
