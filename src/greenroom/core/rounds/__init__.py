"""One file per round kind."""
