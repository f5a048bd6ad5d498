"""Pictures of goods that do not exist: drawn, not photographed."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from counter_app.services.demo.invented import Draw

VIEWS = 8
SIZE = (640, 480)


@lru_cache(maxsize=VIEWS)
def photo(number: int) -> bytes:
    """One of a few pictures as a camera would give it: goods on a counter, sometimes with a crack or a stain."""
    draw = Draw.of("picture", number)
    width, height = SIZE
    picture = Image.new("RGB", SIZE, (214, 208, 198))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, height * 2 // 3, width, height), fill=(166, 148, 128))
    body = tuple(draw.between(40, 220) for _ in range(3))
    left, top = draw.between(150, 230), draw.between(90, 150)
    right, bottom = width - draw.between(150, 230), height - draw.between(70, 110)
    pen.rounded_rectangle(
        (left, top, right, bottom), radius=draw.between(10, 60), fill=body, outline=(30, 30, 30)
    )
    pen.ellipse((left + 30, top + 30, left + 90, top + 90), fill=(245, 245, 240), outline=(60, 60, 60))
    if number % 2:
        x, y = draw.between(left, right), top
        for _ in range(6):
            following = (x + draw.between(-30, 30), y + draw.between(15, 40))
            pen.line((x, y, *following), fill=(20, 20, 20), width=3)
            x, y = following
    else:
        spot = draw.between(left + 20, right - 80)
        pen.ellipse((spot, bottom - 80, spot + 60, bottom - 40), fill=(92, 72, 40))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
