namespace Platform.Storage.Migrations;

/// <summary>
/// Brings events of before into the feeds of MSPs: numbered by when they were recorded, as if the tenants had always been with the
/// MSP of today. Recording times that ran backwards by the length of a transaction are drawn forward, since places are found by them.
/// </summary>
internal static class FeedBackfill
{
    public const string Sql =
        """
        UPDATE feed_counters SET msp_id = (SELECT t.msp_id FROM tenants t WHERE t.id = feed_counters.tenant_id);

        UPDATE events SET recorded_at = m.latest
        FROM (SELECT id, MAX(recorded_at) OVER (PARTITION BY tenant_id ORDER BY sequence) AS latest FROM events) m
        WHERE m.id = events.id AND m.latest > events.recorded_at;

        UPDATE feed_counters SET last_recorded_at = COALESCE((SELECT MAX(e.recorded_at) FROM events e WHERE e.tenant_id = feed_counters.tenant_id), 0);

        UPDATE events SET msp_id = n.msp_id, msp_sequence = n.number
        FROM (
            SELECT e.id, t.msp_id, ROW_NUMBER() OVER (PARTITION BY t.msp_id ORDER BY e.recorded_at, e.tenant_id, e.sequence) AS number
            FROM events e JOIN tenants t ON t.id = e.tenant_id WHERE t.msp_id IS NOT NULL) n
        WHERE n.id = events.id;

        INSERT INTO msp_feed_counters (msp_id, last_sequence, last_recorded_at)
        SELECT m.id, COALESCE(MAX(e.msp_sequence), 0), COALESCE(MAX(e.recorded_at), 0) FROM msps m LEFT JOIN events e ON e.msp_id = m.id GROUP BY m.id;
        """;

    public const string SqliteColumns =
        """
        UPDATE events SET direction = json_extract(data, '$.direction'), verdict = json_extract(data, '$.verdict') WHERE message_id IS NOT NULL;
        UPDATE events SET direction = upper(substr(direction, 1, 1)) || substr(direction, 2), verdict = upper(substr(verdict, 1, 1)) || substr(verdict, 2)
        WHERE message_id IS NOT NULL;
        """;

    public const string PostgresColumns =
        """
        UPDATE events SET direction = initcap(data::jsonb ->> 'direction'), verdict = initcap(data::jsonb ->> 'verdict') WHERE message_id IS NOT NULL;
        """;
}
