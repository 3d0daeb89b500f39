"""Incidents: one happening, told by many articles. Begin with :func:`pipeline.link.link.link`."""

from __future__ import annotations
