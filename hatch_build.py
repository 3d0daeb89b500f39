"""Puts config.yaml into the package of a wheel. An editable install finds it in the source tree and needs no copy."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ConfigHook(BuildHookInterface[Any]):
    """Of the ways to move a file, ``force-include`` would leave a stray copy beside every editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before each build; ``version`` is ``standard`` or ``editable``."""
        if version == "standard":
            build_data["force_include"]["config.yaml"] = "pipeline/config.yaml"
