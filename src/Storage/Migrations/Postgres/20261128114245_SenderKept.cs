using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Postgres
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
