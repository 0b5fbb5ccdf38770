"""Learner models side by side on a person's own data: reading, fitting, measuring. Nothing here is shipped fitted."""
