"""Makes ten thousand files."""

try:
    for number in range(10_000):
        open(str(number), "w").close()
except OSError:
    print("held")
else:
    print("open")
