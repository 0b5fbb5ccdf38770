"""Dataclasses, typing, pickle in memory."""

import pickle
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


print("ok" if pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2) else "bad")
