using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SendLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "send_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    counted_from = table.Column<long>(type: "bigint", nullable: true),
                    told_at = table.Column<long>(type: "bigint", nullable: true),
                    blocked_at = table.Column<long>(type: "bigint", nullable: false),
                    blocked_until = table.Column<long>(type: "bigint", nullable: true),
                    block_reason = table.Column<string>(type: "text", nullable: true),
                    blocked_by = table.Column<string>(type: "text", nullable: true),
                    ends_sessions = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_send_accounts", x => x.id);
                    table.ForeignKey(
                        name: "FK_send_accounts_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sent_recipients",
                columns: table => new
                {
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_at = table.Column<long>(type: "bigint", nullable: false),
                    last_at = table.Column<long>(type: "bigint", nullable: false),
                    delivered = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sent_recipients", x => new { x.mailbox_id, x.address });
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_sender_mailbox_id_received_at",
                table: "messages",
                columns: new[] { "sender_mailbox_id", "received_at" },
                filter: "sender_mailbox_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_send_accounts_blocked_until",
                table: "send_accounts",
                column: "blocked_until",
                filter: "blocked_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_send_accounts_tenant_id_blocked_at",
                table: "send_accounts",
                columns: new[] { "tenant_id", "blocked_at" });

            migrationBuilder.CreateIndex(
                name: "IX_sent_recipients_last_at",
                table: "sent_recipients",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "IX_sent_recipients_mailbox_id_first_at",
                table: "sent_recipients",
                columns: new[] { "mailbox_id", "first_at" });

            migrationBuilder.CreateIndex(
                name: "IX_sent_recipients_tenant_id",
                table: "sent_recipients",
                column: "tenant_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "send_accounts");

            migrationBuilder.DropTable(
                name: "sent_recipients");

            migrationBuilder.DropIndex(
                name: "IX_messages_sender_mailbox_id_received_at",
                table: "messages");
        }
    }
}
