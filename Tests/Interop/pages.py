"""Opens our pages in headless Chromium as a desk, a telephone and a printer see them.

usage: pages.py WORK PAGE...        (called by check.sh)

No page says anything on the console or asks for anything but itself; its landmarks and headings are in order; every colour that says something
stands out from its ground by 4.5 to 1 at least, light and dark; on paper it has pages of A4.
"""
import html.parser
import pathlib
import re
import shutil
import subprocess
import sys


def chromium(*arguments):
    program = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    return subprocess.run(
        [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr", *arguments],
        capture_output=True, text=True, timeout=120)


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    light, dark = sorted([luminance(first), luminance(second)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def confirm_colours(text):
    blocks = re.findall(r":root\{([^}]*)\}", text)
    assert len(blocks) >= 2, "a page has no colours for the dark"
    for block in blocks:
        colours = dict(re.findall(r"--([a-z0-9-]+):(#[0-9a-fA-F]{3,6})", block))
        if "paper" not in colours:
            continue
        for ink in ("ink", "ink2", "ink3", "accent", "signal"):
            for ground in ("paper", "wash"):
                found = contrast(colours[ink], colours[ground])
                assert found >= 4.5, f"{ink} on {ground}: {found:.2f}"
        for ground in ("low", "far"):
            assert contrast(colours["ink"], colours[ground]) >= 4.5, ground


class Outline(html.parser.HTMLParser):
    """The landmarks, headings, names and links of a page, in their order."""

    def __init__(self):
        super().__init__()
        self.landmarks, self.levels, self.names, self.links, self.scopes = [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in ("header", "nav", "main", "footer"):
            self.landmarks.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if "id" in attributes:
            self.names.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes["href"])
        if tag == "th":
            self.scopes.append("scope" in attributes)
        assert tag not in ("script", "img", "link", "iframe", "object"), tag


def confirm_outline(text):
    outline = Outline()
    outline.feed(text)
    assert outline.landmarks == ["header", "main", "nav", "footer"], outline.landmarks
    assert outline.levels[0] == 1 and outline.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.levels, outline.levels[1:])), outline.levels
    assert len(set(outline.names)) == len(outline.names), "a name stands twice"
    assert {link for link in outline.links} <= {"#" + name for name in outline.names}, "a link leads nowhere"
    assert all(outline.scopes), "a heading of a table says not of what"


def confirm_shown(work, page):
    for name, size in (("desk", "1280,900"), ("telephone", "390,844")):
        net = work / f"{name}.net.json"
        shot = work / f"{page.stem}-{name}.png"
        done = chromium(f"--window-size={size}", f"--log-net-log={net}", f"--screenshot={shot}", page.absolute().as_uri())
        assert shot.stat().st_size > 10_000, done.stderr[-400:]
        said = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
        assert not said, said[:3]
        asked = set(re.findall(r'"url":"([^"]+)"', net.read_text("utf-8", "replace")))
        foreign = [url for url in asked if url.startswith(("http", "ws")) and "google" not in url and "chrome" not in url]
        assert not foreign, foreign[:3]
    paper = work / f"{page.stem}.pdf"
    done = chromium("--no-pdf-header-footer", f"--print-to-pdf={paper}", page.absolute().as_uri())
    data = paper.read_bytes()
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", data)
    assert box and abs(float(box[1]) - 595) < 2 and abs(float(box[2]) - 842) < 2, "a page of paper is not A4"


def main():
    work = pathlib.Path(sys.argv[1])
    for name in sys.argv[2:]:
        page = pathlib.Path(name)
        text = page.read_text("utf-8")
        assert page.stat().st_size <= 2 << 20, name
        assert "default-src 'none'" in text
        confirm_colours(text)
        confirm_outline(text)
        confirm_shown(work, page)
        print(f"{page.name}: shown")


if __name__ == "__main__":
    main()
