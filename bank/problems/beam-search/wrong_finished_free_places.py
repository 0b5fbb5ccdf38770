"""Finished ones do not take a place in the step.
Fails: a finished one takes a place
"""
import heapq
from math import inf


def beam_search(log_p, start, end, width, max_length, alpha):
    live, finished = [(0.0, [])], []
    for _ in range(max_length):
        candidates = []
        for total, tokens in live:
            last = tokens[-1] if tokens else start
            for token, gain in enumerate(log_p[last]):
                if gain > -inf:
                    candidates.append((total + gain, [*tokens, token]))
        kept = heapq.nsmallest(width + sum(c[1][-1] == end for c in candidates), candidates, key=lambda candidate: (-candidate[0], candidate[1]))
        finished += [candidate for candidate in kept if candidate[1][-1] == end]
        live = [candidate for candidate in kept if candidate[1][-1] != end]
        if not live:
            break
    scored = [[tokens, total / len(tokens) ** alpha] for total, tokens in finished + live if tokens]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:width]
