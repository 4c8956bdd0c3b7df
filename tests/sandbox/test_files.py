"""Uploads with the real client, downloads with a token, pictures in blocks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox import Settings
from tests.sandbox.office import Office, fetch


def test_upload_and_download(office: Office) -> None:
    answer = office.client.files_upload_v2(
        filename="plan.csv", title="Plan", content="a,b\n1,2\n", channel=office.sales, initial_comment="Here"
    )
    file_id = answer["files"][0]["id"]
    bob = office.person("bob")
    assert bob.last("#sales").file_names == ["Plan"]
    assert bob.last("#sales").text == "Here"
    info = office.form("files.info", file=file_id)["file"]
    headers = {"Authorization": f"Bearer {office.app.bot_token}"}
    assert fetch(info["url_private_download"], None, headers, "GET")[2] == b"a,b\n1,2\n"
    assert b"Sign in" in fetch(info["url_private"], None, {}, "GET")[2]


def test_a_person_brings_a_file(office: Office) -> None:
    said = office.person("bob").says("#sales", "orders", file=("orders.xlsx", b"PK"))
    found = office.call("conversations.history", channel=office.sales)["messages"][0]
    assert found["subtype"] == "file_share"
    assert found["files"][0]["filetype"] == "xlsx"
    assert said.file_names == ["orders.xlsx"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"filename": "a.txt", "length": 0}, "missing_argument"),
        ({"filename": "a.txt", "length": 3, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"filename": "a.txt", "length": 1_000_001, "snippet_type": "text"}, "snippet_too_large"),
    ],
)
def test_promises_slack_refuses(office: Office, args: dict[str, object], code: str) -> None:
    assert office.form("files.getUploadURLExternal", **args)["error"] == code


def test_completing_what_is_not_there(office: Office) -> None:
    promised = office.form("files.getUploadURLExternal", filename="a.txt", length=3)
    missing = office.call("files.completeUploadExternal", files=[{"id": promised["file_id"]}])
    assert missing["error"] == "file_not_found"
    assert fetch(promised["upload_url"], b"abc", {"Content-Type": "text/plain"})[0] == 200
    assert (
        office.call(
            "files.completeUploadExternal", files=[{"id": promised["file_id"]}], channel_id="nowhere"
        )["error"]
        == "invalid_channel"
    )
    assert office.call("files.completeUploadExternal", files=[{"id": promised["file_id"]}])["ok"]
    assert office.form("files.info", file="F0NOSUCH")["error"] == "file_not_found"


def test_a_picture_must_be_processed_first(offices: Callable[..., Office]) -> None:
    office = offices(Settings(files_processed_at_once=False))
    promised = office.form("files.getUploadURLExternal", filename="a.png", length=3)
    fetch(promised["upload_url"], b"abc", {"Content-Type": "image/png"})
    office.call("files.completeUploadExternal", files=[{"id": promised["file_id"]}])
    picture = {"type": "image", "slack_file": {"id": promised["file_id"]}, "alt_text": "chart"}
    answer = office.call("chat.postMessage", channel=office.sales, text="t", blocks=[picture])
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"
    ]
    assert office.form("files.info", file=promised["file_id"])["file"]["mimetype"] == ""
    office.workspace.process_files()
    assert office.form("files.info", file=promised["file_id"])["file"]["mimetype"] == "image/png"
    assert office.call("chat.postMessage", channel=office.sales, text="t", blocks=[picture])["ok"]
