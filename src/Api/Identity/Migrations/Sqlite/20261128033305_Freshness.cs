using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Api.Identity.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Freshness : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_credential_logins_UserId",
                table: "credential_logins");

            migrationBuilder.AddColumn<long>(
                name: "AuthenticatedAt",
                table: "sessions",
                type: "INTEGER",
                nullable: true);

            // A provider's word is as old as nobody knows; the rest proved it when the session began.
            migrationBuilder.Sql("UPDATE sessions SET \"AuthenticatedAt\" = \"CreatedAt\" WHERE \"Methods\" NOT LIKE 'fed%'");

            // Two that were linked in the same moment: which of them is the person shows at the next sign-in.
            migrationBuilder.Sql("DELETE FROM credential_logins WHERE \"UserId\" IN (SELECT \"UserId\" FROM credential_logins GROUP BY \"UserId\" HAVING COUNT(*) > 1)");

            migrationBuilder.CreateIndex(
                name: "IX_credential_logins_UserId",
                table: "credential_logins",
                column: "UserId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_credential_logins_UserId",
                table: "credential_logins");

            migrationBuilder.DropColumn(
                name: "AuthenticatedAt",
                table: "sessions");

            migrationBuilder.CreateIndex(
                name: "IX_credential_logins_UserId",
                table: "credential_logins",
                column: "UserId");
        }
    }
}
