using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SenderKept : Migration
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.Sql("ALTER TABLE connectors DROP COLUMN makers");

            migrationBuilder.Sql("ALTER TABLE approvals DROP COLUMN author_mailbox_id");

            migrationBuilder.Sql("ALTER TABLE approvals DROP COLUMN senders");

            migrationBuilder.Sql("ALTER TABLE app_passwords DROP COLUMN makers");
        }
    }
}
