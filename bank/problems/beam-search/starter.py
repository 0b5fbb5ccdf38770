def beam_search(
    log_p: list[list[float]],
    start: int,
    end: int,
    width: int,
    max_length: int,
    alpha: float,
) -> list[list]:
    """At most width pairs [tokens, score], best first. log_p[v][w] = log P(w | v)."""
    raise NotImplementedError
