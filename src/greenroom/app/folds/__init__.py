"""Folds: from an event to the rows it changes, one file per noun."""
