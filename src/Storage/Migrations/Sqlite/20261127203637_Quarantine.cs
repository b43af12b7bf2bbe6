using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Quarantine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "report_address",
                table: "tenants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "digest_entries",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    told_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_digest_entries", x => x.delivery_id);
                });

            migrationBuilder.CreateTable(
                name: "learning_labels",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    label = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    is_carrier = table.Column<bool>(type: "INTEGER", nullable: false),
                    labelled_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_learning_labels", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "mail_orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    recipient = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    facts = table.Column<string>(type: "TEXT", nullable: false),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mail_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_senders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mailbox_senders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "release_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    delivery_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    requested_by = table.Column<string>(type: "TEXT", nullable: false),
                    requested_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    decided_by = table.Column<string>(type: "TEXT", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decision_note = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_release_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "report_mails",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    done_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_report_mails", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    delivery_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    mailbox_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    carrier_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    via = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    comment = table.Column<string>(type: "TEXT", nullable: false),
                    verdict = table.Column<string>(type: "TEXT", maxLength: 24, nullable: true),
                    reported_by = table.Column<string>(type: "TEXT", nullable: false),
                    reported_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    decided_by = table.Column<string>(type: "TEXT", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decision_note = table.Column<string>(type: "TEXT", nullable: true),
                    held = table.Column<int>(type: "INTEGER", nullable: false),
                    released = table.Column<int>(type: "INTEGER", nullable: false),
                    listed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reports", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_reports",
                table: "messages",
                column: "received_at",
                filter: "mode = 'Report'");

            migrationBuilder.CreateIndex(
                name: "IX_messages_tenant_id_message_id_header",
                table: "messages",
                columns: new[] { "tenant_id", "message_id_header" },
                filter: "message_id_header IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_digest_entries_tenant_id_told_at",
                table: "digest_entries",
                columns: new[] { "tenant_id", "told_at" });

            migrationBuilder.CreateIndex(
                name: "IX_learning_labels_tenant_id_labelled_at",
                table: "learning_labels",
                columns: new[] { "tenant_id", "labelled_at" });

            migrationBuilder.CreateIndex(
                name: "IX_mail_orders_created_at",
                table: "mail_orders",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_senders_mailbox_id_value",
                table: "mailbox_senders",
                columns: new[] { "mailbox_id", "value" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_senders_tenant_id_value",
                table: "mailbox_senders",
                columns: new[] { "tenant_id", "value" });

            migrationBuilder.CreateIndex(
                name: "IX_release_requests_delivery_id",
                table: "release_requests",
                column: "delivery_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_release_requests_tenant_id_state_requested_at",
                table: "release_requests",
                columns: new[] { "tenant_id", "state", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "IX_reports_mailbox_id_reported_at",
                table: "reports",
                columns: new[] { "mailbox_id", "reported_at" });

            migrationBuilder.CreateIndex(
                name: "IX_reports_message_id",
                table: "reports",
                column: "message_id");

            migrationBuilder.CreateIndex(
                name: "IX_reports_tenant_id_state_reported_at",
                table: "reports",
                columns: new[] { "tenant_id", "state", "reported_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "digest_entries");

            migrationBuilder.DropTable(
                name: "learning_labels");

            migrationBuilder.DropTable(
                name: "mail_orders");

            migrationBuilder.DropTable(
                name: "mailbox_senders");

            migrationBuilder.DropTable(
                name: "release_requests");

            migrationBuilder.DropTable(
                name: "report_mails");

            migrationBuilder.DropTable(
                name: "reports");

            migrationBuilder.DropIndex(
                name: "IX_messages_reports",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_messages_tenant_id_message_id_header",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "report_address",
                table: "tenants");
        }
    }
}
