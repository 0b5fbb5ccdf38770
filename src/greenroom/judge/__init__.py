"""Runs candidate code in a sandbox and compares its answers outside of it."""
