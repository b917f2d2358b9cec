/// One entry of an order's double-entry ledger: postings that balance.
///
/// What came in is a debit of `captured`; what it was paid for are credits. Giving back goes the other way, through
/// `pending` until the provider has confirmed it. Entries are never changed: what was wrong is posted back.
public struct LedgerEntry: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case captured
        case refundRequested = "refund_requested"
        case refundSucceeded = "refund_succeeded"
        case refundFailed = "refund_failed"
        /// It failed days after it had succeeded.
        case refundReversed = "refund_reversed"
        /// Made by hand in the shop.
        case refundInShop = "refund_in_shop"
        case refundInShopFailed = "refund_in_shop_failed"
        /// Other goods were taken for what came back.
        case exchanged
        /// Store credit on top of a refund.
        case bonusGranted = "bonus_granted"
        case disputeOpened = "dispute_opened"
        /// Another dispute of the payment left it more, or less, to hold.
        case disputeHeld = "dispute_held"
        case disputeWon = "dispute_won"
        case disputeLost = "dispute_lost"
    }

    public let kind: Kind
    /// The refund, transaction or dispute it follows from. Each kind follows once from each turn of it.
    public let cause: String
    public let currency: Currency
    public let postings: [LedgerPosting]

    /// Whether debits and credits are equal; overflow is no balance.
    public var isBalanced: Bool {
        let difference = postings.reduce(Int128(0)) { $0 + Int128($1.debit) - Int128($1.credit) }
        return difference == 0 && !postings.isEmpty
    }

    /// The opposite of all postings.
    func swapped(_ kind: Kind, _ account: (LedgerAccount) -> LedgerAccount = { $0 }) -> LedgerEntry {
        LedgerEntry(
            kind: kind, cause: cause, currency: currency,
            postings: postings.map { posting in
                LedgerPosting(
                    account: account(posting.account), tender: posting.tender, debit: posting.credit,
                    credit: posting.debit)
            })
    }

    /// What separates a cause from its turn.
    public static let turnMark = "#"

    /// Behind the cause of an entry that has put right what an older build posted: the tax on shipping to its own account.
    public static let shippingTaxMark = "/shipping-tax"

    /// The same entry, again: a refund may fail, arrive and fail once more, and each turn is an entry of its own.
    /// - Parameter turn: from 1, which is the entry itself.
    public func turn(_ turn: Int) -> LedgerEntry {
        guard turn > 1 else { return self }
        return LedgerEntry(
            kind: kind, cause: "\(cause)\(Self.turnMark)\(turn)", currency: currency, postings: postings)
    }

    public init(kind: Kind, cause: String, currency: Currency, postings: [LedgerPosting]) {
        self.kind = kind
        self.cause = cause
        self.currency = currency
        self.postings = postings
    }
}

/// What an order's money is or was for.
public enum LedgerAccount: String, Hashable, Sendable, Codable, CaseIterable {
    case goods, tax, shipping, duties
    /// The tax on shipping; `tax` is that on goods.
    case shippingTax = "shipping_tax"
    /// Kept of a refund: restocking, return shipping.
    case fees
    /// Kept of a refund for the goods' condition, or for goods that stay with the customer.
    case deductions
    /// Goods taken instead of money.
    case exchange
    /// Given without goods.
    case goodwill
    /// Beyond the order: tips, edits, what tenders had no room for.
    case other
    /// Given on top of a refund, and not of the order's money.
    case bonus
    /// What the shop owes its customer beside the order's money.
    case storeCredit = "store_credit"
    /// Held back by a bank while a dispute is open.
    case disputed
    /// Of one tender: what came in, what went back, what is on its way back.
    case captured, refunded, pending
}

/// One side of an entry, in minor units. Exactly one of debit and credit is positive.
public struct LedgerPosting: Hashable, Sendable {
    public let account: LedgerAccount
    /// The tender's id, for the accounts of a tender.
    public let tender: String?
    public let debit: Int64
    public let credit: Int64

    public init(account: LedgerAccount, tender: String? = nil, debit: Int64 = 0, credit: Int64 = 0) {
        self.account = account
        self.tender = tender
        self.debit = debit
        self.credit = credit
    }
}
