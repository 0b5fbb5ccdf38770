"""Climbs out of the scratch folder with dots."""

try:
    print(open("../../../../../../etc/passwd").read())
except OSError:
    print("held")
else:
    print("open")
