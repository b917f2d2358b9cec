import Postgres

/// `ingest_gateway`: every webhook that came in, accepted or not.
public enum GatewaySchema {
    public static let migrations = MigrationSet(
        schema: "ingest_gateway",
        migrations: [
            Migration(1, "messaging", MessagingSchema.tables("ingest_gateway", role: "stateset_ingest_gateway")),
            Migration(2, "received", received),
            Migration(3, "payload_partitions", payloadPartitions),
            Migration(4, "payload_compression", payloadCompression),
        ])

    /// The receipt carries the unique key and is small; the payload archive is partitioned by time, to be dropped
    /// month by month.
    private static let received = """
        CREATE TABLE ingest_gateway.received (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, provider text NOT NULL, topic text, delivery_id text,
            event_id text, status text NOT NULL CHECK (status IN ('accepted', 'quarantined')), reason text,
            duplicates integer NOT NULL DEFAULT 0, last_duplicate_at timestamptz, received_at timestamptz NOT NULL
        );
        CREATE UNIQUE INDEX received_delivery ON ingest_gateway.received (workspace_id, provider, delivery_id)
            WHERE status = 'accepted';
        CREATE INDEX ON ingest_gateway.received (workspace_id, received_at DESC, id DESC);
        SELECT platform.protect('ingest_gateway.received');

        CREATE TABLE ingest_gateway.payloads (
            received_id uuid NOT NULL, workspace_id uuid NOT NULL, received_at timestamptz NOT NULL,
            headers jsonb NOT NULL, body bytea NOT NULL,
            PRIMARY KEY (received_id, received_at)
        ) PARTITION BY RANGE (received_at);
        CREATE TABLE ingest_gateway.payloads_default PARTITION OF ingest_gateway.payloads DEFAULT;
        SELECT platform.protect('ingest_gateway.payloads');
        SELECT platform.protect('ingest_gateway.payloads_default');
        """

    /// Services have no right to create tables, so `stateset migrate` prepares months ahead. What falls outside of
    /// them (a clock far in the future, a migration forgotten) is kept in the default partition meanwhile.
    private static let payloadPartitions = """
        CREATE FUNCTION ingest_gateway.create_payload_partition(month date) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE
            first_day date := date_trunc('month', month);
            next_first date := first_day + interval '1 month';
            partition text := 'payloads_' || to_char(first_day, 'YYYY_MM');
        BEGIN
            IF to_regclass('ingest_gateway.' || partition) IS NOT NULL THEN RETURN NULL; END IF;
            EXECUTE format('CREATE TABLE ingest_gateway.%I (LIKE ingest_gateway.payloads INCLUDING ALL)', partition);
            EXECUTE format(
                'WITH moved AS (DELETE FROM ingest_gateway.payloads_default
                                WHERE received_at >= %L::timestamptz AND received_at < %L::timestamptz RETURNING *)
                 INSERT INTO ingest_gateway.%I SELECT * FROM moved',
                first_day::text || ' 00:00Z', next_first::text || ' 00:00Z', partition);
            EXECUTE format(
                'ALTER TABLE ingest_gateway.payloads ATTACH PARTITION ingest_gateway.%I FOR VALUES FROM (%L) TO (%L)',
                partition, first_day::text || ' 00:00Z', next_first::text || ' 00:00Z');
            PERFORM platform.protect(('ingest_gateway.' || quote_ident(partition))::regclass);
            RETURN partition;
        END $$;
        REVOKE ALL ON FUNCTION ingest_gateway.create_payload_partition FROM PUBLIC;
        """

    /// Bodies were a tenth of the server's work, most of it compression; LZ4 takes a fifth of what the default takes.
    /// New partitions are made like the table. A server built without it goes on as before.
    private static let payloadCompression = """
        DO $$
        DECLARE part regclass;
        BEGIN
            FOR part IN SELECT relid FROM pg_partition_tree('ingest_gateway.payloads') LOOP
                EXECUTE format('ALTER TABLE %s ALTER COLUMN body SET COMPRESSION lz4', part);
            END LOOP;
        EXCEPTION WHEN feature_not_supported THEN NULL;
        END $$;
        """
}
