using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Misdirection : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_sent_recipients_tenant_id",
                table: "sent_recipients");

            migrationBuilder.AddColumn<string>(
                name: "domain",
                table: "sent_recipients",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql("UPDATE sent_recipients SET domain = SUBSTR(address, INSTR(address, '@') + 1)");

            migrationBuilder.AddColumn<string>(
                name: "risk",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "risk_at",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_copy",
                table: "deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "attackers",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    verdict = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attackers", x => new { x.tenant_id, x.name });
                });

            migrationBuilder.CreateTable(
                name: "organisation_names",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    domain = table.Column<string>(type: "TEXT", nullable: false),
                    seen = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organisation_names", x => new { x.tenant_id, x.name, x.domain });
                });

            migrationBuilder.CreateIndex(
                name: "IX_sent_recipients_tenant_id_domain",
                table: "sent_recipients",
                columns: new[] { "tenant_id", "domain" });

            migrationBuilder.CreateIndex(
                name: "IX_attackers_last_at",
                table: "attackers",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "IX_attackers_tenant_id_last_at",
                table: "attackers",
                columns: new[] { "tenant_id", "last_at" });

            migrationBuilder.CreateIndex(
                name: "IX_organisation_names_last_at",
                table: "organisation_names",
                column: "last_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attackers");

            migrationBuilder.DropTable(
                name: "organisation_names");

            migrationBuilder.DropIndex(
                name: "IX_sent_recipients_tenant_id_domain",
                table: "sent_recipients");

            migrationBuilder.Sql("ALTER TABLE sent_recipients DROP COLUMN domain");

            migrationBuilder.Sql("ALTER TABLE messages DROP COLUMN risk");

            migrationBuilder.Sql("ALTER TABLE messages DROP COLUMN risk_at");

            migrationBuilder.Sql("ALTER TABLE deliveries DROP COLUMN is_copy");

            migrationBuilder.CreateIndex(
                name: "IX_sent_recipients_tenant_id",
                table: "sent_recipients",
                column: "tenant_id");
        }
    }
}
