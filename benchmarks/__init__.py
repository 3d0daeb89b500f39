"""Measurements that are no part of the package: accuracy on third-party annotated sets, and speed.

Begin with :mod:`benchmarks.datasets`, which reads every set into the same rows; :mod:`benchmarks.accuracy` scores them,
:mod:`benchmarks.errors` shows what went wrong, :mod:`benchmarks.baselines` is what must be beaten and
:mod:`benchmarks.speed` times the pipeline. The sets are development data: measured, never copied into the project.
"""

import os
import sys

if "numpy" not in sys.modules:
    # as the commands have it (pipeline.lean): one thread in each process, so that processor time is what a core takes
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
