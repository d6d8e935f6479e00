"""A window with an empty table: what the program's start is measured against."""

import sys
import time

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget


class Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        print("B", time.time(), time.process_time(), flush=True)
        QApplication.exit(0)


app = QApplication(sys.argv)
window = Window()
window.setCentralWidget(QTableWidget(0, 5))
window.resize(1280, 800)
window.show()
sys.exit(app.exec())
