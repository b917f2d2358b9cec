extension LedgerEntry {
    /// Money came in for an order.
    ///
    /// It is credited to what the order consists of, in proportion, so that the captures of an order, however many, come
    /// to exactly its goods, shipping and the taxes on both; what goes beyond them is credited to `other`.
    /// - Parameter before: minor units captured for the order so far, by all tenders.
    public static func captured(
        _ amount: Money, tender: String, cause: String, before: Int64, of sale: Sale
    ) throws(MoneyError) -> LedgerEntry {
        var list = PostingList()
        list.debit(.captured, amount.minorUnits, tender: tender)
        let earlier = try sale.paid(before)
        let (sum, overflow) = before.addingReportingOverflow(amount.minorUnits)
        guard !overflow else { throw .overflow }
        for (now, was) in zip(try sale.paid(sum), earlier) { list.credit(now.account, now.amount - was.amount) }
        return LedgerEntry(kind: .captured, cause: cause, currency: sale.currency, postings: list.postings)
    }
}

extension Sale {
    /// What a sum of payments is for: goods, shipping, the taxes on both, and what is beyond them.
    fileprivate func paid(_ sum: Int64) throws(MoneyError) -> [(account: LedgerAccount, amount: Int64)] {
        let components = try components()
        let total = components.reduce(Int64(0)) { $0 + $1.amount }
        let within = min(sum, total)
        guard total > 0 else { return components.map { ($0.account, 0) } + [(.other, sum)] }
        let shares = try Money(minorUnits: within, currency: currency).allocate(weights: components.map(\.amount))
        return zip(components, shares).map { ($0.account, $1.minorUnits) } + [(.other, sum - within)]
    }
}
