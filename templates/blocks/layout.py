"""Layout blocks other than tables and charts."""

from collections.abc import Sequence

from templates.blocks import limits
from templates.blocks.limits import Block, Element, mrkdwn, plain, within


def header(text: str) -> Block:
    """A heading in large letters."""
    return {"type": "header", "text": plain("header.text", text, limits.HEADER)}


def section(text: str = "", *, fields: Sequence[str] = (), accessory: Element | None = None) -> Block:
    """A paragraph, or up to ten short fields in two columns, with at most one element beside it."""
    within("section.fields", len(fields), limits.FIELDS, least=0 if text else 1)
    made: Block = {"type": "section"}
    if text:
        made["text"] = mrkdwn("section.text", text, limits.SECTION)
    if fields:
        made["fields"] = [mrkdwn("section.field", field, limits.FIELD) for field in fields]
    if accessory:
        made["accessory"] = accessory
    return made


def context(*parts: str) -> Block:
    """Small print."""
    within("context.elements", len(parts), limits.CONTEXT_ELEMENTS)
    return {
        "type": "context",
        "elements": [mrkdwn("context.element", part, limits.SECTION) for part in parts],
    }


def action_row(*elements: Element) -> Block:
    """A row of buttons and menus."""
    within("actions.elements", len(elements), limits.ACTION_ELEMENTS)
    return {"type": "actions", "elements": list(elements)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def input_block(
    block_id: str, label: str, element: Element, *, hint: str = "", optional: bool = False
) -> Block:
    """A field of a modal. Errors are put under it by its block id."""
    within("input.block_id", len(block_id), limits.ID)
    made: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain("input.label", label, limits.LABEL),
        "element": element,
        "optional": optional,
    }
    if hint:
        made["hint"] = plain("input.hint", hint, limits.LABEL)
    return made


def image(alt_text: str, *, url: str = "", file_id: str = "", title: str = "") -> Block:
    """A picture by a public URL or the id of a file that Slack has processed."""
    made: Block = {
        "type": "image",
        "alt_text": limits.raw("image.alt_text", alt_text, limits.ALT_TEXT),
    }
    if file_id:
        made["slack_file"] = {"id": file_id}
    else:
        within("image.image_url", len(url), limits.URL)
        made["image_url"] = url
    if title:
        made["title"] = plain("image.title", title, limits.ALT_TEXT)
    return made


def markdown(text: str) -> Block:
    """Long text in Markdown, which Slack turns into rich text."""
    within("markdown.text", len(text), limits.MARKDOWN)
    return {"type": "markdown", "text": text}


def container(
    title: str, children: Sequence[Block], *, subtitle: str = "", collapsed: bool | None = None
) -> Block:
    """Blocks under a common title; `collapsed` None: it cannot be folded."""
    within("container.child_blocks", len(children), limits.CONTAINER_CHILDREN)
    made: Block = {
        "type": "container",
        "title": plain("container.title", title, limits.CONTAINER_TITLE),
        "child_blocks": list(children),
    }
    if subtitle:
        made["subtitle"] = plain("container.subtitle", subtitle, limits.CONTAINER_TITLE)
    if collapsed is not None:
        made |= {"is_collapsible": True, "default_collapsed": collapsed}
    return made
