"""What Foothold does, without any screen."""

from __future__ import annotations

VERSION = "0.1.0"
