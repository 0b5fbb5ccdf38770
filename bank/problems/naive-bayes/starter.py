class NaiveBayes:
    """Multinomial naive Bayes over lists of words."""

    def __init__(self, alpha: float) -> None:
        """alpha > 0: the smoothing count."""
        raise NotImplementedError

    def update(self, documents: list[list[str]], labels: list[str]) -> None:
        """Learns from a batch; batches add up."""
        raise NotImplementedError

    def log_posterior(self, document: list[str]) -> dict[str, float]:
        """Label -> log P(label | document), normalized."""
        raise NotImplementedError

    def predict(self, document: list[str]) -> str | None:
        """The most probable label."""
        raise NotImplementedError
