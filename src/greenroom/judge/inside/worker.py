"""A single-use worker: one whole process per run, for systems without namespaces and system call filters.

Started by path under `sandbox-exec` (macOS). It imports the profile, puts limits on itself, proves that the
Seatbelt profile holds, reports in, and then serves like any child.
"""

from __future__ import annotations

import json
import os
import resource
import sys


def main() -> None:
    """Take the configuration from the command line and the channel from standard input."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    config = json.loads(sys.argv[1])
    sys.path[:] = [folder, *config["sys_path"]]
    # Late import: the path is known only now.
    from inside import harness  # type: ignore[import-not-found,unused-ignore]  # its name when started by path

    del sys.path[0]
    os.dup2(0, 3)
    null = os.open("/dev/null", os.O_RDONLY)
    os.dup2(null, 0)
    os.closerange(4, 256)
    for name in config["imports"]:
        __import__(name)
    sys.argv[:], sys.orig_argv[:] = [""], []
    done = ["limits"]
    _limit(config["descriptors"])
    if _is_confined(config["witness"]):
        done.append("seatbelt")
    harness.rehearse()
    channel = harness.Channel(3)
    channel.send({"layers": done, "baseline_bytes": harness.peak_bytes()})
    harness.serve(3)


def _limit(descriptors: int) -> None:
    for which, value in (
        (resource.RLIMIT_CPU, 600),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, descriptors),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))


def _is_confined(witness: str) -> bool:
    """True when a file that every user may read cannot be read from here."""
    try:
        with open(witness, "rb"):
            return False
    except OSError:
        return True


if __name__ == "__main__":
    main()
