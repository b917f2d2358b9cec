/// A return authorization as NetSuite has it.
public struct NetSuiteReturnAuthorization: Sendable, Decodable {
    public struct Line: Sendable, Decodable {
        /// NetSuite's number of the line, which receipts and credits name; not its position.
        public let number: Int
        /// The line of the sales order.
        public let orderLine: Int?
        public let item: NetSuiteReference?
        public let quantity: Int
        public let quantityReceived: Int
        public let isClosed: Bool
        public let location: NetSuiteReference?

        /// The item's name, which is its SKU.
        public var sku: String? { item?.refName }
        /// Units that may still come back.
        public var openQuantity: Int { isClosed ? 0 : max(0, quantity - quantityReceived) }

        private enum CodingKeys: CodingKey {
            case line, orderLine, item, quantity, quantityReceived, isClosed, location
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            number = try container.wholeNumber(.line) ?? 0
            orderLine = try container.wholeNumber(.orderLine)
            item = try container.decodeIfPresent(NetSuiteReference.self, forKey: .item)
            quantity = try container.wholeNumber(.quantity) ?? 0
            quantityReceived = try container.wholeNumber(.quantityReceived) ?? 0
            isClosed = try container.flag(.isClosed) ?? false
            location = try container.decodeIfPresent(NetSuiteReference.self, forKey: .location)
        }
    }

    public let id: String
    /// The number people know it by, e.g. `RA10045`.
    public let tranID: String?
    public let externalID: String?
    public let status: NetSuiteReturnStatus
    public let lines: [Line]

    private enum CodingKeys: CodingKey { case id, tranId, externalId, status, item }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        tranID = try container.nonEmptyText(.tranId)
        externalID = try container.nonEmptyText(.externalId)
        status = NetSuiteReturnStatus(
            try container.decodeIfPresent(NetSuiteReference.self, forKey: .status)?.id ?? "")
        lines = try container.decodeIfPresent(NetSuiteSublist<Line>.self, forKey: .item)?.items ?? []
    }
}

/// The state of a return authorization, from its letter: `B`, in SuiteQL also `RtnAuth:B`.
public enum NetSuiteReturnStatus: Sendable, Equatable {
    case pendingApproval
    case pendingReceipt
    case cancelled
    case partiallyReceived
    case pendingRefundPartiallyReceived
    case pendingRefund
    case refunded
    case closed
    case unrecognized(String)

    public init(_ text: String) {
        let letter = text.split(separator: ":").last.map(String.init) ?? text
        self = Self.letters[letter] ?? .unrecognized(text)
    }

    private static let letters: [String: NetSuiteReturnStatus] = [
        "A": .pendingApproval, "B": .pendingReceipt, "C": .cancelled, "D": .partiallyReceived,
        "E": .pendingRefundPartiallyReceived, "F": .pendingRefund, "G": .refunded, "H": .closed,
    ]

    /// Whether nothing will ever be received for it again.
    public var isOver: Bool { self == .cancelled || self == .closed || self == .refunded }
}
