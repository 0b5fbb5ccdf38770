"""Random numbers of every kind."""

import random
import secrets
import uuid

import numpy as np

values = {random.random(), secrets.randbits(64), uuid.uuid4(), np.random.random(), np.random.default_rng().random()}
print("ok" if len(values) == 5 else "bad")
