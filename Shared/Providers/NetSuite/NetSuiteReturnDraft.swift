/// Units of a sales order that are to come back.
public struct NetSuiteReturnDraft: Sendable, Equatable {
    /// Unique at NetSuite, e.g. `ret-018f…`.
    public var externalID: String
    /// `YYYY-MM-DD`.
    public var tranDate: String?
    public var memo: String?
    /// Units, by the number of the order's line.
    public var quantities: [Int: Int]

    public init(externalID: String, tranDate: String? = nil, memo: String? = nil, quantities: [Int: Int]) {
        self.externalID = externalID
        self.tranDate = tranDate
        self.memo = memo
        self.quantities = quantities
    }
}

/// Units that came back, to be entered as an item receipt.
public struct NetSuiteReceiptDraft: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public var quantity: Int
        /// Whether the units can be sold again and go into stock.
        public var restock: Bool
        /// Internal id of the place that received them; nil for the account's place for returns.
        public var locationID: String?

        public init(quantity: Int, restock: Bool, locationID: String? = nil) {
            self.quantity = quantity
            self.restock = restock
            self.locationID = locationID
        }
    }

    /// Unique at NetSuite.
    public var externalID: String
    /// `YYYY-MM-DD`.
    public var tranDate: String?
    public var memo: String?
    /// By the number of the authorization's line.
    public var lines: [Int: Line]

    public init(externalID: String, tranDate: String? = nil, memo: String? = nil, lines: [Int: Line]) {
        self.externalID = externalID
        self.tranDate = tranDate
        self.memo = memo
        self.lines = lines
    }
}

/// What received units are credited with, to be entered as a credit memo or a cash refund.
public struct NetSuiteCreditDraft: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public var quantity: Int
        /// What the units together are credited with, without tax; nil for their price.
        public var amount: DecimalText?

        public init(quantity: Int, amount: DecimalText? = nil) {
            self.quantity = quantity
            self.amount = amount
        }
    }

    /// Unique at NetSuite.
    public var externalID: String
    /// `YYYY-MM-DD`.
    public var tranDate: String?
    public var memo: String?
    /// By the number of the authorization's line; all that is received and not credited yet when it is empty.
    public var lines: [Int: Line]
    /// Original shipping that is given back.
    public var shippingCost: DecimalText?
    public var taxTotal: DecimalText?

    public init(externalID: String, tranDate: String? = nil, memo: String? = nil, lines: [Int: Line] = [:]) {
        self.externalID = externalID
        self.tranDate = tranDate
        self.memo = memo
        self.lines = lines
    }
}
