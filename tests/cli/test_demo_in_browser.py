"""`make demo` as somebody meets it: a page in a browser, a digest in the channel, `/target` typed and read."""

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from cli.demo import demo
from tests.browser import find, needs_browser

pytestmark = [pytest.mark.browser, needs_browser]


def be(browser: WebDriver, url: str, handle: str, channel: str) -> None:
    """Become a member and open a channel."""
    browser.get(f"{url}/?as={handle}")
    browser.get(str(find(browser, "a[data-go]", channel).get_attribute("href")))
    WebDriverWait(browser, 5).until(lambda d: channel in d.title)


def test_the_demo_is_the_product(browser: WebDriver, tmp_path: Path) -> None:
    with demo(tmp_path / "demo") as url:
        be(browser, url, "li.hua", "east")
        digest = find(browser, ".message", "East, October", seconds=30)
        assert "behind" in digest.text
        assert digest.find_elements(By.CSS_SELECTOR, "svg")
        composer = find(browser, "#composer-text")
        composer.send_keys("/target", Keys.ENTER)
        answer = find(browser, ".message.ephemeral", "489,580", seconds=10)
        assert "800,000" in answer.text
        find(browser, ".message.ephemeral button", "为什么").click()
        find(browser, ".message.ephemeral", "800,000.00", seconds=10)
    severe = [e for e in browser.get_log("browser") if e["level"] == "SEVERE"]  # type: ignore[no-untyped-call]
    assert [e for e in severe if "ERR_CONNECTION_REFUSED" not in e["message"]] == []
