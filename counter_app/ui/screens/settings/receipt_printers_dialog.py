"""Receipt printers that the program speaks to itself, by the names the shop gives them, and the cash drawer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from counter_app.domain.errors import CounterError, UserError
from counter_app.printers import KINDS, RANGES, TEXTS, WIDTHS, Device
from counter_app.services import print_queue, print_rules, settings
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field

_NEW = Device("network", "192.168.1.50")


class ReceiptPrintersDialog(Dialog):
    """One printer after the other: chosen above, its particulars beneath."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=720, icon="check")
        self._session = session
        self.which = QComboBox()
        self.name, self.address = QLineEdit(), QLineEdit()
        self.kind, self.roll, self.text = QComboBox(), QComboBox(), QComboBox()
        self.pin, self.feed = QComboBox(), QComboBox()
        self.cut, self.drawer = QCheckBox(), QCheckBox()
        self.density, self.pulse = QComboBox(), QLineEdit()
        lightest, darkest = RANGES["density"]
        for level in range(lightest, darkest + 1):
            self.density.addItem(f"{level:+d}" if level else "0", level)
        self.pulse.setValidator(QIntValidator(0, 9999, self.pulse))
        for lines in range(21):
            self.feed.addItem(str(lines), lines)
        self.roll.addItems(list(WIDTHS))
        for text in TEXTS:
            self.text.addItem(text, text)
        for kind in KINDS:
            self.kind.addItem(kind, kind)
        for pin in (2, 5, 0):
            self.pin.addItem(str(pin), pin)
        self._fields = {
            "which": Field(self.which),
            "name": Field(self.name),
            "kind": Field(self.kind),
            "address": Field(self.address),
            "width": Field(self.roll),
            "text": Field(self.text),
            "feed": Field(self.feed),
            "density": Field(self.density),
            "pin": Field(self.pin),
            "pulse": Field(self.pulse),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_L)
        grid.setVerticalSpacing(Size.GAP_M)
        for at, field in enumerate(self._fields.values()):
            grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.cut, 5, 0)
        grid.addWidget(self.drawer, 5, 1)
        self.keep = ActionButton("", "save", kind="primary", key="Ctrl+S", bind=True)
        self.test = ActionButton("", "printer")
        self.remove = ActionButton("", "trash-2", kind="danger")
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_S)
        for part in (self.keep, self.test, self.remove):
            row.addWidget(part)
        row.addStretch(1)
        self.body.addLayout(grid)
        self.body.addLayout(row)
        self.cancel.hide()
        self.accept_button.set_kind("secondary")
        self.keep.clicked.connect(self._keep)
        self.test.clicked.connect(self._test)
        self.remove.clicked.connect(self._remove)
        self.which.currentIndexChanged.connect(lambda _at: self._show())
        self.kind.currentIndexChanged.connect(lambda _at: self._hint())
        self.pin.currentIndexChanged.connect(lambda _at: self.pulse.setEnabled(self.pin.currentData() != 0))
        self.drawer.setChecked(bool(settings.setting(session.desk, "printer.drawer")))
        self.drawer.toggled.connect(self._keep_drawer)
        self._retranslate()
        self.load("")

    def load(self, name: str) -> None:
        """Read the printers; `name` is shown, or the first one."""
        self.which.blockSignals(True)
        self.which.clear()
        for known in print_rules.devices(self._session.desk):
            self.which.addItem(known, known)
        self.which.addItem(self.tr("A new printer …"), "")
        self.which.setCurrentIndex(max(0, self.which.findData(name)) if name else 0)
        self.which.blockSignals(False)
        self._show()

    def device(self) -> Device:
        """What stands in the fields. Raises UserError `printer.…`."""
        before = print_rules.devices(self._session.desk).get(str(self.which.currentData()), _NEW)
        return Device.of(
            {
                **before.plain(),
                "kind": str(self.kind.currentData()),
                "address": self.address.text(),
                "width": self.roll.currentText(),
                "text": str(self.text.currentData()),
                "cut": self.cut.isChecked(),
                "feed": int(self.feed.currentData()),
                "density": int(self.density.currentData()),
                "drawer_pin": int(self.pin.currentData()),
                "drawer_pulse": int(self.pulse.text() or 0),
            }
        )

    def _show(self) -> None:
        name = str(self.which.currentData() or "")
        device = print_rules.devices(self._session.desk).get(name, _NEW)
        self.name.setText(name)
        self.address.setText(device.address)
        self.kind.setCurrentIndex(self.kind.findData(device.kind))
        self.roll.setCurrentText(device.width)
        self.text.setCurrentIndex(self.text.findData(device.text))
        self.cut.setChecked(device.cut)
        self.feed.setCurrentIndex(device.feed)
        self.density.setCurrentIndex(self.density.findData(device.density))
        self.pin.setCurrentIndex(self.pin.findData(device.drawer_pin))
        self.pulse.setText(str(device.drawer_pulse))
        self.pulse.setEnabled(device.drawer_pin != 0)
        self.test.allow(bool(name), self.tr("Save it first."))
        self.remove.setVisible(bool(name))

    def _hint(self) -> None:
        hints = {
            "network": "192.168.1.50 · 192.168.1.50:9100",
            "usb": "auto · 04b8:0e15",
            "serial": "COM3 · /dev/ttyUSB0",
            "file": "/dev/usb/lp0",
            "queue": self.tr("The printer's name in the system; empty: its default one"),
        }
        self._fields["address"].set_label(self.tr("Address"), hints.get(str(self.kind.currentData()), ""))

    def _keep(self) -> None:
        before = str(self.which.currentData() or "")
        for field in self._fields.values():
            field.clear_error()
        try:
            name = self._session.act(print_rules.set_device, self.name.text(), self.device(), before)
        except UserError as error:
            place = "address" if error.code.startswith("printer.address") else "name"
            if error.code == "printer.drawer_pulse":
                place = "pulse"
            if error.code in ("staff.right.missing", "staff.sign_in_first"):
                self.banner.show_error(error)
            else:
                self._fields[place].show_error(error)
            return
        self.load(name)
        self.banner.say(self.tr("Saved."), tone="ok")

    def _remove(self) -> None:
        name = str(self.which.currentData() or "")
        try:
            self._session.act(print_rules.set_device, name, None, name)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.load("")

    def _test(self) -> None:
        name = str(self.which.currentData() or "")
        try:
            self._session.act(print_queue.enqueue_test, name, print_queue.new_request())
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.banner.say(self.tr("A test page goes to the printer {name}.").format(name=name), tone="ok")

    def _keep_drawer(self, opens: bool) -> None:
        try:
            self._session.act(settings.set_setting, "printer.drawer", opens)
        except CounterError as error:
            self.banner.show_error(error)

    def _retranslate(self) -> None:
        self.say(
            self.tr("Receipt printers and drawer"),
            self.tr("These printers need no driver: the program sends them their own commands (ESC/POS)."),
            self.tr("Close"),
        )
        tell = self._fields
        tell["which"].set_label(self.tr("Printer"))
        tell["name"].set_label(self.tr("Name"))
        tell["kind"].set_label(self.tr("Connected by"))
        tell["width"].set_label(self.tr("Paper"))
        tell["text"].set_label(
            self.tr("Text"), self.tr("bitmap prints on every printer, as the preview shows it")
        )
        tell["feed"].set_label(self.tr("Blank lines before the cut"))
        tell["density"].set_label(
            self.tr("Print density"),
            self.tr("{low} (lightest) to {high} (darkest); 0 leaves it to the printer").format(
                low=RANGES["density"][0], high=RANGES["density"][1]
            ),
        )
        tell["pin"].set_label(self.tr("Cash drawer"))
        tell["pulse"].set_label(
            self.tr("Drawer pulse (ms)"),
            self.tr("{low} to {high} ms, usually 120; longer where the drawer does not open").format(
                low=RANGES["drawer_pulse"][0], high=RANGES["drawer_pulse"][1]
            ),
        )
        kinds = {
            "usb": "USB",
            "network": self.tr("Network"),
            "serial": self.tr("Serial port"),
            "file": self.tr("Device file or share"),
            "queue": self.tr("A printer of the system"),
        }
        for at in range(self.kind.count()):
            self.kind.setItemText(at, kinds.get(str(self.kind.itemData(at)), str(self.kind.itemData(at))))
        pins = {2: self.tr("on the first contact (pin 2)"), 5: self.tr("on the second contact (pin 5)")}
        for at in range(self.pin.count()):
            self.pin.setItemText(at, pins.get(self.pin.itemData(at), self.tr("none")))
        self.cut.setText(self.tr("It cuts the paper"))
        self.drawer.setText(self.tr("Open the drawer when cash moves"))
        self.keep.setText(self.tr("Save"))
        self.test.setText(self.tr("Print a test page"))
        self.remove.setText(self.tr("Take it away"))
        self._hint()
