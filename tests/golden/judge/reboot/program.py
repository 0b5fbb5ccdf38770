"""Reboots."""

import ctypes
import platform

number = {"x86_64": 169, "aarch64": 142}[platform.machine()]
ctypes.CDLL(None).syscall(number, 0xfee1dead, 672274793, 0x1234567, 0)
print("open")
