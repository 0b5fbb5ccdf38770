"""The loop of a child: load the candidate's code, then answer one input at a time.

This runs in the candidate's own process, so nothing here is evidence: the supervisor believes no verdict,
it only compares the values that arrive under the nonce it just sent.
"""

from __future__ import annotations

import functools
import linecache
import os
import random
import resource
import sys
import traceback
import types
from collections.abc import Callable
from typing import Any  # Any: candidate code takes and returns anything

from . import sqlrun, wire

FILE_NAME = "<candidate>"
_MAX_TEXT = 4_000
Answer = dict[str, Any]


class Channel:
    """Frames over the one descriptor a child has."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._unread = b""

    def receive(self) -> dict[str, Any]:
        """The next message. Ends the process when the supervisor is gone."""
        payload_length, json_length = wire.HEADER.unpack(self._exactly(wire.HEADER.size))
        return wire.unpack(self._exactly(payload_length), json_length, plain=False)

    def _exactly(self, count: int) -> bytes:
        if len(self._unread) < count:
            self._fill(count)
        found, self._unread = self._unread[:count], self._unread[count:]
        return found

    def _fill(self, count: int) -> None:
        parts, size = [self._unread], len(self._unread)
        while size < count:
            part = os.read(self._fd, 1 << 20 if count > 1 << 16 else 1 << 16)
            if not part:
                os._exit(0)
            parts.append(part)
            size += len(part)
        self._unread = b"".join(parts)

    def send(self, message: Answer) -> None:
        """Send one frame."""
        view = memoryview(wire.pack(message))
        while view:
            view = view[os.write(self._fd, view) :]


def serve(fd: int) -> None:
    """Answer messages until told to end. Never returns."""
    channel = Channel(fd)
    candidate = Candidate(channel)
    while True:
        message = channel.receive()
        handler: Callable[[dict[str, Any]], Answer] = getattr(candidate, "on_" + message["op"])
        answer = handler(message)
        _flush()
        answer["nonce"] = message["nonce"]
        try:
            channel.send(answer)
        except (MemoryError, RecursionError, ValueError, TypeError, OverflowError) as error:
            channel.send({"nonce": answer["nonce"], "error": describe_error(error)})
        if "end" in answer:
            os._exit(0)
        # Only the current input may be found by code that looks through frames and the collector.
        message.clear()
        answer.clear()


def rehearse() -> None:
    """Walk the way of a request once, before any is there: memory pages that are shared with the zygote
    are copied now, while the child waits, and not while somebody waits for a verdict."""
    numpy = sys.modules["numpy"]
    _seed(0)
    scope: dict[str, Any] = {}
    exec(_compiled("import numpy as np\ndef solve(x):\n    return np.asarray(x) * 2.0 + 1\n"), scope)
    frame = wire.pack(
        {"op": "call", "value": {"args": [numpy.zeros((2, 2)), [1.5, "a"], (1, 2)], "kwargs": {}}}
    )
    length, json_length = wire.HEADER.unpack_from(frame)
    given = wire.unpack(frame[wire.HEADER.size :][:length], json_length, plain=False)["value"]
    wire.imprint(given["args"])
    wire.pack({"value": scope["solve"](given["args"][0]), "changed": [], "nonce": ""})
    linecache.cache.clear()


def peak_bytes() -> int:
    """Most memory this process has had in use."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            continue


def describe_error(error: BaseException) -> dict[str, Any]:
    """Type, message, line and traceback of the candidate's own lines, as text for people."""
    try:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == FILE_NAME]
        line = frames[-1].lineno if frames else None
        if isinstance(error, SyntaxError):
            line, frames = error.lineno, []
        shown = frames if len(frames) <= 12 else frames[:6] + frames[-6:]
        lines = [f"  line {f.lineno}, in {f.name}\n    {f.line}" for f in shown]
        if len(frames) > len(shown):
            lines.insert(6, f"  … {len(frames) - len(shown)} more calls …")
        text = "".join(traceback.format_exception_only(type(error), error)).strip()
        if isinstance(error, SyntaxError):
            text = f"{type(error).__name__}: {error.msg}"
        return {
            "type": type(error).__name__,
            "text": text[-_MAX_TEXT:],
            "line": line,
            "trace": "\n".join(lines)[-_MAX_TEXT:],
        }
    except BaseException:
        return {"type": "Exception", "text": "an exception that cannot be printed", "line": None, "trace": ""}


class Candidate:
    """The candidate's module, once loaded, and what can be asked of it."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._entry: Any = None
        self._sql: str | None = None
        self._prepared: dict[str, Any] = {}

    def on_load(self, message: dict[str, Any]) -> Answer:
        """Compile and import the source; find the entry. Answers ok, or an error and its stage."""
        _lower_limits(message["memory_bytes"], message["cpu_s"])
        _seed(message["seed"])
        os.dup2(1, 2)
        if message["language"] == "sql":
            self._sql = message["source"]
            return {"ok": True}
        stage = "compile"
        try:
            code = _compiled(message["source"])
            stage = "import"
            module = _module("solution")
            exec(code, module.__dict__)
            stage = "entry"
            self._entry = getattr(module, message["entry"])
        except BaseException as error:
            return {"error": describe_error(error), "stage": stage}
        return {"ok": True}

    def on_call(self, message: dict[str, Any]) -> Answer:
        """Call the function, run the call script, or the query; answer the value."""
        given = message.pop("value")
        try:
            return self._call(message, given)
        except BaseException as error:
            return {"error": describe_error(error)}

    def _call(self, message: dict[str, Any], given: dict[str, Any]) -> Answer:
        if message["kind"] == "sql":
            query = self._sql if self._sql is not None else self._entry
            return {"value": sqlrun.run(query, given["tables"], given["args"])}
        if message["kind"] == "script":
            return {"value": self._script(given["calls"])}
        args, kwargs = given["args"], given["kwargs"]
        if message["kind"] == "draws":
            return {"value": self._draws(args, kwargs, message["draws"], message["seeds"])}
        given_inputs = [*args, *kwargs.values()]
        before = wire.imprint(given_inputs) if message["watch"] else None
        result = self._entry(*args, **kwargs)
        changed = before is not None and wire.imprint(given_inputs) != before
        return {"value": args if message["compared"] == "args" else result, "changed": changed}

    def on_answers(self, message: dict[str, Any]) -> Answer:
        """Several questions at once, after loading: only references are asked so."""
        if "load" in message:
            loaded = self.on_load(message["load"])
            if "error" in loaded:
                return loaded
        answers = [
            self.on_call({**question, "value": given})
            for question, given in zip(message["questions"], message.pop("value"), strict=True)
        ]
        errors = [answer.get("error") for answer in answers]
        return {"errors": errors, "value": [answer.get("value") for answer in answers]}

    def _script(self, calls: list[Any]) -> list[Any]:
        results: list[Any] = []
        thing: Any = None
        for name, args in calls:
            if name == "__init__":
                thing = self._entry(*args)
                results.append(None)
            else:
                results.append(getattr(thing, name)(*args))
        return results

    def _draws(self, args: list[Any], kwargs: dict[str, Any], count: int, seeds: dict[str, Any]) -> list[Any]:
        name, first = seeds["name"], seeds["first"]
        if name is None:
            return [self._entry(*args, **kwargs) for _ in range(count)]
        return [self._entry(*args, **{**kwargs, name: first + i}) for i in range(count)]

    def on_prepare(self, message: dict[str, Any]) -> Answer:
        """Keep a decoded input for `go`, so that decoding is not measured."""
        self._prepared = message.pop("value")
        return {"ok": True}

    def on_go(self, message: dict[str, Any]) -> Answer:
        """Call with the prepared input and answer without the value: only the call is measured."""
        given, self._prepared = self._prepared, {}
        try:
            if "calls" in given:
                self._script(given["calls"])
            else:
                self._entry(*given["args"], **given["kwargs"])
        except BaseException as error:
            return {"error": describe_error(error)}
        return {"ok": True}

    def on_script(self, message: dict[str, Any]) -> Answer:
        """Run any source as a program: a scratch run. Answers its exit code."""
        _lower_limits(message["memory_bytes"], message["cpu_s"])
        _seed(message["seed"])
        try:
            code = _compiled(message["source"])
            exec(code, _module("__main__").__dict__)
        except SystemExit as error:
            if isinstance(error.code, str):
                print(error.code, file=sys.stderr)
            return {"end": error.code if isinstance(error.code, int) else int(error.code is not None)}
        except BaseException as error:
            shown = describe_error(error)
            header = "Traceback (most recent call last):\n" + shown["trace"] + "\n" if shown["trace"] else ""
            where = f" (line {shown['line']})" if isinstance(error, SyntaxError) else ""
            print(header + shown["text"] + where, file=sys.stderr)
            return {"end": 1, "error": shown, "stage": "compile" if isinstance(error, SyntaxError) else "run"}
        return {"end": 0}

    def on_end(self, message: dict[str, Any]) -> Answer:
        """The last message."""
        return {"end": 0}


@functools.lru_cache(maxsize=4)  # a reference is loaded anew for every run
def _compiled(source: str) -> types.CodeType:
    lines = source.splitlines(keepends=True)
    linecache.cache[FILE_NAME] = (len(source), None, lines, FILE_NAME)
    code = compile(source, FILE_NAME, "exec", dont_inherit=True)
    if not isinstance(code, types.CodeType):
        raise TypeError("not code")
    return code


def _module(name: str) -> types.ModuleType:
    module = types.ModuleType(name)
    sys.modules[name] = module
    return module


def _lower_limits(memory_bytes: int, cpu_s: int) -> None:
    """The request's limits; the kernel refuses to raise what was set before."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY and memory_bytes < MAX_EXTRA_BYTES[0]:
        wanted = hard - MAX_EXTRA_BYTES[0] + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (wanted, wanted))
        MAX_EXTRA_BYTES[0] = memory_bytes
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (min(cpu_s, hard), min(cpu_s + 1, hard)))


MAX_EXTRA_BYTES = [0]
"""What the layers added to the address space in use when they set its limit."""


def _seed(seed: int) -> None:
    """All children are forks of one process: without this every run would draw what the first one drew."""
    random.seed(seed)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(seed & 0xFFFF_FFFF)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(seed)
