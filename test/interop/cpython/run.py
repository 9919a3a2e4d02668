"""Runs a class of CPython's own test.test_mailbox with Mailkeep in the place of Python's mailboxes.

Usage: run.py CLASS. Prints one JSON object: the tests that were run, those that were skipped, and
those that did not pass, each with what was said. The suite is the installed one; nothing of it is
here.
"""

import json
import mailbox
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import adapter  # noqa: E402

for name in ("mbox", "MMDF", "Babyl"):
    setattr(mailbox, name, getattr(adapter, name))

import test.test_mailbox as suite  # noqa: E402


def name_of(case):
    return case.id().rpartition(".")[2]


def main():
    tests = unittest.defaultTestLoader.loadTestsFromTestCase(getattr(suite, sys.argv[1]))
    ran = [name_of(case) for case in tests]
    result = unittest.TestResult()
    tests.run(result)
    bad = {}
    for case, said in result.errors + result.failures:
        bad[name_of(case)] = bad.get(name_of(case), "") + said
    skipped = [name_of(case) for case, _ in result.skipped]
    json.dump({"ran": ran, "skipped": skipped, "failed": bad}, sys.stdout)


main()
