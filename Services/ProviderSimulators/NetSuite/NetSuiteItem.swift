import Foundation

/// Something that can be sold.
struct NetSuiteItem: Sendable {
    struct Member: Sendable {
        var item: Int
        var quantity: Decimal
    }

    var id: Int
    var sku: String
    var name: String
    /// As SuiteQL writes it: `InvtPart`, `Kit`, `Assembly`.
    var type: String
    var basePrice: Decimal
    var isInactive = false
    var members: [Member] = []

    func json() -> JSON {
        [
            "id": .string(String(id)), "itemId": .string(sku), "displayName": .string(name),
            "itemType": ["id": .string(type)], "isInactive": .bool(isInactive), "basePrice": .decimal(basePrice),
        ]
    }
}

/// Stock of one item at one place.
struct NetSuiteStock: Sendable {
    var item: Int
    var location: Int
    var onHand: Decimal = 0
    var committed: Decimal = 0
    var onOrder: Decimal = 0
    var backOrdered: Decimal = 0

    var available: Decimal { onHand - committed }
}

struct NetSuiteCustomer: Sendable {
    var id: Int
    var externalID: String?
    var fields: JSONObject

    var name: String {
        if let company = fields["companyName"]?.string { return company }
        return ["firstName", "lastName"].compactMap { fields[$0]?.string }.joined(separator: " ")
    }

    func json() -> JSON {
        var object = JSONObject([
            ("id", .string(String(id))),
            ("entityId", .string(fields["entityId"]?.string ?? name)),
        ])
        if let externalID { object["externalId"] = .string(externalID) }
        return .object(object.merging(fields))
    }
}
