"""Lays out the float32 vectors of FOLDER/vectors with umap-learn into FOLDER/umap-learn.

umapLearn.py FOLDER COUNT LENGTH

Prints the CPU seconds, user and system, from after a warm-up in the same process, in which Numba compiles.
"""

import os
import sys

import numpy
import umap

WARM_UP = 5000  # more than are compared exactly, so that all is compiled that is used


def lay_out(vectors):
    settings = {"n_neighbors": 15, "min_dist": 0.1, "metric": "cosine", "random_state": 42}
    return umap.UMAP(**settings).fit_transform(vectors)


def main(folder, count, length):
    path = os.path.join(folder, "vectors")
    vectors = numpy.fromfile(path, dtype=numpy.float32).reshape(int(count), int(length))
    lay_out(vectors[:WARM_UP])
    started = sum(os.times()[:4])
    places = lay_out(vectors)
    seconds = sum(os.times()[:4]) - started
    places.astype(numpy.float32).tofile(os.path.join(folder, "umap-learn"))
    print(seconds)


main(*sys.argv[1:])
