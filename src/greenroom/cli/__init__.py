"""Commands: parse, make one app call, print."""
