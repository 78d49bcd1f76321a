"""The status page, in a real browser."""

import pytest

from migrate.fleet.burndown import burndown, findings
from migrate.fleet.model import Status
from migrate.fleet.status import rendered
from migrate.report import RenderOptions
from tests.fleet import fleets
from tests.report.browser import Browser
from tests.report.test_html import contrast

ROWS = "[...document.querySelectorAll('#repositories tbody tr')].filter(e => e.checkVisibility()).length"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser for all tests here."""
    with Browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def show(browser, tmp_path):
    """Open the page of a fleet."""

    def opened(records, history=(), usage=None, fragment="", **options):
        page = rendered(burndown(records, history, fleets.NOW, usage), "html", RenderOptions(**options))
        path = tmp_path / "status.html"
        path.write_text(page, encoding="utf-8")
        browser.media()
        browser.size(1280, 900)
        browser.open(f"{path.as_uri()}{fragment}")
        return browser

    return opened


@pytest.fixture
def ordinary(show):
    """Open the page of an ordinary fleet."""

    def opened(**options):
        records = fleets.ordinary()
        return show(records, fleets.history(), fleets.usage(findings(records)), **options)

    return opened


@pytest.mark.parametrize("unicode", [True, False])
def test_loads_nothing_and_breaks_nothing(ordinary, unicode):
    """The page asks for no other file, and the browser logs no error; also as pure ASCII."""
    page = ordinary(unicode=unicode)

    assert [each for each in page.requests() if not each.endswith("status.html")] == []
    assert page.complaints() == []
    assert page.run(ROWS) == 9
    assert page.run("document.querySelectorAll('svg.time, svg.strip').length") == 2


def test_filters_and_links(ordinary):
    """Status and text leave what matches, stand in the address, and an address opens filtered."""
    page = ordinary(fragment="#status=failed")
    assert page.run(ROWS) == 2
    assert page.run("document.getElementById('shown').textContent") == "2 of 9 repositories"
    page.press("/")
    assert page.run("document.activeElement.id") == "search"
    for key in "lost":
        page.press(key)
    page.run("document.getElementById('search').dispatchEvent(new Event('input', {bubbles: true}))")
    assert page.run(ROWS) == 1
    assert page.run("location.hash") == "#status=failed&text=lost"
    page.press("Escape")
    page.press("x")
    page.run("new Promise(done => setTimeout(done))")
    assert page.run(ROWS) == 9


def test_every_control_is_reached_with_tab(ordinary):
    """Filters, buttons, links, folded parts and tables that scroll can be reached without a mouse."""
    page = ordinary()
    seen = []
    for _ in range(40):
        page.press("Tab")
        seen.append(
            page.run(
                "document.activeElement.name || document.activeElement.id || document.activeElement.tagName"
            )
        )
    for wanted in ("SUMMARY", "status", "search", "theme", "A"):
        assert wanted in seen


def test_charts_are_told_in_words(ordinary):
    """Each chart has a text for who can't see it, or its numbers beside it."""
    page = ordinary()
    labels = page.run(
        "[...document.querySelectorAll('svg[role=img]')].map(e => e.getAttribute('aria-label'))"
    )

    assert labels[0].startswith("Repositories by status: queued: 1")
    assert labels[1].startswith("Open uses over time: 42 uses on 2026-")
    assert page.run("[...document.querySelectorAll('svg:not([role])')].every(e => e.ariaHidden === 'true')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("medium", ["", "print"])
def test_readable_in_light_and_dark_and_on_paper(ordinary, scheme, medium, tmp_path):
    """Text has the contrast of WCAG AA (4.5), areas that of graphics (3), in both schemes and printed."""
    page = ordinary()
    page.media(medium, scheme)

    for selector in ["body", ".soft", "th", "td", ".legend li", "a"]:
        assert contrast(page, selector) >= 4.5, selector
    fills = page.run(
        """(() => {
        const light = (color) => {
          const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
            .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const back = light(getComputedStyle(document.body).backgroundColor);
        return [...document.querySelectorAll('svg rect, svg polygon')].map((e) => {
          const front = light(getComputedStyle(e).fill);
          return [e.getAttribute('class'), (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05)];
        });
        })()"""
    )
    assert len(fills) > 20
    assert [each for each in fills if each[1] < 3] == []
    assert page.screenshot(tmp_path / "page.png").startswith(b"\x89PNG")


def test_nothing_of_strangers_runs(show):
    """Markup and scripts in names, messages, owners and addresses are shown; none runs, none is a link."""
    page = show(fleets.hostile(), usage=fleets.usage(findings(fleets.hostile())), tool_version=fleets.LOUD)

    assert page.run("document.title") == "Migration of the deprecated job endpoints"
    assert page.complaints() == []
    assert page.run("document.images.length") == 0
    assert page.run("document.scripts.length") == 1
    assert page.run("[...document.links].every(e => e.protocol === 'https:')")
    assert fleets.LOUD in page.run("[...document.querySelectorAll('th')].map(e => e.textContent)")


def test_complete_without_its_script(ordinary):
    """Without the script everything is there and no dead control is shown."""
    page = ordinary()
    page.run("document.getElementById('filters').outerHTML")
    text = rendered(burndown(fleets.ordinary(), (), fleets.NOW), "html", RenderOptions())

    assert '<form class="filters" id="filters" hidden' in text
    assert text.count('<tr data-status="') == 9


@pytest.mark.parametrize("number", [0, 1, 1500])
def test_narrow_window_does_not_scroll(show, number):
    """On a phone the page itself does not scroll sideways, whatever the size of the fleet."""
    page = show(fleets.many(number), fleets.history() if number else ())
    page.size(380, 800)

    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints() == []


def test_many_repositories(show):
    """Filtering a large fleet works; long tables are folded; paper shows what is folded."""
    page = show(fleets.many(1500), fleets.history(), fragment="#text=service-0007")
    assert page.run(ROWS) == 1
    assert page.run("document.querySelectorAll('details[open]').length") == 0
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert page.run("document.querySelectorAll('details:not([open])').length") == 0
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.run("document.querySelectorAll('details[open]').length") == 0


def test_nothing_yet(show):
    """A state without repositories is a page that says how to begin."""
    page = show([])

    assert "nf-migrate fleet scan" in page.run("document.body.textContent")
    assert page.complaints() == []
    assert page.run("document.querySelectorAll('svg, table').length") == 0


def test_the_button_changes_the_scheme(show):
    """The button goes from light to dark and back, charts with it."""
    page = show([fleets.record("a", Status.QUEUED)])
    fill = "getComputedStyle(document.querySelector('svg.strip rect')).fill"
    light = page.run(fill)
    page.run("document.getElementById('theme').click()")
    assert page.run(fill) != light
    page.run("document.getElementById('theme').click()")
    assert page.run(fill) == light
