#!/usr/bin/python3
"""Killed with -9 at random points of signing, witnessing and publishing: no two signed checkpoints disagree.

    witness_crash_test.py SCRUTINEER SCRUTINEER-WITNESS [POINTS]

A log grows and is cosigned by two witnesses; keeper and witnesses are killed again and again, each after a
random time that covers all that it does, and started anew. Whatever anybody signed at any time is collected:
all notes that the witnesses kept, all that the log has. For each size there may be one root, and the sizes that a witness
cosigned never go back. POINTS is the number of kills (24 if left out, a few seconds; `500` is the long mode).
"""
import collections
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM, DAEMON = sys.argv[1], sys.argv[2]
POINTS = int(sys.argv[3]) if len(sys.argv) > 3 else 24
SEED = int(os.environ.get("SEED", "1"))

DEFINITION = """
id = "crash"
title = "Crash"
languages = ["en"]
[country]
id = "XX"
name = "Nowhere"
[[option]]
id = "A"
name = "Anna"
[[option]]
id = "B"
name = "Ben"
[[electors]]
id = "roll"
value = 1000000
what = "roll"
source = "the test"
"""


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)


def good(said):
    assert said.returncode == 0, said.stdout + said.stderr
    return said


class Witness:
    def __init__(self, folder, name, vkey):
        self.folder, self.port = folder, 0
        self.vkey = good(run("-C", folder, "witness", "init", "--name", name)).stdout.split()[-1]
        good(run("-C", folder, "witness", "follow", vkey))
        self.start()

    def start(self):
        self.process = subprocess.Popen([DAEMON, str(self.folder), f"127.0.0.1:{self.port}"], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        assert self.url, self.process.stderr.read()
        self.port = int(self.url.rsplit(":", 1)[1])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


NOTE = re.compile(r"^(scrutineer/crash/\w+)\n(\d+)\n(\S+)\n", re.M)


def signed_in(text):
    return [(int(size), root) for _, size, root in NOTE.findall(text)]


def check(record, witnesses):
    """Every checkpoint that was ever signed and is still anywhere."""
    roots = collections.defaultdict(set)
    files = [record / "state" / "signed", *record.glob("log/checkpoint*"), *record.glob("log/checkpoints/*")]
    for file in files:
        if file.is_file():
            for size, root in signed_in(file.read_text()):
                roots[size].add(root)
    for witness in witnesses:
        last = 0
        for segment in sorted((witness.folder / "notes").iterdir()):
            for size, root in signed_in(segment.read_text(errors="replace")):
                roots[size].add(root)
                assert size >= last, f"{witness.folder.name} went back from {last} to {size}"
                last = size
        assert not list((witness.folder / "forks").iterdir()), "evidence of a fork"
    for size, seen in roots.items():
        assert len(seen) == 1, f"two trees of {size} entries were signed: {seen}"
    return max(roots)


def main():
    rng = random.Random(SEED)
    folder = pathlib.Path(tempfile.mkdtemp())
    record = folder / "record"
    witnesses = []
    try:
        (folder / "election.toml").write_text(DEFINITION)
        good(run("-C", record, "init", "--election", folder / "election.toml"))
        vkey = (record / "log" / "log.vkey").read_text().strip()
        witnesses = [Witness(folder / f"w{i}", f"w{i}.example", vkey) for i in range(2)]
        lines = [f"witness w{i} {w.vkey} {w.url}" for i, w in enumerate(witnesses)]
        (folder / "policy").write_text("\n".join([f"log {vkey}", *lines, "group g all w0 w1", "quorum g"]) + "\n")
        good(run("-C", record, "cosign", "--policy", folder / "policy"))
        killed = 0
        for round_ in range(POINTS):
            csv = folder / "in.csv"
            csv.write_text("station,A,B,registered\n" + "".join(
                f"S{round_:04}{i:03},{rng.randrange(90)},{i % 5},500\n" for i in range(rng.randrange(1, 40))))
            words = ["import", csv, "--source", f"r{round_}"] if round_ % 2 == 0 else ["cosign"]
            process = subprocess.Popen([PROGRAM, "-C", str(record), *map(str, words)], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE, text=True)
            victim = rng.choice(["keeper", "keeper", "witness", "both"])
            time.sleep(rng.random() * 0.12)
            if victim != "witness":
                process.send_signal(signal.SIGKILL)
            if victim != "keeper":
                rng.choice(witnesses).kill()
            error = process.communicate()[1]
            killed += process.returncode == -signal.SIGKILL
            assert process.returncode in (0, 4, -signal.SIGKILL), error
            for witness in witnesses:
                if witness.process.poll() is not None:
                    witness.start()
            check(record, witnesses)
        # On a sound machine everything goes on and is whole.
        good(run("-C", record, "import", folder / "in.csv", "--source", "last"))
        good(run("-C", record, "cosign"))
        good(run("-C", record, "fsck"))
        good(run("verify", record, "--key", vkey))
        size = check(record, witnesses)
        published = int((record / "log" / "checkpoint").read_text().split("\n")[1])
        assert size == published, (size, published)
        assert size > POINTS / 4, "the log grew"
        assert killed > POINTS / 8, f"only {killed} were killed in time"
        print(f"{POINTS} points, {killed} keepers killed in the middle, {size} entries, seed {SEED}")
    finally:
        for witness in witnesses:
            witness.kill()
        shutil.rmtree(folder, ignore_errors=True)


main()
