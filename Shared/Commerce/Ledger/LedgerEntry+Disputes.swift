extension LedgerEntry {
    /// A bank holds money of a tender back: it is no room for refunds meanwhile.
    /// - Parameter amount: at most the tender's room; nothing is posted for what was refunded already.
    public static func disputeOpened(_ amount: Money, tender: String, cause: String) -> LedgerEntry {
        var list = PostingList()
        list.debit(.disputed, amount.minorUnits)
        list.credit(.pending, amount.minorUnits, tender: tender)
        return LedgerEntry(kind: .disputeOpened, cause: cause, currency: amount.currency, postings: list.postings)
    }

    /// The money of an opened dispute is the merchant's again.
    public var won: LedgerEntry { swapped(.disputeWon) }

    /// The money of an opened dispute went to the customer.
    public var lost: LedgerEntry {
        var list = PostingList()
        for posting in postings where posting.account == .pending {
            list.debit(.pending, posting.credit, tender: posting.tender)
            list.credit(.refunded, posting.credit, tender: posting.tender)
        }
        return LedgerEntry(kind: .disputeLost, cause: cause, currency: currency, postings: list.postings)
    }
}
