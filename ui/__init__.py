"""The screen. Views read through core.insight and write through core.work or core.jobs."""

from __future__ import annotations

from ui.none import keep_alive

# Here, because nothing of ui and so no call into Qt comes before it.
keep_alive()
