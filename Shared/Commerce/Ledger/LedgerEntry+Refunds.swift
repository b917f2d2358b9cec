extension LedgerEntry {
    /// A calculated refund is asked for: its money is on its way back and counts as used.
    /// - Parameter parts: of earlier refunds, which have given a part of the same already.
    public static func refundRequested(
        _ result: RefundResult, besides parts: [LedgerEntry] = [], cause: String
    ) -> LedgerEntry {
        var list = PostingList()
        func sum(_ figure: (RefundedLine) -> Money) -> Int64 { result.lines.reduce(0) { $0 + figure($1).minorUnits } }
        list.debit(.goods, sum(\.net))
        list.debit(.tax, sum(\.tax))
        list.debit(.shipping, result.shippingRefundNet)
        list.debit(.shippingTax, result.shippingRefundTax?.minorUnits ?? 0)
        let kept = result.lines.reduce(Int64(0)) { $0 + ($1.keptDeduction?.minorUnits ?? 0) }
        list.credit(.deductions, sum(\.gradeDeduction) + kept)
        let fees = sum(\.restockingFee) + result.returnShippingFee.minorUnits - result.unrecoveredFees.minorUnits
        list.credit(.fees, fees)
        let worth =
            sum(\.amount) + result.shippingRefund.minorUnits - result.returnShippingFee.minorUnits
            + result.unrecoveredFees.minorUnits
        list.credit(.exchange, worth - result.givenInAll - result.capped.minorUnits)
        list.credit(.other, result.capped.minorUnits)
        for posting in parts.flatMap(\.postings) where posting.tender == nil {
            list.credit(posting.account, posting.debit - posting.credit)
        }
        for tender in result.tenders { list.credit(.pending, tender.amount.minorUnits, tender: tender.id) }
        let postings = parts.isEmpty ? list.postings : list.netted
        return LedgerEntry(kind: .refundRequested, cause: cause, currency: result.currency, postings: postings)
    }

    /// An amount is given back without goods.
    /// - Parameter tenders: what each gives, in minor units.
    public static func goodwillRequested(
        _ tenders: [(id: String, amount: Int64)], in currency: Currency, cause: String
    ) -> LedgerEntry {
        var list = PostingList()
        list.debit(.goodwill, tenders.reduce(0) { $0 + $1.amount })
        for tender in tenders { list.credit(.pending, tender.amount, tender: tender.id) }
        return LedgerEntry(kind: .refundRequested, cause: cause, currency: currency, postings: list.postings)
    }

    /// The provider has confirmed what was requested.
    public var succeeded: LedgerEntry {
        var list = PostingList()
        for posting in postings where posting.account == .pending {
            list.debit(.pending, posting.credit - posting.debit, tender: posting.tender)
            list.credit(.refunded, posting.credit - posting.debit, tender: posting.tender)
        }
        return LedgerEntry(kind: .refundSucceeded, cause: cause, currency: currency, postings: list.postings)
    }

    /// The provider has refused what was requested, or it was withdrawn: all of it is taken back.
    public var failed: LedgerEntry { swapped(.refundFailed) }

    /// What was requested, and taken back as failed, has arrived after all.
    public var succeededLate: LedgerEntry {
        LedgerEntry(
            kind: .refundSucceeded, cause: cause, currency: currency,
            postings: postings.map { posting in
                LedgerPosting(
                    account: posting.account == .pending ? .refunded : posting.account, tender: posting.tender,
                    debit: posting.debit, credit: posting.credit)
            })
    }

    /// What one payment has given of a refund that failed with another: its share of all that was asked for.
    /// - Parameter amount: minor units; more than was asked for counts towards the largest of its purposes.
    ///
    /// Failure: `MoneyError` on amounts beyond what can be reckoned with.
    public func part(_ amount: Int64, from tender: String, cause: String) throws(MoneyError) -> LedgerEntry {
        let purposes = postings.filter { $0.tender == nil }
        let whole = purposes.reduce(Int64(0)) { $0 + $1.debit - $1.credit }
        var shares: [Int64] = []
        for purpose in purposes {
            let side = Money(minorUnits: purpose.debit + purpose.credit, currency: currency)
            let share = try side.allocate(weights: [amount, max(0, whole - amount)])[0].minorUnits
            shares.append(purpose.debit > 0 ? share : -share)
        }
        // What rounding leaves.
        if let largest = shares.indices.max(by: { shares[$0] < shares[$1] }) {
            shares[largest] += amount - shares.reduce(0, +)
        }
        var list = PostingList()
        for (purpose, share) in zip(purposes, shares) { list.debit(purpose.account, share) }
        list.credit(.refunded, amount, tender: tender)
        return LedgerEntry(kind: .refundInShop, cause: cause, currency: currency, postings: list.postings)
    }

    /// Minor units that went back with it.
    public var refunded: Int64 {
        postings.reduce(0) { $1.account == .refunded ? $0 + $1.credit - $1.debit : $0 }
    }

    /// What was requested and confirmed has failed after all.
    public var reversed: LedgerEntry { swapped(.refundReversed) { $0 == .pending ? .refunded : $0 } }

    /// A refund that somebody made in the shop.
    /// - Parameters:
    ///   - goods, tax, shipping, shippingTax: what it was made for, as the shop says, each without the other; the rest
    ///     of its money was for nothing of these.
    ///   - tenders: what each gave, in minor units.
    public static func refundInShop(
        goods: Int64, tax: Int64, shipping: Int64, shippingTax: Int64, tenders: [(id: String, amount: Int64)],
        in currency: Currency, cause: String
    ) -> LedgerEntry {
        var list = PostingList()
        list.debit(.goods, goods)
        list.debit(.tax, tax)
        list.debit(.shipping, shipping)
        list.debit(.shippingTax, shippingTax)
        list.debit(.goodwill, tenders.reduce(0) { $0 + $1.amount } - goods - tax - shipping - shippingTax)
        for tender in tenders { list.credit(.refunded, tender.amount, tender: tender.id) }
        return LedgerEntry(kind: .refundInShop, cause: cause, currency: currency, postings: list.postings)
    }

    /// Store credit was given on top of a refund: no payment of the order gives it, and none has less left.
    /// - Parameter cause: the refund.
    public static func bonusGranted(_ amount: Money, cause: String) -> LedgerEntry {
        var list = PostingList()
        list.debit(.bonus, amount.minorUnits)
        list.credit(.storeCredit, amount.minorUnits)
        return LedgerEntry(kind: .bonusGranted, cause: cause, currency: amount.currency, postings: list.postings)
    }

    /// What somebody refunded in the shop has failed.
    public var failedInShop: LedgerEntry { swapped(.refundInShopFailed) }
}
