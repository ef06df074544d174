"""Whose words came from a shared phone, words translated by a server, pictures of pegs."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("cut_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guardian_id"],
            ["guardian.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("calendar_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_link_guardian_id"), ["guardian_id"], unique=False)

    op.create_table(
        "copy_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("setting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guardian_id"],
            ["guardian.id"],
        ),
        sa.ForeignKeyConstraint(
            ["setting_id"],
            ["setting.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    with op.batch_alter_table("copy_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_copy_link_guardian_id"), ["guardian_id"], unique=False)

    op.create_table(
        "translation",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("engine", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("inbound_id", sa.Integer(), nullable=True),
        sa.Column("wanted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guardian_id"],
            ["guardian.id"],
        ),
        sa.ForeignKeyConstraint(
            ["inbound_id"],
            ["inbound_message.id"],
        ),
        sa.ForeignKeyConstraint(
            ["setting_id"],
            ["setting.id"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_translation_guardian_id"), ["guardian_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_translation_inbound_id"), ["inbound_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_translation_setting_id"), ["setting_id"], unique=False)
        batch_op.create_index("ix_translation_wanted", ["state", "tried_at"], unique=False)

    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("inbound_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_absence_inbound_id_inbound_message", "inbound_message", ["inbound_id"], ["id"])

    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.add_column(sa.Column("peg", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False))

    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sharing", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("idea_sent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("try_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_idea_sent_try_on"), ["try_on"], unique=False)

    with op.batch_alter_table("inbound_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guardian_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("of_several", sa.Boolean(), server_default="0", nullable=False))
        batch_op.create_index(batch_op.f("ix_inbound_message_guardian_id"), ["guardian_id"], unique=False)
        batch_op.create_foreign_key("fk_inbound_message_guardian_id_guardian", "guardian", ["guardian_id"], ["id"])

    with op.batch_alter_table("open_conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("offered", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("setting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("website", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("prospectus", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
    op.execute(
        "UPDATE inbound_message SET guardian_id ="
        " (SELECT guardian_id FROM contact WHERE contact.id = contact_id AND NOT contact.shared)"
    )
    op.execute(
        "UPDATE inbound_message SET of_several = true WHERE contact_id IN (SELECT id FROM contact WHERE contact.shared)"
    )


def downgrade() -> None:
    with op.batch_alter_table("setting", schema=None) as batch_op:
        batch_op.drop_column("prospectus")
        batch_op.drop_column("website")

    with op.batch_alter_table("open_conversation", schema=None) as batch_op:
        batch_op.drop_column("offered")

    with op.batch_alter_table("inbound_message", schema=None) as batch_op:
        batch_op.drop_constraint("fk_inbound_message_guardian_id_guardian", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_inbound_message_guardian_id"))
        batch_op.drop_column("of_several")
        batch_op.drop_column("guardian_id")

    with op.batch_alter_table("idea_sent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_sent_try_on"))
        batch_op.drop_column("asked_at")
        batch_op.drop_column("try_on")

    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.drop_column("sharing")

    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.drop_column("peg")

    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_constraint("fk_absence_inbound_id_inbound_message", type_="foreignkey")
        batch_op.drop_column("inbound_id")

    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.drop_index("ix_translation_wanted")
        batch_op.drop_index(batch_op.f("ix_translation_setting_id"))
        batch_op.drop_index(batch_op.f("ix_translation_inbound_id"))
        batch_op.drop_index(batch_op.f("ix_translation_guardian_id"))

    op.drop_table("translation")
    with op.batch_alter_table("copy_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_copy_link_guardian_id"))

    op.drop_table("copy_link")
    with op.batch_alter_table("calendar_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_link_guardian_id"))

    op.drop_table("calendar_link")
