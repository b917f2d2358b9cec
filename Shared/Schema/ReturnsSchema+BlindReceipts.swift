extension ReturnsSchema {
    /// Goods that came in and that no return awaited.
    static let blindReceipts = """
        CREATE TABLE returns.blind_receipts (
            id uuid PRIMARY KEY, workspace_id uuid NOT NULL,
            status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'matched', 'dismissed')),
            -- Of a return that only the warehouse knows; beside what a return of ours awaited; after one was settled.
            kind text NOT NULL CHECK (kind IN ('unknown', 'beside', 'late')),
            -- The warehouse's of its return, and of the order that it was made for there.
            number text, original_order_number text,
            -- The return in whose parcel they came.
            came_with uuid REFERENCES returns.returns,
            -- [{"sku","quantity","condition"}]; none while the warehouse has only told that something is there.
            goods jsonb NOT NULL,
            -- The return that they are of.
            return_id uuid REFERENCES returns.returns,
            reason text, decided_by text, decided_at timestamptz,
            created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
            CONSTRAINT told_by CHECK (
                (kind = 'unknown') = (number IS NOT NULL) AND (kind <> 'unknown') = (came_with IS NOT NULL)),
            CONSTRAINT matched_to CHECK ((status = 'matched') = (return_id IS NOT NULL))
        );
        -- However often the warehouse tells of its return, it is one.
        CREATE UNIQUE INDEX ON returns.blind_receipts (workspace_id, number) WHERE number IS NOT NULL;
        CREATE UNIQUE INDEX ON returns.blind_receipts (came_with, kind) WHERE came_with IS NOT NULL AND status = 'open';
        CREATE INDEX ON returns.blind_receipts (workspace_id, created_at DESC, id DESC);
        CREATE INDEX ON returns.blind_receipts (workspace_id, status, created_at DESC, id DESC);
        CREATE INDEX ON returns.blind_receipts (return_id) WHERE return_id IS NOT NULL;
        SELECT platform.protect('returns.blind_receipts');
        REVOKE DELETE ON returns.blind_receipts FROM \(role);

        -- Those of which people were told before they were kept.
        INSERT INTO returns.blind_receipts (id, workspace_id, kind, number, goods, created_at, updated_at)
        SELECT gen_random_uuid(), w.workspace_id, 'unknown', w.number, '[]', w.told_at, w.told_at
        FROM returns.warehouse_returns w
        WHERE w.receipts = '[]' AND NOT EXISTS (
            SELECT FROM returns.returns r
            WHERE r.workspace_id = w.workspace_id AND r.external_ids ->> 'dcl' = w.number);
        """

    /// What came with a return is looked for with each word of the warehouse on it, also what was decided about.
    static let lateReceipts = """
        CREATE INDEX ON returns.blind_receipts (came_with) WHERE came_with IS NOT NULL;
        """

    /// What ``blindReceipts`` finds for a superuser alone: row-level security shows an owner no row outside a workspace.
    static let earlierBlindReceipts = """
        -- For an owner who is no superuser either.
        ALTER TABLE returns.blind_receipts NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE returns.warehouse_returns NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE returns.returns NO FORCE ROW LEVEL SECURITY;
        INSERT INTO returns.blind_receipts (id, workspace_id, kind, number, goods, created_at, updated_at)
        SELECT gen_random_uuid(), w.workspace_id, 'unknown', w.number, '[]', w.told_at, w.told_at
        FROM returns.warehouse_returns w
        WHERE w.receipts = '[]' AND NOT EXISTS (
            SELECT FROM returns.returns r
            WHERE r.workspace_id = w.workspace_id AND r.external_ids ->> 'dcl' = w.number)
        ON CONFLICT (workspace_id, number) WHERE number IS NOT NULL DO NOTHING;
        ALTER TABLE returns.blind_receipts FORCE ROW LEVEL SECURITY;
        ALTER TABLE returns.warehouse_returns FORCE ROW LEVEL SECURITY;
        ALTER TABLE returns.returns FORCE ROW LEVEL SECURITY;
        """
}
