"""Charts as SVG in a page: coloured by its style sheet, told in words to who can't see them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from math import floor, log10

from migrate.fleet.burndown import OPEN, Point
from migrate.report.web import text
from migrate.report.words import count

_WIDTH, _HEIGHT = 900, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 12, 30
_BAR = 200


def bar(parts: Mapping[str, int], most: int) -> str:
    """A bar of coloured parts, as long as their sum is of `most`. The numbers stand beside it."""
    whole = sum(parts.values())
    if not whole or most <= 0:
        return ""
    x, rects = 0.0, []
    for name, number in parts.items():
        if number:
            width = max(1.0, number / most * _BAR)
            rects.append(f'<rect class="{text(name)}" x="{x:.1f}" y="0" width="{width:.1f}" height="12"/>')
            x += width
    return (
        f'<svg class="bar" viewBox="0 0 {_BAR} 12" width="{_BAR}" height="12" aria-hidden="true">'
        f"{''.join(rects)}</svg>"
    )


def strip(parts: Mapping[str, int], label: str) -> str:
    """One bar over the whole width of the page."""
    whole = sum(parts.values())
    if not whole:
        return ""
    x, rects = 0.0, []
    for name, number in parts.items():
        if number:
            width = number / whole * 1000
            title = f"<title>{text(name)}: {number:,}</title>"
            rects.append(
                f'<rect class="{text(name)}" x="{x:.2f}" y="0" width="{width:.2f}" height="24">{title}</rect>'
            )
            x += width
    return (
        f'<svg class="strip" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" '
        f'aria-label="{text(label)}">{"".join(rects)}</svg>'
    )


def over_time(points: Sequence[Point], now: float) -> str:
    """Open uses over time, in steps, one area for each action. "" where nothing was ever scanned."""
    if not points:
        return ""
    start, end = points[0].time, max(now, points[-1].time, points[0].time + 60)
    top = nice(max(point.uses.open for point in points))

    def x(time: float) -> float:
        return _LEFT + (time - start) / (end - start) * (_WIDTH - _LEFT - _RIGHT)

    def y(number: float) -> float:
        return _HEIGHT - _BOTTOM - number / top * (_HEIGHT - _TOP - _BOTTOM)

    times = [*(x(point.time) for point in points), x(end)]
    parts = [*_grid(top, y), *_dates(start, end, x)]
    below = [0] * len(points)
    for action in OPEN:
        numbers = [point.uses.actions.get(action, 0) for point in points]
        above = [low + number for low, number in zip(below, numbers, strict=True)]
        if any(numbers):
            outline = [*_steps(times, [y(each) for each in above])]
            outline += reversed(list(_steps(times, [y(each) for each in below])))
            path = " ".join(f"{a:.1f},{b:.1f}" for a, b in outline)
            parts.append(f'<polygon class="{action}" points="{path}"/>')
        below = above
    line = " ".join(f"{a:.1f},{b:.1f}" for a, b in _steps(times, [y(each) for each in below]))
    parts.append(f'<polyline class="total" points="{line}"/>')
    first, last = points[0].uses.open, points[-1].uses.open
    words = f"Open uses over time: {count(first, 'use')} on {day(start)}, {count(last, 'use')} now."
    return (
        f'<svg class="time" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{text(words)}">'
        f"{''.join(parts)}</svg>"
    )


def _steps(times: Sequence[float], heights: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Corners of steps: each height holds from its time to the next."""
    for index, height in enumerate(heights):
        yield times[index], height
        yield times[index + 1], height


def _grid(top: int, y: Callable[[float], float]) -> Iterator[str]:
    numbers = sorted({0, *(round(top * part / 4) for part in (1, 2, 3, 4))})
    for number in numbers:
        at = y(number)
        yield f'<line class="grid" x1="{_LEFT}" y1="{at:.1f}" x2="{_WIDTH - _RIGHT}" y2="{at:.1f}"/>'
        yield f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{number:,}</text>'


def _dates(start: float, end: float, x: Callable[[float], float]) -> Iterator[str]:
    label = day if end - start > 2 * 86_400 else moment
    for part, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        time = start + part * (end - start)
        yield f'<text x="{x(time):.1f}" y="{_HEIGHT - 8}" text-anchor="{anchor}">{label(time)}</text>'


def nice(number: int) -> int:
    """The least round number (1, 2, 4, 6 or 8 with zeros) that is not below a number, at least 4."""
    if number <= 4:
        return 4
    base = int(10 ** floor(log10(number)))
    return next(base * step for step in (1, 2, 4, 6, 8, 10) if base * step >= number)


def day(seconds: float) -> str:
    """A date, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")


def moment(seconds: float) -> str:
    """A date and a time of day, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")
