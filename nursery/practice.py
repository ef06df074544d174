"""Practice: how a learned judge comes by its weights, going over its examples again and again."""

from __future__ import annotations

import random
from collections.abc import Callable
from math import exp, sqrt

DAMPED = 20
"""A message of few pieces says little either way: it is weighed as if it had so many more that say nothing."""
SURE = 0.02
"""An example judged this nearly right teaches nothing more."""
STEP = 0.4
"""How far a piece that has never been moved moves, where every piece goes at its own pace."""

Example = tuple[bool, list[int]]
"""Whether it is one, and the pieces it has."""

Practice = Callable[[list[Example], int, int, float], list[float]]
"""Examples, how many buckets, how many epochs, how much more a missed one counts: the weights."""


def probability(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def together(examples: list[Example], buckets: int, epochs: int, care: float = 1.0) -> list[float]:
    """Weights by logistic regression, averaged over its second half: all pieces move less with every epoch."""
    weights, summed = [0.0] * buckets, [0.0] * buckets
    order, chance = list(range(len(examples))), random.Random(1)
    for epoch in range(epochs):
        chance.shuffle(order)
        rate = 2.0 / (1 + epoch)
        for place in order:
            true, pieces = examples[place]
            length = sqrt(len(pieces) + DAMPED)
            wrong = true - probability(sum(map(weights.__getitem__, pieces)) / length)
            if abs(wrong) > SURE:
                step = wrong * rate / length * (care if true else 1.0)
                for piece in pieces:
                    weights[piece] += step
        if epoch >= epochs // 2:
            summed = [a + b for a, b in zip(summed, weights, strict=True)]
    return [weight / (epochs - epochs // 2) for weight in summed]


def apart(examples: list[Example], buckets: int, epochs: int, care: float = 1.0) -> list[float]:
    """The same with AdaGrad: each piece moves less the more it has been moved.

    What is seldom said is learned as well as what is said often. It takes twice as long, and asks for many examples.
    """
    weights, summed, moved = [0.0] * buckets, [0.0] * buckets, [1e-6] * buckets
    order, chance = list(range(len(examples))), random.Random(1)
    for epoch in range(epochs):
        chance.shuffle(order)
        for place in order:
            true, pieces = examples[place]
            length = sqrt(len(pieces) + DAMPED)
            wrong = true - probability(sum(map(weights.__getitem__, pieces)) / length)
            if abs(wrong) > SURE:
                pull = wrong / length * (care if true else 1.0)
                square, step = pull * pull, STEP * pull
                for piece in pieces:
                    moved[piece] = been = moved[piece] + square
                    weights[piece] += step / sqrt(been)
        if epoch >= epochs // 2:
            summed = [a + b for a, b in zip(summed, weights, strict=True)]
    return [weight / (epochs - epochs // 2) for weight in summed]
