"""Between records, gold and the formats of annotation tools: a team annotates in the tool that it has.

Begin with :func:`pipeline.convert.files.convert` and :data:`pipeline.convert.files.FORMATS`; what all formats share
stands in :mod:`pipeline.convert.annotation`.
"""
