"""Grades free text offline, per rubric point, with the words that earned it."""
