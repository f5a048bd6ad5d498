"""The shop's logo at the head of a slip: one picture, drawn within a box, its sides kept in proportion."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.utils import ImageReader

from counter_app.documents.pen import Pen
from counter_app.domain.errors import SurroundingsError


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was read once for all copies, and its size in pixels."""

    image: ImageReader
    width: int
    height: int

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Its size in a box of that size, in the same unit."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale

    def draw(self, pen: Pen, x: float, top: float, width: float, height: float) -> None:
        """Draw it with its upper left corner there, in points from the page's top."""
        pen.picture(self.image, x, top, width, height)


def read(content: bytes) -> Logo:
    """The picture of a logo. Raises SurroundingsError `logo.unreadable`."""
    # Only a shop that has a logo waits for this import; a receipt is printed while a customer stands there.
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(BytesIO(content))
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as wrong:
        raise SurroundingsError("logo.unreadable") from wrong
    return Logo(ImageReader(picture), *picture.size)
