// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"
)

// Checks the log of a bundle twice over: built anew from its entries, and read through its tiles.
func checkBundle(place string, trust *trust) error {
	log := folder(filepath.Join(place, "log"))
	text, err := os.ReadFile(filepath.Join(string(log), "checkpoint"))
	if err != nil {
		return err
	}
	signed, err := trust.open(text, trust.quorum)
	if err != nil {
		return err
	}
	built, err := log.build(signed.N)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(signed.N, built)
	if err != nil {
		return err
	}
	if root != signed.Hash {
		return fmt.Errorf("the entries give the root %v, signed was %v", root, signed.Hash)
	}
	for level := 0; signed.N>>(height*level) > 0; level++ {
		if err := log.compare(level, signed.N, built); err != nil {
			return err
		}
	}
	if err := log.proveEntries(signed, built); err != nil {
		return err
	}
	kept, err := log.proveKept(signed, trust)
	if err != nil {
		return err
	}
	fmt.Printf("%d entries, %d kept checkpoints\n", signed.N, kept)
	return nil
}

func (f folder) build(n int64) (tree, error) {
	var built tree
	next := int64(0)
	for _, tile := range tilesOf(-1, n) {
		entries, err := f.entries(tile)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			if err := built.add(next, entry); err != nil {
				return nil, err
			}
			next++
		}
	}
	return built, nil
}

// Each tile of a level is what tlog makes of the entries.
func (f folder) compare(level int, n int64, built tree) error {
	for _, tile := range tilesOf(level, n) {
		want, err := tlog.ReadTileData(tile, built)
		if err != nil {
			return err
		}
		have, err := os.ReadFile(filepath.Join(string(f), pathOf(tile)))
		if err != nil {
			return err
		}
		if !bytes.Equal(want, have) {
			return fmt.Errorf("%s is not what the entries give", pathOf(tile))
		}
	}
	return nil
}

// For every entry: its proof, made from the tiles, leads to the signed root.
func (f folder) proveEntries(signed tlog.Tree, built tree) error {
	tiles := tlog.TileHashReader(signed, f)
	for i := int64(0); i < signed.N; i++ {
		proof, err := tlog.ProveRecord(signed.N, i, tiles)
		if err != nil {
			return fmt.Errorf("entry %d: tlog.ProveRecord: %w", i, err)
		}
		leaf := built[tlog.StoredHashIndex(0, i)]
		if err := tlog.CheckRecord(proof, signed.N, signed.Hash, i, leaf); err != nil {
			return fmt.Errorf("entry %d: tlog.CheckRecord: %w", i, err)
		}
	}
	return nil
}

// Every checkpoint that was kept is of a beginning of the tree. How many there are.
func (f folder) proveKept(signed tlog.Tree, trust *trust) (int, error) {
	names, err := filepath.Glob(filepath.Join(string(f), "checkpoints", "*"))
	if err != nil {
		return 0, err
	}
	tiles := tlog.TileHashReader(signed, f)
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		old, err := trust.open(text, 0)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		if fmt.Sprint(old.N) != filepath.Base(name) {
			return 0, fmt.Errorf("%s: is of size %d", name, old.N)
		}
		// Of no entries: tlog has no proof from there. Every tree grew from it.
		if old.N == 0 {
			if old.Hash != sha256.Sum256(nil) {
				return 0, fmt.Errorf("%s: another root than that of no entries", name)
			}
			continue
		}
		proof, err := tlog.ProveTree(signed.N, old.N, tiles)
		if err != nil {
			return 0, fmt.Errorf("%s: tlog.ProveTree: %w", name, err)
		}
		if err := tlog.CheckTree(proof, signed.N, signed.Hash, old.N, old.Hash); err != nil {
			return 0, fmt.Errorf("%s: tlog.CheckTree: %w", name, err)
		}
	}
	return len(names), nil
}
