"""`greenroom serve` as a real process, and the command list."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from greenroom.cli.main import COMMANDS
from greenroom.cli.serve import bind
from greenroom.core.errors import InputRejected


def process(home: Path, *words: str) -> subprocess.Popen[str]:
    env = {**os.environ, "GREENROOM_DATA_DIR": str(home)}  # noqa: TID251  # what a child process inherits
    return subprocess.Popen(
        [sys.executable, "-m", "greenroom", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=env,
    )


@contextmanager
def running(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    server = process(home, "serve", "--port", "0", "--no-browser")
    assert server.stdout is not None
    said = server.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    try:
        assert found is not None, said + server.stdout.read()
        yield server, found.group(0)
    finally:
        server.kill()
        server.wait()


def test_it_says_its_address_once_it_answers_there(tmp_path: Path) -> None:
    with running(tmp_path) as (_, address), urllib.request.urlopen(address, timeout=30) as page:
        assert page.status == 200
        assert b"Greenroom" in page.read()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order_with_the_database_closed(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path) as (server, address):
        urllib.request.urlopen(address, timeout=30).read()
        server.send_signal(number)
        assert server.wait(30) == 0
        assert server.stdout is not None
        assert server.stdout.read() == ""
    assert not list(tmp_path.glob("*-wal"))


def test_a_damaged_database_is_refused_with_the_remedy_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "greenroom.db").write_bytes(b"no database" * 500)
    server = process(tmp_path, "serve", "--port", "0", "--no-browser")
    said, _ = server.communicate(timeout=30)
    assert server.returncode == 1
    assert "not a healthy Greenroom database" in said
    assert "move the file aside" in said
    assert "Traceback" not in said


def test_a_taken_port_that_was_asked_for_is_an_error_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        with pytest.raises(InputRejected, match="taken") as caught:
            bind("127.0.0.1", taken.getsockname()[1], is_fixed=True)
        assert "--port 0" in caught.value.hint


def test_a_taken_port_that_was_not_asked_for_gives_way_to_the_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with bind("127.0.0.1", port, is_fixed=False) as found:
            assert port < found.getsockname()[1] <= port + 20
    assert "is taken; using" in capsys.readouterr().err


def test_an_address_of_another_machine_is_an_error_with_a_way_out() -> None:
    with pytest.raises(InputRejected, match="cannot listen") as caught:
        bind("192.0.2.1", 0, is_fixed=False)
    assert "127.0.0.1" in caught.value.hint


def test_help_lists_every_command_without_loading_one() -> None:
    code = (
        "import sys; from greenroom.cli.main import cli; cli(['--help'], standalone_mode=False); "
        "print(sorted({'numpy', 'sqlalchemy', 'starlette', 'greenroom.wiring'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "[]"
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", said, re.MULTILINE)


def test_an_unknown_command_is_an_error() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "greenroom", "paint"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "No such command" in ran.stderr
