"""Chromium, Chrome or Edge as a printer: HTML in, PDF out."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.common import Problem

PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
ELSEWHERE = (  # where macOS and Windows keep them
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
)
NONE_FOUND = (
    "A PDF is printed by Chromium, Chrome or Edge, and none of them was found here: install one "
    "(on Debian: apt install chromium), then try again."
)
OUTLINE = "--generate-pdf-document-outline"
PATIENCE = 300  # seconds for the whole course on a slow machine


def found():
    """Return the path of a browser that can print. Raises Problem if there is none."""
    on_path = filter(None, map(shutil.which, PROGRAMS))
    elsewhere = (place for place in ELSEWHERE if os.path.isfile(place))
    browser = next(on_path, None) or next(elsewhere, None)
    if not browser:
        raise Problem(NONE_FOUND)
    return browser


def printed(html, is_draft=False):
    """Return a page as PDF, as bytes; html: a page that needs no other file and no script.

    A draft has the same pages, without what screen readers and the outline need: half the time.
    Raises Problem if there is no browser, or if it fails.
    """
    browser = found()
    # a browser that is still ending may hold its profile
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        page, pdf = Path(place, "page.html"), Path(place, "page.pdf")
        page.write_text(html, encoding="utf-8")
        command = [browser, *flags(), "--disable-pdf-tagging" if is_draft else OUTLINE]
        command += [f"--user-data-dir={place}/profile", f"--print-to-pdf={pdf}"]
        try:
            ended = subprocess.run(
                [*command, page.as_uri()], capture_output=True, timeout=PATIENCE, text=True
            )
        except subprocess.TimeoutExpired:
            raise Problem(f"{browser} did not print within {PATIENCE} seconds.") from None
        if not pdf.is_file():
            told = (ended.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise Problem(f"{browser} printed nothing ({told}): bring it up to date, try again.")
        return pdf.read_bytes()


def flags():
    """Return what a browser is told that only prints, without a window and without the network."""
    always = [
        "--headless",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--no-pdf-header-footer",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ]
    # in a container everybody is root, for whom Chromium has no sandbox
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*always, "--no-sandbox"] if is_root else always
