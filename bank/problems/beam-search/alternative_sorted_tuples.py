"""Negated sums in tuples, so that Python's own order is the order of the task."""


def beam_search(log_p, start, end, width, max_length, alpha):
    live, done = [(0.0, ())], []
    step = 0
    while live and step < max_length:
        step += 1
        grown = sorted(
            (cost - gain, tokens + (token,))
            for cost, tokens in live
            for token, gain in enumerate(log_p[(start, *tokens)[-1]])
            if gain != float("-inf")
        )[:width]
        done.extend(one for one in grown if one[1][-1] == end)
        live = [one for one in grown if one[1][-1] != end]
    every = [(cost / len(tokens) ** alpha, tokens) for cost, tokens in done + live if tokens]
    return [[list(tokens), -cost + 0.0] for cost, tokens in sorted(every)[:width]]
