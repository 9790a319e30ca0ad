// Stranger checks a log as somebody would who knows nothing of Concord: the C2SP documents, Go's
// standard library and golang.org/x/mod/sumdb alone.
//
//	stranger VKEY LOCATION [CHECKPOINT...]
//
// LOCATION is a folder or an http URL. Each CHECKPOINT is a file with an earlier checkpoint of the
// same log. The exit code is 0 where everything holds; otherwise 1, and one line says what does not.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8
const width = 1 << height

// A source is where the resources of a log are read from.
type source struct{ prefix string }

func (s source) read(path string) ([]byte, error) {
	if !strings.HasPrefix(s.prefix, "http://") && !strings.HasPrefix(s.prefix, "https://") {
		return os.ReadFile(filepath.Join(s.prefix, filepath.FromSlash(path)))
	}
	response, err := http.Get(strings.TrimSuffix(s.prefix, "/") + "/" + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, response.Status)
	}
	return io.ReadAll(response.Body)
}

// place is the path of a tile without its width (C2SP tlog-tiles); level -1 is for entry bundles.
func place(level int, index int64) string {
	name := fmt.Sprintf("%03d", index%1000)
	for index >= 1000 {
		index /= 1000
		name = fmt.Sprintf("x%03d/%s", index%1000, name)
	}
	if level < 0 {
		return "tile/entries/" + name
	}
	return fmt.Sprintf("tile/%d/%s", level, name)
}

// tile reads the first w hashes of a tile: the partial tile, or the full one in its place.
func (s source) tile(level int, index int64, w int) ([]byte, error) {
	name := place(level, index)
	if w < width {
		data, err := s.read(fmt.Sprintf("%s.p/%d", name, w))
		if err == nil {
			if len(data) != w*tlog.HashSize {
				return nil, fmt.Errorf("%s.p/%d has %d bytes", name, w, len(data))
			}
			return data, nil
		}
	}
	data, err := s.read(name)
	if err != nil {
		return nil, err
	}
	if len(data) != width*tlog.HashSize {
		return nil, fmt.Errorf("%s has %d bytes", name, len(data))
	}
	return data[:w*tlog.HashSize], nil
}

// entries reads the entries of a bundle, which must be exactly w.
func (s source) entries(index int64, w int) ([][]byte, error) {
	name := place(-1, index)
	if w < width {
		name = fmt.Sprintf("%s.p/%d", name, w)
	}
	data, err := s.read(name)
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s ends within entry %d", name, len(entries))
		}
		length := int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:2+length])
		data = data[2+length:]
	}
	if len(entries) != w {
		return nil, fmt.Errorf("%s has %d entries, not %d", name, len(entries), w)
	}
	return entries, nil
}

// The three methods that tlog.TileHashReader asks for.
func (s source) Height() int                             { return height }
func (s source) SaveTiles(tiles []tlog.Tile, _ [][]byte) {}
func (s source) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	all := make([][]byte, len(tiles))
	for i, t := range tiles {
		data, err := s.tile(t.L, t.N, t.W)
		if err != nil {
			return nil, err
		}
		all[i] = data
	}
	return all, nil
}

// checkpoint opens a signed checkpoint: signature, origin, size and root.
func checkpoint(data []byte, key note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(data, note.VerifierList(key))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.SplitN(opened.Text, "\n", 4)
	if len(lines) < 4 || lines[0] != key.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", key.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("size %q", lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("root %q", lines[2])
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	if size == 0 && tree.Hash != tlog.Hash(sha256.Sum256(nil)) {
		return tlog.Tree{}, fmt.Errorf("an empty tree with another root than SHA-256 of nothing")
	}
	return tree, nil
}

// A stack holds the roots of complete subtrees, largest first, while leaves come in.
type stack struct {
	count int64
	roots []tlog.Hash
}

func (s *stack) add(leaf tlog.Hash) {
	for n := s.count; n&1 == 1; n >>= 1 {
		leaf = tlog.NodeHash(s.roots[len(s.roots)-1], leaf)
		s.roots = s.roots[:len(s.roots)-1]
	}
	s.roots = append(s.roots, leaf)
	s.count++
}

func (s *stack) root() tlog.Hash {
	if s.count == 0 {
		return tlog.Hash(sha256.Sum256(nil))
	}
	root := s.roots[len(s.roots)-1]
	for i := len(s.roots) - 2; i >= 0; i-- {
		root = tlog.NodeHash(s.roots[i], root)
	}
	return root
}

// rebuild gives the root from level-0 tiles and from bundles, and compares every tile above.
func rebuild(s source, tree tlog.Tree) error {
	var fromTiles, fromBundles stack
	var level []tlog.Hash
	for start := int64(0); start < tree.N; start += width {
		w := width
		if tree.N-start < width {
			w = int(tree.N - start)
		}
		data, err := s.tile(0, start/width, w)
		if err != nil {
			return err
		}
		entries, err := s.entries(start/width, w)
		if err != nil {
			return err
		}
		var full stack
		for i, entry := range entries {
			var leaf tlog.Hash
			copy(leaf[:], data[i*tlog.HashSize:])
			if tlog.RecordHash(entry) != leaf {
				return fmt.Errorf("entry %d has another hash than its tile says", start+int64(i))
			}
			fromTiles.add(leaf)
			fromBundles.add(tlog.RecordHash(entry))
			full.add(leaf)
		}
		if w == width {
			level = append(level, full.root())
		}
	}
	if fromTiles.root() != tree.Hash {
		return fmt.Errorf("the level-0 tiles do not give the root of the checkpoint")
	}
	if fromBundles.root() != tree.Hash {
		return fmt.Errorf("the bundles do not give the root of the checkpoint")
	}
	return upper(s, level)
}

// upper compares the tiles from level 1 on with the hashes below them.
func upper(s source, level []tlog.Hash) error {
	for number := 1; len(level) > 0; number++ {
		var above []tlog.Hash
		for start := 0; start < len(level); start += width {
			end := start + width
			if end > len(level) {
				end = len(level)
			}
			data, err := s.tile(number, int64(start/width), end-start)
			if err != nil {
				return err
			}
			var full stack
			var expected bytes.Buffer
			for _, hash := range level[start:end] {
				full.add(hash)
				expected.Write(hash[:])
			}
			if !bytes.Equal(expected.Bytes(), data) {
				return fmt.Errorf("%s is not what lies below it", place(number, int64(start/width)))
			}
			if end-start == width {
				above = append(above, full.root())
			}
		}
		level = above
	}
	return nil
}

// prove makes proofs out of tiles by x/mod's own reader and checks them by its own code.
func prove(s source, tree tlog.Tree, earlier []tlog.Tree) error {
	if tree.N == 0 {
		return nil
	}
	reader := tlog.TileHashReader(tree, s)
	random := rand.New(rand.NewSource(tree.N))
	for i := 0; i < 20; i++ {
		index := random.Int63n(tree.N)
		switch i {
		case 0:
			index = 0
		case 1:
			index = tree.N - 1
		}
		w := width
		if tree.N-index/width*width < width {
			w = int(tree.N - index/width*width)
		}
		entries, err := s.entries(index/width, w)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil {
			return fmt.Errorf("inclusion of %d: %v", index, err)
		}
		leaf := tlog.RecordHash(entries[index%width])
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf); err != nil {
			return fmt.Errorf("inclusion of %d: %v", index, err)
		}
		if err := consistent(reader, tree, tlog.Tree{N: index + 1}); err != nil {
			return err
		}
	}
	for _, old := range earlier {
		if old.N > tree.N {
			return fmt.Errorf("an earlier checkpoint has size %d, the log %d", old.N, tree.N)
		}
		if old.N == 0 {
			continue
		}
		if err := consistent(reader, tree, old); err != nil {
			return err
		}
		// The tiles that the earlier checkpoint asks for are still there, or full ones in their place.
		root, err := tlog.TreeHash(old.N, tlog.TileHashReader(old, s))
		if err != nil || root != old.Hash {
			return fmt.Errorf("the tiles of size %d do not give its root: %v", old.N, err)
		}
	}
	return nil
}

// consistent checks that an old tree is the beginning of the new one. Without a root of its own the
// old tree takes the one that the tiles give.
func consistent(reader tlog.HashReader, tree, old tlog.Tree) error {
	if old.Hash == (tlog.Hash{}) {
		root, err := tlog.TreeHash(old.N, reader)
		if err != nil {
			return fmt.Errorf("root of %d: %v", old.N, err)
		}
		old.Hash = root
	}
	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	if err != nil {
		return fmt.Errorf("consistency of %d and %d: %v", old.N, tree.N, err)
	}
	if err := tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash); err != nil {
		return fmt.Errorf("consistency of %d and %d: %v", old.N, tree.N, err)
	}
	return nil
}

func check(vkey, location string, files []string) (tlog.Tree, error) {
	key, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	s := source{location}
	data, err := s.read("checkpoint")
	if err != nil {
		return tlog.Tree{}, err
	}
	tree, err := checkpoint(data, key)
	if err != nil {
		return tree, fmt.Errorf("checkpoint: %v", err)
	}
	var earlier []tlog.Tree
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return tree, err
		}
		old, err := checkpoint(data, key)
		if err != nil {
			return tree, fmt.Errorf("%s: %v", file, err)
		}
		earlier = append(earlier, old)
	}
	if err := rebuild(s, tree); err != nil {
		return tree, err
	}
	return tree, prove(s, tree, earlier)
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: stranger VKEY LOCATION [CHECKPOINT...]")
		os.Exit(64)
	}
	tree, err := check(os.Args[1], os.Args[2], os.Args[3:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "stranger:", err)
		os.Exit(1)
	}
	fmt.Printf("size %d root %s, %d earlier checkpoints\n", tree.N, tree.Hash, len(os.Args)-3)
}
