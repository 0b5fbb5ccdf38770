"""Talks to a model endpoint, where the user configured one."""
