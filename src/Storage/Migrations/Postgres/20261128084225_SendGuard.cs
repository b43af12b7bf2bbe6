using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SendGuard : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "access_revision",
                table: "tenants",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "plan_json",
                table: "deliveries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "sender_mailbox_id",
                table: "deliveries",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "access_refusals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hour = table.Column<long>(type: "bigint", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    service = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    network = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: true),
                    asn = table.Column<long>(type: "bigint", nullable: true),
                    organisation = table.Column<string>(type: "text", nullable: true),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    first_at = table.Column<long>(type: "bigint", nullable: false),
                    last_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_refusals", x => x.id);
                    table.ForeignKey(
                        name: "FK_access_refusals_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "access_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    level = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    services = table.Column<string>(type: "text", nullable: false),
                    networks = table.Column<string>(type: "text", nullable: false),
                    countries = table.Column<string>(type: "text", nullable: false),
                    countries_excluded = table.Column<bool>(type: "boolean", nullable: false),
                    takes_unknown_country = table.Column<bool>(type: "boolean", nullable: false),
                    comment = table.Column<string>(type: "text", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_rules", x => x.id);
                    table.ForeignKey(
                        name: "FK_access_rules_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "approval_chains",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    name_key = table.Column<string>(type: "text", nullable: false),
                    steps = table.Column<string>(type: "text", nullable: false),
                    hours = table.Column<int>(type: "integer", nullable: false),
                    on_expiry = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    remind_hours = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_approval_chains", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "approval_deputies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    deputy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_approval_deputies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "approval_votes",
                columns: table => new
                {
                    approval_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    for_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    approved = table.Column<bool>(type: "boolean", nullable: false),
                    comment = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_approval_votes", x => new { x.approval_id, x.step, x.for_id });
                });

            migrationBuilder.CreateTable(
                name: "approvals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chain_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chain = table.Column<string>(type: "text", nullable: false),
                    steps = table.Column<string>(type: "text", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    on_expiry = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    reasons = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false),
                    remind_at = table.Column<long>(type: "bigint", nullable: true),
                    remind_hours = table.Column<int>(type: "integer", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_approvals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "connectors",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    networks = table.Column<string>(type: "text", nullable: false),
                    certificates = table.Column<string>(type: "text", nullable: false),
                    login = table.Column<string>(type: "text", nullable: true),
                    salt = table.Column<byte[]>(type: "bytea", nullable: true),
                    iterations = table.Column<int>(type: "integer", nullable: true),
                    stored_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    server_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    last_used_at = table.Column<long>(type: "bigint", nullable: true),
                    last_used_from = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_connectors", x => x.id);
                    table.ForeignKey(
                        name: "FK_connectors_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "dkim_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: false),
                    selector = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    private_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    public_key = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    rotation_days = table.Column<int>(type: "integer", nullable: false),
                    checked_at = table.Column<long>(type: "bigint", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true),
                    active_at = table.Column<long>(type: "bigint", nullable: true),
                    retiring_at = table.Column<long>(type: "bigint", nullable: true),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dkim_keys", x => x.id);
                    table.ForeignKey(
                        name: "FK_dkim_keys_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "mta_sts_policies",
                columns: table => new
                {
                    domain = table.Column<string>(type: "text", nullable: false),
                    policy_id = table.Column<string>(type: "text", nullable: true),
                    policy_text = table.Column<string>(type: "text", nullable: true),
                    fetched_at = table.Column<long>(type: "bigint", nullable: true),
                    expires_at = table.Column<long>(type: "bigint", nullable: true),
                    failed_at = table.Column<long>(type: "bigint", nullable: true),
                    failed_id = table.Column<string>(type: "text", nullable: true),
                    failure = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: true),
                    failure_text = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mta_sts_policies", x => x.domain);
                });

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
                name: "send_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: true),
                    msp_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    condition = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_send_rules", x => x.id);
                    table.CheckConstraint("ck_send_rules_owner", "(tenant_id IS NULL) <> (msp_id IS NULL)");
                    table.ForeignKey(
                        name: "FK_send_rules_msps_msp_id",
                        column: x => x.msp_id,
                        principalTable: "msps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_send_rules_tenants_tenant_id",
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

            migrationBuilder.CreateTable(
                name: "tls_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: false),
                    day = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    lease_token = table.Column<Guid>(type: "uuid", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<long>(type: "bigint", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tls_reports", x => x.id);
                    table.ForeignKey(
                        name: "FK_tls_reports_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "transport_destinations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: false),
                    policy = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    source = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    last_success_at = table.Column<long>(type: "bigint", nullable: true),
                    last_success_host = table.Column<string>(type: "text", nullable: true),
                    last_tls_version = table.Column<string>(type: "text", nullable: true),
                    last_cipher = table.Column<string>(type: "text", nullable: true),
                    last_failure_at = table.Column<long>(type: "bigint", nullable: true),
                    last_failure_result = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: true),
                    last_failure_host = table.Column<string>(type: "text", nullable: true),
                    last_failure_reason = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transport_destinations", x => x.id);
                    table.ForeignKey(
                        name: "FK_transport_destinations_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "transport_policies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: false),
                    tls = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transport_policies", x => x.id);
                    table.ForeignKey(
                        name: "FK_transport_policies_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "transport_sessions",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<long>(type: "bigint", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: false),
                    policy = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    source = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    mx_host = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    result = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    policy_text = table.Column<string>(type: "text", nullable: false),
                    sessions = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transport_sessions", x => new { x.tenant_id, x.day, x.domain, x.policy, x.source, x.mx_host, x.address, x.result });
                    table.ForeignKey(
                        name: "FK_transport_sessions_tenants_tenant_id",
                        column: x => x.tenant_id,
                        principalTable: "tenants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_sender_mailbox_id_received_at",
                table: "messages",
                columns: new[] { "sender_mailbox_id", "received_at" },
                filter: "sender_mailbox_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_sender_mailbox_id_state",
                table: "deliveries",
                columns: new[] { "sender_mailbox_id", "state" },
                filter: "sender_mailbox_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_access_refusals_network_hour",
                table: "access_refusals",
                columns: new[] { "network", "hour" });

            migrationBuilder.CreateIndex(
                name: "IX_access_refusals_tenant_id_first_at",
                table: "access_refusals",
                columns: new[] { "tenant_id", "first_at" });

            migrationBuilder.CreateIndex(
                name: "IX_access_refusals_tenant_id_hour_account_service_network_reas~",
                table: "access_refusals",
                columns: new[] { "tenant_id", "hour", "account", "service", "network", "reason" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_access_rules_subject_id",
                table: "access_rules",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "IX_access_rules_tenant_id_created_at",
                table: "access_rules",
                columns: new[] { "tenant_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_approval_chains_tenant_id_name_key",
                table: "approval_chains",
                columns: new[] { "tenant_id", "name_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_approval_deputies_deputy_id",
                table: "approval_deputies",
                column: "deputy_id");

            migrationBuilder.CreateIndex(
                name: "IX_approval_deputies_tenant_id_account_id",
                table: "approval_deputies",
                columns: new[] { "tenant_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "IX_approval_votes_message_id",
                table: "approval_votes",
                column: "message_id");

            migrationBuilder.CreateIndex(
                name: "IX_approvals_delivery_id_state",
                table: "approvals",
                columns: new[] { "delivery_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_approvals_message_id",
                table: "approvals",
                column: "message_id");

            migrationBuilder.CreateIndex(
                name: "IX_approvals_remind_at",
                table: "approvals",
                column: "remind_at",
                filter: "remind_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_approvals_tenant_id_state_started_at",
                table: "approvals",
                columns: new[] { "tenant_id", "state", "started_at" });

            migrationBuilder.CreateIndex(
                name: "IX_connectors_login",
                table: "connectors",
                column: "login",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_connectors_tenant_id_created_at",
                table: "connectors",
                columns: new[] { "tenant_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_dkim_keys_due_at",
                table: "dkim_keys",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_dkim_keys_tenant_id_created_at",
                table: "dkim_keys",
                columns: new[] { "tenant_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_dkim_keys_tenant_id_domain_selector",
                table: "dkim_keys",
                columns: new[] { "tenant_id", "domain", "selector" },
                unique: true);

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
                name: "IX_send_rules_msp_id_position",
                table: "send_rules",
                columns: new[] { "msp_id", "position" });

            migrationBuilder.CreateIndex(
                name: "IX_send_rules_tenant_id_position",
                table: "send_rules",
                columns: new[] { "tenant_id", "position" });

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

            migrationBuilder.CreateIndex(
                name: "IX_tls_reports_due_at",
                table: "tls_reports",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_tls_reports_tenant_id_domain_day",
                table: "tls_reports",
                columns: new[] { "tenant_id", "domain", "day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_transport_destinations_tenant_id_created_at",
                table: "transport_destinations",
                columns: new[] { "tenant_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_transport_destinations_tenant_id_domain",
                table: "transport_destinations",
                columns: new[] { "tenant_id", "domain" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_transport_policies_tenant_id_domain",
                table: "transport_policies",
                columns: new[] { "tenant_id", "domain" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_transport_sessions_day",
                table: "transport_sessions",
                column: "day");

            migrationBuilder.CreateIndex(
                name: "IX_transport_sessions_tenant_id_domain",
                table: "transport_sessions",
                columns: new[] { "tenant_id", "domain" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_refusals");

            migrationBuilder.DropTable(
                name: "access_rules");

            migrationBuilder.DropTable(
                name: "approval_chains");

            migrationBuilder.DropTable(
                name: "approval_deputies");

            migrationBuilder.DropTable(
                name: "approval_votes");

            migrationBuilder.DropTable(
                name: "approvals");

            migrationBuilder.DropTable(
                name: "connectors");

            migrationBuilder.DropTable(
                name: "dkim_keys");

            migrationBuilder.DropTable(
                name: "mta_sts_policies");

            migrationBuilder.DropTable(
                name: "send_accounts");

            migrationBuilder.DropTable(
                name: "send_rules");

            migrationBuilder.DropTable(
                name: "sent_recipients");

            migrationBuilder.DropTable(
                name: "tls_reports");

            migrationBuilder.DropTable(
                name: "transport_destinations");

            migrationBuilder.DropTable(
                name: "transport_policies");

            migrationBuilder.DropTable(
                name: "transport_sessions");

            migrationBuilder.DropIndex(
                name: "IX_messages_sender_mailbox_id_received_at",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_deliveries_sender_mailbox_id_state",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "access_revision",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "plan_json",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "sender_mailbox_id",
                table: "deliveries");
        }
    }
}
