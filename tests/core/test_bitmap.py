"""Drawings and the images counted from them, against counting by hand."""

import math

import numpy as np

from guitrain.core.bitmap import PEN, bitmap_of, blank, counted, fitted, stroke
from guitrain.core.datasets import DATASETS
from guitrain.core.experiment import Experiment

DIGITS = DATASETS["digits"]
IMAGE, BLOCK = DIGITS.image or (0, 0), DIGITS.block


def test_a_pixel_counts_the_inked_cells_of_its_block() -> None:
    drawn = np.random.RandomState(0).random_sample((32, 32)) < 0.3
    found = counted(drawn, BLOCK)
    assert found.shape == IMAGE
    for row in range(8):
        for column in range(8):
            cells = [
                drawn[y, x]
                for y in range(4 * row, 4 * row + 4)
                for x in range(4 * column, 4 * column + 4)
            ]
            assert found[row, column] == cells.count(True)
    assert counted(np.ones((32, 32), dtype=bool), BLOCK).max() == 16
    assert counted(np.ones((4, 12), dtype=bool), 2).shape == (2, 6)


def test_every_image_of_the_data_has_a_bitmap_that_counts_to_it() -> None:
    data = Experiment().changed({"data": "digits"}).make_data()
    for row in data.train.inputs[::7]:
        pixels = row.reshape(IMAGE)
        assert np.array_equal(counted(bitmap_of(pixels, BLOCK), BLOCK), pixels)


def test_a_stroke_inks_what_is_near_its_line_and_erases_the_same() -> None:
    start, end = (4.0, 6.0), (25.0, 18.0)
    drawn = stroke(blank(IMAGE, BLOCK), start, end, PEN * BLOCK, ink=True)
    for y in range(32):
        for x in range(32):
            steps = np.linspace(0, 1, 2001)
            along = [start[0] + steps * 21 - x - 0.5, start[1] + steps * 12 - y - 0.5]
            away = float(np.hypot(*along).min())
            if not math.isclose(away, PEN * BLOCK, abs_tol=1e-3):
                assert drawn[y, x] == (away <= PEN * BLOCK)
    assert not stroke(drawn, start, end, PEN * BLOCK, ink=False).any()
    dab = stroke(blank(IMAGE, BLOCK), (40.0, -3.0), (40.0, -3.0), 2.0, ink=True)
    assert not dab.any()  # beside the pad


def test_a_small_drawing_is_made_as_large_as_the_pad_and_keeps_its_shape() -> None:
    small = blank(IMAGE, BLOCK)
    small[20:28, 2:6] = True
    small[24:28, 2:4] = False
    large = fitted(small)
    assert large.any(axis=1).all()  # from top to bottom
    assert np.flatnonzero(large.any(axis=0)).tolist() == list(range(8, 24))  # in the middle
    assert np.array_equal(large[:, 8:24], np.kron(small[20:28, 2:6], np.ones((4, 4))))
    assert np.array_equal(fitted(large), large)
    flat = blank(IMAGE, BLOCK)
    flat[3, 2:18] = True
    assert fitted(flat).sum() == 2 * 32
    assert not fitted(blank(IMAGE, BLOCK)).any()
