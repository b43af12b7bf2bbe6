using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Postgres
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
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "connector_id",
                table: "messages",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "submitted_by",
                table: "messages",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "form_json",
                table: "deliveries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "makers",
                table: "connectors",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "author_mailbox_id",
                table: "approvals",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "senders",
                table: "approvals",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "makers",
                table: "app_passwords",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "message_reads",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_message_reads", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "open_hours",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hour = table.Column<long>(type: "bigint", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_open_hours", x => new { x.delivery_id, x.hour });
                });

            migrationBuilder.CreateTable(
                name: "opens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sender_mailbox_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    target = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    part = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    is_head = table.Column<bool>(type: "boolean", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    facts = table.Column<string>(type: "text", nullable: true),
                    network_key = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    agent_key = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    grade = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: true),
                    reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    country = table.Column<string>(type: "text", nullable: true),
                    region = table.Column<string>(type: "text", nullable: true),
                    network = table.Column<string>(type: "text", nullable: true),
                    family = table.Column<string>(type: "text", nullable: true),
                    system = table.Column<string>(type: "text", nullable: true),
                    device = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_opens", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "protected_deliveries",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sender_mailbox_id = table.Column<Guid>(type: "uuid", nullable: true),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    extent = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    larger_than = table.Column<long>(type: "bigint", nullable: true),
                    view_only = table.Column<bool>(type: "boolean", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false),
                    withdrawn_at = table.Column<long>(type: "bigint", nullable: true),
                    withdrawn_by = table.Column<string>(type: "text", nullable: true),
                    first_opened_at = table.Column<long>(type: "bigint", nullable: true),
                    last_opened_at = table.Column<long>(type: "bigint", nullable: true),
                    opens = table.Column<int>(type: "integer", nullable: false),
                    downloads = table.Column<int>(type: "integer", nullable: false),
                    replies = table.Column<int>(type: "integer", nullable: false),
                    replies_since = table.Column<long>(type: "bigint", nullable: true),
                    checked_at = table.Column<long>(type: "bigint", nullable: true),
                    is_dangerous = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_protected_deliveries", x => x.delivery_id);
                });

            migrationBuilder.CreateTable(
                name: "protected_mails",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    wrapped_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    subject = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_protected_mails", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "reader_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    made_at = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    used_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reader_codes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reader_sessions",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    seen_at = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reader_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tracked_deliveries",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sender_mailbox_id = table.Column<Guid>(type: "uuid", nullable: true),
                    place = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    tracked_at = table.Column<long>(type: "bigint", nullable: false),
                    people = table.Column<int>(type: "integer", nullable: false),
                    machines = table.Column<int>(type: "integer", nullable: false),
                    unknowns = table.Column<int>(type: "integer", nullable: false),
                    beyond = table.Column<long>(type: "bigint", nullable: false),
                    first_at = table.Column<long>(type: "bigint", nullable: true),
                    last_at = table.Column<long>(type: "bigint", nullable: true)
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

            migrationBuilder.DropColumn(
                name: "author_mailbox_id",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "connector_id",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "submitted_by",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "form_json",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "makers",
                table: "connectors");

            migrationBuilder.DropColumn(
                name: "author_mailbox_id",
                table: "approvals");

            migrationBuilder.DropColumn(
                name: "senders",
                table: "approvals");

            migrationBuilder.DropColumn(
                name: "makers",
                table: "app_passwords");
        }
    }
}
