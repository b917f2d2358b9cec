extension LedgerEntry {
    /// A bank holds money of a tender back: it is no room for refunds meanwhile.
    /// - Parameter amount: at most the tender's room; nothing is posted for what was refunded already.
    public static func disputeOpened(_ amount: Money, tender: String, cause: String) -> LedgerEntry {
        var list = PostingList()
        list.debit(.disputed, amount.minorUnits)
        list.credit(.pending, amount.minorUnits, tender: tender)
        return LedgerEntry(kind: .disputeOpened, cause: cause, currency: amount.currency, postings: list.postings)
    }

    /// The money that an opened dispute held is the merchant's again.
    static func disputeWon(_ held: Money, tender: String, cause: String) -> LedgerEntry {
        disputeOpened(held, tender: tender, cause: cause).swapped(.disputeWon)
    }

    /// The disputed money went to the customer, whatever had been refunded before.
    /// - Parameter held: minor units of it that the dispute still holds.
    static func disputeLost(_ amount: Money, held: Int64, tender: String, cause: String) -> LedgerEntry {
        var list = PostingList()
        list.debit(.pending, held, tender: tender)
        list.debit(.disputed, amount.minorUnits - held)
        list.credit(.refunded, amount.minorUnits, tender: tender)
        return LedgerEntry(kind: .disputeLost, cause: cause, currency: amount.currency, postings: list.postings)
    }
}
