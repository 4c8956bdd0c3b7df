"""The page in a real Chromium: choose a person, type a command, click, fill a modal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import Select, WebDriverWait
from slack_bolt import App as BoltApp

from tests.browser import find, needs_browser
from tests.sandbox.office import Office
from tests.sandbox.shapes import actions, button, field, modal, plain, section

pytestmark = [pytest.mark.browser, needs_browser]


def register(app: BoltApp) -> None:
    form = modal(
        field("what", "What happened?"),
        field("part", "Part", {"type": "external_select", "action_id": "part", "min_query_length": 1}),
        title=plain("New complaint"),
    )

    @app.command("/stock")
    def stock(ack: Callable[..., None]) -> None:
        ack(text="t", blocks=[section("*3* left"), actions(button("Complain", "complain"))])

    @app.action("complain")
    def complain(ack: Callable[..., None], body: dict[str, Any], client: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=form)
        ack()

    @app.options("part")
    def parts(ack: Callable[..., None], payload: dict[str, Any]) -> None:
        ack(options=[{"text": plain(f"{payload['value']} brake pad"), "value": "1"}])

    @app.view("form")
    def filed(ack: Callable[..., None], view: dict[str, Any], client: Any) -> None:
        words = view["state"]["values"]["what"]["value"]["value"]
        if len(words) < 5:
            ack(response_action="errors", errors={"what": "A whole sentence, please."})
            return
        part = view["state"]["values"]["part"]["part"]["selected_option"]["text"]["text"]
        client.chat_postMessage(channel="#sales", text=f"Complaint about {part}: {words}")
        ack()


def test_a_person_uses_the_page(office: Office, browser: WebDriver) -> None:
    office.bot(register)
    browser.get(office.server.url)
    Select(find(browser, "#be")).select_by_visible_text("Bob")
    WebDriverWait(browser, 5).until(lambda d: "as=bob" in d.current_url)
    composer = find(browser, "#composer-text")
    composer.send_keys("/sto")
    assert "/stock" in find(browser, "#commands button").text
    composer.send_keys(Keys.TAB, "BP-1", Keys.ENTER)
    answer = find(browser, ".message.ephemeral", "3 left")
    assert "Only visible to you" in answer.text
    find(browser, ".message.ephemeral button", "Complain").click()
    assert find(browser, "#modal-title").text == "New complaint"
    find(browser, ".modal input.input").send_keys("bad")
    find(browser, ".modal .external input").send_keys("BP-1")
    find(browser, ".suggestions button", "BP-1 brake pad").click()
    find(browser, ".modal button[type=submit]").click()
    assert find(browser, ".modal .error").text == "A whole sentence, please."
    find(browser, ".modal input.input").send_keys(" noise when braking")
    find(browser, ".modal button[type=submit]").click()
    posted = find(browser, ".message", "Complaint about BP-1 brake pad: bad noise when braking")
    assert "Only visible" not in posted.text
    assert not browser.find_elements(By.CSS_SELECTOR, ".modal")
    find(browser, "#part-head a", "Wire").click()
    assert "chat.postMessage" in find(browser, ".wire").text
    office.person("alice").says("#sales", "剎車片 <b>seen</b> live")
    assert find(browser, ".message", "剎車片 <b>seen</b> live")
    assert [e for e in browser.get_log("browser") if e["level"] == "SEVERE"] == []  # type: ignore[no-untyped-call]
