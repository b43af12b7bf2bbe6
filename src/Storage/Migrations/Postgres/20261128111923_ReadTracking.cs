using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ReadTracking : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "tracked_deliveries");
        }
    }
}
