extension ReturnsSchema {
    /// What the shop's books are told of a refund whose customer paid in another currency.
    static let bookedRefunds = """
        -- Null where the books are kept in the refund's own currency. Reckoned when it was asked for, by the rate of the
        -- sale: amounts of the two currencies are never added.
        ALTER TABLE returns.refunds
            ADD books_amount bigint CHECK (books_amount >= 0), ADD books_currency text,
            -- The answer of the refund calculation in it; null for a plain amount.
            ADD books_calculation json,
            ADD CONSTRAINT booked_in_a_currency CHECK ((books_amount IS NULL) = (books_currency IS NULL));
        """
}
