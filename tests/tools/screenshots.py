"""Take the pictures of the README anew, from the demo in a real browser: `python -m tests.tools.screenshots`."""

import tempfile
import time
from pathlib import Path

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from cli.demo import demo
from tests.browser import find, open_browser

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"


def go(browser: WebDriver, url: str, who: str, place: str, *, width: int = 1180, height: int = 900) -> None:
    """Be somebody somewhere, in a window of that size."""
    browser.set_window_size(width, height)
    browser.get(f"{url}/?as={who}")
    browser.get(str(find(browser, "a[data-go]", place).get_attribute("href")))


def say(browser: WebDriver, typed: str) -> None:
    """Type into the message box and wait for the answer."""
    find(browser, "#composer-text").send_keys(typed, Keys.ENTER)
    find(browser, ".message.ephemeral", seconds=10)


def shoot(browser: WebDriver, name: str) -> None:
    """Let the page come to rest, then take it."""
    time.sleep(1.0)
    browser.save_screenshot(str(IMAGES / f"{name}.png"))


def main() -> None:
    """All pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    browser = open_browser()
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder) / "demo") as url:
        go(browser, url, "li.hua", "east", height=1420)
        find(browser, ".message", "East, October", seconds=40)
        shoot(browser, "digest")
        go(browser, url, "emma.clarke", "sales", height=980)
        say(browser, "/target")
        browser.find_elements(By.CSS_SELECTOR, ".message.ephemeral button")[0].click()
        find(browser, ".message.ephemeral", "÷", seconds=10)
        shoot(browser, "target")
        go(browser, url, "chia-hao.lin", "sales", height=620)
        say(browser, "/parts")
        shoot(browser, "my-day")
    browser.quit()


if __name__ == "__main__":
    main()
