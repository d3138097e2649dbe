#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The formulas of SHANGRLA and Arlo with numpy and scipy, on what bench/audit_bench.cc works on.

Prints JSON with the same keys. Each formula twice where there are two ways: as its package goes about it (the running
variance in a loop, whether it is used or not; every trial tests the whole shuffled population), and with nothing but
whole-array operations.
"""
import json
import math
import time

import numpy as np
from scipy import stats


def best_ms(times, work):
    best = math.inf
    for _ in range(times):
        before = time.perf_counter()
        work()
        best = min(best, (time.perf_counter() - before) * 1000)
    return best


def null_means(population, t, x):
    sums = np.insert(np.cumsum(x), 0, 0)[:-1]
    j = np.arange(1, len(x) + 1)
    return sums, j, (population * t - sums) / (population - j + 1)


def running_variance(x):
    mean, squares, all_ = 0.0, 0.0, np.empty(len(x))
    for i, value in enumerate(x):
        off = value - mean
        mean += off / (i + 1)
        squares += off * (value - mean)
        all_[i] = squares / (i + 1)
    return all_


def alpha_history(x, population, eta, d, loop):
    sums, j, m = null_means(population, 0.5, x)
    if loop:
        running_variance(x)
    c = (eta - 0.5) / 2
    estimate = np.minimum(1 - np.finfo(float).eps, np.maximum((d * eta + sums) / (d + j - 1), m + c / np.sqrt(d + j - 1)))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        fortune = np.cumprod(x * estimate / m + (1 - x) * (1 - estimate) / (1 - m))
        fortune[m > 1] = 0
        fortune[np.isclose(m, 0, atol=1e-12)] = 1
        fortune[np.isclose(m, 1, atol=1e-12)] = 1
        fortune[m < 0] = np.inf
        return np.minimum(1, 1 / fortune), min(1, 1 / np.max(fortune))


def kaplan_wald_history(x, g):
    with np.errstate(over="ignore", divide="ignore"):
        fortune = np.cumprod((1 - g) * x / 0.5 + g)
        return np.minimum(1, 1 / fortune), min(1, 1 / np.max(fortune))


def simulation(population, trials, loop):
    rng = np.random.default_rng(1)
    sizes = []
    for _ in range(trials):
        p, _ = alpha_history(rng.permutation(population), len(population), 0.55, 100, loop)
        below = p <= 0.05
        sizes.append(int(np.argmax(below)) + 1 if below.any() else len(population))
    return float(np.mean(sizes))


def bravo_size(p_w, p_r, alpha, quantile):
    share = p_w / (p_w + p_r)
    plus, minus, threshold = math.log(2 * share), math.log(2 * (1 - share)), math.log(1 / alpha)
    z, spread = -stats.norm.ppf(quantile), share * (1 - share)
    f, g = threshold / (plus - minus), minus / (plus - minus) + share
    b = -(z * z * spread + 2 * f * g)
    size = math.floor((-b + math.sqrt(max(0, b * b - 4 * g * g * f * f))) / (2 * g * g))
    while True:
        winners = stats.binom.ppf(1 - quantile, size, share)
        if winners * plus + (size - winners) * minus > threshold:
            return math.ceil(size / (p_w + p_r))
        size += 1


def main():
    n = 20_000
    x = ((np.arange(n) * 7919 % n) < n * 0.505).astype(float)
    population = np.r_[np.ones(11_000), np.zeros(9_000)]
    out = {"values": n}
    for name, loop in (("", True), ("_arrays", False)):
        out[f"alpha_history_ms{name}"] = best_ms(5, lambda: alpha_history(x, n, 0.55, 100, loop))
        few = 20 if loop else 100
        out[f"simulation_ms{name}"] = best_ms(1, lambda: simulation(population, few, loop)) * 1000 / few
    out["alpha_p"] = alpha_history(x, n, 0.55, 100, False)[1]
    out["mean_size"] = simulation(population, 500, False)
    out["kaplan_wald_history_ms"] = best_ms(20, lambda: kaplan_wald_history(x, 0.95))
    out["kaplan_wald_p"] = kaplan_wald_history(x, 0.95)[1]
    out["bravo_size_ms"] = best_ms(3, lambda: bravo_size(0.36, 0.32, 0.1, 0.9))
    out["bravo_size"] = bravo_size(0.36, 0.32, 0.1, 0.9)
    print(json.dumps(out))


if __name__ == "__main__":
    main()
