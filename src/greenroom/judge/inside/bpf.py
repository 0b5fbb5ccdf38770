"""Assembles the seccomp filter from the policy: classic BPF over `struct seccomp_data`.

struct seccomp_data { int nr; u32 arch; u64 instruction_pointer; u64 args[6]; }, little-endian here.
"""

from __future__ import annotations

import struct

from . import policy

_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_JUMP_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_AND = 0x54  # BPF_ALU | BPF_AND | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K

ALLOW = 0x7FFF_0000
KILL_PROCESS = 0x8000_0000
_ERRNO = 0x0005_0000
_ARCH_X86_64 = 0xC000_003E
_ARCH_AARCH64 = 0xC000_00B7
_X32_BIT = 0x4000_0000


def _instruction(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, operand)


def _load_argument(index: int) -> bytes:
    return _instruction(_LOAD, 16 + 8 * index)  # the low half: all arguments looked at are 32 bits wide


def _answer(number: int, verdict: int) -> bytes:
    return _instruction(_JUMP_EQUAL, number, 0, 1) + _instruction(_RETURN, verdict)


def _guarded(number: int, body: bytes) -> bytes:
    """`body` runs for that call only; it must end in a return on every way."""
    return _instruction(_JUMP_EQUAL, number, 0, len(body) // 8) + body


def _refuse(error: int = policy.DEFAULT_ERRNO) -> bytes:
    return _instruction(_RETURN, _ERRNO | error)


def _one_of(index: int, allowed: dict[int, str], killed: dict[int, str]) -> bytes:
    body = _load_argument(index)
    for value in allowed:
        body += _answer(value, ALLOW)
    for value in killed:
        body += _answer(value, KILL_PROCESS)
    return body + _refuse()


def _threads_only() -> bytes:
    mask = policy.CLONE_THREAD | policy.CLONE_NEW_ANY
    return _load_argument(0) + _instruction(_AND, mask) + _answer(policy.CLONE_THREAD, ALLOW) + _refuse()


def _own_limits_only() -> bytes:
    """prlimit64 on process 0 (itself): hard limits are set, so it can only go down."""
    return _load_argument(0) + _answer(0, ALLOW) + _refuse()  # a pid_t: the kernel reads the low half only


def assemble(machine: str) -> bytes:
    """The filter for `x86_64` or `aarch64`. Raises ValueError for other machines."""
    if machine not in ("x86_64", "aarch64"):
        raise ValueError(f"no system call table for {machine}")
    arm = machine == "aarch64"
    program = _instruction(_LOAD, 4)
    program += _instruction(_JUMP_EQUAL, _ARCH_AARCH64 if arm else _ARCH_X86_64, 1, 0)
    program += _instruction(_RETURN, KILL_PROCESS)  # int 0x80 and other foreign tables
    program += _instruction(_LOAD, 0)
    if not arm:
        program += _instruction(_JUMP_AT_LEAST, _X32_BIT, 0, 1) + _instruction(_RETURN, KILL_PROCESS)
    for number in policy.numbers(policy.ALLOWED, is_aarch64=arm).values():
        program += _answer(number, ALLOW)
    for number in policy.numbers(policy.KILLED, is_aarch64=arm).values():
        program += _answer(number, KILL_PROCESS)
    for number in policy.numbers(policy.UNKNOWN, is_aarch64=arm).values():
        program += _answer(number, _ERRNO | policy.UNKNOWN_ERRNO)
    program += _guarded(policy.CLONE_NUMBERS[arm], _threads_only())
    program += _guarded(policy.IOCTL_NUMBERS[arm], _one_of(1, policy.IOCTL_ALLOWED, policy.IOCTL_KILLED))
    program += _guarded(policy.FCNTL_NUMBERS[arm], _one_of(1, policy.FCNTL_ALLOWED, {}))
    program += _guarded(policy.PRLIMIT_NUMBERS[arm], _own_limits_only())
    return program + _refuse()
