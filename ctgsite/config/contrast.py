"""Contrast of colours, as WCAG 2.2 reckons it, and the nearest colour that can be read."""

from __future__ import annotations

READABLE = 4.5  # WCAG 2.2, criterion 1.4.3
PAPER, NIGHT = "#ffffff", "#131c25"  # --ctg-fond in 00-jetons.css
_STEP = 0.01


def readable(colour: str, background: str) -> str:
    """Return `colour`, darkened or lightened as little as it takes to be read on `background`."""
    goal = (0, 0, 0) if _luminance(_channels(background)) > 0.5 else (255, 255, 255)
    channels = _channels(colour)
    share = 0.0
    mixed = channels
    while _contrast(mixed, _channels(background)) < READABLE:
        share += _STEP
        mixed = tuple(round(c + (g - c) * share) for c, g in zip(channels, goal, strict=True))
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written `#rrggbb`, from 1 to 21."""
    return _contrast(_channels(one), _channels(other))


def _contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> tuple[int, ...]:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return tuple(bytes.fromhex(digits))


def _luminance(channels: tuple[int, ...]) -> float:
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in channels)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
