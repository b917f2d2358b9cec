extension ReturnsSchema {
    /// The tax on shipping has an account of its own: what is left of shipping cannot be told from all taxes together.
    ///
    /// Older builds posted it as tax where the shop told of it. What our own refunds gave was posted as shipping, tax and
    /// all, and stays so: the two accounts together are what counts.
    static let shippingTax = """
        ALTER TABLE returns.postings DROP CONSTRAINT postings_account_check;
        ALTER TABLE returns.postings ADD CHECK (account IN ('goods', 'tax', 'shipping', 'shipping_tax', 'duties', 'fees',
            'deductions', 'exchange', 'goodwill', 'other', 'bonus', 'store_credit',
            'captured', 'refunded', 'pending', 'disputed'));

        DO $$
        DECLARE
            posted record;
            correction uuid;
        BEGIN
            -- For an owner who is no superuser either.
            ALTER TABLE returns.ledgers NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE returns.entries NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE returns.postings NO FORCE ROW LEVEL SECURITY;
            -- The tax that belongs to what was posted of shipping: of all payments together, and of each refund of the
            -- shop that stands. Later turns of one are left: they would be taken for further turns.
            FOR posted IN
                WITH taxed AS (
                    SELECT order_id, (sale ->> 'shipping_tax')::numeric / (sale ->> 'shipping')::numeric AS rate
                    FROM returns.ledgers
                    WHERE (sale ->> 'shipping')::numeric > 0 AND (sale ->> 'shipping_tax')::numeric > 0
                ), sums AS (
                    SELECT e.workspace_id, e.order_id, e.kind,
                        CASE e.kind WHEN 'captured' THEN '' ELSE e.cause END AS cause,
                        sum(p.debit - p.credit) FILTER (WHERE p.account = 'shipping') AS shipping,
                        sum(p.debit - p.credit) FILTER (WHERE p.account = 'tax') AS tax
                    FROM returns.entries e JOIN returns.postings p ON p.entry_id = e.id
                    WHERE e.kind = 'captured' OR e.kind = 'refund_in_shop' AND starts_with(e.cause, 'shopify-transaction-')
                        AND strpos(e.cause, '#') = 0 AND NOT EXISTS (
                            SELECT FROM returns.entries f WHERE f.order_id = e.order_id AND f.cause = e.cause
                                AND f.kind = 'refund_in_shop_failed')
                    GROUP BY 1, 2, 3, 4
                )
                SELECT s.workspace_id, s.order_id, s.kind, s.cause, sign(s.shipping) AS side,
                    least(round(abs(s.shipping) * t.rate), abs(s.tax))::bigint AS tax
                FROM sums s JOIN taxed t ON t.order_id = s.order_id
                WHERE s.shipping * s.tax > 0
            LOOP
                CONTINUE WHEN posted.tax = 0;
                correction := gen_random_uuid();
                INSERT INTO returns.entries (id, workspace_id, order_id, kind, cause, at)
                VALUES (correction, posted.workspace_id, posted.order_id, posted.kind, posted.cause || '/shipping-tax', now());
                INSERT INTO returns.postings (entry_id, line, workspace_id, order_id, account, debit, credit)
                SELECT correction, line, posted.workspace_id, posted.order_id, account,
                    CASE WHEN (account = 'shipping_tax') = (posted.side > 0) THEN posted.tax ELSE 0 END,
                    CASE WHEN (account = 'shipping_tax') = (posted.side > 0) THEN 0 ELSE posted.tax END
                FROM (VALUES (0, 'shipping_tax'), (1, 'tax')) AS u(line, account);
            END LOOP;
            -- The entries are weighed while they can be seen.
            SET CONSTRAINTS ALL IMMEDIATE;
            SET CONSTRAINTS ALL DEFERRED;
            ALTER TABLE returns.ledgers FORCE ROW LEVEL SECURITY;
            ALTER TABLE returns.entries FORCE ROW LEVEL SECURITY;
            ALTER TABLE returns.postings FORCE ROW LEVEL SECURITY;
        END $$;
        """
}
