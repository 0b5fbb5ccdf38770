"""Looks for anything of the host in the environment."""

import os

known = {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "PYTHONHASHSEED",
         "LC_ALL", "MALLOC_ARENA_MAX", "JOBLIB_MULTIPROCESSING"}
extra = sorted(set(os.environ) - known)
print("held" if not extra else f"open {extra}")
