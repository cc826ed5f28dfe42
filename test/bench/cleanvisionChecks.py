"""The checks of CleanVision (github.com/cleanlab/cleanvision, 0.3) on a list of images, reimplemented with Pillow and
NumPy where the package cannot be installed. One process and no report, so that it costs less than the package does.

python3 cleanvisionChecks.py FILE_WITH_ONE_PATH_A_LINE
"""

import hashlib
import sys

import numpy as np
from PIL import Image, ImageFilter, ImageStat

BLURRY_MAX_RESOLUTION = 64
HASH_SIZE = 8
HASH_SAMPLES = 32

_positions = np.arange(HASH_SAMPLES)
DCT = np.cos(np.pi * np.outer(_positions, _positions + 0.5) / HASH_SAMPLES)


def brightness(image):
    """Dark and light: percentiles of the perceived brightness of all pixels."""
    pixels = np.asarray(image)
    if pixels.ndim == 3:
        red, green, blue = (pixels[:, :, channel].astype("int") for channel in range(3))
    else:
        red = green = blue = pixels.astype("int")
    values = np.sqrt(0.241 * (red * red) + 0.691 * (green * green) + 0.068 * (blue * blue)) / 255
    return np.percentile(values, [1, 5, 10, 15, 90, 95, 99])


def blurriness(image):
    ratio = max(image.size) / BLURRY_MAX_RESOLUTION
    small = image.resize(tuple(max(int(side // ratio), 1) for side in image.size)) if ratio > 1 else image.copy()
    gray = small.convert("L")
    edges = gray.filter(ImageFilter.FIND_EDGES)
    return ImageStat.Stat(edges).var[0], np.std(np.asarray(gray))


def is_grayscale(image):
    if image.mode in ("1", "L"):
        return True
    pixels = np.asarray(image.convert("RGB"))
    return bool((pixels[:, :, 0] == pixels[:, :, 1]).all() and (pixels[:, :, 1] == pixels[:, :, 2]).all())


def perceptual_hash(image):
    small = np.asarray(image.convert("L").resize((HASH_SAMPLES, HASH_SAMPLES), Image.LANCZOS), dtype="float")
    low = (DCT @ small @ DCT.T)[:HASH_SIZE, :HASH_SIZE]
    return np.packbits(low > np.median(low)).tobytes()


def check(path):
    image = Image.open(path)
    width, height = image.size
    return {
        "odd_aspect_ratio": min(width / height, height / width),
        "odd_size": (width * height) ** 0.5,
        "brightness": brightness(image),
        "entropy": image.entropy(),
        "blurriness": blurriness(image),
        "grayscale": is_grayscale(image),
        "md5": hashlib.md5(image.tobytes()).hexdigest(),
        "phash": perceptual_hash(image),
    }


with open(sys.argv[1], encoding="utf-8") as files:
    results = [check(line.rstrip("\n")) for line in files if line.strip()]
print(len(results), "images checked")
