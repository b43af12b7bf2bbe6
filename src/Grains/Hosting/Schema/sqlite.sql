-- Grain state in SQLite: one row a grain and state name. The number of the row is what a writer must name to
-- replace it (optimistic concurrency); every query below answers exactly one row, NULL when the number was old.
CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey  TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS grain_state (
    service  TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    id0      INTEGER NOT NULL,
    id1      INTEGER NOT NULL,
    id_text  TEXT    NOT NULL,
    payload  BLOB,
    number   INTEGER NOT NULL,
    changed  TEXT    NOT NULL,
    PRIMARY KEY (service, kind, id0, id1, id_text)
) WITHOUT ROWID;

-- query: ReadFromStorageKey
SELECT payload AS PayloadBinary, number AS Version
FROM grain_state
WHERE service = @ServiceId AND kind = @GrainTypeString AND id0 = @GrainIdN0 AND id1 = @GrainIdN1 AND id_text = COALESCE(@GrainIdExtensionString, '');

-- query: WriteToStorageKey
INSERT INTO grain_state (service, kind, id0, id1, id_text, payload, number, changed)
SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(@GrainIdExtensionString, ''), @PayloadBinary, 1, strftime('%Y-%m-%dT%H:%M:%fZ')
WHERE @GrainStateVersion IS NULL OR EXISTS (
    SELECT 1 FROM grain_state
    WHERE service = @ServiceId AND kind = @GrainTypeString AND id0 = @GrainIdN0 AND id1 = @GrainIdN1 AND id_text = COALESCE(@GrainIdExtensionString, ''))
ON CONFLICT (service, kind, id0, id1, id_text) DO UPDATE
SET payload = excluded.payload, number = grain_state.number + 1, changed = excluded.changed
WHERE grain_state.number = @GrainStateVersion
RETURNING number AS NewGrainStateVersion;
SELECT NULL AS NewGrainStateVersion WHERE changes() = 0;

-- query: ClearStorageKey
UPDATE grain_state
SET payload = NULL, number = number + 1, changed = strftime('%Y-%m-%dT%H:%M:%fZ')
WHERE service = @ServiceId AND kind = @GrainTypeString AND id0 = @GrainIdN0 AND id1 = @GrainIdN1 AND id_text = COALESCE(@GrainIdExtensionString, '')
    AND number = @GrainStateVersion
RETURNING number AS NewGrainStateVersion;
SELECT NULL AS NewGrainStateVersion WHERE changes() = 0;
