class BPE:
    """Byte-pair encoding over characters, with the end symbol </w>."""

    def train(self, counts: dict[str, int], n_merges: int) -> list[list[str]]:
        """Learn at most n_merges merges from word counts; returns [left, right] pairs in order."""
        raise NotImplementedError

    def encode(self, text: str) -> list[str]:
        """The tokens of a text."""
        raise NotImplementedError
