"""Where history ends: an anchor that only moves forward."""

from alembic import op

revision = "0003"
down_revision = "0002"
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
    """The anchor at the end of the history there is, and its triggers."""
    op.execute(ANCHOR)


def downgrade() -> None:
    """Not offered: take a backup before an upgrade instead."""
    raise RuntimeError("restore a backup to go back before 0003")
