import Postgres

/// `providers`: what all services that call a workspace's accounts share, and what came of their calls.
public enum ProviderSchema {
    public static let migrations = MigrationSet(
        schema: "providers",
        migrations: [
            Migration(1, "gates", GateSchema.tables + GateSchema.entering + GateSchema.leaving + GateSchema.access),
            Migration(2, "second effects", secondEffects),
            Migration(3, "returns", returns),
            Migration(4, "notifications", notifications),
            Migration(5, "gauges", allServices.map(MessagingSchema.gauges).joined()),
            Migration(6, "owned_letters", ownedLetters),
            Migration(7, "unsettled effects", allServices.map(unsettledEffects).joined()),
        ])

    private static let services = [
        "order_ingest", "fulfillment_dispatch", "tracking", "saga_coordinator", "ingest_gateway", "api",
    ]

    private static let allServices = services + ["returns", "notifications"]

    private static let secondEffects =
        services.map(secondEffects(of:)).joined() + """
            CREATE OR REPLACE VIEW api.effects_view WITH (security_invoker = true) AS
                SELECT 'order-ingest' AS service, e.* FROM order_ingest.effects e
                UNION ALL SELECT 'fulfillment-dispatch', e.* FROM fulfillment_dispatch.effects e
                UNION ALL SELECT 'tracking', e.* FROM tracking.effects e;
            """

    private static let returns =
        secondEffects(of: "returns") + """
            GRANT USAGE ON SCHEMA providers TO stateset_returns;
            GRANT SELECT, INSERT, UPDATE ON providers.gates TO stateset_returns;
            GRANT SELECT ON providers.gate_view TO stateset_returns;
            CREATE OR REPLACE VIEW api.effects_view WITH (security_invoker = true) AS
                SELECT 'order-ingest' AS service, e.* FROM order_ingest.effects e
                UNION ALL SELECT 'fulfillment-dispatch', e.* FROM fulfillment_dispatch.effects e
                UNION ALL SELECT 'tracking', e.* FROM tracking.effects e
                UNION ALL SELECT 'returns', e.* FROM returns.effects e;
            """

    private static let notifications =
        secondEffects(of: "notifications") + """
            GRANT USAGE ON SCHEMA providers TO stateset_notifications;
            GRANT SELECT, INSERT, UPDATE ON providers.gates TO stateset_notifications;
            GRANT SELECT ON providers.gate_view TO stateset_notifications;
            GRANT USAGE ON SCHEMA order_ingest TO stateset_notifications;
            GRANT SELECT ON order_ingest.order_view, order_ingest.orders, order_ingest.external_ids
                TO stateset_notifications;
            CREATE OR REPLACE VIEW api.effects_view WITH (security_invoker = true) AS
                SELECT 'order-ingest' AS service, e.* FROM order_ingest.effects e
                UNION ALL SELECT 'fulfillment-dispatch', e.* FROM fulfillment_dispatch.effects e
                UNION ALL SELECT 'tracking', e.* FROM tracking.effects e
                UNION ALL SELECT 'returns', e.* FROM returns.effects e
                UNION ALL SELECT 'notifications', e.* FROM notifications.effects e;
            """

    private static let ownedLetters =
        allServices.map(MessagingSchema.ownedLetters).joined() + """
            CREATE OR REPLACE VIEW api.dead_letters_view WITH (security_invoker = true) AS
                SELECT 'order-ingest' AS service, d.* FROM order_ingest.dead_letters d
                UNION ALL SELECT 'saga-coordinator', d.* FROM saga_coordinator.dead_letters d
                UNION ALL SELECT 'fulfillment-dispatch', d.* FROM fulfillment_dispatch.dead_letters d
                UNION ALL SELECT 'tracking', d.* FROM tracking.dead_letters d
                UNION ALL SELECT 'ingest-gateway', d.* FROM ingest_gateway.dead_letters d
                UNION ALL SELECT 'returns', d.* FROM returns.dead_letters d
                UNION ALL SELECT 'notifications', d.* FROM notifications.dead_letters d
                UNION ALL SELECT 'api', d.* FROM api.dead_letters d
                WHERE d.workspace_id = platform.current_workspace();
            """

    /// So that those of a saga's commands are found without reading what is done.
    private static func unsettledEffects(of schema: String) -> String {
        """
        CREATE INDEX ON \(schema).effects (workspace_id, command_key)
            WHERE command_key IS NOT NULL AND (state <> 'done' OR duplicates IS NOT NULL);

        """
    }

    /// What a new service's effects need beyond `MessagingSchema`.
    static func secondEffects(of schema: String) -> String {
        """
        -- Calls that reached the provider as far as is known, and everything found there under one key when it is more
        -- than one thing.
        ALTER TABLE \(schema).effects ADD COLUMN calls integer NOT NULL DEFAULT 0, ADD COLUMN duplicates jsonb;
        UPDATE \(schema).effects SET calls = 1 WHERE state IN ('calling', 'unknown', 'done');

        """
    }
}
