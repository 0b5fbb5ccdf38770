class BM25:
    """BM25 retrieval over lists of words."""

    def __init__(self, documents: list[list[str]], k1: float, b: float) -> None:
        raise NotImplementedError

    def score(self, query: list[str]) -> list[float]:
        """One score a document."""
        raise NotImplementedError

    def search(self, query: list[str], k: int) -> list[int]:
        """Numbers of the best k documents with a score above 0."""
        raise NotImplementedError
