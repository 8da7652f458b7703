"""Draws the growth table (what,size,seconds,... on standard input) as an SVG: logarithmic axes, a line for
each thing that grows, by its size over its least size."""
import math
import sys

WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 620, 380, 60, 110, 44, 20
DASHES = {"draws": "", "cases": "6 3", "regimes": "2 3", "nodes": "10 3 2 3"}
lines = {}
for line in sys.stdin:
    cells = line.strip().split(",")
    if cells[0] in DASHES and len(cells) == 4:
        lines.setdefault(cells[0], []).append((float(cells[1]), float(cells[2])))
# Of each thing: how many times as large, how many times as long.
lines = {name: [(size / points[0][0], seconds / points[0][1]) for size, seconds in points]
         for name, points in lines.items()}
most = max(size for points in lines.values() for size, _ in points)
top = 10.0 ** math.ceil(math.log10(max(most, max(times for points in lines.values() for _, times in points))))


def at(size, times):
    x = LEFT + (WIDTH - LEFT - RIGHT) * math.log(size) / math.log(top)
    return x, HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * math.log(max(times, 1)) / math.log(top)


out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
       "<title>Growth of time with draws, cases, regimes and nodes</title>",
       f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
tick = 1.0
while tick <= top * 1.01:
    x, y = at(tick, tick)
    out.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
               f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:,.0f}</text>'
               f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{tick:,.0f}</text>')
    tick *= 10
(x0, y0), (x1, y1) = at(1, 1), at(top, top)
out.append(f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="#bbb"/>')
out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">times as large</text>')
out.append(f'<text x="14" y="{HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 14 {HEIGHT / 2})">times as long</text>')
ends = []
for name, points in lines.items():
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in points))
    dash = f' stroke-dasharray="{DASHES[name]}"' if DASHES[name] else ""
    out.append(f'<polyline points="{path}" fill="none" stroke="black"{dash}/>')
    ends.append((*at(*points[-1]), name))
# Names stand at the ends of their lines, from above to below, and not upon each other.
lowest = {}
for x, y, name in sorted(ends, key=lambda end: end[1]):
    y = max(y + 4, lowest.get(round(x), 0) + 13)
    lowest[round(x)] = y
    out.append(f'<text x="{x + 6:.1f}" y="{y:.1f}">{name}</text>')
print("\n".join(out + ["</svg>"]))
