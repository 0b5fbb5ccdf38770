"""One pass in time order with a queue for each user; rows of one second are answered before any is added."""
from collections import defaultdict, deque
from math import nan

import numpy as np


def rolling_features(user, at, amount, window):
    out = np.empty((len(user), 4))
    recent, totals, latest = defaultdict(deque), defaultdict(float), {}
    order = sorted(range(len(user)), key=lambda i: at[i])
    first = 0
    while first < len(order):
        now = int(at[order[first]])
        last = first
        while last < len(order) and at[order[last]] == now:
            i, last = order[last], last + 1
            who = int(user[i])
            queue = recent[who]
            while queue and queue[0][0] < now - window:
                totals[who] -= queue.popleft()[1]
            n = len(queue)
            total = totals[who] if n else 0.0
            out[i] = n, total, total / n if n else nan, now - latest[who] if who in latest else nan
        for i in order[first:last]:
            who = int(user[i])
            recent[who].append((now, float(amount[i])))
            totals[who] += float(amount[i])
        for i in order[first:last]:
            latest[int(user[i])] = now
        first = last
    return out
