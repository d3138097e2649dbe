#!/usr/bin/python3
"""Time stamps by an authority that openssl plays (RFC 3161).

    stamps_test.py SCRUTINEER
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = sys.argv[1]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha512
ess_cert_id_alg = sha256
[ts]
extendedKeyUsage = critical,timeStamping
"""


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"})


class Authority:
    def __init__(self, folder, name):
        self.folder = folder
        folder.mkdir()
        (folder / "openssl.cnf").write_text(CONFIG)
        (folder / "serial").write_text("01\n")
        self.openssl("req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30",
                     "-subj", f"/CN={name} CA")
        self.openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={name}")
        self.openssl("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30",
                     "-extfile", "openssl.cnf", "-extensions", "ts", "-out", "tsa.pem")
        self.ca = folder / "ca.pem"

    def openssl(self, *words):
        subprocess.run(["openssl", *map(str, words)], cwd=self.folder, check=True, capture_output=True)

    def stamp(self, file, out, digest="sha256", *more):
        self.openssl("ts", "-query", "-data", file, f"-{digest}", "-cert", "-out", "query")
        self.openssl("ts", "-reply", "-config", "openssl.cnf", "-section", "one", "-queryfile", "query", "-out", out, *more)
        return out


class Stamps(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.record = cls.folder / "record"
        assert run("-C", cls.record, "init", "--election", ROOT / "elections" / "made-up" / "election.toml").returncode == 0
        cls.checkpoint = cls.record / "log" / "checkpoints" / "1"
        cls.authority = Authority(cls.folder / "tsa", "Reloj")
        cls.stamp = cls.authority.stamp(cls.checkpoint, cls.folder / "stamp.tsr")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def kept(self):
        return sorted((self.record / "log" / "stamps").glob("*"))

    def refused(self, stamp, *ca):
        before = self.kept()
        said = run("-C", self.record, "timestamp", stamp, *ca)
        self.assertEqual(said.returncode, 3, said.stdout + said.stderr)
        self.assertEqual(self.kept(), before)
        return said.stderr

    def test_a_stamp_is_kept_and_says_when_and_by_whom(self):
        said = run("-C", self.record, "timestamp", self.stamp, "--ca", self.authority.ca, "--json")
        self.assertEqual(said.returncode, 0, said.stderr)
        stamp = json.loads(said.stdout)["stamps"][0]
        self.assertTrue(stamp["verified"])
        self.assertEqual((stamp["tree_size"], stamp["authority"]), (1, "CN=Reloj"))
        self.assertLess(abs(stamp["time"] - time.time()), 3600)
        kept = self.kept()
        self.assertEqual(run("-C", self.record, "timestamp", self.stamp, "--ca", self.authority.ca).returncode, 0, "again")
        self.assertEqual(self.kept(), kept)
        out = self.folder / "bundle"
        self.assertEqual(run("-C", self.record, "publish", out).returncode, 0)
        said = run("-C", out, "timestamp", "--ca", self.authority.ca, "--json")
        self.assertTrue(json.loads(said.stdout)["stamps"][0]["verified"], "it goes along with a bundle")
        self.assertEqual(run("-C", self.record, "fsck").returncode, 0)

    def test_a_bare_token_is_as_good(self):
        token = self.folder / "token.tsr"
        self.authority.openssl("ts", "-reply", "-in", self.stamp, "-token_out", "-out", token)
        self.assertEqual(run("-C", self.record, "timestamp", token, "--ca", self.authority.ca).returncode, 0)

    def test_what_proves_nothing_is_not_taken_in(self):
        stranger = Authority(self.folder / "stranger", "Otro")
        self.assertIn("does not hold", self.refused(self.stamp, "--ca", stranger.ca))
        self.refused(self.stamp)
        other = self.folder / "other"
        other.write_text("another file")
        self.assertIn("dates no checkpoint", self.refused(self.authority.stamp(other, self.folder / "o.tsr"), "--ca", self.authority.ca))
        self.assertIn("SHA-256", self.refused(self.authority.stamp(self.checkpoint, self.folder / "s.tsr", "sha512"), "--ca", self.authority.ca))
        self.refused(self.stamp, "--ca", other)

    def test_cut_lengthened_or_with_another_signature_it_does_not_hold(self):
        whole = self.stamp.read_bytes()
        changed = self.folder / "changed.tsr"
        changed.write_bytes(whole[:-20] + bytes(byte ^ 1 for byte in whole[-20:]))
        self.refused(changed, "--ca", self.authority.ca)
        changed.write_bytes(whole + b"x")
        self.refused(changed, "--ca", self.authority.ca)
        changed.write_bytes(whole[:-1])
        self.refused(changed, "--ca", self.authority.ca)


if not shutil.which("openssl"):
    print("SKIPPED: no openssl program here")
    sys.exit(0)
unittest.main(argv=sys.argv[:1])
