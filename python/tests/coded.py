"""The coded picture of a file, found without any library."""

import zlib


def coded(path):
    """The coded picture of a file without what is said of it."""
    with open(path, "rb") as file:
        data = file.read()
    if data.startswith(b"\x89PNG"):
        return zlib.decompress(b"".join(part for kind, part in png_chunks(data) if kind == b"IDAT"))
    if data.startswith(b"RIFF"):
        place, parts = 12, []
        while place < len(data):
            size = int.from_bytes(data[place + 4:place + 8], "little")
            if data[place:place + 3] == b"VP8" and data[place:place + 4] != b"VP8X":
                parts.append(data[place + 8:place + 8 + size])
            place += 8 + size + size % 2
        return b"".join(parts)
    # From the tables on: segments APPn and COM are what is said of a picture.
    place, parts = 2, []
    while data[place + 1] != 0xDA:
        size = int.from_bytes(data[place + 2:place + 4], "big") + 2
        if not (0xE0 <= data[place + 1] <= 0xEF or data[place + 1] == 0xFE):
            parts.append(data[place:place + size])
        place += size
    return b"".join(parts) + data[place:]


def png_chunks(data):
    place = 8
    while place < len(data):
        size = int.from_bytes(data[place:place + 4], "big")
        yield data[place + 4:place + 8], data[place + 8:place + 8 + size]
        place += 12 + size
