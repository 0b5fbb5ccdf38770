class Completions:
    """Phrases with weights, completed by prefix."""

    def __init__(self) -> None:
        raise NotImplementedError

    def add(self, phrase: str, weight: int) -> None:
        """Adds a phrase, or adds to its weight."""
        raise NotImplementedError

    def remove(self, phrase: str) -> bool:
        """Takes it out; True if it was there."""
        raise NotImplementedError

    def weight(self, phrase: str) -> int:
        """Its weight, or 0."""
        raise NotImplementedError

    def complete(self, prefix: str, k: int) -> list[str]:
        """The best k phrases that start with the prefix."""
        raise NotImplementedError

    def size(self) -> int:
        """Number of phrases."""
        raise NotImplementedError

    def add_many(self, weights: dict[str, int]) -> None:
        """Adds every phrase of a dict."""
        for phrase, weight in weights.items():
            self.add(phrase, weight)

    def complete_many(self, prefixes: list[str], k: int) -> list[list[str]]:
        """What `complete` returns for each prefix."""
        return [self.complete(prefix, k) for prefix in prefixes]
