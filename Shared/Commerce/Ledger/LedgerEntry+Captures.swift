extension LedgerEntry {
    /// Money came in for an order.
    ///
    /// It is credited to what the order consists of, in proportion, so that the captures of an order, however many, come
    /// to exactly its goods, shipping and the taxes on both, also where lines were added between them; what goes beyond is
    /// credited to `other`.
    /// - Parameter credited: minor units that the captures of the order so far were credited to, by account.
    public static func captured(
        _ amount: Money, tender: String, cause: String, credited: [LedgerAccount: Int64], of sale: Sale
    ) throws(MoneyError) -> LedgerEntry {
        var list = PostingList()
        list.debit(.captured, amount.minorUnits, tender: tender)
        var sum = amount
        for units in credited.values { sum = try sum + Money(minorUnits: units, currency: amount.currency) }
        for share in try sale.paid(sum.minorUnits) {
            list.credit(share.account, share.amount - credited[share.account, default: 0])
        }
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
