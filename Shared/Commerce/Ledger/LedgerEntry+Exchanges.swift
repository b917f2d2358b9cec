extension LedgerEntry {
    /// Goods came back and others were taken for them, without money: what they were worth pays for the others, whatever
    /// these cost beyond it.
    ///
    /// An exchange that leaves something to give back needs none of this: its refund says the same.
    /// - Parameter result: of the returned goods less the others. What it would give back, which nobody does, is credited
    ///   to `other`.
    public static func exchanged(_ result: RefundResult, cause: String) -> LedgerEntry {
        var list = PostingList()
        for posting in refundRequested(result, cause: cause).postings where posting.account != .pending {
            list.debit(posting.account, posting.debit - posting.credit)
        }
        list.credit(.other, result.total.minorUnits)
        return LedgerEntry(kind: .exchanged, cause: cause, currency: result.currency, postings: list.postings)
    }
}
