"""Profiles: what candidate code may import, and which folders that makes readable in the sandbox."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import sysconfig
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Packages of a profile and the modules a zygote imports before it is sealed."""

    name: str
    packages: tuple[str, ...]
    imports: tuple[str, ...]


_STANDARD = (
    "abc", "array", "ast", "asyncio", "bisect", "calendar", "collections", "collections.abc", "concurrent.futures",
    "contextlib", "copy", "csv", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "hashlib",
    "heapq", "inspect", "io", "itertools", "json", "logging", "math", "operator", "pathlib", "pickle", "pprint",
    "queue", "random", "re", "statistics", "string", "struct", "tempfile", "textwrap", "threading", "time", "timeit",
    "traceback", "types", "typing", "unicodedata", "unittest", "uuid", "warnings", "weakref", "zoneinfo",
    "encodings.idna", "encodings.ascii", "encodings.latin_1", "encodings.utf_16", "ctypes",
)  # fmt: skip
_NUMPY = ("numpy", "numpy.linalg", "numpy.random", "numpy.fft", "numpy.polynomial", "numpy.testing")
_PANDAS = ("pandas", "pandas.api.types")
PROFILES: dict[str, Profile] = {
    "core": Profile(name="core", packages=("numpy",), imports=_STANDARD + _NUMPY),
    "ml": Profile(
        name="ml",
        packages=("numpy", "pandas", "scikit-learn", "scipy", "tzdata"),
        imports=(
            *_STANDARD, *_NUMPY, *_PANDAS,
            "scipy.linalg", "scipy.optimize", "scipy.sparse", "scipy.sparse.linalg", "scipy.special", "scipy.stats",
            "scipy.spatial.distance", "scipy.cluster.hierarchy", "scipy.signal", "scipy.interpolate",
            "sklearn.linear_model", "sklearn.metrics", "sklearn.model_selection", "sklearn.preprocessing",
            "sklearn.pipeline", "sklearn.compose", "sklearn.ensemble", "sklearn.tree", "sklearn.cluster",
            "sklearn.decomposition", "sklearn.neighbors", "sklearn.svm", "sklearn.naive_bayes", "sklearn.datasets",
            "sklearn.impute", "sklearn.feature_extraction.text", "sklearn.calibration",
        ),
    ),
    "sql": Profile(
        name="sql", packages=("numpy", "pandas", "duckdb", "tzdata"), imports=(*_STANDARD, *_NUMPY, *_PANDAS, "duckdb")
    ),
    "torch": Profile(
        name="torch", packages=("numpy", "torch"), imports=(*_STANDARD, *_NUMPY, "torch", "torch.nn.functional")
    ),
}  # fmt: skip


_KERNEL_FILES = (
    # Where no private root hides them, libraries stop at a file they see and may not read.
    "/proc/self/maps",  # threadpoolctl finds BLAS; a process's own mappings, which it knows anyway
    "/proc/self/cgroup",  # DuckDB asks for its quota
    "/sys/fs/cgroup",  # the same
    "/sys/devices/system/cpu",  # number of cores
)


class Places(NamedTuple):
    """Where a profile's code lies."""

    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    sys_path: tuple[str, ...]


def installed() -> tuple[str, ...]:
    """Names of the profiles whose packages are installed here."""
    return tuple(name for name in PROFILES if _is_installed(name))


@cache
def _is_installed(name: str) -> bool:
    return all(
        _distribution(package) is not None for package in PROFILES[name].packages if package != "tzdata"
    )


def _distribution(package: str) -> importlib.metadata.Distribution | None:
    try:
        return importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _closure(packages: tuple[str, ...]) -> dict[str, importlib.metadata.Distribution]:
    """The packages and what they require, as far as it is installed; extras left out."""
    found: dict[str, importlib.metadata.Distribution] = {}
    waiting = list(packages)
    while waiting:
        package = waiting.pop()
        distribution = None if package.lower() in found else _distribution(package)
        if distribution is None:
            continue
        found[package.lower()] = distribution
        for requirement in distribution.requires or []:
            name = re.match(r"[A-Za-z0-9._-]+", requirement)
            if name is not None and "extra ==" not in requirement:
                waiting.append(name[0])
    return found


def _top_levels(distribution: importlib.metadata.Distribution) -> set[Path]:
    root = Path(str(distribution.locate_file("")))
    tops = {file.parts[0] for file in distribution.files or () if file.parts[0] not in ("..", "__pycache__")}
    return {root / top for top in tops if not top.endswith(".pth")}


@cache
def places(name: str, level: str) -> Places:
    """Folders and files a child of that profile may read, folders hidden from it, and its sys.path.

    Only the packages of the profile are named one by one: the rest of site-packages (Greenroom with its
    compiled bank among it) does not exist for the child. At level `full` an empty folder is mounted over
    site-packages; elsewhere the standard library is named entry by entry, as landlock cannot subtract.
    """
    packages: set[Path] = set()
    for distribution in _closure(PROFILES[name].packages).values():
        packages |= _top_levels(distribution)
    standard = {Path(sysconfig.get_path(key)) for key in ("stdlib", "platstdlib")}
    standard = {path for path in standard if (path / "os.py").exists() or (path / "lib-dynload").exists()}
    hidden = {path / folder for path in standard for folder in ("site-packages", "dist-packages")}
    dynamic = [str(path / "lib-dynload") for path in standard]
    readable = {str(path) for path in packages} | set(_system_libraries())
    if level != "full":
        readable |= set(_KERNEL_FILES)
    for path in standard:
        readable |= {str(path)} if level == "full" else _without(path, hidden)
    roots = sorted({str(path.parent) for path in packages})
    return Places(
        readable=tuple(sorted(path for path in readable if os.path.exists(path))),
        hidden=tuple(sorted(str(path) for path in hidden if path.is_dir())),
        sys_path=(*sorted(map(str, standard)), *dynamic, *roots),
    )


def _without(folder: Path, hidden: set[Path]) -> set[str]:
    """The folder, or its entries one by one where a hidden one lies in it: landlock cannot subtract."""
    if not any(path.is_dir() and path.parent == folder for path in hidden):
        return {str(folder)}
    return {str(entry) for entry in folder.iterdir() if entry not in hidden}


def _system_libraries() -> list[str]:
    """Shared libraries that lazily loaded extensions link to, and the time zones pandas reads."""
    triplet = sysconfig.get_config_var("MULTIARCH") or ""
    return [
        *(f"{root}/{triplet}" for root in ("/lib", "/usr/lib") if triplet),
        "/lib64",
        "/usr/lib64",
        "/etc/ld.so.cache",
        "/usr/share/zoneinfo",
    ]
