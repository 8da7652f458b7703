"""Draws the growth table (draws,threads,seconds,rate on standard input) as an SVG: logarithmic axes."""
import math
import sys

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 560, 340, 60, 40, 20
rows = [line.split(",") for line in sys.stdin if line[:1].isdigit() and line.count(",") == 3]
points = {}
for draws, threads, seconds, _ in rows:
    points.setdefault(int(threads), []).append((int(draws), float(seconds)))
every = [point for line in points.values() for point in line]
low_x, high_x = min(p[0] for p in every), max(p[0] for p in every)
low_y = 10.0 ** math.floor(math.log10(min(p[1] for p in every)))
high_y = 10.0 ** math.ceil(math.log10(max(p[1] for p in every)))


def at(draws, seconds):
    x = LEFT + (WIDTH - LEFT - 90) * math.log(draws / low_x) / math.log(high_x / low_x)
    y = HEIGHT - BOTTOM
    return x, y - (y - TOP) * math.log(seconds / low_y) / math.log(high_y / low_y)


out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
       '<title>Seconds by draws</title>', f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
tick = low_y
while tick <= high_y * 1.01:
    y = at(low_x, tick)[1]
    out.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - 90}" stroke="#ddd"/>'
               f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:g} s</text>')
    tick *= 10
for draws in sorted({p[0] for p in every}):
    x = at(draws, low_y)[0]
    out.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{draws:,}</text>')
out.append(f'<text x="{(LEFT + WIDTH - 90) / 2}" y="{HEIGHT - 6}" text-anchor="middle">draws</text>')
for threads, line in sorted(points.items()):
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*p) for p in line))
    dash = "" if threads == 1 else ' stroke-dasharray="5 3"'
    out.append(f'<polyline points="{path}" fill="none" stroke="black"{dash}/>')
    x, y = at(*line[-1])
    below = 14 if threads > 1 else -2
    out.append(f'<text x="{x + 6:.1f}" y="{y + below:.1f}">{threads} thread{"s" if threads > 1 else ""}</text>')
print("\n".join(out + ["</svg>"]))
