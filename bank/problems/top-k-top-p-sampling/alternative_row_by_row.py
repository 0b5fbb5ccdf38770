"""One row at a time with Python's sort."""
import math

import numpy as np


def pick(row, u, temperature, top_k, top_p):
    size = len(row)
    ranked = sorted(range(size), key=lambda j: (-row[j], j))
    p = [0.0] * size
    if temperature == 0:
        p[ranked[0]] = 1.0
        return ranked[0], p
    kept = ranked[:top_k] if top_k else ranked
    top = row[ranked[0]] / temperature
    weight = {j: math.exp(row[j] / temperature - top) for j in kept}
    total, before, nucleus = sum(weight.values()), 0.0, []
    for j in kept:
        if before / total >= top_p:
            break
        nucleus.append(j)
        before += weight[j]
    total = sum(weight[j] for j in nucleus)
    for j in nucleus:
        p[j] = weight[j] / total
    running, token = 0.0, None
    for j in range(size):
        running += p[j]
        if running > u:
            return j, p
        if p[j] > 0:
            token = j
    return token, p


def next_tokens(logits, draws, temperature, top_k, top_p):
    found = [pick([float(v) for v in row], float(u), temperature, top_k, top_p) for row, u in zip(logits, draws)]
    return np.array([token for token, _ in found]), np.array([p for _, p in found])
