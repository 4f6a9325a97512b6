"""Pictures in 256 colours, a third as large."""

import base64
import struct
import zlib

from playwright.sync_api import Page

# Given a PNG, the palette and each pixel's place in it: of similar colours the commonest, of those the 256 commonest.
PALETTE_OF = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const similar = new Map();
  for (const [colour] of [...counts].sort((a, b) => b[1] - a[1])) {
    const kind = (colour >> 3) & 0x1f1f1f;
    if (!similar.has(kind)) similar.set(kind, colour);
  }
  const common = [...similar.values()].slice(0, 256);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const palette = common.map(parts);
  const places = new Map(common.map((colour, place) => [colour, place]));
  for (const colour of counts.keys()) {
    if (places.has(colour)) continue;
    const [red, green, blue] = parts(colour);
    const distances = palette.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2);
    places.set(colour, distances.indexOf(Math.min(...distances)));
  }
  let text = '';
  for (const colour of pixels) text += String.fromCharCode(places.get(colour));
  return { width, height, palette: palette.flat(), pixels: btoa(text) };
}"""


def with_palette(png: bytes, blank: Page) -> bytes:
    """Return the picture in 256 colours, which are looked for on a blank page."""
    found = blank.evaluate(PALETTE_OF, base64.b64encode(png).decode())
    width, height, pixels = found["width"], found["height"], base64.b64decode(found["pixels"])
    rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes(found["palette"])),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
