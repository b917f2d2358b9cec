import Postgres

/// `fulfillment_dispatch`: what was handed to the warehouse.
public enum DispatchSchema {
    public static let migrations = MigrationSet(
        schema: "fulfillment_dispatch",
        migrations: [
            Migration(
                1, "messaging",
                MessagingSchema.tables("fulfillment_dispatch", role: "stateset_fulfillment_dispatch")),
            Migration(2, "dispatches", dispatches),
        ])

    private static let dispatches = """
        CREATE TABLE fulfillment_dispatch.dispatches (
            workspace_id uuid NOT NULL, number text NOT NULL, order_id uuid NOT NULL, sales_order_id text NOT NULL,
            generation integer NOT NULL,
            status text NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'submitted', 'cancelled')),
            created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, number)
        );
        CREATE UNIQUE INDEX ON fulfillment_dispatch.dispatches (workspace_id, sales_order_id, generation);
        CREATE INDEX ON fulfillment_dispatch.dispatches (order_id);
        SELECT platform.protect('fulfillment_dispatch.dispatches');
        """
}
