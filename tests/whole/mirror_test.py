#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A copy of what somebody publishes, over real HTTP: from servers that are honest, that break off, that lie, that stall, that
send without end; through a SOCKS proxy; and the witnesses that hold a mirror.

    mirror_test.py SCRUTINEER FORGE_LOG SHEETFORGE
"""
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

PROGRAM, FORGE, SHEETFORGE = sys.argv[1:4]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MADE_UP = ROOT / "elections" / "made-up"
SECOND = ROOT / "web" / "verifier" / "dist" / "verifier.mjs"


def run(*words, folder=None):
    where = ["-C", str(folder)] if folder else []
    return subprocess.run([PROGRAM, *where, *map(str, words)], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"})


def must(*words, folder=None, code=0):
    said = run(*words, folder=folder)
    assert said.returncode == code, f"{words}: {said.returncode}\n{said.stdout}{said.stderr}"
    return said


def plain_files(folder):
    return sorted(f for f in folder.rglob("*") if f.is_file())


class Server:
    """Any web server over a folder, and what is wrong with it: `misdeeds` by path, called with the handler and the bytes;
    `last`: how many answers it gives before it hangs up on everybody."""
    def __init__(self, folder, misdeeds=None, last=None):
        self.asked, self.whole, self.misdeeds, self.last = [], [], misdeeds or {}, last
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                path = self.path.lstrip("/")
                outer.asked.append(path)
                if outer.last is not None and len(outer.asked) > outer.last:
                    self.close_connection = True
                    return
                file = folder / path
                data = file.read_bytes() if file.is_file() else None
                if path in outer.misdeeds:
                    return outer.misdeeds[path](self, data)
                self.answer(data)

            def answer(self, data, status=200, announced=None):
                data = b"not here\n" if data is None and status == 200 else data
                self.send_response(status if data != b"not here\n" else 404)
                self.send_header("Content-Length", str(len(data) if announced is None else announced))
                self.end_headers()
                self.wfile.write(data)
                outer.whole.append(self.path.lstrip("/"))

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.ended = threading.Event()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def stop(self):
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()


class Socks:
    """SOCKS 5 without authentication (RFC 1928), CONNECT to names and addresses, each led to `port` here."""
    def __init__(self, port):
        self.names, self.port = [], port
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"socks5h://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def take(self, client, size):
        data = b""
        while len(data) < size:
            piece = client.recv(size - len(data))
            if not piece:
                raise ConnectionError
            data += piece
        return data

    def serve(self, client):
        try:
            _, methods = self.take(client, 2)
            self.take(client, methods)
            client.sendall(b"\x05\x00")
            version, command, _, kind = self.take(client, 4)
            assert (version, command) == (5, 1)
            size = {1: 4, 4: 16}.get(kind) or self.take(client, 1)[0]
            name = self.take(client, size)
            self.names.append(name.decode() if kind == 3 else name)
            self.take(client, 2)
            server = socket.create_connection(("127.0.0.1", self.port))
            client.sendall(b"\x05\x00\x00\x01" + bytes(4) + struct.pack(">H", 0))
            threading.Thread(target=self.pipe, args=(server, client), daemon=True).start()
            self.pipe(client, server)
        except (OSError, ConnectionError):
            pass
        finally:
            client.close()

    def pipe(self, a, b):
        try:
            while piece := a.recv(65536):
                b.sendall(piece)
            b.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def stop(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


class Mirror(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = pathlib.Path(tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
        cls.record = cls.base / "record"
        made = cls.base / "made"
        subprocess.run([SHEETFORGE, "--election", MADE_UP / "election.toml", "--returns", MADE_UP / "returns.csv", "--classes", "A",
                        "--count", "2", made], check=True, capture_output=True)
        pictures = sorted(made.glob("*.jpg"))
        must("init", "--election", MADE_UP / "election.toml", folder=cls.record)
        must("add", "--commit", *pictures, folder=cls.record)
        must("import", MADE_UP / "returns-observers.csv", "--source", "observers", folder=cls.record)
        for name in ("ana", "luis"):
            vkey = json.loads(must("redact", "key", name, "--key", cls.base / f"{name}.key", "--json").stdout)["vkey"]
            must("redact", "person", vkey, folder=cls.record)
        cls.digests = [hashlib.sha256(picture.read_bytes()).hexdigest() for picture in pictures]
        cls.approve(cls.digests[0])
        cls.key = (cls.record / "log" / "log.vkey").read_text().strip()
        cls.bundle = cls.base / "bundle"
        must("publish", cls.bundle, "--bundle", folder=cls.record)
        # The same record later: more returns, a claim, another picture.
        later = cls.base / "later-record"
        shutil.copytree(cls.record, later)
        must("import", MADE_UP / "returns.csv", "--source", "volunteers", folder=later)
        must("claim", sorted((MADE_UP / "claims").glob("*.toml"))[0], folder=later)
        cls.approve(cls.digests[1], later)
        cls.later = cls.base / "later"
        must("publish", cls.later, "--bundle", folder=later)

    @classmethod
    def approve(cls, digest, record=None):
        record, mask = record or cls.record, cls.base / f"{digest}.toml"
        must("redact", "propose", digest, "--mask", mask, "--out", cls.base / f"{digest}.jpg", folder=record)
        for name in ("ana", "luis"):
            must("redact", "approve", digest, "--mask", mask, "--key", cls.base / f"{name}.key", folder=record)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.base)

    def setUp(self):
        self.copy = pathlib.Path(tempfile.mkdtemp(dir=self.base)) / "copy"

    def server(self, folder=None, **more):
        server = Server(folder or self.bundle, **more)
        self.addCleanup(server.stop)
        return server

    def mirror(self, server, *more, code=0, copy=None):
        said = run("mirror", getattr(server, "url", server), "--key", self.key, "--json", *more, folder=copy or self.copy)
        self.assertEqual(said.returncode, code, said.stdout + said.stderr)
        return json.loads(said.stdout) if said.stdout else said.stderr

    def verified(self, path, code=0):
        said = run("verify", path, "--key", self.key, "--json")
        self.assertEqual(said.returncode, code, said.stdout + said.stderr)
        return json.loads(said.stdout)

    def evidence(self):
        return [str(f.relative_to(self.bundle)) for f in plain_files(self.bundle / "evidence")]

    def newest_entries(self):
        size = int((self.bundle / "log" / "checkpoint").read_text().split("\n")[1])
        assert size < 256
        return f"log/tile/entries/000.p/{size}"

    def redacted(self):
        return [str(f.relative_to(self.bundle)) for f in plain_files(self.bundle / "redacted")]

    def test_the_copy_verifies_at_every_level_as_the_source_does(self):
        said = self.mirror(self.server())
        self.assertEqual((said["evidence_fetched"], said["pictures_fetched"]), (len(self.evidence()), 1))
        source, copy = self.verified(self.bundle), self.verified(self.copy)
        for key in ("root", "tree_size", "results", "pictures_redacted", "pictures_withheld", "pictures_read_again", "derived_compared"):
            self.assertEqual(source[key], copy[key], key)
        for one, two in zip(source["levels"][2:], copy["levels"][2:]):
            self.assertEqual(one, two)
        second = subprocess.run(["node", str(SECOND), str(self.copy), "--key", self.key], capture_output=True, text=True)
        self.assertEqual(second.returncode, 0, second.stdout + second.stderr)
        for file in plain_files(self.copy):
            name = file.relative_to(self.copy)
            if str(name) not in ("mirror.lock", "README.txt", "LEEME.txt", "log/checkpoints/" + str(copy["tree_size"])):
                self.assertEqual(file.read_bytes(), (self.bundle / name).read_bytes(), name)
        self.assertFalse((self.copy / "incoming").exists())
        self.assertNotIn("SHA256SUMS", (self.copy / "README.txt").read_text())

    def test_what_is_made_from_the_log_is_not_fetched(self):
        server = self.server()
        self.mirror(server)
        for path in server.asked:
            self.assertRegex(path, r"^(log/checkpoint|log/tile/entries/.*|evidence/.*|redacted/.*|election.toml|roster.csv)$")
        self.assertEqual(len(server.asked), len(set(server.asked)) + 1, "the checkpoint is asked for to see where the log is")

    def test_it_follows_and_fetches_only_what_is_new(self):
        self.mirror(self.server())
        again = self.server()
        said = self.mirror(again)
        self.assertEqual((said["evidence_fetched"], said["pictures_fetched"], said["bundles_fetched"]), (0, 0, 0))
        self.assertEqual(set(again.asked), {"log/checkpoint"})
        grown = self.server(self.later)
        said = self.mirror(grown)
        self.assertEqual((said["evidence_fetched"], said["pictures_fetched"]), (2, 1))
        self.assertEqual(self.verified(self.copy)["pictures_redacted"], 2)
        self.assertEqual((self.copy / "result.json").read_bytes(), (self.later / "result.json").read_bytes())
        # Set back: refused, and nothing is lost.
        self.assertIn("set back", self.mirror(self.server(), code=3))
        self.verified(self.copy)

    def test_cut_off_after_any_number_of_answers_it_goes_on_and_fetches_nothing_twice(self):
        self.mirror(self.server())
        whole, rounds = [], 0
        for last in range(1, 200):
            server = self.server(self.later, last=last if last < 3 else 3)
            said = run("mirror", server.url, "--key", self.key, folder=self.copy)
            whole += [path for path in server.whole if path not in ("log/checkpoint", "election.toml")]
            rounds = last
            self.assertIn(said.returncode, (0, 4), said.stderr)
            self.verified(self.copy)  # at any time, as far as it had come
            if said.returncode == 0:
                break
        self.assertGreater(rounds, 3)
        self.assertEqual([path for path in set(whole) if whole.count(path) > 1], [])
        self.assertEqual(self.verified(self.copy)["tree_size"], self.verified(self.later)["tree_size"])

    def test_an_altered_file_is_named_and_not_kept_and_another_server_has_it(self):
        for path in (self.evidence()[0], self.redacted()[0], self.redacted()[1]):
            copy = self.copy.with_name(path.replace("/", "-"))
            liar = self.server(misdeeds={path: lambda handler, data: handler.answer(data[:50] + bytes([data[50] ^ 1]) + data[51:])})
            said = self.mirror(liar, code=3, copy=copy)
            name = path.replace(".redaction", ".jpg")
            self.assertEqual([problem["where"].split(":")[0] for problem in said["problems"]], [name])
            self.assertFalse((copy / path).exists())
            honest = self.server()
            said = self.mirror(honest, copy=copy)
            self.assertEqual((said["evidence_fetched"], said["pictures_fetched"]), (int("evidence" in path), 1))
            self.assertEqual(set(honest.asked) - {"log/checkpoint"}, {path} if path == name and "evidence" in path else set(self.redacted()))
            self.verified(copy)

    def test_a_copy_lacks_an_altered_picture_and_without_evidence_it_waits(self):
        wrong = lambda handler, data: handler.answer(b"something else")
        said = self.mirror(self.server(misdeeds={self.redacted()[0]: wrong}), code=3)
        self.assertEqual(self.verified(self.copy, 13)["pictures_redacted"], 0)
        other = self.copy.with_name("other")
        self.mirror(self.server(misdeeds={self.evidence()[0]: wrong}), code=3, copy=other)
        self.assertFalse((other / "log" / "checkpoint").exists(), "a copy without its evidence does not say that it is one")

    def test_an_altered_log_or_definition_is_refused(self):
        entries = self.newest_entries()
        for path, why in (("election.toml", "altered"), ("roster.csv", "altered"), (entries, "not those that were signed"),
                          ("log/checkpoint", "verif")):
            copy = self.copy.with_name(path.replace("/", "-"))
            def lie(handler, data):
                if path == "log/checkpoint":  # it may be without any 1: its size is altered
                    origin, size, rest = data.split(b"\n", 2)
                    altered = b"\n".join([origin, b"%d" % (int(size) - 1), rest])
                else:
                    altered = data.replace(b"1", b"2", 1)
                assert altered != data
                handler.answer(altered)

            liar = self.server(misdeeds={path: lie})
            self.assertIn(why, self.mirror(liar, code=3, copy=copy))
            self.assertFalse((copy / "log" / "checkpoint").exists())
            self.assertFalse((copy / path).exists())
            self.mirror(self.server(), copy=copy)
            self.verified(copy)

    def test_files_that_are_not_there_are_named_or_counted(self):
        gone = lambda handler, data: handler.answer(b"gone", 404)
        said = self.mirror(self.server(misdeeds={self.evidence()[0]: gone}), code=3)
        self.assertEqual(said["problems"], [{"where": self.evidence()[0], "what": "is not served"}])
        other = self.copy.with_name("other")
        said = self.mirror(self.server(misdeeds={self.redacted()[0]: gone}), code=3, copy=other)
        self.assertEqual((said["pictures_not_there"], said["pictures_fetched"]), (1, 0))
        self.assertEqual(said["problems"], [{"where": self.redacted()[0], "what": "is not served"}])
        self.verified(other, 13)  # two people approved it, and no entry withholds it
        third = self.copy.with_name("third")
        self.assertIn("roster.csv", self.mirror(self.server(misdeeds={"roster.csv": gone}), code=3, copy=third))

    def test_a_file_without_end_is_left_at_its_announced_size(self):
        sent = []

        def endless(handler, data):
            handler.send_response(200)
            handler.end_headers()
            handler.close_connection = True
            try:
                while not server.ended.is_set():
                    handler.wfile.write(b"x" * 65536)
                    sent.append(65536)
            except OSError:
                pass

        for path in (self.evidence()[0], self.redacted()[1]):
            sent.clear()
            copy = self.copy.with_name(path.replace("/", "-"))
            server = self.server(misdeeds={path: endless})
            said = self.mirror(server, code=3, copy=copy)
            self.assertEqual(len(said["problems"]), 1)
            self.assertLess(sum(sent), 60_000_000)
        server = self.server(misdeeds={"log/checkpoint": endless})
        self.assertIn("too long", self.mirror(server, code=4, copy=self.copy.with_name("checkpoint")))

    def test_a_server_that_stalls_is_left_and_what_came_is_kept(self):
        def stall(handler, data):
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data[:10])
            handler.wfile.flush()
            server.ended.wait(60)

        def drip(handler, data):
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            for byte in data:
                if server.ended.wait(0.2):
                    return
                try:
                    handler.wfile.write(bytes([byte]))
                except OSError:
                    return

        for misdeed in (stall, drip):
            copy = self.copy.with_name(misdeed.__name__)
            server = self.server(misdeeds={self.evidence()[-1]: misdeed})
            self.assertIn("no answer", self.mirror(server, "--patience", "2", code=4, copy=copy))
            self.assertFalse((copy / "log" / "checkpoint").exists())
            honest = self.server()
            self.mirror(honest, copy=copy)
            self.assertFalse([path for path in honest.asked if path.startswith("log/tile")], "the log was kept")
            self.verified(copy)

    def test_more_than_is_allowed_is_not_fetched(self):
        self.assertIn("--most-entries", self.mirror(self.server(), "--most-entries", "5", code=4))
        forged = self.base / "forged"
        shutil.copytree(self.record, forged)
        entry = f'{{"at":1,"kind":"claim","sha256":"{"0" * 64}","size":5000000000000,"t":"scrutineer/evidence.received/v1"}}'
        subprocess.run([FORGE, forged], input=entry + "\n", text=True, check=True, capture_output=True)
        served = self.base / "forged-bundle"
        shutil.copytree(self.bundle, served)
        shutil.rmtree(served / "log")
        shutil.copytree(forged / "log", served / "log")
        server = self.server(served)
        self.assertIn("--most-megabytes", self.mirror(server, code=4))
        self.assertFalse([path for path in server.asked if path.startswith("evidence/")], "it is seen before")
        self.assertIn("--most-minutes", self.mirror(server, "--most-minutes", "0", code=3))
        self.assertIn("is not a whole number", self.mirror(server, "--most-megabytes", "many", code=3))

    def test_a_server_that_points_elsewhere_or_fails_is_not_followed(self):
        elsewhere = self.server()

        def redirect(handler, data):
            handler.send_response(302)
            handler.send_header("Location", f"{elsewhere.url}/{handler.path}")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        self.assertIn("302", self.mirror(self.server(misdeeds={self.evidence()[0]: redirect}), code=4))
        self.assertEqual(elsewhere.asked, [])
        fail = lambda handler, data: handler.answer(b"oh", 503)
        self.assertIn("503", self.mirror(self.server(misdeeds={self.evidence()[0]: fail}), code=4))
        self.assertIn("no answer", self.mirror("http://127.0.0.1:1", code=4))

    def test_a_log_alone_is_mirrored_only_if_that_is_what_was_asked_for(self):
        server = self.server(self.bundle / "log")
        self.assertIn("--log-only", self.mirror(server, code=3))
        self.mirror(server, "--log-only")
        self.assertEqual(sorted(p.name for p in self.copy.iterdir()), ["incoming", "log", "mirror.lock"] if (self.copy / "incoming").exists() else ["log", "mirror.lock"])
        # Where the log lies in a folder of that name, the rest is around it.
        around = self.copy.with_name("around")
        self.mirror(self.server().url + "/log", copy=around)
        self.verified(around)
        # And from a folder.
        local = self.copy.with_name("local")
        self.mirror(self.bundle, copy=local)
        self.verified(local)

    def test_a_withdrawn_picture_leaves_the_copy(self):
        self.mirror(self.server())
        wider = self.base / "wider-record"
        shutil.copytree(self.record, wider)
        mask = self.base / "wider.toml"
        mask.write_text((self.base / f"{self.digests[0]}.toml").read_text() + '\n[[hide]]\nwhat = "a note"\nbox = [1, 1, 40, 40]\n')
        must("redact", "approve", self.digests[0], "--mask", mask, "--key", self.base / "ana.key", folder=wider)
        must("publish", self.base / "wider", "--bundle", folder=wider)
        said = self.mirror(self.server(self.base / "wider"))
        self.assertFalse(plain_files(self.copy / "redacted"))
        self.verified(self.copy)

    def test_a_policy_is_held_against_the_checkpoint(self):
        folder = self.base / "w"
        vkey = must("witness", "init", "--name", "w.example", folder=folder).stdout.split()[-1]
        must("witness", "follow", self.key, folder=folder)
        policy = self.base / "policy"
        policy.write_text(f"log {self.key}\nwitness w {vkey}\nquorum w\n")
        self.assertIn("quorum", self.mirror(self.server(), "--policy", policy, code=3))
        cosigned = self.base / "cosigned"
        shutil.copytree(self.bundle, cosigned)
        must("witness", "stick", cosigned, "--out", cosigned / "log" / "checkpoint", folder=folder)
        self.mirror(self.server(cosigned), "--policy", policy)
        must("verify", self.copy, "--policy", self.copy / "log" / "policy")

    def test_through_a_socks_proxy_names_are_looked_up_there(self):
        server = self.server()
        socks = Socks(server.port)
        self.addCleanup(socks.stop)
        self.mirror("http://bundle.invalid:8080/", "--proxy", socks.url)
        self.assertEqual(set(socks.names), {"bundle.invalid"})
        self.verified(self.copy)

    def witness(self, name, url):
        folder = self.base / name
        vkey = must("witness", "init", "--name", name, "--grade", "mirror", folder=folder).stdout.split()[-1]
        must("witness", "follow", self.key, "--url", url, folder=folder)
        return folder, vkey

    def test_a_mirror_that_pulls_cosigns_only_what_it_holds(self):
        entries = self.newest_entries()
        change = lambda handler, data: handler.answer(data.replace(b"1", b"2", 1))
        server = self.server(misdeeds={entries: change})
        socks = Socks(server.port)
        self.addCleanup(socks.stop)
        folder, vkey = self.witness("puller.example", "http://log.invalid/log")
        pull = lambda: run("witness", "pull", "--proxy", socks.url, "--json", folder=folder)
        said = pull()
        self.assertEqual(said.returncode, 4, said.stdout + said.stderr)
        self.assertIn("not those that were signed", said.stdout)
        self.assertFalse(plain_files(folder / "cosigned"))
        server.misdeeds.clear()
        said = pull()
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
        self.assertEqual(set(socks.names), {"log.invalid"})
        note = plain_files(folder / "cosigned")[0].read_text()
        self.assertIn(vkey.split("+")[0], note)
        self.assertEqual(note.split("\n")[1], (self.bundle / "log" / "checkpoint").read_text().split("\n")[1])
        held = next((folder / "mirrors").iterdir())
        for file in plain_files(self.bundle / "log" / "tile" / "entries"):
            there = held / file.relative_to(self.bundle)
            if there.exists():
                self.assertEqual(there.read_bytes(), file.read_bytes())
        self.assertTrue(plain_files(held / "log" / "tile"))

    def test_a_mirror_with_a_stick_cosigns_only_what_it_holds(self):
        folder, vkey = self.witness("stick.example", "http://nowhere.invalid")
        altered = self.base / "altered-stick"
        shutil.copytree(self.bundle, altered)
        file = altered / self.newest_entries()
        os.chmod(file, 0o644)
        file.write_bytes(file.read_bytes().replace(b"1", b"2", 1))
        said = run("witness", "stick", altered, folder=folder)
        self.assertEqual(said.returncode, 3, said.stdout + said.stderr)
        said = must("witness", "stick", self.bundle, folder=folder)
        self.assertIn(vkey.split("+")[0], said.stdout)
        self.assertTrue(plain_files(next((folder / "mirrors").iterdir()) / "log" / "tile"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
