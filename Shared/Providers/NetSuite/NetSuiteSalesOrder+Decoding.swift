extension NetSuiteSalesOrder {
    private enum CodingKeys: String, CodingKey {
        case id, tranId, externalId, status, orderStatus, entity, currency, tranDate, otherRefNum, memo, email, total
        case subtotal, taxTotal, shippingCost, discountTotal, shippingAddress, item
        case sentToWarehouse = "custbody_sent_to_3pl"
        case shopifyOrderID = "custbody_shopify_order_id"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        tranID = try container.nonEmptyText(.tranId)
        externalID = try container.nonEmptyText(.externalId)
        status = NetSuiteOrderStatus(try Self.statusText(of: container))
        entity = try container.decodeIfPresent(NetSuiteReference.self, forKey: .entity)
        currency = try container.decodeIfPresent(NetSuiteReference.self, forKey: .currency)
        tranDate = try container.nonEmptyText(.tranDate)
        otherRefNum = try container.nonEmptyText(.otherRefNum)
        memo = try container.nonEmptyText(.memo)
        email = try container.nonEmptyText(.email)
        total = try container.decodeIfPresent(DecimalText.self, forKey: .total)
        subtotal = try container.decodeIfPresent(DecimalText.self, forKey: .subtotal)
        taxTotal = try container.decodeIfPresent(DecimalText.self, forKey: .taxTotal)
        shippingCost = try container.decodeIfPresent(DecimalText.self, forKey: .shippingCost)
        discountTotal = try container.decodeIfPresent(DecimalText.self, forKey: .discountTotal)
        shippingAddress = try container.decodeIfPresent(NetSuiteAddress.self, forKey: .shippingAddress)
        isSentToWarehouse = try container.flag(.sentToWarehouse)
        shopifyOrderID = try container.nonEmptyText(.shopifyOrderID)
        lines = try container.decodeIfPresent(NetSuiteSublist<Line>.self, forKey: .item)?.items ?? []
    }

    private static func statusText(of container: KeyedDecodingContainer<CodingKeys>) throws -> String {
        let status = try container.decodeIfPresent(NetSuiteReference.self, forKey: .status)
        return try (status ?? container.decodeIfPresent(NetSuiteReference.self, forKey: .orderStatus))?.id ?? ""
    }
}

extension NetSuiteSalesOrder.Line {
    private enum CodingKeys: String, CodingKey {
        case line, item, description, quantity, quantityFulfilled, rate, amount, isClosed, location
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.wholeNumber(.line) ?? 0
        item = try container.decodeIfPresent(NetSuiteReference.self, forKey: .item)
        description = try container.nonEmptyText(.description)
        quantity = try container.wholeNumber(.quantity) ?? 0
        quantityFulfilled = try container.wholeNumber(.quantityFulfilled) ?? 0
        rate = try container.decodeIfPresent(DecimalText.self, forKey: .rate)
        amount = try container.decodeIfPresent(DecimalText.self, forKey: .amount)
        isClosed = try container.flag(.isClosed) ?? false
        location = try container.decodeIfPresent(NetSuiteReference.self, forKey: .location)
    }
}
