"""One HTML file that shows a run, or an evaluation: it works offline, in any browser, for ever.

Begin with :func:`write_report` (a run folder) and :func:`write_evaluation` (gold beside prediction). The data are
chosen by :mod:`pipeline.report.run_data` and :mod:`pipeline.report.gold_data` and put into a page by
:mod:`pipeline.report.page`; what the reader sees is built from them by the scripts under ``assets/``, which begin with
``app.js``. A report holds no time and no machine: the same run gives the same bytes.
"""

from pipeline.report.gold_data import write_evaluation
from pipeline.report.run_data import Summary, write_report

__all__ = ["Summary", "write_evaluation", "write_report"]
