"""The bench model in NumPy, hoisted by hand, in blocks of draws. Usage: FILE."""
import sys
import time

import numpy as np

CASES, REGIMES = 12, 5
c = np.arange(CASES)
share = ((c + 1) / 78)[:, None]
quantity, culpability = (0.25 + 0.5 * c)[:, None], (0.2 + 0.06 * c)[:, None]
prior = (c % 4).astype(float)[:, None]
r = np.arange(REGIMES)
base, slope, least, spread = 0.5 + 0.75 * r, 0.3 + 0.2 * r, 0.4 + 0.15 * r, 1 + 0.5 * r
rows, columns = np.meshgrid(np.arange(43), np.arange(6), indexing="ij")
cells = (rows * rows * 0.125 + 3 * columns).ravel()
k = np.arange(8)
knots, values = 0.25 * k * (k + 1), 0.1 + 0.4 * k - 0.015625 * k * k


def block(x, out):
    rest = 1 - x[1] / (x[1] + x[2])
    half_detection = np.sqrt(x[0])
    growth = np.log(1 + x[4]) * rest
    floor_felt = np.maximum(half_detection, np.exp(-x[6]) * 0.05)
    wrong = (quantity * (x[4] * growth) + 0.1) ** x[3] * (culpability * x[13] + (1 - x[13]))
    deserved = np.log(wrong + 1) * x[11]
    taken = x[5] * quantity
    gain = np.exp(-(taken / (taken + 1))) * x[10]
    weight = np.sqrt(np.interp(wrong, knots, values)) + np.minimum(gain, deserved)
    column = np.floor(np.clip(x[12] * 3 + prior, 0, 5)).astype(np.int64)
    stays, noise, fear = 1 - x[8], x[15] * 0.001, x[0] * x[14]
    for j in range(REGIMES):
        extra = least[j] * x[11] + spread[j] * half_detection
        held = (1 - np.exp(-extra)) * x[7]
        felt = np.maximum(np.log(held + 1) * x[14], floor_felt)
        lands = felt / (felt + rest) * stays
        imposed = (base[j] + slope[j] * quantity) * x[11] + extra
        row = np.floor(np.clip(imposed * (lands * 4), 0, 42)).astype(np.int64)
        severity = cells[row * 6 + column] * 0.1 + imposed
        off = np.abs(severity - deserved)
        fit, gap = np.exp(off * -0.1), np.sqrt(off)
        cost = (1 - np.exp(-severity * x[6])) * (x[9] / x[6])
        deterred = 1 - np.exp(-severity * fear)
        utility = deterred * weight - cost * 0.01 - np.log(severity + 1) * x[10]
        utility += (severity + 0.5) ** x[3] * gain + noise
        mf, mu, ms, mc = ((v * share).sum(0) for v in (fit, utility, severity, cost))
        variance = ((severity - ms) ** 2 * share).sum(0)
        above = utility - mu
        half = above * 0.5
        mood = (np.exp(half - np.abs(half)) * share).sum(0)
        best = np.maximum(np.where(fit >= mf, utility, mu), above)
        gained = (best * share).sum(0) / (1 + variance)
        last = mu / (mc + 1) * mf + mood - np.sqrt(variance) * 0.1
        out[0, j] = np.minimum(np.log(np.exp(last) + 1), fit.min(0) + 2) + gap.max(0) * 0.01
        out[1, j], out[2, j] = mf, gained


def main():
    x = np.ascontiguousarray(np.loadtxt(sys.argv[1]).T)
    x = np.tile(x, (1, -(-65536 // x.shape[1])))
    draws = x.shape[1]
    best, mean = 0, 0
    for size in (256, 1024, 4096):
        parts = [np.ascontiguousarray(x[:, at:at + size]) for at in range(0, draws, size)]
        out = np.empty((3, REGIMES, size))
        start, total = time.process_time(), 0
        for part in parts:
            block(part, out[:, :, : part.shape[1]])
            total += out[0, 2, : part.shape[1]].sum()
        seconds = time.process_time() - start
        best, mean = max(best, draws * REGIMES * CASES / seconds / 1e6), total / draws
    print(f"{best:.4f} {mean:.12f}")


main()
