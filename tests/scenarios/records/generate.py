#!/usr/bin/env python3
"""Writes persons.csv, the invented persons of the tests. The same bytes on every machine."""

state = 12345


def number(most):
    """The next of a row of numbers from 0 to most - 1 (Lehmer's generator, MINSTD)."""
    global state
    state = state * 48271 % 2147483647
    return state % most


def person(at):
    kind = 4 if at % 60 == 7 else 5 if at % 60 == 31 else 1 + number(3)
    harm = 1 + number(600)
    term = "9996" if number(40) == 0 else str(number(20) * 6)
    culpability = f"{(20 + number(80)) / 100:.2f}"
    if number(25) == 0:
        culpability = ""
    role = "leads" if number(4) == 0 else "helps"
    return [str(at), str(kind), f"{(50 + number(100)) / 100:.2f}", str(harm), term, culpability,
            str(number(36)), role]


with open("persons.csv", "w", newline="\n", encoding="ascii") as out:
    out.write("id,kind,w,items,term,culp,supervision,role\n")
    for at in range(1, 361):
        out.write(",".join(person(at)) + "\n")
