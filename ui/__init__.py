"""The screen. Views read through core.insight and write through core.work or core.jobs."""
