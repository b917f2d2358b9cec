/// What left the warehouse together.
public struct DCLShipment: Sendable, Equatable, Decodable {
    /// As the warehouse wrote it; without an offset it is US Pacific time.
    public let shipDate: String?
    public let packages: [DCLPackage]

    private enum CodingKeys: String, CodingKey {
        case packages
        case shipDate = "ship_date"
        case shippingCarrier = "shipping_carrier"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let shipDate = try container.nonEmptyText(.shipDate)
        let carrier = try container.nonEmptyText(.shippingCarrier)
        let own: [DCLPackage] = try container.list(.packages)
        self.shipDate = shipDate
        packages = own.map { $0.filled(carrier: carrier, shipDate: shipDate) }
    }
}

/// One carton.
public struct DCLPackage: Sendable, Equatable, Decodable {
    public struct Item: Sendable, Equatable, Decodable {
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

    public let cartonID: String?
    public let trackingNumber: String?
    /// The carrier's name where the shipment states one; otherwise the order's holds.
    public private(set) var carrier: String?
    /// The shipment's, as the warehouse wrote it.
    public private(set) var shipDate: String?
    public let items: [Item]

    private enum CodingKeys: String, CodingKey {
        case cartonID = "carton_id"
        case trackingNumber = "tracking_number"
        case carrier = "shipping_carrier"
        case items = "shipped_items"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        cartonID = try container.nonEmptyText(.cartonID)
        trackingNumber = try container.nonEmptyText(.trackingNumber)
        carrier = try container.nonEmptyText(.carrier)
        shipDate = nil
        items = try container.list(.items)
    }

    /// Units by SKU; an item that the carton lists twice is added up.
    public var quantities: [String: Int] {
        Dictionary(items.map { ($0.itemNumber, $0.quantity) }, uniquingKeysWith: +)
    }

    fileprivate func filled(carrier: String?, shipDate: String?) -> DCLPackage {
        var package = self
        package.carrier = self.carrier ?? carrier
        package.shipDate = shipDate
        return package
    }
}
