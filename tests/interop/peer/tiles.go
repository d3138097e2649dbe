// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8
	full   = 1 << height
)

// C2SP leaves out the height, which is always 8, and calls the level of records "entries".
func pathOf(tile tlog.Tile) string {
	path := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height))
	return filepath.Join("tile", strings.Replace(path, "data/", "entries/", 1))
}

// A tlog.TileReader over a folder.
type folder string

func (f folder) Height() int                         { return height }
func (f folder) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

func (f folder) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		data, err := os.ReadFile(filepath.Join(string(f), pathOf(tile)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// The entries of a bundle: u16 length, bytes, so many times as its width says.
func (f folder) entries(tile tlog.Tile) ([][]byte, error) {
	data, err := os.ReadFile(filepath.Join(string(f), pathOf(tile)))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 {
			return nil, fmt.Errorf("%s: cut off", pathOf(tile))
		}
		size := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+size {
			return nil, fmt.Errorf("%s: cut off", pathOf(tile))
		}
		entries = append(entries, data[2:2+size])
		data = data[2+size:]
	}
	if len(entries) != tile.W {
		return nil, fmt.Errorf("%s: %d entries, its name says %d", pathOf(tile), len(entries), tile.W)
	}
	return entries, nil
}

// The tiles of a level of a tree with n entries; level -1 are the entries themselves.
func tilesOf(level int, n int64) []tlog.Tile {
	hashes := n
	for i := 0; i < level; i++ {
		hashes >>= height
	}
	var tiles []tlog.Tile
	for number := int64(0); number*full < hashes; number++ {
		width := hashes - number*full
		if width > full {
			width = full
		}
		tiles = append(tiles, tlog.Tile{H: height, L: level, N: number, W: int(width)})
	}
	return tiles
}

// A whole tree in memory: its stored hashes, in the order of tlog.
type tree []tlog.Hash

func (t tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, index := range indexes {
		if index >= int64(len(t)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		hashes = append(hashes, t[index])
	}
	return hashes, nil
}

// Adds entry n.
func (t *tree) add(n int64, entry []byte) error {
	hashes, err := tlog.StoredHashes(n, entry, *t)
	*t = append(*t, hashes...)
	return err
}
