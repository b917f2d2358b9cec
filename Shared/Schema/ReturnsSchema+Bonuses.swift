extension ReturnsSchema {
    /// What is given on top of refunds that are taken as store credit.
    static let storeCreditBonuses = """
        ALTER TABLE returns.entries DROP CONSTRAINT entries_kind_check;
        ALTER TABLE returns.entries ADD CHECK (kind IN ('captured', 'refund_requested', 'refund_succeeded',
            'refund_failed', 'refund_reversed', 'refund_in_shop', 'refund_in_shop_failed', 'exchanged', 'bonus_granted',
            'dispute_opened', 'dispute_held', 'dispute_won', 'dispute_lost'));
        ALTER TABLE returns.postings DROP CONSTRAINT postings_account_check;
        ALTER TABLE returns.postings ADD CHECK (account IN ('goods', 'tax', 'shipping', 'duties', 'fees', 'deductions',
            'exchange', 'goodwill', 'other', 'bonus', 'store_credit',
            'captured', 'refunded', 'pending', 'disputed'));

        -- One a return, whichever of its refunds has brought it. What the shop has them as tells one from another.
        CREATE TABLE returns.store_credit_bonuses (
            refund_id uuid PRIMARY KEY REFERENCES returns.refunds, workspace_id uuid NOT NULL,
            return_id uuid UNIQUE REFERENCES returns.returns,
            amount bigint NOT NULL CHECK (amount > 0), currency text NOT NULL,
            external_id text NOT NULL, granted_at timestamptz NOT NULL,
            -- What the shop has once was given once.
            UNIQUE (workspace_id, external_id)
        );
        CREATE INDEX ON returns.store_credit_bonuses (workspace_id, granted_at);
        SELECT platform.protect('returns.store_credit_bonuses');
        REVOKE UPDATE, DELETE ON returns.store_credit_bonuses FROM \(role);
        """

    static let bonusNews = """
        -- Returns whose customer was told of store credit while no bonus was given on it yet.
        CREATE TABLE returns.bonus_news (
            return_id uuid PRIMARY KEY REFERENCES returns.returns, workspace_id uuid NOT NULL,
            told_at timestamptz NOT NULL
        );
        SELECT platform.protect('returns.bonus_news');
        """

    static let subscriptionChanges = """
        -- What a return has done to the subscription named with it; null for nothing, and once it is taken back.
        ALTER TABLE returns.returns ADD subscription_change jsonb;
        """

    static let customerMessages = """
        -- What the person who has rejected it says to the customer; null for nothing.
        ALTER TABLE returns.returns ADD customer_message text;
        ALTER TABLE returns.warranty_claims ADD customer_message text;
        """

    static let declinedLines = """
        -- Units that a person did not accept when they approved the rest: no part of the return any more.
        ALTER TABLE returns.returns ADD declined jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(declined) = 'array');
        """
}
