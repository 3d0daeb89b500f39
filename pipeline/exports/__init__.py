"""Runs in the form that the field's tools load: columnar files, and rows like those of ACLED and UCDP.

Begin with :func:`pipeline.exports.files.export` and :data:`pipeline.exports.files.EXPORTS`.
"""
