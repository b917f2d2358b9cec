import Postgres

/// `order_ingest`: canonical orders, their sales orders, the item mapping and the timeline.
public enum OrderSchema {
    public static let migrations = MigrationSet(
        schema: "order_ingest",
        migrations: [
            Migration(1, "messaging", MessagingSchema.tables("order_ingest", role: "stateset_order_ingest")),
            Migration(2, "orders", orders),
            Migration(3, "pages", pages),
            Migration(4, "lookups", lookups),
        ])

    private static let orders = """
        CREATE TABLE order_ingest.orders (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL, number text NOT NULL,
            status text NOT NULL CHECK (status IN ('received', 'on_hold', 'pending_fulfillment', 'dispatched',
                'partially_fulfilled', 'fulfilled', 'delivered', 'cancelled', 'needs_attention')),
            status_reason jsonb, document jsonb NOT NULL, currency text NOT NULL, total text NOT NULL, email text,
            -- Why a person holds the order; null where nobody does.
            hold jsonb,
            -- Counts the sales orders made for it: raised when one is cancelled.
            generation integer NOT NULL DEFAULT 1,
            saga_id uuid, saga_run integer NOT NULL DEFAULT 0, saga_version bigint NOT NULL DEFAULT 0,
            -- When its saga was asked for, once; null while payment is awaited or the order is skipped.
            started_at timestamptz,
            shop_updated_at timestamptz, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
            search tsvector GENERATED ALWAYS AS (
                to_tsvector('simple', number || ' ' || coalesce(email, '') || ' ' || coalesce(document #>> '{customer,name}', ''))
            ) STORED
        );
        CREATE INDEX ON order_ingest.orders (workspace_id, updated_at DESC, id DESC);
        CREATE INDEX ON order_ingest.orders (workspace_id, status);
        CREATE INDEX ON order_ingest.orders (workspace_id, lower(email));
        CREATE INDEX ON order_ingest.orders USING gin (search);
        SELECT platform.protect('order_ingest.orders');

        CREATE TABLE order_ingest.external_ids (
            workspace_id uuid NOT NULL, provider text NOT NULL, external_id text NOT NULL,
            order_id uuid NOT NULL REFERENCES order_ingest.orders ON DELETE CASCADE,
            PRIMARY KEY (workspace_id, provider, external_id)
        );
        CREATE INDEX ON order_ingest.external_ids (order_id);
        SELECT platform.protect('order_ingest.external_ids');

        CREATE TABLE order_ingest.sales_orders (
            workspace_id uuid NOT NULL, order_id uuid NOT NULL REFERENCES order_ingest.orders ON DELETE CASCADE,
            -- Our key at NetSuite; null for a sales order that was typed there.
            generation integer NOT NULL, external_id text, netsuite_id text, number text,
            status text NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'open', 'closed')),
            PRIMARY KEY (order_id, generation)
        );
        CREATE UNIQUE INDEX ON order_ingest.sales_orders (workspace_id, external_id);
        CREATE INDEX ON order_ingest.sales_orders (workspace_id, netsuite_id);
        SELECT platform.protect('order_ingest.sales_orders');

        CREATE TABLE order_ingest.item_mappings (
            workspace_id uuid NOT NULL, sku text NOT NULL, netsuite_item_id text NOT NULL,
            checked_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, sku)
        );
        SELECT platform.protect('order_ingest.item_mappings');

        CREATE TABLE order_ingest.timeline (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL,
            order_id uuid NOT NULL REFERENCES order_ingest.orders ON DELETE CASCADE,
            at timestamptz NOT NULL, type text NOT NULL, actor text NOT NULL, summary text NOT NULL,
            external_ref text, dedupe_key text NOT NULL
        );
        CREATE UNIQUE INDEX ON order_ingest.timeline (order_id, dedupe_key);
        SELECT platform.protect('order_ingest.timeline');
        """

    private static let pages = """
        -- Lists are in the order of receiving, which no change of an order disturbs.
        CREATE INDEX ON order_ingest.orders (workspace_id, created_at DESC, id DESC);
        """

    private static let lookups = """
        CREATE INDEX ON order_ingest.orders (workspace_id, number);
        CREATE INDEX ON order_ingest.external_ids (workspace_id, external_id);
        -- The words of an order and its SKUs: `orders_matching` asks in the same terms.
        CREATE INDEX orders_words_idx ON order_ingest.orders USING gin (
            (search || to_tsvector('simple', jsonb_path_query_array(document, '$.lines[*].sku'))));
        DROP INDEX order_ingest.orders_search_idx;
        """
}
