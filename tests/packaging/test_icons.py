"""The icons of Windows and macOS are the SVG's, in all their sizes."""

import io

import numpy as np
import pytest
from PIL import IcnsImagePlugin, IcoImagePlugin, Image

from guitrain.packaging.icons import ICNS, ICNS_SIZES, ICO, ICO_SIZES, drawn


def far(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of a channel, of 255, colours weighed by how opaque they are."""
    a, b = (np.asarray(each.convert("RGBa"), float) for each in (one, other))
    assert a.shape == b.shape
    return float(np.abs(a - b).mean())


@pytest.mark.usefixtures("qapp")
def test_the_icon_of_windows_is_the_svg() -> None:
    with open(ICO, "rb") as handle:
        file = IcoImagePlugin.IcoFile(handle)
        assert file.sizes() == {(size, size) for size in ICO_SIZES}
        for size in ICO_SIZES:
            assert far(file.getimage((size, size)), drawn(size)) < 2, size


@pytest.mark.usefixtures("qapp")
def test_the_icon_of_macos_is_the_svg() -> None:
    handle = io.BytesIO(ICNS.read_bytes())
    file = IcnsImagePlugin.IcnsFile(handle)
    images = [file.getimage(each) for each in file.itersizes()]
    assert {image.width for image in images} == set(ICNS_SIZES)
    for image in images:
        assert far(image, drawn(image.width)) < 2, image.width


@pytest.mark.usefixtures("qapp")
def test_the_icon_can_be_told_at_its_smallest() -> None:
    pixels = np.asarray(drawn(16).convert("RGB"), float)
    for colour in ((86, 180, 233), (230, 159, 0), (255, 255, 255)):  # points, points, line
        assert (np.abs(pixels - colour).max(axis=2) < 60).sum() >= 4, colour
