extension ReturnsSchema {
    /// What refunds made in the shop mean for returns of the same goods.
    static let shopRefunds = """
        -- Units that refunds made in the shop have taken back where none was free: the first to come free are theirs.
        CREATE TABLE returns.unit_shortages (
            order_id uuid NOT NULL REFERENCES returns.ledgers, line_id text NOT NULL, workspace_id uuid NOT NULL,
            missing integer NOT NULL CHECK (missing > 0),
            PRIMARY KEY (order_id, line_id)
        );
        SELECT platform.protect('returns.unit_shortages');

        -- {"code","message"}: what was refunded in the shop of lines whose units it holds; null once a person has approved
        -- the return knowing it.
        ALTER TABLE returns.returns ADD shop_refund jsonb;
        """

    static let promisedRooms = """
        -- What its order's payments had left when it was asked for, in minor units of the order's currency, or when a person
        -- approved giving less than was promised then; null for returns of older builds, and of claims.
        ALTER TABLE returns.returns ADD promised_room bigint CHECK (promised_room >= 0);
        """
}
