using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Protection : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "form_json",
                table: "deliveries",
                type: "text",
                nullable: true);

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "protected_deliveries");

            migrationBuilder.DropTable(
                name: "protected_mails");

            migrationBuilder.DropTable(
                name: "reader_codes");

            migrationBuilder.DropTable(
                name: "reader_sessions");

            migrationBuilder.DropColumn(
                name: "form_json",
                table: "deliveries");
        }
    }
}
