"""What a peer in Python does for the benchmark: it reads commands, one a line, and answers each with a line.

    enter FILE ACTIVITY BATCH SAMPLES NETWORK RATE DECAY ANSWERED_STEPS THREADS    makes a workload of the numbers in a file
    answer FILE       writes the numbers that the work gives
    time OPERATIONS   does the work that often and answers with the seconds that it took

NETWORK is JSON without blanks: {"input":[28,28,1],"layers":[{"kind":"Conv2D","name":"Conv2D1","sources":[],"setting":0,"causal":false,
"tensors":[[5,5,1,6],[6]],"window":{...}},...]}. A layer without sources reads the one before it.
"""

import ctypes
import gc
import json
import sys
import time

import numpy


class Layer:
    """A layer: its kind, what it reads, its setting, its tensors as float32 arrays, and the window that it moves over images, if any."""

    def __init__(self, description, take):
        self.kind = description["kind"]
        self.name = description["name"]
        self.sources = description["sources"]
        self.setting = description["setting"]
        self.is_causal = description["causal"]
        self.tensors = [take(*shape) for shape in description["tensors"]]
        self.window = description["window"]


class Workload:
    """The same weights, inputs and labels that all others have, as float32 arrays."""

    def __init__(self, file, activity, batch, samples, network, rate, decay, answered_steps, threads):
        self.activity = activity
        self.batch = int(batch)
        self.samples = int(samples)
        self.rate = float(rate)
        self.decay = float(decay)
        self.answered_steps = int(answered_steps)
        self.threads = int(threads)

        numbers = numpy.fromfile(file, dtype=numpy.float32)
        position = 0

        def take(*shape):
            nonlocal position
            length = int(numpy.prod(shape))
            part = numbers[position:position + length].reshape(shape).copy()
            position += length
            return part

        description = json.loads(network)
        self.layers = [Layer(layer, take) for layer in description["layers"]]
        self.inputs = take(self.samples, *description["input"])
        self.labels = numbers[position:].astype(numpy.int64)


def matrix_files():
    """The files of the libraries that multiply matrices."""
    with open("/proc/self/maps") as maps:
        return {line.split()[-1] for line in maps if "blas" in line or "mkl" in line or "blis" in line}


def openblas():
    """OpenBLAS, or None where another library multiplies matrices."""
    libraries = [ctypes.CDLL(file) for file in matrix_files()]
    return next((library for library in libraries if hasattr(library, "openblas_get_corename")), None)


def matrix_library():
    """The library that multiplies matrices, and the processor that its kernels are for."""
    library = openblas()

    if library is not None:
        library.openblas_get_corename.restype = ctypes.c_char_p
        return "OpenBLAS for " + library.openblas_get_corename().decode()

    files = matrix_files()
    return ", ".join(sorted(files)) or "no matrix library"


def serve(contestant_type, version):
    """Answers commands until the input ends. A contestant has answer() and run(operations)."""
    contestant = None
    gc.disable()
    print("ready", version, "with", matrix_library(), flush=True)

    for line in sys.stdin:
        command, *arguments = line.split()

        if command == "enter":
            contestant = None
            workload = Workload(*arguments)
            openblas().openblas_set_num_threads(workload.threads)
            contestant = contestant_type(workload)
            reply = "entered"
        elif command == "answer":
            parts = [numpy.ravel(numpy.asarray(part, dtype=numpy.float32)) for part in contestant.answer()]
            numpy.concatenate(parts).tofile(arguments[0])
            reply = "answered"
        else:
            operations = int(arguments[0])
            start = time.perf_counter()
            contestant.run(operations)
            reply = repr(time.perf_counter() - start)

        print(reply, flush=True)
        gc.collect()
