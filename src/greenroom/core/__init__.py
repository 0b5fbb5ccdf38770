"""The rules, pure: no clock, dice, disk, network or logging on this floor."""
