"""A real Chromium for the tests of pages; they skip with a reason where none is installed."""

import shutil
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync --window-size=1280,900"
)
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no chromium with chromedriver on this machine"
)


def open_browser() -> WebDriver:
    """Headless, with nothing fetched but what it is told to."""
    options = webdriver.ChromeOptions()
    for flag in FLAGS.split():
        options.add_argument(flag)
    options.binary_location = str(CHROMIUM)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(DRIVER))


@pytest.fixture
def browser() -> Iterator[WebDriver]:
    """A browser of the test's own."""
    driver = open_browser()
    try:
        yield driver
    finally:
        driver.quit()


def find(browser: WebDriver, css: str, words: str = "", seconds: float = 5) -> WebElement:
    """Wait for a visible element with these words."""

    def look(driver: WebDriver) -> WebElement | None:
        found = driver.find_elements(By.CSS_SELECTOR, css)
        return next((e for e in found if words in e.text and e.is_displayed()), None)

    made = WebDriverWait(browser, seconds, 0.05, ignored_exceptions=[StaleElementReferenceException]).until(
        look
    )
    assert isinstance(made, WebElement)
    return made
