"""The HTML page, in a real browser."""

from dataclasses import replace

import pytest

from migrate.model import Run
from migrate.report import RENDERERS, RenderOptions
from tests.report import sample
from tests.report.browser import Browser

SHOWN = "[...document.querySelectorAll('li.use')].filter(e => e.checkVisibility()).map(e => e.dataset.kind)"
FILES = (
    "[...document.querySelectorAll('details.file')].filter(e => e.checkVisibility())"
    ".map(e => e.querySelector('.path').textContent)"
)
LOUD = '"><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">`${1}`$style'


def report(run, **options):
    """The page."""
    return RENDERERS["html"](run, RenderOptions(**options))


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser for all tests here."""
    with Browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def show(browser, tmp_path):
    """Open the page of a run."""

    def opened(run, fragment="", **options):
        path = tmp_path / "report.html"
        path.write_text(report(run, **options), encoding="utf-8")
        browser.media()
        browser.size(1280, 900)
        browser.open(f"{path.as_uri()}{fragment}")
        return browser

    return opened


USES = len(sample.everything().uses)


def choose(browser, name, value):
    """Choose an option of a filter, as a user's input would."""
    browser.run(
        f"(() => {{ const s = document.querySelector('select[name={name}]'); s.value = {value!r};"
        "s.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


@pytest.mark.parametrize("unicode", [True, False])
def test_loads_nothing_and_breaks_nothing(show, unicode):
    """The page asks for no other file, and the browser logs no error; also as pure ASCII."""
    page = show(sample.everything(), unicode=unicode)
    assert [each for each in page.requests() if not each.endswith("report.html")] == []
    assert page.complaints() == []
    assert page.run("document.getElementById('shown').textContent") == f"{USES} of {USES} uses"
    assert report(sample.everything(), unicode=False).isascii()
    assert "für alle 🚀" not in page.run("document.body.textContent")
    assert "nightly-é🚀" in page.run("document.body.textContent")


@pytest.mark.parametrize(
    ("name", "value", "kinds"),
    [
        ("action", "review", ["http-call"]),
        ("action", "held", ["cli-command"]),
        ("language", "javascript", ["http-call"]),
        ("kind", "response-read", ["response-read"]),
        ("owner", "dev@example.com", ["http-call", "response-read"]),
        ("owner", "(no owner)", ["http-call"] * 3),
        ("action", "notice", ["http-call"]),
    ],
)
def test_filters(show, name, value, kinds):
    """Each filter leaves exactly the uses that match; files without one go; clearing brings all back."""
    page = show(sample.everything())
    choose(page, name, value)
    assert page.run(SHOWN) == kinds
    assert len(page.run(FILES)) < len({use.path for use in sample.everything().uses})
    page.run("document.querySelector('button[type=reset]').click()")
    page.run("new Promise(done => setTimeout(done))")
    assert len(page.run(SHOWN)) == USES


def test_a_filtered_view_can_be_linked_to(show):
    """The filters stand in the address, and an address with filters opens filtered."""
    page = show(sample.everything(), "#language=shell")
    assert page.run(SHOWN) == ["cli-command"]
    choose(page, "language", "python")
    assert page.run("location.hash") == "#language=python"


def test_search_finds_code_paths_and_messages(show):
    """The text filter looks into paths, messages and code."""
    page = show(sample.everything())
    for text, files in (
        ("DEPLOY.py", 1),
        ("comes from a parameter", 3),
        ("raise_for_status", 1),
        ("nowhere", 0),
    ):
        page.run(
            f"(() => {{ const s = document.getElementById('search'); s.value = {text!r};"
            "s.dispatchEvent(new Event('input', {bubbles: true})); })()"
        )
        assert len(page.run(FILES)) == files, text
    assert page.run("document.getElementById('nothing').checkVisibility()")


def test_keyboard(show):
    """Keys move between files, open and fold them, reach the search and leave it."""
    page = show(sample.everything())
    focused = "document.activeElement.closest('details')?.querySelector('.path').textContent"
    first, second = page.run(FILES)[:2]
    page.press("j")
    assert page.run(focused) == first
    page.press("j")
    assert page.run(focused) == second
    page.press("k")
    page.press("o")
    assert not page.run("document.activeElement.closest('details').open")
    page.press("Enter")
    assert page.run("document.activeElement.closest('details').open")
    page.press("/")
    assert page.run("document.activeElement.id") == "search"
    page.press("j")
    assert page.run("document.getElementById('search').value") == "j"
    page.press("Escape")
    assert page.run("document.activeElement.id") != "search"
    page.press("x")
    page.run("new Promise(done => setTimeout(done))")
    assert len(page.run(SHOWN)) == USES


def test_every_control_is_reached_with_tab(show):
    """All filters, buttons, links and files can be reached without a mouse, in the order of the page."""
    page = show(sample.everything())
    seen = []
    for _ in range(40):
        page.press("Tab")
        name = page.run(
            "document.activeElement.name || document.activeElement.id || document.activeElement.tagName"
        )
        seen.append(name)
    wanted = ["action", "language", "kind", "owner", "repository", "search"]
    assert seen[: len(wanted)] == wanted
    assert seen.count("SUMMARY") >= 5


def contrast(page, selector):
    """WCAG contrast ratio of an element's text and the nearest opaque background."""
    return page.run(
        f"""(() => {{
        const parse = (color) => color.match(/[\\d.]+/g).map(Number);
        let element = document.querySelector({selector!r});
        const front = parse(getComputedStyle(element).color);
        let back = [0, 0, 0, 0];
        for (; element; element = element.parentElement) {{
          back = parse(getComputedStyle(element).backgroundColor);
          if (back.length === 3 || back[3] > 0) break;
        }}
        const light = (rgb) => {{
          const [r, g, b] = rgb.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        }};
        const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
        }})()"""  # noqa: E501
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("medium", ["", "print"])
def test_readable_in_light_and_dark_and_on_paper(show, scheme, medium, tmp_path):
    """Text has at least the contrast of WCAG AA (4.5), in both schemes and printed."""
    page = show(sample.everything())
    page.media(medium, scheme)
    states = [f".state.{each}" for each in ("rewrite", "held", "review", "failed", "accepted", "notice")]
    for selector in [*states, "body", ".soft", "td.del", "td.add", "td.del mark", "td.add mark", "td.no"]:
        assert contrast(page, selector) >= 4.5, selector
    assert page.run("document.getElementById('filters').checkVisibility()") == (medium == "")
    picture = page.screenshot(tmp_path / "page.png")
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 20_000


def test_the_button_changes_the_scheme(show):
    """The button goes from light to dark and back, and says what it will do."""
    page = show(sample.everything())
    back = "getComputedStyle(document.body).backgroundColor"
    light = page.run(back)
    page.run("document.getElementById('theme').click()")
    assert page.run(back) != light
    assert page.run("document.getElementById('theme').textContent") == "Light"
    page.run("document.getElementById('theme').click()")
    assert page.run(back) == light


def test_printing_shows_what_is_folded(show):
    """Folded files are opened for printing and folded again afterwards."""
    page = show(sample.everything())
    page.run("document.getElementById('fold').click()")
    count = "document.querySelectorAll('details.file[open]').length"
    assert page.run(count) == 0
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert page.run(count) == len({use.path for use in sample.everything().uses})
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.run(count) == 0


def test_nothing_in_the_code_runs(show):
    """Markup and scripts in paths, owners, messages and code are shown, not executed."""
    file = sample.deploy_result()
    uses = tuple(
        replace(use, path=LOUD, message=LOUD, kind=LOUD, language=LOUD, evidence=(LOUD,), operation=LOUD)
        for use in file.uses
    )
    files = (
        replace(
            file, path=LOUD, uses=uses, owners=(LOUD,), repository=LOUD, reason=LOUD, after=LOUD.encode()
        ),
    )
    page = show(Run("rewrite", files, notes=(LOUD,)), tool_version=LOUD)
    assert page.run("document.title") == "Deprecated job endpoints"
    assert page.complaints() == []
    assert page.run("document.images.length") == 0
    assert page.run("document.scripts.length") == 1
    assert page.run("document.querySelector('.path').textContent") == LOUD


def test_complete_without_its_script(show):
    """Without the script everything is there and no dead control is shown."""
    text = report(sample.everything())
    assert '<form class="filters" id="filters" hidden' in text
    assert text.count('<li class="use"') == USES
    assert "assets/huge.json" in text


def test_narrow_window_scrolls_only_the_diff(show):
    """On a phone the page itself does not scroll sideways."""
    page = show(sample.everything())
    page.size(380, 800)
    assert page.run("document.documentElement.scrollWidth <= innerWidth")


def test_many_uses(show):
    """Filtering thousands of uses works."""
    files = sample.everything().files
    many = tuple(replace(each, path=f"{n}/{each.path}") for n in range(400) for each in files)
    page = show(Run("rewrite", many))
    choose(page, "language", "shell")
    assert page.run("document.getElementById('shown').textContent") == f"400 of {400 * USES} uses"


def test_nothing_found(show):
    """A run that found nothing is a page that says so."""
    page = show(sample.nothing())
    assert "No use of a deprecated operation found." in page.run("document.body.textContent")
    assert not page.run("document.getElementById('nothing').checkVisibility()")


def test_repositories_are_named_by_their_folders(show):
    """Repositories are shown by their folders' names, by whole paths where two have the same."""
    roots = ["/x/shop", "/x/billing", "/y/shop"]
    files = [replace(sample.deploy_result(f"{root}/a.py"), repository=root) for root in roots]
    page = show(Run("scan", tuple(files)))
    names = page.run(
        "[...document.querySelectorAll('select[name=repository] option')].map(e => e.textContent)"
    )
    assert names == ["all", "billing", "/x/shop", "/y/shop"]
    choose(page, "repository", "/y/shop")
    assert len(page.run(FILES)) == 1
