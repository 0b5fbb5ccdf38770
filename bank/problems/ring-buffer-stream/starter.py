class Window:
    """The last values of a stream, with statistics in constant time."""

    def __init__(self, capacity: int) -> None:
        raise NotImplementedError

    def push(self, value: float) -> float | None:
        """Adds a value; returns the one that fell out."""
        raise NotImplementedError

    def values(self) -> list[float]:
        """Oldest first."""
        raise NotImplementedError

    def get(self, i: int) -> float | None:
        """The i-th oldest; negative counts from the newest; None outside."""
        raise NotImplementedError

    def mean(self) -> float | None:
        """Mean of the values kept."""
        raise NotImplementedError

    def largest(self) -> float | None:
        """Largest of the values kept."""
        raise NotImplementedError

    def clear(self) -> None:
        """Forgets everything."""
        raise NotImplementedError
