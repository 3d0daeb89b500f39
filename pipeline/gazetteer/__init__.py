"""The gazetteer: built once from registry packages and our overlay, read by the stages.

Begin with :mod:`pipeline.gazetteer.store` for looking names up, :mod:`pipeline.gazetteer.build` for making the store,
:mod:`pipeline.gazetteer.recognise` for finding place names in a text.
"""

from __future__ import annotations

from pipeline.gazetteer.store import Gazetteer, GazetteerEntry, GazetteerInfo, open_gazetteer

__all__ = ["Gazetteer", "GazetteerEntry", "GazetteerInfo", "open_gazetteer"]
