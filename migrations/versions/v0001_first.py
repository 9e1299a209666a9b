"""The registry's first schema.

Written out, not taken from the models: a migration is history and must not change with them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=320), nullable=False),
        sa.Column("action", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=71), nullable=False),
        sa.Column("hash", sa.String(length=71), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_previous")),
    )
    op.create_index("ix_audit_subject", "audit", ["subject", "id"], unique=False)
    op.create_table(
        "calls",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("contract", sa.String(length=201), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("environment", sa.String(length=100), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operation", sa.String(length=1000), nullable=False),
        sa.Column("consumer_id", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint(
            "contract",
            "version",
            "environment",
            "hour",
            "operation",
            "consumer_id",
            "outcome",
            name="uq_calls",
        ),
    )
    op.create_index("ix_calls_consumer_id", "calls", ["consumer_id", "hour"], unique=False)
    op.create_table(
        "content",
        sa.Column("digest", sa.String(length=71), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_content")),
    )
    op.create_table(
        "domain",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_domain")),
    )
    op.create_table(
        "environment",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_environment")),
    )
    op.create_table(
        "gate_run",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("contract", sa.String(length=201), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=71), nullable=False),
        sa.Column("profile", sa.String(length=100), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("base", sa.String(length=100), nullable=True),
        sa.Column("actor", sa.String(length=320), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.CheckConstraint("outcome IN ('pass', 'fail', 'unchecked')", name=op.f("ck_gate_run_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_run")),
    )
    op.create_index("ix_gate_run_contract", "gate_run", ["contract", "id"], unique=False)
    op.create_index("ix_gate_run_outcome", "gate_run", ["outcome", "id"], unique=False)
    op.create_table(
        "head",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=71), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_head")),
    )
    op.create_table(
        "machine_token",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=320), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_machine_token")),
        sa.UniqueConstraint("sha256", name=op.f("uq_machine_token_sha256")),
    )
    op.create_table(
        "observation_batch",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("gateway", sa.String(length=100), nullable=False),
        sa.Column("environment", sa.String(length=100), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_batch")),
    )
    op.create_index(
        op.f("ix_observation_batch_received_at"), "observation_batch", ["received_at"], unique=False
    )
    op.create_table(
        "person",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "plan",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("burst", sa.Integer(), nullable=False),
        sa.CheckConstraint('"limit" > 0', name=op.f("ck_plan_limit")),
        sa.CheckConstraint('"window" > 0', name=op.f("ck_plan_window")),
        sa.CheckConstraint("burst > 0", name=op.f("ck_plan_burst")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_plan")),
    )
    op.create_table(
        "team",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_team")),
    )
    op.create_table(
        "violation",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("fingerprint", sa.String(length=200), nullable=False),
        sa.Column("environment", sa.String(length=100), nullable=False),
        sa.Column("contract", sa.String(length=201), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("operation", sa.String(length=1000), nullable=True),
        sa.Column("consumer_id", sa.String(length=20), nullable=True),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("location", sa.String(length=20), nullable=False),
        sa.Column("pointer", sa.Text(), nullable=False),
        sa.Column("schema_pointer", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sample", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("acknowledged_by", sa.String(length=320), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violation")),
        sa.UniqueConstraint("environment", "fingerprint", name=op.f("uq_violation_environment_fingerprint")),
    )
    op.create_index("ix_violation_contract", "violation", ["contract", "last_at", "id"], unique=False)
    op.create_index("ix_violation_last_at", "violation", ["last_at", "id"], unique=False)
    op.create_index("ix_violation_state", "violation", ["state", "last_at", "id"], unique=False)
    op.create_table(
        "bundle",
        sa.Column("environment", sa.String(length=100), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=71), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["environment"], ["environment.name"], name=op.f("fk_bundle_environment")),
        sa.PrimaryKeyConstraint("environment", name=op.f("pk_bundle")),
    )
    op.create_table(
        "consumer",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=True),
        sa.Column("contact", sa.String(length=320), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["team.name"], name=op.f("fk_consumer_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consumer")),
        sa.UniqueConstraint("name", name=op.f("uq_consumer_name")),
    )
    op.create_table(
        "oidc_identity",
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_oidc_identity_person_id")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_oidc_identity")),
    )
    op.create_index(op.f("ix_oidc_identity_person_id"), "oidc_identity", ["person_id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("domain", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.PrimaryKeyConstraint("person_id", "role", "domain", name=op.f("pk_role_grant")),
    )
    op.create_table(
        "session",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_person_id"), "session", ["person_id"], unique=False)
    op.create_table(
        "sign_in_link",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_link_person_id")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_sign_in_link")),
    )
    op.create_index(op.f("ix_sign_in_link_person_id"), "sign_in_link", ["person_id"], unique=False)
    op.create_table(
        "system",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('erp', 'wms', 'tms', 'last-mile', 'carrier', 'marketplace', 'finance', 'platform', 'other')",
            name=op.f("ck_system_kind"),
        ),
        sa.ForeignKeyConstraint(["owner"], ["team.name"], name=op.f("fk_system_owner")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_system")),
    )
    op.create_table(
        "contract",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("domain", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("system", sa.String(length=100), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('openapi', 'asyncapi')", name=op.f("ck_contract_kind")),
        sa.ForeignKeyConstraint(["domain"], ["domain.name"], name=op.f("fk_contract_domain")),
        sa.ForeignKeyConstraint(["owner"], ["team.name"], name=op.f("fk_contract_owner")),
        sa.ForeignKeyConstraint(["system"], ["system.name"], name=op.f("fk_contract_system")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("domain", "name", name=op.f("uq_contract_domain_name")),
    )
    op.create_index(op.f("ix_contract_owner"), "contract", ["owner"], unique=False)
    op.create_index(op.f("ix_contract_system"), "contract", ["system"], unique=False)
    op.create_table(
        "credential",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("consumer_id", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=320), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["consumer_id"], ["consumer.id"], name=op.f("fk_credential_consumer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("sha256", name=op.f("uq_credential_sha256")),
    )
    op.create_index(op.f("ix_credential_consumer_id"), "credential", ["consumer_id"], unique=False)
    op.create_table(
        "deployment",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", KEY, nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("environment", sa.String(length=100), nullable=False),
        sa.Column("base_path", sa.String(length=300), nullable=False),
        sa.Column("upstreams", sa.JSON(), nullable=False),
        sa.Column("upstream_path", sa.String(length=300), nullable=False),
        sa.Column("modes", sa.JSON(), nullable=False),
        sa.Column("operations", sa.JSON(), nullable=False),
        sa.Column("access", sa.String(length=10), nullable=False),
        sa.Column("unknown_query", sa.String(length=10), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_deployment_contract_id")),
        sa.ForeignKeyConstraint(
            ["environment"], ["environment.name"], name=op.f("fk_deployment_environment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployment")),
        sa.UniqueConstraint(
            "contract_id", "major", "environment", name=op.f("uq_deployment_contract_id_major_environment")
        ),
        sa.UniqueConstraint("environment", "base_path", name=op.f("uq_deployment_environment_base_path")),
    )
    op.create_table(
        "element",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=1000), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("deprecated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_element_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_element")),
    )
    op.create_index("ix_element_contract_id_kind", "element", ["contract_id", "kind", "id"], unique=False)
    op.create_table(
        "subscription",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("consumer_id", sa.String(length=20), nullable=False),
        sa.Column("contract_id", KEY, nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["consumer_id"], ["consumer.id"], name=op.f("fk_subscription_consumer_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_subscription_contract_id")),
        sa.ForeignKeyConstraint(["plan"], ["plan.name"], name=op.f("fk_subscription_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint(
            "consumer_id", "contract_id", "major", name=op.f("uq_subscription_consumer_id_contract_id_major")
        ),
    )
    op.create_index(op.f("ix_subscription_contract_id"), "subscription", ["contract_id"], unique=False)
    op.create_table(
        "version",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", KEY, nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("scheme", sa.String(length=10), nullable=False),
        sa.Column("position", sa.LargeBinary(), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        sa.Column("root", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=71), nullable=False),
        sa.Column("specification", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("operations", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=320), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(length=320), nullable=True),
        sa.Column("deprecated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sunset_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replacement", sa.String(length=320), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'deprecated', 'retired')", name=op.f("ck_version_state")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_version_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("contract_id", "version", name=op.f("uq_version_contract_id_version")),
    )
    op.create_index("ix_version_contract_id_position", "version", ["contract_id", "position"], unique=False)
    op.create_index("ix_version_sunset_at", "version", ["sunset_at"], unique=False)
    op.create_index(
        "uq_version_latest",
        "version",
        ["contract_id"],
        unique=True,
        sqlite_where=sa.text("is_latest"),
        postgresql_where=sa.text("is_latest"),
    )
    op.create_table(
        "diff_report",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", KEY, nullable=False),
        sa.Column("base_id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("breaking", sa.Integer(), nullable=False),
        sa.Column("safe", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["version.id"], name=op.f("fk_diff_report_base_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_diff_report_contract_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["version.id"], name=op.f("fk_diff_report_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diff_report")),
        sa.UniqueConstraint("base_id", "revision_id", name=op.f("uq_diff_report_base_id_revision_id")),
    )
    op.create_index("ix_diff_report_contract_id", "diff_report", ["contract_id", "id"], unique=False)
    op.create_index("ix_diff_report_revision_id", "diff_report", ["revision_id"], unique=False)
    op.create_table(
        "lint_report",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("ruleset", sa.String(length=300), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("infos", sa.Integer(), nullable=False),
        sa.Column("hints", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_lint_report_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lint_report")),
        sa.UniqueConstraint("version_id", name=op.f("uq_lint_report_version_id")),
    )
    op.create_table(
        "version_file",
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=71), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["content.digest"], name=op.f("fk_version_file_digest")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_version_file_version_id")),
        sa.PrimaryKeyConstraint("version_id", "name", name=op.f("pk_version_file")),
    )
    op.create_index(op.f("ix_version_file_digest"), "version_file", ["digest"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5("
            "title, body, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4')"
        )
    else:
        op.create_table(
            "search_index",
            sa.Column("element_id", sa.BigInteger(), primary_key=True, autoincrement=False),
            sa.Column("document", postgresql.TSVECTOR(), nullable=False),
        )
        op.create_index("ix_search_index_document", "search_index", ["document"], postgresql_using="gin")
    heads = sa.table("head", sa.column("name", sa.String), sa.column("value", sa.String))
    op.bulk_insert(heads, [{"name": "audit", "value": ""}, {"name": "bundles", "value": "0"}])


def downgrade() -> None:
    op.drop_table("search_index")
    op.drop_index(op.f("ix_version_file_digest"), table_name="version_file")
    op.drop_table("version_file")
    op.drop_table("lint_report")
    op.drop_index("ix_diff_report_revision_id", table_name="diff_report")
    op.drop_index("ix_diff_report_contract_id", table_name="diff_report")
    op.drop_table("diff_report")
    op.drop_index(
        "uq_version_latest",
        table_name="version",
        sqlite_where=sa.text("is_latest"),
        postgresql_where=sa.text("is_latest"),
    )
    op.drop_index("ix_version_sunset_at", table_name="version")
    op.drop_index("ix_version_contract_id_position", table_name="version")
    op.drop_table("version")
    op.drop_index(op.f("ix_subscription_contract_id"), table_name="subscription")
    op.drop_table("subscription")
    op.drop_index("ix_element_contract_id_kind", table_name="element")
    op.drop_table("element")
    op.drop_table("deployment")
    op.drop_index(op.f("ix_credential_consumer_id"), table_name="credential")
    op.drop_table("credential")
    op.drop_index(op.f("ix_contract_system"), table_name="contract")
    op.drop_index(op.f("ix_contract_owner"), table_name="contract")
    op.drop_table("contract")
    op.drop_table("system")
    op.drop_index(op.f("ix_sign_in_link_person_id"), table_name="sign_in_link")
    op.drop_table("sign_in_link")
    op.drop_index(op.f("ix_session_person_id"), table_name="session")
    op.drop_table("session")
    op.drop_table("role_grant")
    op.drop_index(op.f("ix_oidc_identity_person_id"), table_name="oidc_identity")
    op.drop_table("oidc_identity")
    op.drop_table("consumer")
    op.drop_table("bundle")
    op.drop_index("ix_violation_state", table_name="violation")
    op.drop_index("ix_violation_last_at", table_name="violation")
    op.drop_index("ix_violation_contract", table_name="violation")
    op.drop_table("violation")
    op.drop_table("team")
    op.drop_table("plan")
    op.drop_table("person")
    op.drop_index(op.f("ix_observation_batch_received_at"), table_name="observation_batch")
    op.drop_table("observation_batch")
    op.drop_table("machine_token")
    op.drop_table("head")
    op.drop_index("ix_gate_run_outcome", table_name="gate_run")
    op.drop_index("ix_gate_run_contract", table_name="gate_run")
    op.drop_table("gate_run")
    op.drop_table("environment")
    op.drop_table("domain")
    op.drop_table("content")
    op.drop_index("ix_calls_consumer_id", table_name="calls")
    op.drop_table("calls")
    op.drop_index("ix_audit_subject", table_name="audit")
    op.drop_table("audit")
