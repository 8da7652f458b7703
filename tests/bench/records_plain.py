"""A plain calculator of USSG 2G2.2 as of 2021-11-01, for the bench of `assize sentence --records`.

    records_plain.py make ROWS FILE       writes seeded records
    records_plain.py sentence FILE OUT    works out level and range of every row
    records_plain.py compare A B          fails unless level, category and range agree in every row

Written from the guideline's text, apart from the program: the two check each other.
"""
import csv
import random
import sys

FIELDS = ["possession_conviction", "receipt_only", "under_12", "distribution", "sadistic",
          "infant_or_toddler", "pattern", "computer", "images", "production_conduct",
          "acceptance", "government_motion", "category"]
DISTRIBUTION = {"none": 0, "knowing": 2, "value": 5, "to_minor": 5,
                "to_minor_illegal_activity": 6, "to_minor_sexual_conduct": 7}
CATEGORIES = ["I", "II", "III", "IV", "V", "VI"]

# Chapter Five, Part A: (level, category) to the ends of the range.
TABLE = {}


def read_table(path):
    """Rows such as `  - {I: [0, 6], II: [0, 6], ...}` of plugins/data/us-sentencing-table.yaml."""
    level = 0
    for line in open(path):
        if not line.startswith("  - {"):
            continue
        level += 1
        for part in line.strip()[3:-1].split("], "):
            category, cell = part.rstrip("]}").split(": [")
            TABLE[level, category] = [end.strip() for end in cell.split(",")]


def make(rows, path):
    draw = random.Random(1)
    truth = ["false", "true"]
    kinds = list(DISTRIBUTION)
    with open(path, "w") as out:
        out.write("edition," + ",".join(FIELDS) + "\n")
        for _ in range(rows):
            bits = draw.getrandbits(8)
            receipt, accepts = bits & 1, bits >> 1 & 1
            out.write(",".join([
                "2021-11-01", truth[bits >> 2 & 1], truth[receipt], truth[bits >> 3 & 1],
                "none" if receipt else draw.choice(kinds), truth[bits >> 4 & 1],
                truth[bits >> 5 & bits >> 3 & 1], truth[bits >> 6 & 1], truth[bits >> 7 & 1],
                str(draw.randrange(2000)), "false", truth[accepts],
                truth[accepts & draw.getrandbits(1)], draw.choice(CATEGORIES)]) + "\n")


def level_of(row):
    possession = row["possession_conviction"] == "true"
    level = 18 if possession else 22
    if not possession and row["receipt_only"] == "true":
        level -= 2
    if row["under_12"] == "true":
        level += 2
    level += DISTRIBUTION[row["distribution"]]
    if row["sadistic"] == "true" or row["infant_or_toddler"] == "true":
        level += 4
    if row["pattern"] == "true":
        level += 5
    if row["computer"] == "true":
        level += 2
    images = float(row["images"])
    level += 5 if images >= 600 else 4 if images >= 300 else 3 if images >= 150 else \
        2 if images >= 10 else 0
    if row["acceptance"] == "true":
        level -= 3 if level >= 16 and row["government_motion"] == "true" else 2
    return max(1, min(43, level))


def sentence(path, result):
    with open(path, newline="") as records, open(result, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["row", "level", "category", "low", "high"])
        for number, row in enumerate(csv.DictReader(records), 1):
            level = level_of(row)
            low, high = TABLE[level, row["category"]]
            writer.writerow([number, level, row["category"], low, high])


def compare(ours, plain):
    wanted = ["row", "level", "category", "low", "high"]
    count = 0
    with open(ours, newline="") as a, open(plain, newline="") as b:
        for one, other in zip(csv.DictReader(a), csv.DictReader(b), strict=True):
            count += 1
            if [one[key] for key in wanted] != [other[key] for key in wanted]:
                sys.exit(f"row {count} differs: {one} {other}")
    print(f"{count} rows agree")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), sys.argv[3])
    elif sys.argv[1] == "sentence":
        read_table("plugins/data/us-sentencing-table.yaml")
        sentence(sys.argv[2], sys.argv[3])
    else:
        compare(sys.argv[2], sys.argv[3])
