/// Money to give back, units to take back, or both.
public struct ShopifyRefundDraft: Sendable, Equatable {
    /// What becomes of the units in the shop's stock.
    public enum Restock: Sendable, Equatable {
        case none
        /// Units that were never fulfilled go back to the location.
        case cancel(location: ShopifyID)
        /// Units that came back go into stock there.
        case restock(location: ShopifyID)
    }

    public struct Line: Sendable, Equatable {
        public var lineItemID: ShopifyID
        public var quantity: Int
        public var restock: Restock

        public init(lineItemID: ShopifyID, quantity: Int, restock: Restock = .none) {
            self.lineItemID = lineItemID
            self.quantity = quantity
            self.restock = restock
        }
    }

    /// Money that goes back the way it came.
    public struct Payment: Sendable, Equatable {
        /// The sale or capture it is given back from.
        public var parentID: ShopifyID
        public var gateway: String
        public var amount: DecimalText

        public init(parentID: ShopifyID, gateway: String, amount: DecimalText) {
            self.parentID = parentID
            self.gateway = gateway
            self.amount = amount
        }
    }

    /// Money that becomes credit of the order's customer at the shop.
    public struct StoreCredit: Sendable, Equatable {
        public var amount: DecimalText
        /// RFC 3339; nil for credit that never expires.
        public var expiresAt: String?

        public init(amount: DecimalText, expiresAt: String? = nil) {
            self.amount = amount
            self.expiresAt = expiresAt
        }
    }

    public enum Shipping: Sendable, Equatable {
        case full
        /// In the terms of its price: without tax, which the shop adds, unless prices include it.
        case amount(DecimalText)
    }

    public struct Duty: Sendable, Equatable {
        public var id: ShopifyID
        /// All of it, or what belongs to the units that are refunded.
        public var isFull: Bool

        public init(id: ShopifyID, isFull: Bool) {
            self.id = id
            self.isFull = isFull
        }
    }

    public var order: ShopifyID
    /// Our id of the refund: what keeps it from being made twice. No brackets.
    public var reference: String
    /// For people in the shop; the reference is added to it.
    public var note: String?
    /// ISO 4217, the order's.
    public var currency: String
    public var lines: [Line] = []
    public var shipping: Shipping?
    public var duties: [Duty] = []
    public var payments: [Payment] = []
    public var storeCredit: StoreCredit?
    /// Whether the shop mails the customer.
    public var notifyCustomer = false

    public init(order: ShopifyID, reference: String, currency: String, note: String? = nil) {
        self.order = order
        self.reference = reference
        self.currency = currency
        self.note = note
    }

    /// Whether it would give nothing back and take nothing back.
    public var isEmpty: Bool {
        lines.isEmpty && shipping == nil && duties.isEmpty && payments.isEmpty && storeCredit == nil
    }

    /// The note as the shop keeps it: it ends with the reference, by which the refund is found again.
    var markedNote: String {
        let marker = ShopifyRefund.marker(reference)
        guard let note, !note.isEmpty else { return marker }
        // WHY: a text from outside must not pass for the marker of another refund.
        let words = note.map { $0 == "[" ? "(" : $0 == "]" ? ")" : $0 }
        return "\(String(words)) \(marker)"
    }
}
