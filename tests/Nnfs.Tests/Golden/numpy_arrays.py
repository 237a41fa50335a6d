"""Writes arrays of all types and orders as NumPy does: numpy/arrays.npz, numpy/compressed.npz and numpy/matrix.npy. Run it in this folder."""

import numpy as np

FOLDER = "numpy/"
TYPES = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]

arrays = {}
for kind in TYPES:
    for order in "<>":
        # The numbers 1 to 24, row by row, whatever order they have in the file.
        array = np.arange(1, 25).reshape(2, 3, 4).astype(order + kind)
        arrays[f"{'big' if order == '>' else 'little'}-{kind}-rows"] = array
        arrays[f"{'big' if order == '>' else 'little'}-{kind}-columns"] = np.asfortranarray(array)

np.savez(FOLDER + "arrays.npz", **arrays)
np.savez_compressed(
    FOLDER + "compressed.npz", zeros=np.zeros((100, 50), "<f4"), scalar=np.float64(2.5), empty=np.zeros((3, 0), "<f4"), vector=np.array([-1.5, 2.25]))
np.save(FOLDER + "matrix.npy", np.asfortranarray(np.array([[1, 2, 3], [4, 5, 6]], "<f4")))
