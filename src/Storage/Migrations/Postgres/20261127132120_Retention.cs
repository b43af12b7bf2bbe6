using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_heads",
                columns: table => new
                {
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_heads", x => x.owner_id);
                });

            migrationBuilder.CreateTable(
                name: "audit_personal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: false),
                    actor_salt = table.Column<byte[]>(type: "bytea", nullable: true),
                    target_salt = table.Column<byte[]>(type: "bytea", nullable: true),
                    detail_salt = table.Column<byte[]>(type: "bytea", nullable: true),
                    message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    erased_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_personal", x => x.id);
                    table.ForeignKey(
                        name: "FK_audit_personal_audit_id",
                        column: x => x.id,
                        principalTable: "audit",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql("INSERT INTO audit_personal (id, actor, target, detail) SELECT id, actor, target, detail FROM audit");

            migrationBuilder.Sql("INSERT INTO audit_heads (owner_id, sequence, hash) SELECT tenant_id, sequence, hash FROM audit AS last WHERE sequence = (SELECT MAX(sequence) FROM audit WHERE tenant_id = last.tenant_id)");

            migrationBuilder.DropIndex(
                name: "IX_audit_tenant_id_sequence",
                table: "audit");

            migrationBuilder.RenameColumn(
                name: "tenant_id",
                table: "audit",
                newName: "owner_id");

            migrationBuilder.RenameColumn(
                name: "actor",
                table: "audit",
                newName: "actor_commitment");

            migrationBuilder.RenameColumn(
                name: "target",
                table: "audit",
                newName: "target_commitment");

            migrationBuilder.RenameColumn(
                name: "detail",
                table: "audit",
                newName: "detail_commitment");

            migrationBuilder.Sql("UPDATE audit SET actor_commitment = '', target_commitment = '', detail_commitment = ''");

            migrationBuilder.AddColumn<int>(
                name: "form",
                table: "audit",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateIndex(
                name: "IX_audit_owner_id_sequence",
                table: "audit",
                columns: new[] { "owner_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_audit_personal_message_id",
                table: "audit_personal",
                column: "message_id",
                filter: "message_id IS NOT NULL");

            migrationBuilder.CreateTable(
                name: "content_access",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason_of_clients = table.Column<bool>(type: "boolean", nullable: false),
                    four_eyes = table.Column<bool>(type: "boolean", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_content_access", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "content_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    requested_by = table.Column<string>(type: "text", nullable: false),
                    requested_at = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decided_at = table.Column<long>(type: "bigint", nullable: true),
                    granted_until = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_content_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "holds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: true),
                    mailbox_address = table.Column<string>(type: "text", nullable: true),
                    sender = table.Column<string>(type: "text", nullable: true),
                    search = table.Column<string>(type: "text", nullable: true),
                    received_since = table.Column<long>(type: "bigint", nullable: true),
                    received_until = table.Column<long>(type: "bigint", nullable: true),
                    ends_at = table.Column<long>(type: "bigint", nullable: true),
                    placed_by = table.Column<string>(type: "text", nullable: false),
                    placed_at = table.Column<long>(type: "bigint", nullable: false),
                    released_by = table.Column<string>(type: "text", nullable: true),
                    released_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holds", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "purge_work",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    purge_id = table.Column<Guid>(type: "uuid", nullable: true),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    body_name = table.Column<string>(type: "text", nullable: false),
                    whole = table.Column<bool>(type: "boolean", nullable: false),
                    sender = table.Column<string>(type: "text", nullable: false),
                    mailboxes = table.Column<string>(type: "text", nullable: false),
                    after_sequence = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_purge_work", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "purges",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<string>(type: "text", nullable: false),
                    counts = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    requested_by = table.Column<string>(type: "text", nullable: false),
                    requested_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    receipt = table.Column<string>(type: "text", nullable: true),
                    lease_token = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_purges", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "retention",
                columns: table => new
                {
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rules = table.Column<string>(type: "text", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_retention", x => x.owner_id);
                });

            migrationBuilder.CreateTable(
                name: "retention_runs",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: true),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    content = table.Column<int>(type: "integer", nullable: false),
                    messages = table.Column<int>(type: "integer", nullable: false),
                    held = table.Column<int>(type: "integer", nullable: false),
                    lease_token = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_retention_runs", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "tenant_deletions",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    purge_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    requested_by = table.Column<string>(type: "text", nullable: false),
                    requested_at = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    obstacle = table.Column<string>(type: "text", nullable: true),
                    lease_token = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenant_deletions", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "tenant_exports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    with_bodies = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: false),
                    done = table.Column<int>(type: "integer", nullable: false),
                    body_name = table.Column<string>(type: "text", nullable: true),
                    body_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    size = table.Column<long>(type: "bigint", nullable: true),
                    sha256 = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    requested_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    expires_at = table.Column<long>(type: "bigint", nullable: true),
                    lease_token = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenant_exports", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_with_content",
                table: "messages",
                columns: new[] { "tenant_id", "received_at" },
                filter: "body_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_content_requests_message_id_requested_by",
                table: "content_requests",
                columns: new[] { "message_id", "requested_by" });

            migrationBuilder.CreateIndex(
                name: "IX_content_requests_tenant_id_requested_at",
                table: "content_requests",
                columns: new[] { "tenant_id", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "IX_holds_tenant_id_placed_at",
                table: "holds",
                columns: new[] { "tenant_id", "placed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_purge_work_created_at",
                table: "purge_work",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_purge_work_purge_id",
                table: "purge_work",
                column: "purge_id");

            migrationBuilder.CreateIndex(
                name: "IX_purges_owner_id_requested_at",
                table: "purges",
                columns: new[] { "owner_id", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "IX_purges_running",
                table: "purges",
                column: "requested_at",
                filter: "state = 'running'");

            migrationBuilder.CreateIndex(
                name: "IX_tenant_exports_tenant_id_created_at",
                table: "tenant_exports",
                columns: new[] { "tenant_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "content_access");

            migrationBuilder.DropTable(
                name: "content_requests");

            migrationBuilder.DropTable(
                name: "holds");

            migrationBuilder.DropTable(
                name: "purge_work");

            migrationBuilder.DropTable(
                name: "purges");

            migrationBuilder.DropTable(
                name: "retention");

            migrationBuilder.DropTable(
                name: "retention_runs");

            migrationBuilder.DropTable(
                name: "tenant_deletions");

            migrationBuilder.DropTable(
                name: "tenant_exports");

            migrationBuilder.DropIndex(
                name: "IX_messages_with_content",
                table: "messages");

            migrationBuilder.Sql("UPDATE audit SET actor_commitment = beside.actor, target_commitment = beside.target, detail_commitment = beside.detail FROM audit_personal AS beside WHERE beside.id = audit.id");

            migrationBuilder.DropTable(
                name: "audit_heads");

            migrationBuilder.DropTable(
                name: "audit_personal");

            migrationBuilder.DropIndex(
                name: "IX_audit_owner_id_sequence",
                table: "audit");

            migrationBuilder.DropColumn(
                name: "form",
                table: "audit");

            migrationBuilder.RenameColumn(
                name: "owner_id",
                table: "audit",
                newName: "tenant_id");

            migrationBuilder.RenameColumn(
                name: "actor_commitment",
                table: "audit",
                newName: "actor");

            migrationBuilder.RenameColumn(
                name: "target_commitment",
                table: "audit",
                newName: "target");

            migrationBuilder.RenameColumn(
                name: "detail_commitment",
                table: "audit",
                newName: "detail");

            migrationBuilder.CreateIndex(
                name: "IX_audit_tenant_id_sequence",
                table: "audit",
                columns: new[] { "tenant_id", "sequence" },
                unique: true);
        }
    }
}
