"""Where history ends, and who was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ANCHOR = """
INSERT INTO event_head (id, seq, hash)
SELECT 1, coalesce(max(seq), 0), coalesce((SELECT hash FROM event ORDER BY seq DESC LIMIT 1), repeat('0', 64))
  FROM event;
CREATE FUNCTION partsplan_head_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.seq > OLD.seq THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the end of history only moves forward' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER head_moves_forward BEFORE UPDATE OR DELETE ON event_head
  FOR EACH ROW EXECUTE FUNCTION partsplan_head_moves_forward();
CREATE TRIGGER head_moves_forward_truncate BEFORE TRUNCATE ON event_head
  FOR EACH STATEMENT EXECUTE FUNCTION partsplan_head_moves_forward();
"""


def upgrade() -> None:
    """The two tables; the anchor at the end of the history there is."""
    op.create_table(
        "event_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_event_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_head")),
    )
    op.create_table(
        "erasure",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_erasure_person_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_erasure")),
        sa.UniqueConstraint("person_id", name=op.f("uq_erasure_person_id")),
    )
    op.execute(ANCHOR)


def downgrade() -> None:
    """The tables of this version."""
    op.drop_table("erasure")
    op.drop_table("event_head")
    op.execute("DROP FUNCTION partsplan_head_moves_forward()")
