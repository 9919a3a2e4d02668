"""Mailkeep's engine behind the interface of Python's `mailbox.mbox`, `MMDF` and `Babyl`.

Every mailbox is kept by a process of its own, `mailkeep serve --stdio`; only what has nothing to do
with the file is left to Python: turning what a caller hands over into bytes, and bytes into message
objects. Python numbers messages, Mailkeep names them: the numbers are given out here, and never
twice in a session.

The command of the engine is read from MAILKEEP_SERVE, a JSON list, and the rule by which mailboxes
are read from MAILKEEP_RULE.
"""

import base64
import email.message
import io
import json
import mailbox
import os
import re
import subprocess


class Refused(mailbox.Error):
    """The engine said no; `code` is one of shared/errors.ts."""

    def __init__(self, code, sentence):
        super().__init__(f"{code}: {sentence}")
        self.code = code


class Engine:
    """One engine process, spoken to in JSON-RPC 2.0, one value a line.

    It keeps one mailbox at a time; when that is closed, it can be used for the next one.
    """

    _idle = []

    @classmethod
    def take(cls):
        """An engine of this process: one left by a fork speaks to the other side."""
        while cls._idle:
            engine = cls._idle.pop()
            if engine.owner == os.getpid():
                return engine
        return cls()

    def __init__(self):
        self.owner = os.getpid()
        self._last = 0
        self._process = subprocess.Popen(
            json.loads(os.environ["MAILKEEP_SERVE"]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def call(self, method, **params):
        self._last += 1
        request = {"jsonrpc": "2.0", "id": self._last, "method": method, "params": params}
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        while True:
            line = self._process.stdout.readline()
            if not line:
                raise EOFError(f"the engine ended without an answer to {method}")
            answer = json.loads(line)
            if answer.get("id") == self._last:
                break
        if "error" in answer:
            raise Refused(answer["error"]["data"]["code"], answer["error"]["message"])
        return answer["result"]

    def give_back(self):
        self._idle.append(self)


def decoded(text):
    return base64.b64decode(text)


def encoded(data):
    return base64.b64encode(data).decode("ascii")


class SingleFile(mailbox.Mailbox):
    """What the three formats have in common."""

    _format = None
    _message_factory = None

    def __init__(self, path, factory=None, create=True):
        super().__init__(path, factory, create)
        self._locked = False
        self._names = {}
        self._numbers = {}
        self._opened_file = None
        self._open(create)

    def _open(self, create):
        self._engine = Engine.take()
        rule = os.environ["MAILKEEP_RULE"]
        params = {"path": self._path, "format": self._format, "rule": rule}
        try:
            self._engine.call("open", create=create, **params)
        except Refused as refused:
            self._engine.give_back()
            self._engine = None
            if refused.code == "NOT_FOUND":
                raise mailbox.NoSuchMailboxError(self._path) from None
            raise

    def _call(self, method, **params):
        if self._engine is None:
            raise ValueError("I/O operation on closed mailbox")
        if self._engine.owner != os.getpid():
            # The other side of a fork is another process, and locks belong to processes.
            self._open(create=False)
        try:
            return self._engine.call(method, **params)
        except Refused as refused:
            if refused.code == "GONE":
                raise KeyError(str(refused)) from None
            if refused.code in ("LOCKED", "REPLACED", "CHANGED"):
                raise mailbox.ExternalClashError(str(refused)) from None
            raise

    @property
    def _file(self):
        """The mailbox's bytes as another program sees them."""
        if self._opened_file is None:
            self._opened_file = open(self._path, "rb")
        return self._opened_file

    def _number(self, name):
        if name not in self._numbers:
            number = len(self._numbers)
            self._numbers[name] = number
            self._names[number] = name
        return self._numbers[name]

    def iterkeys(self):
        yield from [self._number(name) for name in self._call("keys")["keys"]]

    def _name(self, key):
        if key not in self:
            raise KeyError(f"No message with key: {key}")
        return self._names[key]

    def __contains__(self, key):
        return key in self.keys()

    def __len__(self):
        return self._call("keys", count=0)["total"]

    def add(self, message):
        self.keys()  # what is there already comes first
        return self._number(self._call("add", **self._written(message))["key"])

    def __setitem__(self, key, message):
        before = self._name(key)
        name = self._call("replace", key=before, **self._written(message))["key"]
        # Python's number stays with the place, our key with the message.
        self._numbers[name] = key
        self._names[key] = name

    def remove(self, key):
        self._call("remove", keys=[self._name(key)])

    def _stored(self, key):
        return decoded(self._call("getStored", key=self._name(key))["stored"])

    def _message(self, key):
        return decoded(self._call("get", key=self._name(key))["message"])

    def lock(self):
        if not self._locked:
            self._call("lock", limitMs=0)
            self._locked = True

    def unlock(self):
        if self._locked:
            self._call("unlock")
            self._locked = False

    def flush(self):
        conflicts = self._call("flush")["conflicts"]
        if conflicts:
            raise mailbox.ExternalClashError(conflicts[0]["sentence"])

    def close(self):
        if self._opened_file is not None:
            self._opened_file.close()
            self._opened_file = None
        if self._engine is None:
            return
        try:
            self._call("close")
        finally:
            self._engine.give_back()
            self._engine = None
            self._locked = False


class FromLines(SingleFile):
    """mbox and MMDF: messages that have an envelope, the From_ line."""

    def _written(self, message):
        """What to hand to `add` and `replace`: the message, and its envelope if it comes apart."""
        envelope = None
        if isinstance(message, (mailbox.mboxMessage, mailbox.MMDFMessage)):
            envelope = "From " + message.get_from()
        elif isinstance(message, email.message.Message):
            envelope = message.get_unixfrom()
        plain = io.BytesIO()
        self._dump_message(message, plain)
        written = {"message": encoded(plain.getvalue())}
        return written if envelope is None else {**written, "separatorLine": envelope}

    def _envelope(self, key):
        """The From_ line with its line end; empty if the message has none."""
        stored = self._stored(key)
        line = stored.find(b"\n") + 1 if stored.startswith(b"\x01") else 0
        if not stored.startswith(b"From ", line):
            return b""
        return stored[line : stored.find(b"\n", line) + 1]

    def get_bytes(self, key, from_=False):
        return (self._envelope(key) if from_ else b"") + self._message(key)

    def get_string(self, key, from_=False):
        parsed = email.message_from_bytes(self.get_bytes(key, from_))
        return parsed.as_string(unixfrom=from_)

    def get_file(self, key, from_=False):
        return io.BytesIO(self.get_bytes(key, from_))

    def get_message(self, key):
        message = self._message_factory(self._message(key))
        envelope = self._envelope(key).rstrip(b"\r\n").decode("ascii")
        if envelope:
            message.set_unixfrom(envelope)
            message.set_from(envelope[len("From ") :])
        return message


class mbox(FromLines):
    _format = "mbox"
    _message_factory = mailbox.mboxMessage


class MMDF(FromLines):
    _format = "mmdf"
    _message_factory = mailbox.MMDFMessage


class Babyl(SingleFile):
    """Messages with labels; of the two header blocks, the original one is the message's."""

    _format = "babyl"
    _attributes = frozenset(
        ("unseen", "deleted", "filed", "answered", "forwarded", "edited", "resent")
    )

    def _written(self, message):
        plain = io.BytesIO()
        self._dump_message(message, plain)
        written = {"message": encoded(plain.getvalue())}
        if not isinstance(message, mailbox.BabylMessage):
            return written
        labels = message.get_labels()
        attributes = "".join(f" {label}," for label in labels if label in self._attributes)
        own = "".join(f" {label}," for label in labels if label not in self._attributes)
        return {**written, "separatorLine": f"1,{attributes},{own}"}

    def _labels_of(self, key):
        line = re.search(rb"^[01],([^\r\n]*)", self._stored(key), re.MULTILINE)
        return [label.strip().decode() for label in line[1].split(b",") if label.strip()]

    def _visible_of(self, key):
        headers = re.search(
            rb"^\*\*\* EOOH \*\*\*\r?\n((?:[^\r\n]+\r?\n)*)", self._stored(key), re.MULTILINE
        )
        return mailbox.Message(headers[1] if headers else b"")

    def get_labels(self):
        labels = {label for key in self.keys() for label in self._labels_of(key)}
        return list(labels - self._attributes)

    def get_bytes(self, key):
        return self._message(key)

    def get_file(self, key):
        return io.BytesIO(self.get_bytes(key))

    def get_message(self, key):
        message = mailbox.BabylMessage(self._message(key))
        message.set_visible(self._visible_of(key))
        for label in self._labels_of(key):
            message.add_label(label)
        return message
