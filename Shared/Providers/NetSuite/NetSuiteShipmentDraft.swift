/// A shipment of a sales order, to be entered as an item fulfilment.
public struct NetSuiteShipmentDraft: Sendable, Equatable {
    public struct Package: Sendable, Equatable {
        public var trackingNumber: String
        /// In the account's unit of weight.
        public var weight: DecimalText?
        public var description: String?

        public init(trackingNumber: String, weight: DecimalText? = nil, description: String? = nil) {
            self.trackingNumber = trackingNumber
            self.weight = weight
            self.description = description
        }
    }

    /// Unique at NetSuite, e.g. `dcl-SO10045-1Z001985YW99744790`.
    public var externalID: String
    /// `YYYY-MM-DD`.
    public var tranDate: String?
    public var memo: String?
    /// Units shipped, by the number of the order's line.
    public var quantities: [Int: Int]
    public var packages: [Package]

    public init(
        externalID: String, tranDate: String? = nil, memo: String? = nil, quantities: [Int: Int], packages: [Package]
    ) {
        self.externalID = externalID
        self.tranDate = tranDate
        self.memo = memo
        self.quantities = quantities
        self.packages = packages
    }
}
