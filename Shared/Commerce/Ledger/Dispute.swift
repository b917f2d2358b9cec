/// A bank's dispute of a payment, and what the ledger has made of it so far.
///
/// *Guarantees*: news of it may come in any order and as often as it likes; the state, and what the entries come to, is
/// the same in the end. Of two verdicts the loss counts: the money has left, and only another movement brings it back.
public struct Dispute: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable, CaseIterable, Codable {
        case open
        /// Decided without loss.
        case won
        /// The money went to the customer.
        case lost
    }

    /// What the entries of the ledger name it by.
    public let cause: String
    public let tender: TenderID
    public let amount: Money
    /// Minor units of the amount that the dispute holds, as far as the tender has them.
    public private(set) var held: Int64
    public private(set) var status: Status

    public init(cause: String, tender: TenderID, amount: Money, held: Int64, status: Status = .open) {
        self.cause = cause
        self.tender = tender
        self.amount = amount
        self.held = held
        self.status = status
    }

    /// A dispute that nothing was known of. What was refunded already is not held back a second time.
    public init(_ cause: String, of amount: Money, on tender: TenderBalance) {
        self.init(cause: cause, tender: tender.id, amount: amount, held: max(0, min(amount.minorUnits, tender.room)))
    }

    /// The entry of its beginning; without postings where nothing was left to hold.
    public var opening: LedgerEntry {
        .disputeOpened(heldMoney, tender: tender.description, cause: cause)
    }

    /// Takes news of it: the entry to post for them; nil when they change nothing.
    public mutating func hear(_ news: Status) -> LedgerEntry? {
        let before = status
        guard news.rank > before.rank else { return nil }
        status = news
        switch news {
        case .open: return nil
        case .won: return .disputeWon(heldMoney, tender: tender.description, cause: cause)
        case .lost:
            return .disputeLost(
                amount, held: before == .open ? held : 0, tender: tender.description, cause: cause)
        }
    }

    /// Holds more of its amount, or less, now that its tender has so much free; negative where it has given out more
    /// than it had.
    /// - Parameter event: what left it so, for the cause of the entry.
    /// - Returns: the entry to post; nil when nothing changes.
    public mutating func hold(beside event: String, free: Int64) -> LedgerEntry? {
        let now = min(amount.minorUnits, max(0, held + free))
        let change = now - held
        guard status == .open, change != 0 else { return nil }
        held = now
        var list = PostingList()
        list.debit(.disputed, change)
        list.credit(.pending, change, tender: tender.description)
        return LedgerEntry(
            kind: .disputeHeld, cause: "\(cause) beside \(event)", currency: amount.currency, postings: list.postings)
    }

    private var heldMoney: Money { Money(minorUnits: held, currency: amount.currency) }
}

extension Dispute.Status {
    fileprivate var rank: Int {
        switch self {
        case .open: 0
        case .won: 1
        case .lost: 2
        }
    }
}
