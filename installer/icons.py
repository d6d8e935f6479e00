"""Makes foothold.ico, .icns and .png from resources/foothold.svg; run it when the drawing changes.

uv run installer/icons.py
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).parent
DRAWING = HERE.parent / "resources" / "foothold.svg"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def drawn(size: int) -> Image.Image:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(data.data()))


def main() -> int:
    app = QGuiApplication(sys.argv)
    small = [drawn(size) for size in SIZES]
    small[-1].save(HERE / "windows" / "foothold.ico", append_images=small[:-1], sizes=[(s, s) for s in SIZES])
    large = drawn(1024)
    large.save(HERE / "macos" / "foothold.icns", append_images=[drawn(size) for size in (16, 32, 64, 128, 256, 512)])
    small[-1].save(HERE / "linux" / "foothold.png")
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())
