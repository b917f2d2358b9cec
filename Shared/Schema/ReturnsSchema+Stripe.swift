extension ReturnsSchema {
    static let stripeRefunds = """
        -- What one payment of a refund gives back at Stripe, where its money is: the shop only records it.
        CREATE TABLE returns.stripe_refunds (
            -- The payment by its id in the shop.
            refund_id uuid NOT NULL REFERENCES returns.refunds, payment_id text NOT NULL, workspace_id uuid NOT NULL,
            -- Minor units of the refund's currency: what it gives, and how much of that the shop has recorded.
            amount bigint NOT NULL CHECK (amount > 0), recorded bigint NOT NULL CHECK (recorded >= 0),
            -- Null where Stripe has refused to make one.
            external_id text,
            status text NOT NULL CHECK (status IN ('pending', 'requires_action', 'succeeded', 'failed')),
            -- {"code","message"}
            error jsonb,
            -- When Stripe was asked.
            read_at timestamptz NOT NULL,
            PRIMARY KEY (refund_id, payment_id)
        );
        SELECT platform.protect('returns.stripe_refunds');
        """
}
