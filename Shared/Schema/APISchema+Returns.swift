/// What the API reads of returns, claims and refunds.
extension APISchema {
    static let keptUnits = """
        CREATE OR REPLACE VIEW returns.held_unit_view WITH (security_invoker = true) AS
            SELECT * FROM returns.held_units;
        """

    static let returnRecords = """
        GRANT USAGE ON SCHEMA tracking TO stateset_returns;
        GRANT SELECT ON tracking.shipment_view, tracking.shipments TO stateset_returns;
        GRANT SELECT ON platform.documents TO stateset_returns;

        CREATE OR REPLACE VIEW returns.refund_view WITH (security_invoker = true) AS SELECT * FROM returns.refunds;
        CREATE VIEW returns.return_view WITH (security_invoker = true) AS
            SELECT r.id, r.workspace_id, r.order_id, r.status, r.status_reason, r.resolution, r.channel, r.request,
                   r.decision, r.policy_version, r.label, r.external_ids, r.refund_id, r.saga_id, r.review_due_at,
                   r.received_at, r.created_at, r.updated_at,
                   t.id AS ticket_id
            FROM returns.returns r LEFT JOIN returns.tickets t ON t.return_id = r.id;
        CREATE VIEW returns.return_unit_view WITH (security_invoker = true) AS SELECT * FROM returns.return_units;
        CREATE VIEW returns.return_extra_view WITH (security_invoker = true) AS SELECT * FROM returns.return_extras;
        CREATE VIEW returns.return_timeline_view WITH (security_invoker = true) AS
            SELECT * FROM returns.return_timeline;
        CREATE VIEW returns.ticket_view WITH (security_invoker = true) AS SELECT * FROM returns.tickets;
        GRANT SELECT ON returns.return_view, returns.return_unit_view, returns.return_extra_view,
            returns.return_timeline_view, returns.ticket_view, returns.returns, returns.return_units,
            returns.return_extras, returns.return_timeline, returns.tickets TO stateset_api;

        -- Matching of texts is not leakproof: under row-level security no index serves it. This looks past the policies
        -- and confines itself to the workspace of the transaction.
        CREATE FUNCTION returns.tickets_matching(words text) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = returns AS $$
            SELECT id FROM tickets
            WHERE search @@ websearch_to_tsquery('simple', words) AND workspace_id = platform.current_workspace()
        $$;
        REVOKE ALL ON FUNCTION returns.tickets_matching FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION returns.tickets_matching TO stateset_api;
        """

    static let warranties = """
        CREATE OR REPLACE VIEW returns.return_view WITH (security_invoker = true) AS
            SELECT r.id, r.workspace_id, r.order_id, r.status, r.status_reason, r.resolution, r.channel, r.request,
                   r.decision, r.policy_version, r.label, r.external_ids, r.refund_id, r.saga_id, r.review_due_at,
                   r.received_at, r.created_at, r.updated_at,
                   t.id AS ticket_id, r.warranty_id
            FROM returns.returns r LEFT JOIN returns.tickets t ON t.return_id = r.id;
        CREATE VIEW returns.warranty_view WITH (security_invoker = true) AS
            SELECT c.id, c.workspace_id, c.order_id, c.registration_id, c.status, c.status_reason, c.request, c.line_id,
                   c.sku, c.title, c.quantity, c.coverage, c.remedy, c.finding, c.repair, c.replacement, c.parcel,
                   c.saga_id, c.review_due_at, c.created_at, c.updated_at,
                   r.id AS return_id, r.label, r.refund_id, r.received_at,
                   (SELECT e.order_id FROM order_ingest.external_ids e
                    WHERE e.workspace_id = c.workspace_id AND e.provider = 'shopify'
                      AND e.external_id = c.replacement ->> 'shop_order_id') AS replacement_order_id
            FROM returns.warranty_claims c LEFT JOIN returns.returns r ON r.warranty_id = c.id;
        CREATE VIEW returns.warranty_timeline_view WITH (security_invoker = true) AS
            SELECT * FROM returns.warranty_timeline;
        CREATE VIEW returns.registration_view WITH (security_invoker = true) AS
            SELECT * FROM returns.warranty_registrations;
        CREATE VIEW returns.warranty_terms_view WITH (security_invoker = true) AS SELECT * FROM returns.warranty_terms;
        GRANT SELECT ON returns.warranty_view, returns.warranty_timeline_view, returns.registration_view,
            returns.warranty_terms_view, returns.warranty_claims, returns.warranty_timeline,
            returns.warranty_registrations, returns.warranty_terms TO stateset_api;
        """

    /// The columns of `*` are those at the time: `checklist` joins them.
    static let inspections = """
        CREATE OR REPLACE VIEW returns.return_unit_view WITH (security_invoker = true) AS
            SELECT * FROM returns.return_units;
        CREATE VIEW returns.return_inspection_view WITH (security_invoker = true) AS
            SELECT * FROM returns.return_inspections;
        GRANT SELECT ON returns.return_inspection_view, returns.return_inspections TO stateset_api;
        """

    /// The columns of `*` are those at the time: `books_amount` and those beside it join them.
    static let bookedRefunds = """
        CREATE OR REPLACE VIEW returns.refund_view WITH (security_invoker = true) AS SELECT * FROM returns.refunds;
        """

    static let declinedLines = """
        CREATE OR REPLACE VIEW returns.return_view WITH (security_invoker = true) AS
            SELECT r.id, r.workspace_id, r.order_id, r.status, r.status_reason, r.resolution, r.channel, r.request,
                   r.decision, r.policy_version, r.label, r.external_ids, r.refund_id, r.saga_id, r.review_due_at,
                   r.received_at, r.created_at, r.updated_at,
                   t.id AS ticket_id, r.warranty_id, r.declined
            FROM returns.returns r LEFT JOIN returns.tickets t ON t.return_id = r.id;
        """

    static let blindReceipts = """
        -- With the order: that of the return they came with, or the one that the warehouse made its return for.
        CREATE VIEW returns.blind_receipt_view WITH (security_invoker = true) AS
            SELECT b.id, b.workspace_id, b.status, b.kind, b.number, b.original_order_number, b.came_with, b.goods,
                   b.return_id, b.reason, b.decided_by, b.decided_at, b.created_at, b.updated_at,
                   coalesce(r.order_id, e.order_id) AS order_id
            FROM returns.blind_receipts b
            LEFT JOIN returns.returns r ON r.id = b.came_with
            LEFT JOIN order_ingest.external_ids e ON e.workspace_id = b.workspace_id AND e.provider = 'dcl'
                AND e.external_id = b.original_order_number;
        GRANT SELECT ON returns.blind_receipt_view, returns.blind_receipts TO stateset_api;
        """

    static let exchanges = """
        -- What the goods of each exchange take of what its order's payments have left, in minor units.
        CREATE VIEW returns.exchange_view WITH (security_invoker = true) AS
            SELECT id AS return_id, workspace_id, order_id, exchange_room AS room
            FROM returns.returns WHERE exchange_room > 0;
        GRANT SELECT ON returns.exchange_view TO stateset_api;
        """

    static let returnNames = """
        -- Containment of jsonb is not leakproof: under row-level security no index serves it. This looks past the
        -- policies and confines itself to the workspace of the transaction.
        CREATE FUNCTION returns.returns_known_as(name text) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER ROWS 10 SET search_path = returns, pg_temp AS $$
            SELECT id FROM returns
            WHERE jsonb_path_query_array(external_ids, '$.*') @> jsonb_build_array(name)
                AND workspace_id = platform.current_workspace()
        $$;
        REVOKE ALL ON FUNCTION returns.returns_known_as FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION returns.returns_known_as TO stateset_api;
        """
}
