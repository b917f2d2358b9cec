extension ReturnsSchema {
    /// What the goods of exchanges take of what their orders' payments have left.
    static let exchangeRooms = """
        -- In minor units of its order's currency: what the returned goods are worth while the shop is asked to set the new
        -- ones aside, then what these take of that; null where nothing is set aside.
        ALTER TABLE returns.returns ADD exchange_room bigint CHECK (exchange_room >= 0);

        -- For an owner who is no superuser either.
        ALTER TABLE returns.returns NO FORCE ROW LEVEL SECURITY;
        -- An amount has all digits of its currency: without the point it is its minor units. Where something is due, the
        -- new goods have taken all that the returned ones are worth, also where their tax was not kept.
        UPDATE returns.returns r SET exchange_room = CASE
            WHEN replace(r.exchange -> 'due' ->> 'amount', '.', '')::bigint > 0
                THEN replace(r.exchange -> 'credit' ->> 'amount', '.', '')::bigint
            ELSE least(
                replace(r.exchange -> 'credit' ->> 'amount', '.', '')::bigint,
                (SELECT coalesce(sum(replace(l -> 'amount' ->> 'amount', '.', '')::bigint
                            + coalesce(replace(l -> 'tax' ->> 'amount', '.', '')::bigint, 0)), 0)::bigint
                 FROM jsonb_array_elements(r.exchange -> 'lines') l)) END
        WHERE r.exchange IS NOT NULL;
        ALTER TABLE returns.returns FORCE ROW LEVEL SECURITY;
        """
}
