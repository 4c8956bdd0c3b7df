"""The queue's own tables, and history that nobody can rewrite."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REFUSE = """
CREATE FUNCTION partsplan_event_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'event rows are final' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_is_final BEFORE UPDATE OR DELETE ON event
  FOR EACH ROW EXECUTE FUNCTION partsplan_event_is_final();
CREATE TRIGGER event_is_final_truncate BEFORE TRUNCATE ON event
  FOR EACH STATEMENT EXECUTE FUNCTION partsplan_event_is_final();
"""


def upgrade() -> None:
    """Apply the queue's schema as its package ships it, and the trigger on history."""
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    op.execute(REFUSE)


def downgrade() -> None:
    """Not offered: take a backup before an upgrade instead."""
    raise RuntimeError("restore a backup to go back before 0002")
