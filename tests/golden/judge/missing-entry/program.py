"""Does not define what is asked for."""

def solution(values):
    return sum(values)
