/// An order as the warehouse has it. Every list may come as null.
public struct DCLOrder: Sendable, Equatable, Decodable {
    public struct Line: Sendable, Equatable, Decodable {
        public let itemNumber: String
        public let quantity: Int

        private enum CodingKeys: String, CodingKey {
            case quantity
            case itemNumber = "item_number"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            itemNumber = try container.text(.itemNumber) ?? ""
            quantity = try container.wholeNumber(.quantity) ?? 0
        }
    }

    public let orderNumber: String
    public let stage: DCLOrderStage
    public let stageDescription: String?
    public let isCancelled: Bool
    public let isBackOrder: Bool
    public let poNumber: String?
    public let customerNumber: String?
    public let shippingCarrier: String?
    public let shippingService: String?
    public let shippingAddress: DCLAddress?
    public let modifiedAt: String?
    /// Empty when the warehouse does not list them.
    public let lines: [Line]
    public let shipments: [DCLShipment]

    /// Every package that has left, in order.
    public var packages: [DCLPackage] { shipments.flatMap(\.packages) }
}

extension DCLOrder {
    private enum CodingKeys: String, CodingKey {
        case lines, shipments
        case orderNumber = "order_number"
        case stage = "order_stage"
        case stageDescription = "stage_description"
        case isCancelled = "is_cancelled"
        case isBackOrder = "is_back_order"
        case poNumber = "po_number"
        case customerNumber = "customer_number"
        case shippingCarrier = "shipping_carrier"
        case shippingService = "shipping_service"
        case shippingAddress = "shipping_address"
        case modifiedAt = "modified_at"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        orderNumber = try container.text(.orderNumber) ?? ""
        stage = DCLOrderStage(try container.wholeNumber(.stage) ?? 0)
        stageDescription = try container.nonEmptyText(.stageDescription)
        isCancelled = try container.flag(.isCancelled) ?? false
        isBackOrder = try container.flag(.isBackOrder) ?? false
        poNumber = try container.nonEmptyText(.poNumber)
        customerNumber = try container.nonEmptyText(.customerNumber)
        shippingCarrier = try container.nonEmptyText(.shippingCarrier)
        shippingService = try container.nonEmptyText(.shippingService)
        shippingAddress = try container.decodeIfPresent(DCLAddress.self, forKey: .shippingAddress)
        modifiedAt = try container.nonEmptyText(.modifiedAt)
        lines = try container.list(.lines)
        shipments = try container.list(.shipments)
    }

    /// Whether this is the order that the draft describes, as far as the warehouse tells.
    func isSame(as draft: DCLOrderDraft) -> Bool {
        Self.agree(poNumber, draft.poNumber) && Self.agree(customerNumber, draft.customerNumber)
            && Self.agree(shippingAddress?.postalCode, draft.shippingAddress.postalCode) && linesAgree(with: draft)
    }

    private func linesAgree(with draft: DCLOrderDraft) -> Bool {
        guard !lines.isEmpty else { return true }
        let here = Dictionary(lines.map { ($0.itemNumber, $0.quantity) }, uniquingKeysWith: +)
        return here == Dictionary(draft.lines.map { ($0.itemNumber, $0.quantity) }, uniquingKeysWith: +)
    }

    /// What one side leaves out contradicts nothing.
    private static func agree(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right, !left.isEmpty, !right.isEmpty else { return true }
        return left == right
    }
}
