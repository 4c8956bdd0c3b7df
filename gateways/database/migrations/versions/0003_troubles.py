"""Troubles of the installation, as the operations channel was told of them, and an index to find them by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, and an index on messages that went nowhere: looked at every minute."""
    op.create_table(
        "trouble",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="suspected", nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("streak", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("times", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("edition", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trouble")),
    )
    op.create_index(
        "uq_trouble_current",
        "trouble",
        ["kind", "subject"],
        unique=True,
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_index("ix_trouble_kind_subject", "trouble", ["kind", "subject", "id"], unique=False)
    op.create_index(
        "ix_outbox_troubled",
        "outbox",
        ["state", "created_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('dead', 'ambiguous')"),
    )


def downgrade() -> None:
    """The troubles of now are found again."""
    op.drop_index("ix_outbox_troubled", table_name="outbox")
    op.drop_table("trouble")
