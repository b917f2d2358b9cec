extension ReturnsSchema {
    /// What the warehouse tells when it is asked.
    static let warehouseReturns = """
        -- How far a workspace's returns have been read there.
        CREATE TABLE returns.warehouse_looks (
            workspace_id uuid PRIMARY KEY,
            -- The latest change that was read, by the warehouse's clock.
            since timestamptz NOT NULL,
            -- Of a look that was too long for one go: where it goes on, and the latest change that it has read.
            page integer NOT NULL DEFAULT 1 CHECK (page > 0), latest timestamptz
        );
        SELECT platform.protect('returns.warehouse_looks');

        -- Returns of which something has come in, by the warehouse's number; also those that nobody knows here.
        CREATE TABLE returns.warehouse_returns (
            workspace_id uuid NOT NULL, number text NOT NULL,
            -- As they were last taken in; none of a return that nobody knows.
            receipts jsonb NOT NULL, told_at timestamptz NOT NULL,
            PRIMARY KEY (workspace_id, number)
        );
        SELECT platform.protect('returns.warehouse_returns');
        """
}
