"""Pages: parse, make one app call, render."""
