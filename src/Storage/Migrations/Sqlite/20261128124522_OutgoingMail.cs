using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OutgoingMail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "author_mailbox_id",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "connector_id",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "submitted_by",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "form_json",
                table: "deliveries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "makers",
                table: "connectors",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "author_mailbox_id",
                table: "approvals",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "senders",
                table: "approvals",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "makers",
                table: "app_passwords",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "message_reads",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_message_reads", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "open_hours",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hour = table.Column<long>(type: "INTEGER", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_open_hours", x => new { x.delivery_id, x.hour });
                });

            migrationBuilder.CreateTable(
                name: "opens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    delivery_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sender_mailbox_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    target = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    part = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    is_head = table.Column<bool>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    facts = table.Column<string>(type: "TEXT", nullable: true),
                    network_key = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    agent_key = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    grade = table.Column<string>(type: "TEXT", maxLength: 24, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    country = table.Column<string>(type: "TEXT", nullable: true),
                    region = table.Column<string>(type: "TEXT", nullable: true),
                    network = table.Column<string>(type: "TEXT", nullable: true),
                    family = table.Column<string>(type: "TEXT", nullable: true),
                    system = table.Column<string>(type: "TEXT", nullable: true),
                    device = table.Column<string>(type: "TEXT", maxLength: 24, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_opens", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "protected_deliveries",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sender_mailbox_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    recipient = table.Column<string>(type: "TEXT", nullable: false),
                    extent = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    larger_than = table.Column<long>(type: "INTEGER", nullable: true),
                    view_only = table.Column<bool>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true),
                    withdrawn_by = table.Column<string>(type: "TEXT", nullable: true),
                    first_opened_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_opened_at = table.Column<long>(type: "INTEGER", nullable: true),
                    opens = table.Column<int>(type: "INTEGER", nullable: false),
                    downloads = table.Column<int>(type: "INTEGER", nullable: false),
                    replies = table.Column<int>(type: "INTEGER", nullable: false),
                    replies_since = table.Column<long>(type: "INTEGER", nullable: true),
                    checked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    is_dangerous = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_protected_deliveries", x => x.delivery_id);
                });

            migrationBuilder.CreateTable(
                name: "protected_mails",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    wrapped_key = table.Column<byte[]>(type: "BLOB", nullable: true),
                    subject = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_protected_mails", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "reader_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    delivery_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reader_codes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reader_sessions",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    delivery_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reader_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tracked_deliveries",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sender_mailbox_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    place = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    tracked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    people = table.Column<int>(type: "INTEGER", nullable: false),
                    machines = table.Column<int>(type: "INTEGER", nullable: false),
                    unknowns = table.Column<int>(type: "INTEGER", nullable: false),
                    beyond = table.Column<long>(type: "INTEGER", nullable: false),
                    first_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tracked_deliveries", x => x.delivery_id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_author_mailbox_id_received_at",
                table: "messages",
                columns: new[] { "author_mailbox_id", "received_at" },
                filter: "author_mailbox_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_messages_connector_id_received_at",
                table: "messages",
                columns: new[] { "connector_id", "received_at" },
                filter: "connector_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_mail_orders_tenant_id_recipient_kind_message_id",
                table: "mail_orders",
                columns: new[] { "tenant_id", "recipient", "kind", "message_id" });

            migrationBuilder.CreateIndex(
                name: "IX_message_reads_tenant_id",
                table: "message_reads",
                column: "tenant_id");

            migrationBuilder.CreateIndex(
                name: "IX_open_hours_message_id",
                table: "open_hours",
                column: "message_id");

            migrationBuilder.CreateIndex(
                name: "IX_open_hours_tenant_id",
                table: "open_hours",
                column: "tenant_id");

            migrationBuilder.CreateIndex(
                name: "IX_opens_delivery_id_at",
                table: "opens",
                columns: new[] { "delivery_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_opens_due_at",
                table: "opens",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_opens_message_id",
                table: "opens",
                column: "message_id");

            migrationBuilder.CreateIndex(
                name: "IX_opens_network_key_at",
                table: "opens",
                columns: new[] { "network_key", "at" },
                filter: "network_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_opens_tenant_id",
                table: "opens",
                column: "tenant_id");

            migrationBuilder.CreateIndex(
                name: "IX_protected_deliveries_message_id",
                table: "protected_deliveries",
                column: "message_id");

            migrationBuilder.CreateIndex(
                name: "IX_protected_deliveries_tenant_id_expires_at",
                table: "protected_deliveries",
                columns: new[] { "tenant_id", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "IX_protected_mails_tenant_id",
                table: "protected_mails",
                column: "tenant_id");

            migrationBuilder.CreateIndex(
                name: "IX_reader_codes_delivery_id_made_at",
                table: "reader_codes",
                columns: new[] { "delivery_id", "made_at" });

            migrationBuilder.CreateIndex(
                name: "IX_reader_codes_expires_at",
                table: "reader_codes",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_reader_codes_tenant_id",
                table: "reader_codes",
                column: "tenant_id");

            migrationBuilder.CreateIndex(
                name: "IX_reader_sessions_delivery_id",
                table: "reader_sessions",
                column: "delivery_id");

            migrationBuilder.CreateIndex(
                name: "IX_reader_sessions_expires_at",
                table: "reader_sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_reader_sessions_tenant_id",
                table: "reader_sessions",
                column: "tenant_id");

            migrationBuilder.CreateIndex(
                name: "IX_tracked_deliveries_message_id",
                table: "tracked_deliveries",
                column: "message_id");

            migrationBuilder.CreateIndex(
                name: "IX_tracked_deliveries_tenant_id",
                table: "tracked_deliveries",
                column: "tenant_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "message_reads");

            migrationBuilder.DropTable(
                name: "open_hours");

            migrationBuilder.DropTable(
                name: "opens");

            migrationBuilder.DropTable(
                name: "protected_deliveries");

            migrationBuilder.DropTable(
                name: "protected_mails");

            migrationBuilder.DropTable(
                name: "reader_codes");

            migrationBuilder.DropTable(
                name: "reader_sessions");

            migrationBuilder.DropTable(
                name: "tracked_deliveries");

            migrationBuilder.DropIndex(
                name: "IX_messages_author_mailbox_id_received_at",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_messages_connector_id_received_at",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_mail_orders_tenant_id_recipient_kind_message_id",
                table: "mail_orders");

            migrationBuilder.Sql("ALTER TABLE messages DROP COLUMN author_mailbox_id");

            migrationBuilder.Sql("ALTER TABLE messages DROP COLUMN connector_id");

            migrationBuilder.Sql("ALTER TABLE messages DROP COLUMN submitted_by");

            migrationBuilder.Sql("ALTER TABLE deliveries DROP COLUMN form_json");

            migrationBuilder.Sql("ALTER TABLE connectors DROP COLUMN makers");

            migrationBuilder.Sql("ALTER TABLE approvals DROP COLUMN author_mailbox_id");

            migrationBuilder.Sql("ALTER TABLE approvals DROP COLUMN senders");

            migrationBuilder.Sql("ALTER TABLE app_passwords DROP COLUMN makers");
        }
    }
}
