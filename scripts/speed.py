#!/usr/bin/env python3
"""Measures Atalaya's parser and spaCy on the same text, in turns, in one run.

    cargo build --release -p atalaya-parse --example speed
    scripts/speed.py MODEL ARTICLES... [--megabytes 5] [--rounds 5] [--ours MODEL] [--lines]

MODEL is the folder of a pipeline, ARTICLES are JSON Lines files whose objects have a field `text`.
spaCy runs on one thread, with the batch size that a trial on the first part of the text finds best:
once as it is, and once with its matrix products by NumPy, because on processors that are newer than
its own matrix library (BLIS) that falls back on kernels without AVX. Each round parses the whole text
with both, with Atalaya on one thread, and with Atalaya on two.
Time runs from texts in memory to annotated documents; loading is apart, nothing is printed or kept.
A word is what stands between white space. The processor's time is given beside the clock's, because
it suffers less from whatever else the machine does.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
import warnings
from functools import partial
from pathlib import Path

for library in ("OMP", "OPENBLAS", "BLIS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import numpy  # noqa: E402: these read the settings above
import spacy  # noqa: E402
from thinc.backends.numpy_ops import NumpyOps  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
BATCH_SIZES = [16, 32, 64, 128, 256, 512, 1024]


def main():
    args = arguments()
    texts = read(args.articles, args.megabytes * 1_000_000, args.lines)
    words = sum(len(text.split()) for text in texts)
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} documents, {size / 1e6:.2f} MB, {words} words")
    warnings.filterwarnings("ignore", message=".*W095.*")
    start = time.perf_counter()
    nlp = spacy.load(args.model)
    print(f"spaCy {spacy.__version__}: loaded in {time.perf_counter() - start:.2f} s")
    faster = spacy.load(args.model)
    multiply_by_numpy(faster)
    pipelines = {"spaCy": nlp, "spaCy with NumPy's products": faster}
    sizes = {name: best_batch_size(name, nlp, texts) for name, nlp in pipelines.items()}
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        documents.write_text("".join(json.dumps(text) + "\n" for text in texts))
        one, two = (Ours(args, documents, threads) for threads in (1, 2))
        runs = {name: partial(spacy_once, nlp, texts, sizes[name]) for name, nlp in pipelines.items()}
        rounds(words, args.rounds, runs | {"one thread": one.once, "two threads": two.once})
        for ours in (one, two):
            ours.end()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model")
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--ours", help="the model for Atalaya, if it is another folder")
    parser.add_argument("--megabytes", type=float, default=5, help="how much text at most (5)")
    parser.add_argument("--rounds", type=int, default=5, help="how many rounds (5)")
    parser.add_argument("--lines", action="store_true", help="a document is a line, not a text")
    parser.add_argument("--program", default=ROOT / "target" / "release" / "examples" / "speed")
    return parser.parse_args()


def read(files, limit, by_line):
    texts, size = [], 0
    for file in files:
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                for part in text.split("\n") if by_line else [text]:
                    if not part:
                        continue
                    size += len(part.encode())
                    if size > limit:
                        return texts
                    texts.append(part)
    return texts


def multiply_by_numpy(nlp):
    def gemm(_, x, y, out=None, trans1=False, trans2=False):
        return numpy.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)

    ops = type("NumpyProducts", (NumpyOps,), {"gemm": gemm})()
    for _, component in nlp.pipeline:
        for node in component.model.walk() if getattr(component, "model", None) else []:
            node.ops = ops


def best_batch_size(name, nlp, texts):
    trial = texts[: max(1, len(texts) // 10)]
    spacy_once(nlp, trial, BATCH_SIZES[0])
    seconds = {size: spacy_once(nlp, trial, size)[1] for size in BATCH_SIZES}
    words = sum(len(text.split()) for text in trial)
    print(f"{name}: words/s by batch size:", {s: round(words / t) for s, t in seconds.items()})
    return min(seconds, key=seconds.get)


def spacy_once(nlp, texts, batch_size):
    """(seconds by the clock, seconds of the processor)"""
    clock, processor = time.perf_counter(), time.process_time()
    for _ in nlp.pipe(texts, batch_size=batch_size):
        pass
    return time.perf_counter() - clock, time.process_time() - processor


class Ours:
    """Our program, loaded and waiting."""

    def __init__(self, args, documents, threads):
        self.threads = threads
        command = [args.program, args.ours or args.model, documents, str(threads)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        _, seconds, memory = self.process.stdout.readline().split()
        self.loaded = int(memory)
        self.peak = self.loaded
        print(f"Atalaya, {threads} thread(s): loaded in {float(seconds) * 1e3:.0f} ms")

    def once(self):
        processor = self.processor_time()
        self.process.stdin.write("again\n")
        self.process.stdin.flush()
        _, seconds, _tokens, memory = self.process.stdout.readline().split()
        self.peak = int(memory)
        return float(seconds), self.processor_time() - processor

    def processor_time(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.process.stdin.close()
        self.process.wait()
        beyond = (self.peak - self.loaded) / 1e6
        print(f"Atalaya, {self.threads} thread(s): peak memory {self.peak / 1e6:.0f} MB, {beyond:.0f} MB beyond loading")


def rounds(words, count, runs):
    """Runs all in turn, and prints words a second and ratios to one thread of ours."""
    print("words/s by the clock (and by the processor's time)")
    clock, processor = ({name: [] for name in runs} for _ in range(2))
    for number in range(1, count + 1):
        line = []
        for name, run in runs.items():
            for times, seconds in zip((clock[name], processor[name]), run()):
                times.append(seconds)
            by_clock, by_processor = words / clock[name][-1], words / processor[name][-1]
            line.append(f"{name} {by_clock:,.0f} ({by_processor:,.0f})")
        print(f"round {number}: " + " · ".join(line), flush=True)
    for name in runs:
        if name == "one thread":
            continue
        ratios = [
            [other / ours for other, ours in zip(times[name], times["one thread"])]
            for times in (clock, processor)
        ]
        each = ", ".join(f"{ratio:.2f}" for ratio in ratios[0])
        medians = [statistics.median(values) for values in ratios]
        what = "one thread's speed over that of"
        print(f"{what} {name}: median {medians[0]:.2f} ({medians[1]:.2f}); each round {each}")


if __name__ == "__main__":
    main()
