"""Writes one file beyond the limit."""

try:
    with open("big", "wb") as file:
        for _ in range(64):
            file.write(b"x" * (1 << 20))
except OSError:
    print("held")
else:
    print("open")
