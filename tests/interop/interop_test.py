#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What the compiled program writes, read by another's implementation of the same formats, and the other way round: Go's
golang.org/x/mod/sumdb, with which Go checks its own checksum database (peer/).

    interop_test.py SCRUTINEER SCRUTINEER-WITNESS
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

PROGRAM, DAEMON = sys.argv[1:3]
HERE = pathlib.Path(__file__).resolve().parent
MADE_UP = HERE.parent.parent / "elections" / "made-up"
GO_PACKAGES = pathlib.Path("/usr/share/gocode")  # where Debian puts the sources


def run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"})


def must(*words):
    said = run(*words)
    assert said.returncode == 0, f"{words}\n{said.stdout}{said.stderr}"
    return said.stdout


def built_peer(folder):
    """Compiled without a network, from what is installed."""
    peer = folder / "peer"
    said = subprocess.run(["go", "build", "-o", str(peer), *map(str, sorted((HERE / "peer").glob("*.go")))],
                          capture_output=True, text=True, cwd=folder,
                          env={**os.environ, "GO111MODULE": "off", "GOFLAGS": "", "GOPATH": str(GO_PACKAGES),
                               "GOCACHE": str(folder / "cache"), "CGO_ENABLED": "0"})
    assert said.returncode == 0, said.stderr
    return peer


def write(file, data):
    os.chmod(file, 0o644)
    file.write_bytes(data)


def flip(file, at):
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    write(file, data)


class Witness:
    def __init__(self, folder, name, log_vkey):
        self.vkey = must(PROGRAM, "-C", folder, "witness", "init", "--name", name).split()[-1]
        must(PROGRAM, "-C", folder, "witness", "follow", log_vkey)
        self.process = subprocess.Popen([DAEMON, str(folder), "127.0.0.1:0"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().strip()
        assert self.url

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate()


class Interop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = pathlib.Path(tempfile.mkdtemp())
        cls.witnesses = []
        cls.addClassCleanup(shutil.rmtree, cls.base)  # also where setting up fails
        cls.addClassCleanup(lambda: [witness.stop() for witness in cls.witnesses])
        cls.peer = built_peer(cls.base)
        cls.make_bundle()

    @classmethod
    def make_bundle(cls):
        """A record that grew several times, past the end of a tile, cosigned by three of three."""
        cls.record = cls.base / "record"
        rec = (PROGRAM, "-C", cls.record)
        must(*rec, "init", "--election", MADE_UP / "election.toml")
        cls.key = (cls.record / "log" / "log.vkey").read_text().strip()
        for i in range(3):
            cls.witnesses.append(Witness(cls.base / f"w{i}", f"w{i}.example", cls.key))
        policy = cls.base / "policy"
        policy.write_text(f"log {cls.key}\n" + "".join(f"witness w{i} {w.vkey} {w.url}\n"
                                                       for i, w in enumerate(cls.witnesses))
                          + "group all-of-them 3 w0 w1 w2\nquorum all-of-them\n")
        must(*rec, "cosign", "--policy", policy)
        for source in ("volunteers", "press", "observers"):
            file = "returns-observers.csv" if source == "observers" else "returns.csv"
            must(*rec, "import", MADE_UP / file, "--source", source)
        for claim in sorted((MADE_UP / "claims").glob("*.toml")):
            must(*rec, "claim", claim)
        must(*rec, "publish", cls.base / "bundle", "--bundle")
        cls.bundle = cls.base / "bundle"
        cls.size = int((cls.bundle / "log" / "checkpoint").read_text().splitlines()[1])
        assert cls.size > 512, "otherwise only one tile is full"

    def asked(self, what, place, key=None, quorum=3):
        return run(self.peer, what, place, key or self.key, quorum, *(w.vkey for w in self.witnesses))

    def copy(self):
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.base)) / "bundle"
        shutil.copytree(self.bundle / "log", folder / "log")
        return folder

    def refused(self, why, said):
        self.assertEqual(said.returncode, 1, said.stdout + said.stderr)
        self.assertIn(why, said.stderr)

    def test_go_believes_a_bundle_every_entry_tile_and_proof_of_it(self):
        said = self.asked("bundle", self.bundle)
        self.assertEqual(said.returncode, 0, said.stderr)
        kept = len(list((self.bundle / "log" / "checkpoints").iterdir()))
        self.assertGreaterEqual(kept, 3)
        self.assertEqual(said.stdout, f"{self.size} entries, {kept} kept checkpoints\n")

    def test_go_believes_the_proof_of_any_entry_and_finds_the_entry_in_it(self):
        for index in (0, 1, 255, 256, 257, 511, 512, self.size - 1):
            proof = self.base / f"{index}.tlog-proof"
            must(PROGRAM, "-C", self.record, "proof", index, "--out", proof)
            said = self.asked("proof", proof)
            self.assertEqual(said.returncode, 0, f"{index}: {said.stderr}")
            bundle = (self.bundle / "log" / "tile" / "entries").rglob("*")
            self.assertTrue(any(said.stdout.strip().encode() in f.read_bytes() for f in bundle if f.is_file()))

    def test_go_believes_the_proofs_that_go_with_the_bundle(self):
        proofs = sorted(file for file in (self.bundle / "proofs").rglob("*") if file.is_file())
        self.assertEqual(len(proofs), len((self.bundle / "data" / "returns.csv").read_text().splitlines()) - 1)
        for proof in proofs[::20]:
            said = self.asked("proof", proof)
            self.assertEqual(said.returncode, 0, f"{proof}: {said.stderr}")

    def test_go_refuses_a_bundle_in_which_anything_of_the_log_was_altered(self):
        tile = pathlib.Path("log", "tile")
        last = f"{self.size // 256:03}.p/{self.size % 256}"
        for file, at, why in ((tile / "entries" / "000", 100, "the entries give the root"),
                              (tile / "entries" / last, -1, "the entries give the root"),
                              (tile / "0" / "000", 0, "is not what the entries give"),
                              (tile / "0" / last, -1, "is not what the entries give"),
                              (tile / "1" / "000.p" / str(self.size // 256), 0, "is not what the entries give")):
            with self.subTest(file=str(file)):
                bundle = self.copy()
                flip(bundle / file, at)
                self.refused(why, self.asked("bundle", bundle))

    def test_go_refuses_an_altered_checkpoint_cosignature_or_kept_checkpoint(self):
        bundle = self.copy()
        checkpoint = bundle / "log" / "checkpoint"
        lines = checkpoint.read_bytes().splitlines(keepends=True)
        self.assertEqual(len(lines), 4 + 4)
        for line in range(4, 8):
            altered = bytearray(lines[line])
            altered[-20] = ord("A") if altered[-20] != ord("A") else ord("B")
            write(checkpoint, b"".join([*lines[:line], bytes(altered), *lines[line + 1:]]))
            self.refused("invalid signature", self.asked("bundle", bundle))
        write(checkpoint, b"".join(lines[:7]))
        self.refused("2 cosignatures, 3 are needed", self.asked("bundle", bundle))
        write(checkpoint, b"".join(lines).replace(str(self.size).encode(), str(self.size - 1).encode(), 1))
        self.refused("invalid signature", self.asked("bundle", bundle))
        write(checkpoint, b"".join(lines))
        kept = sorted((bundle / "log" / "checkpoints").iterdir(), key=lambda file: int(file.name))
        write(kept[1], kept[0].read_bytes())
        self.refused("is of size", self.asked("bundle", bundle))

    def test_go_refuses_the_log_under_another_key_or_a_second_history(self):
        other = self.base / "other"
        must(PROGRAM, "-C", other, "init", "--election", MADE_UP / "election.toml")
        vkey = (other / "log" / "log.vkey").read_text().strip()
        self.refused("no verifiable signatures", run(self.peer, "bundle", self.bundle, vkey, 0))
        # Signed by the same key over other entries: a kept checkpoint that is no beginning of the tree.
        fork = self.base / "fork"
        shutil.copytree(self.record, fork)
        (fork / "log" / "policy").unlink()
        must(PROGRAM, "-C", fork, "import", MADE_UP / "returns.csv", "--source", "others")
        must(PROGRAM, "-C", self.record, "import", MADE_UP / "returns.csv", "--source", "volunteers-again")
        must(PROGRAM, "-C", self.record, "cosign")
        grown = int((self.record / "log" / "checkpoint").read_text().splitlines()[1])
        self.assertEqual(self.asked("bundle", self.record).returncode, 0)
        self.assertEqual(int((fork / "log" / "checkpoint").read_text().splitlines()[1]), grown)
        kept = self.record / "log" / "checkpoints" / str(grown)
        honest = kept.read_bytes()
        write(kept, (fork / "log" / "checkpoint").read_bytes())
        self.refused("tlog.CheckTree", self.asked("bundle", self.record))
        write(kept, honest)

    def test_go_refuses_an_altered_proof(self):
        proof = self.base / "one.tlog-proof"
        must(PROGRAM, "-C", self.record, "proof", 300, "--out", proof)
        lines = proof.read_text().split("\n")
        other = self.base / "another.tlog-proof"
        must(PROGRAM, "-C", self.record, "proof", 301, "--out", other)
        theirs = other.read_text().split("\n")
        for change, why in ((lambda l: l.__setitem__(2, "index 301"), "tlog.CheckRecord"),
                            (lambda l: l.__setitem__(1, theirs[1]), "tlog.CheckRecord"),
                            (lambda l: l.__setitem__(3, l[4]), "tlog.CheckRecord"),
                            (lambda l: l.__delitem__(3), "tlog.CheckRecord"),
                            (lambda l: l.__setitem__(l.index("") + 2, "600"), "invalid signature")):
            altered = list(lines)
            change(altered)
            proof.chmod(0o644)
            proof.write_text("\n".join(altered))
            self.refused(why, self.asked("proof", proof))

    def test_a_log_that_go_wrote_is_compared_and_cosigned(self):
        log = self.base / "go-log"
        key = must(self.peer, "grow", log, "go.example/log", 300).strip()
        early = self.base / "go-early"
        shutil.copytree(log, early)
        shutil.copy(f"{log}.key", f"{early}.key")
        witness = Witness(self.base / "go-witness", "gw.example", key)
        self.addCleanup(witness.stop)
        must(self.peer, "submit", log, witness.url, witness.vkey, 0)
        for size in (301, 512, 700):
            before = int((log / "checkpoint").read_text().splitlines()[1])
            must(self.peer, "grow", log, "go.example/log", size)
            must(self.peer, "submit", log, witness.url, witness.vkey, before)
        said = must(PROGRAM, "compare-logs", early, log, "--key", key)
        self.assertIn("300", said)
        # What was set back is not cosigned.
        self.refused("409", run(self.peer, "submit", early, witness.url, witness.vkey, 0))


if not shutil.which("go") or not (GO_PACKAGES / "src/golang.org/x/mod/sumdb").is_dir():
    print("SKIPPED: needs the packages golang-go and golang-golang-x-mod-dev")
    sys.exit(1 if os.environ.get("CI") else 0)
unittest.main(argv=sys.argv[:1])
