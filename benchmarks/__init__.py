"""Measurements that are no part of the package: accuracy on third-party annotated sets, and speed.

Begin with :mod:`benchmarks.datasets`, which reads every set into the same rows; :mod:`benchmarks.accuracy` scores them,
:mod:`benchmarks.errors` shows what went wrong, :mod:`benchmarks.baselines` is what must be beaten and
:mod:`benchmarks.speed` times the pipeline. The sets are development data: measured, never copied into the project.
"""
