import Postgres

/// `api`: its own plumbing, and the views through which it reads what the other services own.
public enum APISchema {
    public static let migrations = MigrationSet(
        schema: "api",
        migrations: [
            Migration(1, "messaging", MessagingSchema.tables("api", role: "stateset_api")),
            Migration(2, "keys", keys),
            Migration(3, "views", views),
            Migration(4, "engine_views", engineViews),
            Migration(5, "saga_search", sagaSearch),
            Migration(6, "returns", returns),
            Migration(7, "notifications", notifications),
            Migration(8, "kept_units", keptUnits),
            Migration(9, "released_keys", releasedKeys),
            Migration(10, "return_records", returnRecords),
            Migration(11, "warranties", warranties),
            Migration(12, "own_letters", ownLetters),
            Migration(13, "saga_builds", sagaBuilds),
            Migration(14, "inspections", inspections),
            Migration(
                15, "order_search", orderSearch,
                formerly: ["47e5b0c63d0ec98d59e6af88a271ae1a10bc1f69c4b779fd3e987ba1957d3066"]),
            Migration(16, "booked_refunds", bookedRefunds),
            Migration(17, "declined_lines", declinedLines),
            Migration(18, "blind_receipts", blindReceipts),
            Migration(19, "alerts", alerts),
            Migration(20, "return_names", returnNames),
            Migration(21, "failed_alerts", failedAlerts),
            Migration(22, "exchanges", exchanges),
            Migration(23, "closed_alerts", closedAlerts),
            Migration(24, "documents", documents),
            Migration(25, "search_paths", searchPaths),
        ])

    private static let keys = """
        CREATE TABLE api.idempotency_keys (
            workspace_id uuid NOT NULL, principal text NOT NULL, operation text NOT NULL, key text NOT NULL,
            request_hash text NOT NULL, status integer, headers jsonb, body bytea,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (workspace_id, principal, operation, key)
        );
        CREATE INDEX ON api.idempotency_keys (workspace_id, created_at);
        SELECT platform.protect('api.idempotency_keys');

        -- A key is found by its hash before its workspace is known: the one look past row-level security,
        -- and it gives the row of exactly the key that the caller holds.
        CREATE FUNCTION api.find_key(hash bytea)
        RETURNS TABLE (id uuid, workspace_id uuid, principal text, role text, scopes text[])
        LANGUAGE sql SECURITY DEFINER SET search_path = platform AS $$
            UPDATE platform.api_keys k SET last_used_at = now()
            WHERE k.secret_hash = hash AND k.revoked_at IS NULL
            RETURNING k.id, k.workspace_id, k.principal, k.role,
                k.scopes || array(SELECT s.scope FROM platform.role_scopes s WHERE s.role = k.role)
        $$;
        REVOKE ALL ON FUNCTION api.find_key FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION api.find_key TO stateset_api;
        GRANT SELECT, INSERT, UPDATE ON platform.api_keys TO stateset_api;
        GRANT SELECT ON platform.roles, platform.role_scopes TO stateset_api;
        """

    private static let views = """
        GRANT USAGE ON SCHEMA order_ingest, tracking, saga_coordinator, ingest_gateway, fulfillment_dispatch
            TO stateset_api;
        GRANT USAGE ON SCHEMA order_ingest TO stateset_fulfillment_dispatch, stateset_tracking;
        GRANT USAGE ON SCHEMA ingest_gateway TO stateset_order_ingest, stateset_tracking;
        GRANT USAGE ON SCHEMA tracking TO stateset_order_ingest;

        CREATE VIEW order_ingest.order_view WITH (security_invoker = true) AS
            SELECT o.id, o.workspace_id, o.number, o.status, o.status_reason, o.document, o.currency, o.total, o.email,
                   o.hold, o.saga_id, o.created_at, o.updated_at, o.search,
                   coalesce((SELECT jsonb_object_agg(e.provider, e.external_id)
                             FROM order_ingest.external_ids e WHERE e.order_id = o.id), '{}') AS external_ids
            FROM order_ingest.orders o;
        GRANT SELECT ON order_ingest.order_view, order_ingest.orders, order_ingest.external_ids
            TO stateset_api, stateset_fulfillment_dispatch, stateset_tracking;
        GRANT SELECT ON order_ingest.timeline TO stateset_api;

        CREATE VIEW tracking.shipment_view WITH (security_invoker = true) AS
            SELECT id, workspace_id, order_id, warehouse_number, ordinal, tracking_number, carrier, status, lines,
                   item_fulfillment_id, cash_sale_id, shop_fulfillment_id, shipped_at, delivered_at
            FROM tracking.shipments;
        GRANT SELECT ON tracking.shipment_view, tracking.shipments TO stateset_api, stateset_order_ingest;

        CREATE VIEW ingest_gateway.received_view WITH (security_invoker = true) AS
            SELECT r.id, r.workspace_id, r.provider, r.topic, r.delivery_id, r.event_id, r.status, r.reason,
                   r.duplicates, r.last_duplicate_at, r.received_at, p.headers, p.body
            FROM ingest_gateway.received r
            LEFT JOIN ingest_gateway.payloads p ON p.received_id = r.id AND p.received_at = r.received_at;
        GRANT SELECT ON ingest_gateway.received_view, ingest_gateway.received, ingest_gateway.payloads
            TO stateset_api, stateset_order_ingest, stateset_tracking;

        CREATE VIEW saga_coordinator.saga_view WITH (security_invoker = true) AS SELECT * FROM saga_coordinator.sagas;
        CREATE VIEW saga_coordinator.step_view WITH (security_invoker = true) AS SELECT * FROM saga_coordinator.steps;
        GRANT SELECT ON saga_coordinator.saga_view, saga_coordinator.step_view, saga_coordinator.sagas,
            saga_coordinator.steps, saga_coordinator.mailbox, saga_coordinator.schedules TO stateset_api;

        -- How a command the api sent was answered.
        CREATE VIEW api.command_outcomes WITH (security_invoker = true) AS
            SELECT message_id, workspace_id, reply FROM order_ingest.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM saga_coordinator.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM fulfillment_dispatch.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM tracking.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM ingest_gateway.inbox;

        CREATE VIEW api.dead_letters_view WITH (security_invoker = true) AS
            SELECT 'order-ingest' AS service, d.* FROM order_ingest.dead_letters d
            UNION ALL SELECT 'saga-coordinator', d.* FROM saga_coordinator.dead_letters d
            UNION ALL SELECT 'fulfillment-dispatch', d.* FROM fulfillment_dispatch.dead_letters d
            UNION ALL SELECT 'tracking', d.* FROM tracking.dead_letters d
            UNION ALL SELECT 'ingest-gateway', d.* FROM ingest_gateway.dead_letters d;

        CREATE VIEW api.effects_view WITH (security_invoker = true) AS
            SELECT 'order-ingest' AS service, e.* FROM order_ingest.effects e
            UNION ALL SELECT 'fulfillment-dispatch', e.* FROM fulfillment_dispatch.effects e
            UNION ALL SELECT 'tracking', e.* FROM tracking.effects e;

        GRANT SELECT ON order_ingest.inbox, saga_coordinator.inbox, fulfillment_dispatch.inbox, tracking.inbox,
            ingest_gateway.inbox, order_ingest.dead_letters, saga_coordinator.dead_letters,
            fulfillment_dispatch.dead_letters, tracking.dead_letters, ingest_gateway.dead_letters,
            order_ingest.effects, fulfillment_dispatch.effects, tracking.effects TO stateset_api;
        """

    private static let engineViews = """
        -- A fresh database has them from the migration before; one that was there lost them to the coordinator's.
        DROP VIEW IF EXISTS saga_coordinator.saga_view, saga_coordinator.step_view;
        CREATE VIEW saga_coordinator.saga_view WITH (security_invoker = true) AS
            SELECT * FROM saga_coordinator.sagas;
        CREATE VIEW saga_coordinator.step_view WITH (security_invoker = true) AS
            SELECT * FROM saga_coordinator.steps;
        CREATE VIEW saga_coordinator.mail_view WITH (security_invoker = true) AS
            SELECT id, workspace_id, saga_name, saga_key, message_id, type, data, received_at, consumed_run,
                consumed_path
            FROM saga_coordinator.mailbox;
        GRANT SELECT ON saga_coordinator.saga_view, saga_coordinator.step_view, saga_coordinator.mail_view TO stateset_api;
        """

    private static let sagaSearch = """
        -- Containment of jsonb is not leakproof: under row-level security no index serves it. This looks past the
        -- policies and confines itself to the workspace of the transaction.
        CREATE FUNCTION saga_coordinator.sagas_having(wanted jsonb) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = saga_coordinator AS $$
            SELECT id FROM sagas
            WHERE attributes <> '{}' AND attributes @> wanted AND workspace_id = platform.current_workspace()
        $$;
        REVOKE ALL ON FUNCTION saga_coordinator.sagas_having FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION saga_coordinator.sagas_having TO stateset_api;
        """

    private static let returns = """
        GRANT USAGE ON SCHEMA returns TO stateset_api;
        GRANT USAGE ON SCHEMA order_ingest, ingest_gateway TO stateset_returns;
        GRANT SELECT ON order_ingest.order_view, order_ingest.orders, order_ingest.external_ids TO stateset_returns;
        GRANT SELECT ON ingest_gateway.received_view, ingest_gateway.received, ingest_gateway.payloads
            TO stateset_returns;

        CREATE VIEW returns.ledger_view WITH (security_invoker = true) AS
            SELECT e.order_id, e.workspace_id, e.id AS entry_id, p.line, e.at, e.kind, e.cause, p.account, p.tender_id,
                   p.debit, p.credit
            FROM returns.entries e JOIN returns.postings p ON p.entry_id = e.id;
        CREATE VIEW returns.tender_view WITH (security_invoker = true) AS SELECT * FROM returns.tenders;
        CREATE VIEW returns.sale_view WITH (security_invoker = true) AS SELECT * FROM returns.ledgers;
        CREATE VIEW returns.refund_view WITH (security_invoker = true) AS SELECT * FROM returns.refunds;
        CREATE VIEW returns.held_unit_view WITH (security_invoker = true) AS SELECT * FROM returns.held_units;
        CREATE VIEW returns.policy_view WITH (security_invoker = true) AS SELECT * FROM returns.policies;
        GRANT SELECT ON returns.ledger_view, returns.tender_view, returns.sale_view, returns.refund_view,
            returns.held_unit_view, returns.policy_view, returns.entries, returns.postings, returns.tenders,
            returns.ledgers, returns.refunds, returns.held_units, returns.policies, returns.inbox, returns.dead_letters,
            returns.effects TO stateset_api;

        CREATE OR REPLACE VIEW api.command_outcomes WITH (security_invoker = true) AS
            SELECT message_id, workspace_id, reply FROM order_ingest.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM saga_coordinator.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM fulfillment_dispatch.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM tracking.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM ingest_gateway.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM returns.inbox;
        CREATE OR REPLACE VIEW api.dead_letters_view WITH (security_invoker = true) AS
            SELECT 'order-ingest' AS service, d.* FROM order_ingest.dead_letters d
            UNION ALL SELECT 'saga-coordinator', d.* FROM saga_coordinator.dead_letters d
            UNION ALL SELECT 'fulfillment-dispatch', d.* FROM fulfillment_dispatch.dead_letters d
            UNION ALL SELECT 'tracking', d.* FROM tracking.dead_letters d
            UNION ALL SELECT 'ingest-gateway', d.* FROM ingest_gateway.dead_letters d
            UNION ALL SELECT 'returns', d.* FROM returns.dead_letters d;
        """

    private static let notifications = """
        GRANT USAGE ON SCHEMA notifications TO stateset_api;
        -- Never the secrets.
        CREATE VIEW notifications.webhook_view WITH (security_invoker = true) AS
            SELECT id, workspace_id, url, description, events, ordered, status, status_reason, failing_since, failures,
                   warned_percent, created_at, updated_at
            FROM notifications.webhooks WHERE status <> 'removed';
        CREATE VIEW notifications.delivery_view WITH (security_invoker = true) AS
            SELECT d.id, d.workspace_id, d.webhook_id, d.event_id, d.type, d.subject, d.occurred_at, d.status, d.is_test,
                   d.attempts, d.next_attempt_at, d.last_status, d.last_error, d.created_at, d.finished_at, e.body
            FROM notifications.deliveries d
            JOIN notifications.webhook_events e ON e.workspace_id = d.workspace_id AND e.id = d.event_id;
        CREATE VIEW notifications.attempt_view WITH (security_invoker = true) AS
            SELECT * FROM notifications.delivery_attempts;
        CREATE VIEW notifications.email_view WITH (security_invoker = true) AS
            SELECT id, workspace_id, message_key, template, locale, subject, order_id, recipient, status, attempts,
                   content ->> 'subject' AS title, content ->> 'text' AS text, server_answer, error, created_at, updated_at
            FROM notifications.emails;
        CREATE VIEW notifications.email_template_view WITH (security_invoker = true) AS
            SELECT * FROM notifications.email_templates;
        GRANT SELECT ON notifications.email_view, notifications.email_template_view, notifications.emails,
            notifications.email_templates TO stateset_api;
        GRANT SELECT, INSERT ON platform.documents TO stateset_returns;
        GRANT SELECT ON notifications.webhook_view, notifications.delivery_view, notifications.attempt_view,
            notifications.webhooks, notifications.deliveries, notifications.webhook_events,
            notifications.delivery_attempts, notifications.inbox, notifications.dead_letters, notifications.effects
            TO stateset_api;

        CREATE OR REPLACE VIEW api.command_outcomes WITH (security_invoker = true) AS
            SELECT message_id, workspace_id, reply FROM order_ingest.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM saga_coordinator.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM fulfillment_dispatch.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM tracking.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM ingest_gateway.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM returns.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM notifications.inbox;
        CREATE OR REPLACE VIEW api.dead_letters_view WITH (security_invoker = true) AS
            SELECT 'order-ingest' AS service, d.* FROM order_ingest.dead_letters d
            UNION ALL SELECT 'saga-coordinator', d.* FROM saga_coordinator.dead_letters d
            UNION ALL SELECT 'fulfillment-dispatch', d.* FROM fulfillment_dispatch.dead_letters d
            UNION ALL SELECT 'tracking', d.* FROM tracking.dead_letters d
            UNION ALL SELECT 'ingest-gateway', d.* FROM ingest_gateway.dead_letters d
            UNION ALL SELECT 'returns', d.* FROM returns.dead_letters d
            UNION ALL SELECT 'notifications', d.* FROM notifications.dead_letters d;
        """

    private static let documents = """
        GRANT SELECT ON platform.documents TO stateset_api;
        """

    private static let releasedKeys = """
        -- The request failed for a passing reason: the same one may be tried again, another may not.
        ALTER TABLE api.idempotency_keys ADD released boolean NOT NULL DEFAULT false;
        """

    /// The api's own commands, where none of their owners was there to take them. Its role sees its own tables across
    /// workspaces, which no view may do.
    private static let ownLetters = """
        CREATE OR REPLACE VIEW api.command_outcomes WITH (security_invoker = true) AS
            SELECT message_id, workspace_id, reply FROM order_ingest.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM saga_coordinator.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM fulfillment_dispatch.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM tracking.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM ingest_gateway.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM returns.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM notifications.inbox
            UNION ALL SELECT message_id, workspace_id, reply FROM api.inbox
            WHERE workspace_id = platform.current_workspace();
        CREATE OR REPLACE VIEW api.dead_letters_view WITH (security_invoker = true) AS
            SELECT 'order-ingest' AS service, d.* FROM order_ingest.dead_letters d
            UNION ALL SELECT 'saga-coordinator', d.* FROM saga_coordinator.dead_letters d
            UNION ALL SELECT 'fulfillment-dispatch', d.* FROM fulfillment_dispatch.dead_letters d
            UNION ALL SELECT 'tracking', d.* FROM tracking.dead_letters d
            UNION ALL SELECT 'ingest-gateway', d.* FROM ingest_gateway.dead_letters d
            UNION ALL SELECT 'returns', d.* FROM returns.dead_letters d
            UNION ALL SELECT 'notifications', d.* FROM notifications.dead_letters d
            UNION ALL SELECT 'api', d.* FROM api.dead_letters d
            WHERE d.workspace_id IN (platform.current_workspace(), '00000000-0000-0000-0000-000000000000');
        """

    /// The columns of `*` are those at the time: `former_builds` joins them.
    private static let sagaBuilds = """
        CREATE OR REPLACE VIEW saga_coordinator.saga_view WITH (security_invoker = true) AS
            SELECT * FROM saga_coordinator.sagas;
        """

    private static let orderSearch = """
        -- Neither the matching of texts nor lower() is leakproof: under row-level security no index serves them. These
        -- look past the policies and confine themselves to the workspace of the transaction.
        CREATE FUNCTION order_ingest.orders_matching(words text) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path = order_ingest AS $$
            SELECT id FROM orders
            WHERE search || to_tsvector('simple', jsonb_path_query_array(document, '$.lines[*].sku'))
                    @@ plainto_tsquery('simple', words)
                AND workspace_id = platform.current_workspace()
            UNION
            SELECT id FROM orders WHERE number = words AND workspace_id = platform.current_workspace()
        $$;
        CREATE FUNCTION order_ingest.orders_of(address text) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path = order_ingest AS $$
            SELECT id FROM orders WHERE lower(email) = lower(address) AND workspace_id = platform.current_workspace()
        $$;
        REVOKE ALL ON FUNCTION order_ingest.orders_matching, order_ingest.orders_of FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION order_ingest.orders_matching, order_ingest.orders_of TO stateset_api;
        """
}
