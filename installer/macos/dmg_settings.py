"""For dmgbuild: the application beside a link to where it is dragged. -D app=PATH names the application."""

# dmgbuild runs this file with `defines` in it.
from pathlib import Path

app = Path(defines["app"])  # type: ignore[name-defined]  # noqa: F821

# ULFO can be read by any macOS that Foothold runs on, and is smaller than zlib.
format = "ULFO"  # noqa: A001
filesystem = "HFS+"
size = None
files = [str(app)]
symlinks = {"Applications": "/Applications"}
icon = str(Path(defines["icon"]))  # type: ignore[name-defined]  # noqa: F821
icon_locations = {app.name: (150, 150), "Applications": (410, 150)}
background = None
window_rect = ((200, 200), (560, 340))
default_view = "icon-view"
show_status_bar = False
show_tab_view = False
show_toolbar = False
show_pathbar = False
show_sidebar = False
icon_size = 96
text_size = 13
