"""Alembic's entry: our models, on the connection we are given."""

from alembic import context

from domain.models import metadata

connection = context.config.attributes["connection"]

# The queue's and the migrations' own tables are not ours to compare.
OURS = set(metadata.tables)


def include_name(name: str | None, type_: str, parents: object) -> bool:
    """Compare our own tables only."""
    del parents
    return type_ != "table" or name in OURS


context.configure(
    connection=connection,
    target_metadata=metadata,
    include_name=include_name,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
