using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Feeds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "last_recorded_at",
                table: "feed_counters",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<Guid>(
                name: "msp_id",
                table: "feed_counters",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "trimmed_through",
                table: "feed_counters",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "direction",
                table: "events",
                type: "TEXT",
                maxLength: 24,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "msp_id",
                table: "events",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "msp_sequence",
                table: "events",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "verdict",
                table: "events",
                type: "TEXT",
                maxLength: 24,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "msp_feed_counters",
                columns: table => new
                {
                    msp_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    last_sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    last_recorded_at = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    trimmed_through = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_msp_feed_counters", x => x.msp_id);
                    table.ForeignKey(
                        name: "FK_msp_feed_counters_msps_msp_id",
                        column: x => x.msp_id,
                        principalTable: "msps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_events_msp_id_msp_sequence",
                table: "events",
                columns: new[] { "msp_id", "msp_sequence" },
                unique: true,
                filter: "msp_id IS NOT NULL");

            migrationBuilder.Sql(FeedBackfill.Sql);
            migrationBuilder.Sql(FeedBackfill.SqliteColumns);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "msp_feed_counters");

            migrationBuilder.DropIndex(
                name: "IX_events_msp_id_msp_sequence",
                table: "events");

            migrationBuilder.DropColumn(
                name: "last_recorded_at",
                table: "feed_counters");

            migrationBuilder.DropColumn(
                name: "msp_id",
                table: "feed_counters");

            migrationBuilder.DropColumn(
                name: "trimmed_through",
                table: "feed_counters");

            migrationBuilder.DropColumn(
                name: "direction",
                table: "events");

            migrationBuilder.DropColumn(
                name: "msp_id",
                table: "events");

            migrationBuilder.DropColumn(
                name: "msp_sequence",
                table: "events");

            migrationBuilder.DropColumn(
                name: "verdict",
                table: "events");
        }
    }
}
