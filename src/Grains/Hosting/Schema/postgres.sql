-- Grain state and cluster membership in PostgreSQL. State: one row a grain and state name; its number is what a
-- writer must name to replace it (optimistic concurrency). Membership: one row a silo; every change of it names the
-- number of the cluster's row and raises it, so that two silos never decide on the same view.
-- The names of query keys, parameters and result columns are those the Orleans providers ask for.
CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey  varchar(64) NOT NULL PRIMARY KEY,
    QueryText text        NOT NULL
);

CREATE TABLE IF NOT EXISTS grain_state (
    service  text        NOT NULL,
    kind     text        NOT NULL,
    id0      bigint      NOT NULL,
    id1      bigint      NOT NULL,
    id_text  text        NOT NULL,
    payload  bytea,
    number   integer     NOT NULL,
    changed  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (service, kind, id0, id1, id_text)
);

-- What is in them may be about people; ANALYZE would keep samples where no deletion finds them.
ALTER TABLE grain_state ALTER COLUMN payload SET STATISTICS 0, ALTER COLUMN id_text SET STATISTICS 0;

CREATE TABLE IF NOT EXISTS silo_cluster (
    cluster text        NOT NULL PRIMARY KEY,
    number  integer     NOT NULL DEFAULT 0,
    changed timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS silo_member (
    cluster    text        NOT NULL REFERENCES silo_cluster (cluster),
    address    text        NOT NULL,
    port       integer     NOT NULL,
    generation integer     NOT NULL,
    silo_name  text        NOT NULL,
    host_name  text        NOT NULL,
    status     integer     NOT NULL,
    proxy_port integer,
    suspected  text,
    started_at timestamptz NOT NULL,
    alive_at   timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
);

-- query: ReadFromStorageKey
SELECT payload AS PayloadBinary, number AS Version
FROM grain_state
WHERE service = @ServiceId AND kind = @GrainTypeString AND id0 = @GrainIdN0 AND id1 = @GrainIdN1 AND id_text = COALESCE(@GrainIdExtensionString::text, '');

-- query: WriteToStorageKey
WITH written AS (
    INSERT INTO grain_state (service, kind, id0, id1, id_text, payload, number)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(@GrainIdExtensionString::text, ''), @PayloadBinary::bytea, 1
    WHERE @GrainStateVersion::integer IS NULL OR EXISTS (
        SELECT 1 FROM grain_state
        WHERE service = @ServiceId AND kind = @GrainTypeString AND id0 = @GrainIdN0 AND id1 = @GrainIdN1 AND id_text = COALESCE(@GrainIdExtensionString::text, ''))
    ON CONFLICT (service, kind, id0, id1, id_text) DO UPDATE
    SET payload = excluded.payload, number = grain_state.number + 1, changed = now()
    WHERE grain_state.number = @GrainStateVersion::integer
    RETURNING number)
SELECT (SELECT number FROM written) AS NewGrainStateVersion;

-- query: ClearStorageKey
WITH cleared AS (
    UPDATE grain_state
    SET payload = NULL, number = number + 1, changed = now()
    WHERE service = @ServiceId AND kind = @GrainTypeString AND id0 = @GrainIdN0 AND id1 = @GrainIdN1 AND id_text = COALESCE(@GrainIdExtensionString::text, '')
        AND number = @GrainStateVersion::integer
    RETURNING number)
SELECT (SELECT number FROM cleared) AS NewGrainStateVersion;

-- query: InsertMembershipVersionKey
WITH added AS (
    INSERT INTO silo_cluster (cluster) VALUES (@DeploymentId) ON CONFLICT (cluster) DO NOTHING RETURNING 1)
SELECT EXISTS (SELECT 1 FROM added);

-- query: InsertMembershipKey
WITH raised AS (
    UPDATE silo_cluster SET number = number + 1, changed = now()
    WHERE cluster = @DeploymentId AND number = @Version
        AND NOT EXISTS (
            SELECT 1 FROM silo_member
            WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster),
added AS (
    INSERT INTO silo_member (cluster, address, port, generation, silo_name, host_name, status, proxy_port, started_at, alive_at)
    SELECT cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM raised
    RETURNING 1)
SELECT EXISTS (SELECT 1 FROM added);

-- query: UpdateMembershipKey
WITH raised AS (
    UPDATE silo_cluster SET number = number + 1, changed = now()
    WHERE cluster = @DeploymentId AND number = @Version
        AND EXISTS (
            SELECT 1 FROM silo_member
            WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster),
changed AS (
    UPDATE silo_member SET status = @Status, suspected = @SuspectTimes::text, alive_at = GREATEST(alive_at, @IAmAliveTime)
    WHERE cluster = (SELECT cluster FROM raised) AND address = @Address AND port = @Port AND generation = @Generation
    RETURNING 1)
SELECT EXISTS (SELECT 1 FROM changed);

-- query: UpdateIAmAlivetimeKey
UPDATE silo_member SET alive_at = @IAmAliveTime
WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation;

-- query: MembershipReadRowKey
SELECT c.cluster AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
    m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspected AS SuspectTimes,
    m.started_at AS StartTime, m.alive_at AS IAmAliveTime, c.number AS Version
FROM silo_cluster c
LEFT JOIN silo_member m ON m.cluster = c.cluster AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
WHERE c.cluster = @DeploymentId;

-- query: MembershipReadAllKey
SELECT c.cluster AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
    m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspected AS SuspectTimes,
    m.started_at AS StartTime, m.alive_at AS IAmAliveTime, c.number AS Version
FROM silo_cluster c
LEFT JOIN silo_member m ON m.cluster = c.cluster
WHERE c.cluster = @DeploymentId;

-- query: GatewaysQueryKey
SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
FROM silo_member
WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0;

-- query: DeleteMembershipTableEntriesKey
DELETE FROM silo_member WHERE cluster = @DeploymentId;
DELETE FROM silo_cluster WHERE cluster = @DeploymentId;

-- query: CleanupDefunctSiloEntriesKey
DELETE FROM silo_member WHERE cluster = @DeploymentId AND status = 6 AND alive_at < @IAmAliveTime AND started_at < @IAmAliveTime;

-- query: CleanupDefunctSiloEntryKey
DELETE FROM silo_member
WHERE cluster = @DeploymentId AND status = 6 AND address = @Address AND port = @Port AND generation = @Generation
    AND alive_at = @IAmAliveTime AND started_at = @StartTime AND COALESCE(suspected, '') = COALESCE(@SuspectTimes::text, '');
