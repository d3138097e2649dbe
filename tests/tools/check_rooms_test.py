#!/usr/bin/python3
"""tools/check_rooms names each kind of fault: a made-up tree with one of each."""
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def check(files):
    with tempfile.TemporaryDirectory() as name:
        for path, text in files.items():
            file = pathlib.Path(name) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        run = subprocess.run([str(ROOT / "tools" / "check_rooms"), name], capture_output=True, text=True)
        return run.returncode, run.stdout + run.stderr


GOOD = {
    "base/CMakeLists.txt": "scr_room(base)\n",
    "base/id.h": "#pragma once\n",
    "os/CMakeLists.txt": "scr_room(os WORLD USES base)\nfind_package(Threads)\n",
    "os/files.cc": '#include <fstream>\n#include "base/id.h"\n',
    "os/files.h": "#pragma once\n",
    "tally/CMakeLists.txt": "scr_room(tally USES base)\n",
    "tally/tally.cc": '#include "base/id.h"\n',
}


class CheckRooms(unittest.TestCase):
    def fault(self, changes, words):
        code, said = check({**GOOD, **changes})
        self.assertNotEqual(code, 0, said)
        self.assertIn(words, said)

    def test_a_good_house_passes(self):
        code, said = check(GOOD)
        self.assertEqual(code, 0, said)
        self.assertIn("3 rooms", said)

    def test_use_that_is_not_declared(self):
        self.fault({"base/id.cc": '#include "tally/tally.h"\n'}, "base/ uses tally/ and does not say so")

    def test_declared_use_that_is_not_made(self):
        self.fault({"tally/tally.cc": "\n"}, "tally/ says it uses base/ and does not")

    def test_circle(self):
        self.fault({"base/CMakeLists.txt": "scr_room(base USES tally)\n"}, "circle")

    def test_pure_room_that_reaches_the_world(self):
        self.fault({"tally/CMakeLists.txt": "scr_room(tally USES base os)\n",
                    "tally/tally.cc": '#include "base/id.h"\n#include "os/files.h"\n'}, "is pure but reaches os/")

    def test_file_stream_in_a_pure_room(self):
        self.fault({"tally/tally.h": "#include <fstream>\n"}, "pure room")

    def test_internal_header_of_another_room(self):
        self.fault({"base/internal/x.h": "\n", "tally/tally.h": '#include "base/internal/x.h"\n'}, "internal header")

    def test_room_without_a_line(self):
        self.fault({"odd/CMakeLists.txt": "add_library(odd)\n"}, "no scr_room")


if __name__ == "__main__":
    unittest.main()
