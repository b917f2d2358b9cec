/// Who ordered.
public struct ShopifyCustomer: Sendable, Decodable {
    public let id: ShopifyID?
    public let email: String?
    public let firstName: String?
    public let lastName: String?
    public let phone: String?

    private enum CodingKeys: String, CodingKey {
        case id, email, phone
        case firstName = "first_name"
        case lastName = "last_name"
    }
}

public struct ShopifyAddress: Sendable, Decodable {
    public let name: String?
    public let firstName: String?
    public let lastName: String?
    public let company: String?
    public let address1: String?
    public let address2: String?
    public let city: String?
    public let province: String?
    public let provinceCode: String?
    public let zip: String?
    public let countryCode: String?
    public let country: String?
    public let phone: String?

    private enum CodingKeys: String, CodingKey {
        case name, company, address1, address2, city, province, zip, country, phone
        case firstName = "first_name"
        case lastName = "last_name"
        case provinceCode = "province_code"
        case countryCode = "country_code"
    }
}

/// Units of a line that were taken back.
public struct ShopifyRefund: Sendable, Decodable {
    public struct Line: Sendable, Decodable {
        public let lineItemID: ShopifyID
        public let quantity: Int
        /// `cancel` for units that had not been fulfilled.
        public let restockType: String?

        private enum CodingKeys: String, CodingKey {
            case quantity
            case lineItemID = "line_item_id"
            case restockType = "restock_type"
        }
    }

    public let lines: [Line]?

    private enum CodingKeys: String, CodingKey { case lines = "refund_line_items" }
}

struct ShopifyShippingLine: Decodable {
    let price: DecimalText?

    private enum CodingKeys: String, CodingKey {
        case price
        case priceSet = "price_set"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        price = try container.shopAmount(.price, set: .priceSet)
    }
}
