import Postgres

/// `tracking`: the warehouse's progress and every package.
public enum TrackingSchema {
    public static let migrations = MigrationSet(
        schema: "tracking",
        migrations: [
            Migration(1, "messaging", MessagingSchema.tables("tracking", role: "stateset_tracking")),
            Migration(2, "shipments", shipments),
        ])

    private static let shipments = """
        CREATE TABLE tracking.warehouse_orders (
            workspace_id uuid NOT NULL, number text NOT NULL, order_id uuid NOT NULL, sales_order_id text,
            -- The warehouse's words for the stage.
            stage text, held boolean NOT NULL DEFAULT false,
            state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')), outcome text,
            -- When the warehouse was last asked: those asked longest ago come first.
            read_at timestamptz, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, number)
        );
        CREATE INDEX ON tracking.warehouse_orders (workspace_id, read_at NULLS FIRST) WHERE state = 'open';
        CREATE INDEX ON tracking.warehouse_orders (order_id);
        SELECT platform.protect('tracking.warehouse_orders');

        CREATE TABLE tracking.shipments (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, order_id uuid NOT NULL, warehouse_number text NOT NULL,
            package_key text NOT NULL, ordinal integer NOT NULL, tracking_number text, carrier text,
            status text NOT NULL CHECK (status IN ('label_created', 'in_transit', 'out_for_delivery', 'delivered',
                'exception', 'returned_to_sender', 'lost', 'unknown')),
            lines jsonb NOT NULL, item_fulfillment_id text, cash_sale_id text, shop_fulfillment_id text,
            -- The carrier's time of the scan that gave the status.
            scanned_at timestamptz, shipped_at timestamptz NOT NULL, delivered_at timestamptz, updated_at timestamptz NOT NULL
        );
        CREATE UNIQUE INDEX ON tracking.shipments (workspace_id, warehouse_number, package_key);
        CREATE INDEX ON tracking.shipments (order_id);
        CREATE INDEX ON tracking.shipments (workspace_id, tracking_number);
        SELECT platform.protect('tracking.shipments');

        -- What carriers said of packages that the warehouse has not told us about yet.
        CREATE TABLE tracking.early_scans (
            workspace_id uuid NOT NULL, warehouse_number text NOT NULL, tracking_number text NOT NULL,
            status text NOT NULL, scanned_at timestamptz, received_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, warehouse_number, tracking_number, status)
        );
        SELECT platform.protect('tracking.early_scans');
        """
}
