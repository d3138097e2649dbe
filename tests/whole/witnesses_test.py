#!/usr/bin/python3
"""A log, its witnesses and its mirrors, over real HTTP and by stick.

    witnesses_test.py SCRUTINEER SCRUTINEER-WITNESS
"""
import functools
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

PROGRAM, DAEMON = sys.argv[1], sys.argv[2]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MADE_UP = ROOT / "elections" / "made-up"


def run(*words, folder=None):
    where = ["-C", str(folder)] if folder else []
    return subprocess.run([PROGRAM, *where, *map(str, words)], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"})


def served(folder):
    """A folder over HTTP, as any web server shows it. Its URL, and what stops it."""
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    def stop():
        server.shutdown()
        server.server_close()
    return f"http://127.0.0.1:{server.server_port}", stop


class Daemon:
    def __init__(self, folder, port=0):
        self.process = subprocess.Popen([DAEMON, str(folder), f"127.0.0.1:{port}"], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise AssertionError(self.process.stderr.read())

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.communicate()


class Witnesses(unittest.TestCase):
    def setUp(self):
        base = "/dev/shm" if os.path.isdir("/dev/shm") else None
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=base))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.record = self.folder / "record"
        self.good(run("init", "--election", MADE_UP / "election.toml", folder=self.record))
        self.vkey = (self.record / "log" / "log.vkey").read_text().strip()
        self.origin = self.vkey.split("+")[0]
        self.daemons = []
        self.addCleanup(lambda: [daemon.stop() for daemon in self.daemons])

    def good(self, said, code=0):
        self.assertEqual(said.returncode, code, said.stdout + said.stderr)
        return said

    def witness(self, name, grade="witness", url=None):
        folder = self.folder / f"{name}-{grade}"
        vkey = self.good(run("witness", "init", "--name", name, "--grade", grade, folder=folder)).stdout.split()[-1]
        self.good(run("witness", "follow", self.vkey, *(["--url", url] if url else []), folder=folder))
        return folder, vkey

    def pushed(self, name):
        folder, vkey = self.witness(name)
        daemon = Daemon(folder)
        self.daemons.append(daemon)
        return folder, vkey, daemon

    def policy(self, lines, quorum):
        file = self.folder / "policy"
        file.write_text("\n".join([f"log {self.vkey}", *lines, quorum]) + "\n")
        return file

    def grow(self):
        return run("import", MADE_UP / "returns-observers.csv", "--source", "observers", folder=self.record)

    def size(self, note):
        return int(note.read_text().split("\n")[1])

    def two_of_three(self):
        self.w = [self.pushed(f"w{i}.example") for i in range(3)]
        lines = [f"witness w{i} {vkey} {daemon.url}" for i, (_, vkey, daemon) in enumerate(self.w)]
        return self.policy(lines, "group g 2 w0 w1 w2\nquorum g")

    def test_what_is_published_has_a_quorum_and_waits_for_it(self):
        policy = self.two_of_three()
        said = self.good(run("cosign", "--policy", policy, "--json", folder=self.record))
        self.assertEqual(json.loads(said.stdout)["cosigned"], ["w0", "w1", "w2"])
        log = self.record / "log"
        self.assertEqual((log / "checkpoint").read_text().count("\u2014 "), 4)
        for _, _, daemon in self.w[:2]:
            daemon.stop()
        self.good(self.grow())
        self.assertEqual(self.size(log / "checkpoint"), 1)
        self.assertGreater(self.size(log / "checkpoint.pending"), 1)
        self.good(run("cosign", folder=self.record), 4)
        self.good(run("publish", self.folder / "bundle", folder=self.record), 4)
        self.assertFalse((self.folder / "bundle").exists())
        self.good(run("fsck", folder=self.record))
        # One of them is there again, and remembers.
        again = Daemon(self.w[0][0], self.w[0][2].url.rsplit(":", 1)[1])
        self.daemons.append(again)
        self.good(run("publish", self.folder / "bundle", folder=self.record))
        self.assertEqual((self.folder / "bundle" / "log" / "checkpoint").read_text().count("\u2014 "), 3)
        self.assertFalse((self.folder / "bundle" / "log" / "checkpoint.pending").exists())
        self.good(run("verify", self.folder / "bundle", "--key", self.vkey))
        self.good(run("fsck", folder=self.record))

    def test_a_restored_copy_signs_nothing_because_a_witness_knows_more(self):
        self.good(run("cosign", "--policy", self.two_of_three(), folder=self.record))
        backup = self.folder / "backup"
        shutil.copytree(self.record, backup)
        self.good(self.grow())
        self.good(run("cosign", folder=self.record))
        before = (backup / "state" / "signed").read_bytes()
        said = run("import", MADE_UP / "returns-observers.csv", "--source", "observers", folder=backup)
        self.good(said, 3)
        self.assertIn("knows more", said.stderr)
        self.assertEqual((backup / "state" / "signed").read_bytes(), before)

    def test_a_log_that_changes_its_key_waits_until_its_witnesses_know_the_new_one(self):
        policy = self.two_of_three()
        self.good(run("cosign", "--policy", policy, folder=self.record))
        mirror = self.folder / "copy"
        self.good(run("mirror", self.record, "--key", self.vkey, folder=mirror))
        self.good(run("key", "rotate", folder=self.record))
        new = (self.record / "log" / "log.vkey").read_text().strip()
        self.assertIn(f"log {new}\n", (self.record / "log" / "policy").read_text())
        said = self.good(run("cosign", folder=self.record), 4)
        self.assertIn("403", said.stdout + said.stderr)
        self.good(run("fsck", folder=self.record))
        self.good(run("tally", folder=self.record))
        for i, (folder, _, daemon) in enumerate(self.w):
            daemon.stop()
            with (folder / "follows").open("a") as follows:
                follows.write(f"log {new}\n")
            self.daemons.append(Daemon(folder, daemon.url.rsplit(":", 1)[1]))
        self.good(run("cosign", folder=self.record))
        self.good(self.grow())
        self.good(run("publish", self.folder / "bundle", folder=self.record))
        # By the first key and the policy that was published with it, and by the new one.
        for words in (["--policy", policy], ["--key", self.vkey], ["--key", new], ["--policy", self.record / "log" / "policy"]):
            self.good(run("verify", self.folder / "bundle", *words))
        # A mirror is told the new key; by the old one it takes nothing more.
        self.good(run("mirror", self.record, "--key", self.vkey, folder=mirror), 3)
        self.good(run("mirror", self.record, "--key", new, folder=mirror))
        self.good(run("compare-logs", self.record, mirror, "--key", new))
        self.assertEqual((mirror / "log" / "log.vkey").read_text().strip(), new)
        self.good(run("fsck", folder=self.record))

    def test_a_second_history_gets_no_quorum_and_is_convicted(self):
        self.good(run("cosign", "--policy", self.two_of_three(), folder=self.record))
        twin = self.folder / "twin"
        shutil.copytree(self.record, twin)
        (twin / "log" / "policy").unlink()  # so that it asks nobody before it signs
        self.good(self.grow())
        self.good(run("cosign", folder=self.record))
        self.good(run("claim", sorted((MADE_UP / "claims").glob("*.toml"))[0], folder=twin))
        shutil.copy(self.record / "log" / "policy", twin / "log" / "policy")
        said = self.good(run("cosign", folder=twin), 3)
        self.assertIn("knows more", said.stderr)
        (twin / "log" / "policy").unlink()
        evidence = self.folder / "fork"
        said = self.good(run("compare-logs", self.record, twin, "--evidence", evidence, "--json"), 10)
        self.assertEqual(json.loads(said.stdout)["relation"], "fork")
        self.assertTrue(evidence.read_text().startswith("scrutineer-fork@v1\n"))

    def test_compare_logs_tells_the_same_the_grown_and_the_older(self):
        early = self.folder / "early"
        shutil.copytree(self.record, early)
        self.good(self.grow())
        relation = lambda a, b: json.loads(self.good(run("compare-logs", a, b, "--json", "--key", self.vkey)).stdout)["relation"]
        self.assertEqual(relation(self.record, self.record), "consistent")
        self.assertEqual(relation(early, self.record), "consistent")
        self.assertEqual(relation(self.record, early), "older")
        lone = self.folder / "lone"
        shutil.copy(early / "log" / "checkpoint", lone)
        self.assertEqual(relation(lone, self.record), "consistent")
        url, stop = served(self.record / "log")
        self.addCleanup(stop)
        self.assertEqual(relation(lone, url), "consistent")
        self.good(run("compare-logs", url, lone), 3)  # a key from where the log comes from

    def test_pull_goes_to_the_log_and_what_it_cosigned_can_be_fetched_anywhere(self):
        url, stop = served(self.record / "log")
        self.addCleanup(stop)
        puller, vkey = self.witness("p.example", url=url)
        (puller / "cosigned").mkdir()
        shown, stop_shown = served(puller / "cosigned")
        self.addCleanup(stop_shown)
        policy = self.policy([f"witness p {vkey} {shown}"], "quorum p")
        self.good(run("cosign", "--policy", policy, folder=self.record), 4)
        self.good(self.grow())
        self.good(run("witness", "pull", folder=puller))
        self.good(run("cosign", folder=self.record))
        self.assertGreater(self.size(self.record / "log" / "checkpoint"), 1)
        self.good(run("witness", "pull", "--proxy", "socks5h://127.0.0.1:1", folder=puller), 4)

    def test_a_stick_carries_the_bundle_there_and_the_cosignature_back(self):
        offline, vkey = self.witness("s.example")
        note = self.folder / "note"
        self.good(run("witness", "stick", self.record, "--out", note, folder=offline))
        policy = self.policy([f"witness s {vkey}"], "quorum s")
        self.good(run("cosign", "--policy", policy, folder=self.record), 4)
        self.good(run("cosign", "--take", note, folder=self.record))
        self.assertIn(vkey.split("+")[0], (self.record / "log" / "checkpoint").read_text())

    def test_a_recounter_cosigns_only_what_it_could_work_out_again(self):
        recounter, _ = self.witness("r.example", "recounter")
        self.good(self.grow())
        self.good(run("publish", self.folder / "bundle", folder=self.record))
        self.good(run("witness", "stick", self.folder / "bundle", folder=recounter))
        evidence = next(path for path in (self.folder / "bundle" / "evidence").rglob("*") if path.is_file())
        os.chmod(evidence, 0o644)
        evidence.write_bytes(evidence.read_bytes().replace(b"1", b"2", 1))
        said = self.good(run("witness", "stick", self.folder / "bundle", folder=recounter), 3)
        self.assertIn("level 3", said.stderr)

    def test_a_daemon_serves_no_key_of_a_higher_grade(self):
        folder, _ = self.witness("m.example", "mirror")
        said = subprocess.run([DAEMON, str(folder), "127.0.0.1:0"], capture_output=True, text=True)
        self.assertEqual(said.returncode, 3, said.stderr)

    def test_a_mirror_holds_every_entry_and_takes_no_other_history(self):
        self.good(self.grow())
        url, stop = served(self.record / "log")
        self.addCleanup(stop)
        mirror = self.folder / "mirror"
        said = self.good(run("mirror", url, "--log-only", "--key", self.vkey, "--json", folder=mirror))
        first = json.loads(said.stdout)
        self.assertGreater(first["bundles_fetched"], 0)
        held = [path for path in (mirror / "log" / "tile").rglob("*") if path.is_file()]
        self.assertGreater(len(held), 1)
        for path in held:
            self.assertEqual((self.record / path.relative_to(mirror)).read_bytes(), path.read_bytes())
        said = self.good(run("mirror", url, "--log-only", "--key", self.vkey, "--json", folder=mirror))
        self.assertEqual(json.loads(said.stdout)["bundles_fetched"], 0)
        # A mirror that lies by one byte.
        liar = self.folder / "liar"
        shutil.copytree(self.record / "log", liar)
        bundle = max((path for path in (liar / "tile" / "entries").rglob("*") if path.is_file()),
                     key=lambda path: path.stat().st_size)
        os.chmod(bundle, 0o644)
        bundle.write_bytes(bundle.read_bytes().replace(b"1", b"2", 1))
        fresh = self.folder / "fresh"
        self.good(run("mirror", liar, "--log-only", "--key", self.vkey, folder=fresh), 3)
        self.assertFalse((fresh / "log" / "checkpoint").exists())
        self.assertFalse([file for file in fresh.rglob("*") if file.is_file() and file.name != "mirror.lock"])
        # An older copy.
        self.good(run("mirror", self.record, "--log-only", "--key", self.vkey, folder=mirror))
        old = self.folder / "old"
        self.good(run("init", "--election", MADE_UP / "election.toml", folder=old))
        self.good(run("mirror", old, "--log-only", folder=mirror), 3)

    def test_the_daemon_is_small_and_what_it_may_do_is_little(self):
        _, _, daemon = self.pushed("d.example")
        status = pathlib.Path(f"/proc/{daemon.process.pid}/status").read_text()
        fields = dict(line.split(":\t", 1) for line in status.split("\n") if ":\t" in line)
        self.assertEqual(fields["NoNewPrivs"], "1")
        self.assertEqual(fields["Seccomp"], "2")
        self.assertLess(int(fields["VmHWM"].split()[0]), 10_000, "kB")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
