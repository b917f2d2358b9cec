extension LedgerEntry {
    /// Goods came back and others were taken for them, without money: what they were worth pays for the others, whatever
    /// these cost beyond it.
    ///
    /// An exchange that leaves something to give back needs none of this: its refund says the same.
    /// - Parameter result: of the returned goods less the others. What it would give back, which nobody does, is credited
    ///   to `other`.
    /// - Parameter parts: of earlier refunds, which have given a part of the same already.
    public static func exchanged(
        _ result: RefundResult, besides parts: [LedgerEntry] = [], cause: String
    ) -> LedgerEntry {
        var list = PostingList()
        let requested = refundRequested(result, besides: parts, cause: cause)
        for posting in requested.postings where posting.account != .pending {
            list.debit(posting.account, posting.debit - posting.credit)
        }
        list.credit(.other, result.total.minorUnits)
        return LedgerEntry(kind: .exchanged, cause: cause, currency: result.currency, postings: list.postings)
    }
}
