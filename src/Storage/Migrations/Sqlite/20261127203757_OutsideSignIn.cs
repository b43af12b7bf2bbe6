using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OutsideSignIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "sign_in_provider_id",
                table: "domains",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "provisioned_accounts",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    external_id = table.Column<string>(type: "TEXT", nullable: true),
                    given_name = table.Column<string>(type: "TEXT", nullable: true),
                    family_name = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_provisioned_accounts", x => x.account_id);
                    table.ForeignKey(
                        name: "FK_provisioned_accounts_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "provisioning",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role_map = table.Column<string>(type: "TEXT", nullable: false),
                    default_roles = table.Column<string>(type: "TEXT", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_provisioning", x => x.tenant_id);
                    table.ForeignKey(
                        name: "FK_provisioning_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "provisioning_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_provisioning_keys", x => x.id);
                    table.ForeignKey(
                        name: "FK_provisioning_keys_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sign_in_providers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    tenant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    issuer = table.Column<string>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", nullable: false),
                    client_secret = table.Column<byte[]>(type: "BLOB", nullable: true),
                    scopes = table.Column<string>(type: "TEXT", nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    local_sign_in = table.Column<bool>(type: "INTEGER", nullable: false),
                    creates_accounts = table.Column<bool>(type: "INTEGER", nullable: false),
                    role_claim = table.Column<string>(type: "TEXT", nullable: true),
                    role_map = table.Column<string>(type: "TEXT", nullable: false),
                    default_roles = table.Column<string>(type: "TEXT", nullable: false),
                    last_sign_in_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sign_in_providers", x => x.id);
                    table.ForeignKey(
                        name: "FK_sign_in_providers_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_domains_sign_in_provider_id",
                table: "domains",
                column: "sign_in_provider_id");

            migrationBuilder.CreateIndex(
                name: "IX_provisioned_accounts_tenant_id_external_id",
                table: "provisioned_accounts",
                columns: new[] { "tenant_id", "external_id" });

            migrationBuilder.CreateIndex(
                name: "IX_provisioning_keys_hash",
                table: "provisioning_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_provisioning_keys_tenant_id_created_at",
                table: "provisioning_keys",
                columns: new[] { "tenant_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_sign_in_providers_tenant_id_created_at",
                table: "sign_in_providers",
                columns: new[] { "tenant_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "provisioned_accounts");

            migrationBuilder.DropTable(
                name: "provisioning");

            migrationBuilder.DropTable(
                name: "provisioning_keys");

            migrationBuilder.DropTable(
                name: "sign_in_providers");

            migrationBuilder.DropIndex(
                name: "IX_domains_sign_in_provider_id",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "sign_in_provider_id",
                table: "domains");
        }
    }
}
