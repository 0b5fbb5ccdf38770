"""Only the best `width` continuations of each hypothesis can survive, so rows are sorted once and cut."""


def beam_search(log_p, start, end, width, max_length, alpha):
    allowed = []
    for row in log_p:
        tokens = [w for w in range(len(row)) if row[w] > float("-inf")]
        allowed.append(sorted(tokens, key=lambda w: (-row[w], w))[:width])
    beam = {(): 0.0}
    over = {}
    for _ in range(max_length):
        pool = {}
        for tokens, total in beam.items():
            v = tokens[-1] if tokens else start
            for w in allowed[v]:
                pool[tokens + (w,)] = total + log_p[v][w]
        best = sorted(pool, key=lambda t: (-pool[t], t))[:width]
        over.update((t, pool[t]) for t in best if t[-1] == end)
        beam = {t: pool[t] for t in best if t[-1] != end}
        if not beam:
            break
    over.update((t, total) for t, total in beam.items() if t)
    ranked = sorted((-(total / len(t) ** alpha), t) for t, total in over.items())
    return [[list(t), -score + 0.0] for score, t in ranked[:width]]
