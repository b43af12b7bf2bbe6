using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Onboarding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "plan",
                table: "tenants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ready_at",
                table: "tenants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "source_id",
                table: "mailboxes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "domain_claims",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    token = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    problem = table.Column<string>(type: "TEXT", maxLength: 24, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    checks = table.Column<int>(type: "INTEGER", nullable: false),
                    checked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    proven_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_domain_claims", x => x.id);
                    table.ForeignKey(
                        name: "FK_domain_claims_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "flow_checks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mailbox = table.Column<string>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    steps = table.Column<string>(type: "TEXT", nullable: false),
                    requested_by = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_token = table.Column<Guid>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_flow_checks", x => x.id);
                    table.ForeignKey(
                        name: "FK_flow_checks_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ldap_directories",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    host = table.Column<string>(type: "TEXT", nullable: false),
                    port = table.Column<int>(type: "INTEGER", nullable: false),
                    security = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    trusted_roots = table.Column<string>(type: "TEXT", nullable: true),
                    bind_name = table.Column<string>(type: "TEXT", nullable: false),
                    bind_secret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @base = table.Column<string>(name: "base", type: "TEXT", nullable: false),
                    filter = table.Column<string>(type: "TEXT", nullable: false),
                    address_attribute = table.Column<string>(type: "TEXT", nullable: false),
                    name_attribute = table.Column<string>(type: "TEXT", nullable: false),
                    alias_attribute = table.Column<string>(type: "TEXT", nullable: false),
                    group_attribute = table.Column<string>(type: "TEXT", nullable: false),
                    every_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    max_removal_percent = table.Column<int>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by = table.Column<string>(type: "TEXT", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    due_is_test = table.Column<bool>(type: "INTEGER", nullable: false),
                    lease_token = table.Column<Guid>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    last_run = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ldap_directories", x => x.id);
                    table.ForeignKey(
                        name: "FK_ldap_directories_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_aliases",
                columns: table => new
                {
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mailbox_aliases", x => x.address);
                    table.ForeignKey(
                        name: "FK_mailbox_aliases_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_domain_claims_due_at",
                table: "domain_claims",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "IX_domain_claims_tenant_id_name",
                table: "domain_claims",
                columns: new[] { "tenant_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_flow_checks_state_created_at",
                table: "flow_checks",
                columns: new[] { "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_flow_checks_tenant_id_created_at",
                table: "flow_checks",
                columns: new[] { "tenant_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_ldap_directories_tenant_id",
                table: "ldap_directories",
                column: "tenant_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_aliases_mailbox_id",
                table: "mailbox_aliases",
                column: "mailbox_id");

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_aliases_tenant_id",
                table: "mailbox_aliases",
                column: "tenant_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "domain_claims");

            migrationBuilder.DropTable(
                name: "flow_checks");

            migrationBuilder.DropTable(
                name: "ldap_directories");

            migrationBuilder.DropTable(
                name: "mailbox_aliases");

            migrationBuilder.DropColumn(
                name: "plan",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "ready_at",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "source_id",
                table: "mailboxes");
        }
    }
}
