using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class GroupsAndPolicies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "policy_revision",
                table: "tenants",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "policy_revision",
                table: "msps",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "policy_templates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    name_key = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    values_json = table.Column<string>(type: "text", nullable: false),
                    coverage = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    tenants = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false),
                    applied_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_templates", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "policy_values",
                columns: table => new
                {
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    setting = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    level = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    value = table.Column<string>(type: "text", nullable: true),
                    locked = table.Column<bool>(type: "boolean", nullable: false),
                    template_id = table.Column<Guid>(type: "uuid", nullable: true),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_values", x => new { x.subject_id, x.setting });
                });

            migrationBuilder.CreateTable(
                name: "template_applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    template_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    changes = table.Column<string>(type: "text", nullable: false),
                    tenants = table.Column<int>(type: "integer", nullable: false),
                    applied_at = table.Column<long>(type: "bigint", nullable: false),
                    applied_by = table.Column<string>(type: "text", nullable: false),
                    undone_at = table.Column<long>(type: "bigint", nullable: true),
                    undone_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_template_applications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tenant_groups",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    name_key = table.Column<string>(type: "text", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    position = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenant_groups", x => x.id);
                    table.ForeignKey(
                        name: "FK_tenant_groups_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "group_members",
                columns: table => new
                {
                    group_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    added_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_group_members", x => new { x.group_id, x.member_id });
                    table.ForeignKey(
                        name: "FK_group_members_tenant_groups_group_id",
                        column: x => x.group_id,
                        principalTable: "tenant_groups",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_group_members_member_id",
                table: "group_members",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "IX_group_members_tenant_id_group_id",
                table: "group_members",
                columns: new[] { "tenant_id", "group_id" });

            migrationBuilder.CreateIndex(
                name: "IX_policy_templates_owner_id_name_key",
                table: "policy_templates",
                columns: new[] { "owner_id", "name_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_policy_values_owner_id_level",
                table: "policy_values",
                columns: new[] { "owner_id", "level" });

            migrationBuilder.CreateIndex(
                name: "IX_policy_values_template_id",
                table: "policy_values",
                column: "template_id");

            migrationBuilder.CreateIndex(
                name: "IX_template_applications_owner_id",
                table: "template_applications",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "IX_template_applications_template_id_applied_at",
                table: "template_applications",
                columns: new[] { "template_id", "applied_at" });

            migrationBuilder.CreateIndex(
                name: "IX_tenant_groups_tenant_id_external_id",
                table: "tenant_groups",
                columns: new[] { "tenant_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_tenant_groups_tenant_id_name_key",
                table: "tenant_groups",
                columns: new[] { "tenant_id", "name_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_tenant_groups_tenant_id_position",
                table: "tenant_groups",
                columns: new[] { "tenant_id", "position" });

            migrationBuilder.Sql(TenantPolicyColumn.PostgresMove);
            migrationBuilder.Sql(TenantPolicyColumn.Note);
            migrationBuilder.DropColumn(name: "policy", table: "tenants");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "group_members");

            migrationBuilder.DropTable(
                name: "policy_templates");

            migrationBuilder.DropTable(
                name: "policy_values");

            migrationBuilder.DropTable(
                name: "template_applications");

            migrationBuilder.DropTable(
                name: "tenant_groups");

            migrationBuilder.DropColumn(
                name: "policy_revision",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "policy_revision",
                table: "msps");

            migrationBuilder.AddColumn<string>(
                name: "policy",
                table: "tenants",
                type: "text",
                nullable: false,
                defaultValue: "{}");
        }
    }
}
