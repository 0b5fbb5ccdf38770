"""The seccomp filter, run by an interpreter of classic BPF: both machines, also the one that is not here."""

import errno
import struct
from functools import cache

import pytest

from greenroom.judge.inside import policy
from greenroom.judge.inside.bpf import ALLOW, KILL_PROCESS, assemble

ARCH = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
REFUSED = 0x0005_0000 | errno.EPERM
UNKNOWN = 0x0005_0000 | errno.ENOSYS


@cache
def program_of(machine: str) -> list[tuple[int, int, int, int]]:
    """Instructions as (code, jump if true, jump if false, operand)."""
    assembled = assemble(machine)
    return [struct.unpack_from("<HBBI", assembled, i) for i in range(0, len(assembled), 8)]


def verdict(machine: str, number: int, *arguments: int, arch: int | None = None) -> int:
    """What the kernel would decide (net/core/filter.c, the five instructions that the filter uses)."""
    full = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("<iIQ6Q", number, ARCH[machine] if arch is None else arch, 0, *full)
    program = program_of(machine)
    accumulator, place = 0, 0
    while True:
        code, if_true, if_false, operand = program[place]
        place += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, operand)
        elif code == 0x15:
            place += if_true if accumulator == operand else if_false
        elif code == 0x35:
            place += if_true if accumulator >= operand else if_false
        elif code == 0x54:
            accumulator &= operand
        else:
            assert code == 0x06
            return int(operand)


@pytest.mark.parametrize("machine", ARCH)
def test_every_call_of_the_tables_gets_its_verdict(machine: str) -> None:
    arm = machine == "aarch64"
    for table, expected in (
        (policy.ALLOWED, ALLOW),
        (policy.KILLED, KILL_PROCESS),
        (policy.UNKNOWN, UNKNOWN),
    ):
        for name, number in policy.numbers(table, is_aarch64=arm).items():
            assert verdict(machine, number) == expected, name


@pytest.mark.parametrize("machine", ARCH)
def test_whatever_is_not_named_is_refused(machine: str) -> None:
    arm = machine == "aarch64"
    named = {
        n
        for t in (policy.ALLOWED, policy.KILLED, policy.UNKNOWN)
        for n in policy.numbers(t, is_aarch64=arm).values()
    }
    guarded = {
        policy.CLONE_NUMBERS[arm],
        policy.IOCTL_NUMBERS[arm],
        policy.FCNTL_NUMBERS[arm],
        policy.PRLIMIT_NUMBERS[arm],
    }
    for number in set(range(600)) - named - guarded:
        assert verdict(machine, number) == REFUSED, number


@pytest.mark.parametrize("machine", ARCH)
def test_threads_may_be_cloned_and_nothing_else(machine: str) -> None:
    clone = policy.CLONE_NUMBERS[machine == "aarch64"]
    assert verdict(machine, clone, 0x003D_0F00) == ALLOW, "the flags of pthread_create"
    for flags in (
        17,
        0x4111,
        0x003D_0F00 | 0x1000_0000,
        0x0001_0000 | 0x0002_0000,
        0x0001_0000 | 0x4000_0000,
    ):
        assert verdict(machine, clone, flags) == REFUSED, hex(flags)


@pytest.mark.parametrize("machine", ARCH)
def test_arguments_decide_over_ioctl_fcntl_and_prlimit(machine: str) -> None:
    arm = machine == "aarch64"
    assert verdict(machine, policy.IOCTL_NUMBERS[arm], 1, 0x5401) == ALLOW
    assert verdict(machine, policy.IOCTL_NUMBERS[arm], 1, 0x5412) == KILL_PROCESS
    assert verdict(machine, policy.IOCTL_NUMBERS[arm], 1, 0x1_0000_5412) == KILL_PROCESS, (
        "high bits do not hide it"
    )
    assert verdict(machine, policy.IOCTL_NUMBERS[arm], 1, 0x5413) == REFUSED
    assert verdict(machine, policy.FCNTL_NUMBERS[arm], 1, 3) == ALLOW
    assert verdict(machine, policy.FCNTL_NUMBERS[arm], 1, 8) == REFUSED, "F_SETOWN"
    assert verdict(machine, policy.PRLIMIT_NUMBERS[arm], 0) == ALLOW
    assert verdict(machine, policy.PRLIMIT_NUMBERS[arm], 1) == REFUSED


def test_foreign_tables_kill() -> None:
    assert verdict("x86_64", 20, arch=0x4000_0003) == KILL_PROCESS, "int 0x80"
    assert verdict("x86_64", 0x4000_0000 + 39) == KILL_PROCESS, "x32"
    assert verdict("aarch64", 20, arch=0x4000_0028) == KILL_PROCESS, "32-bit Arm"
    with pytest.raises(ValueError, match="riscv64"):
        assemble("riscv64")


def test_no_call_is_in_two_tables_and_each_has_its_reason() -> None:
    for arm in (False, True):
        tables = [policy.numbers(t, is_aarch64=arm) for t in (policy.ALLOWED, policy.KILLED, policy.UNKNOWN)]
        numbers = [number for table in tables for number in table.values()]
        assert len(numbers) == len(set(numbers))
    for line in (policy.ALLOWED + policy.KILLED + policy.UNKNOWN).strip().splitlines():
        assert not line or len(line.split(None, 3)) == 4, line
