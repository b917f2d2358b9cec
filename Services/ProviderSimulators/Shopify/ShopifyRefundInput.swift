import Foundation

/// `RefundInput`: which fields it has, and what it says in the words of REST.
enum ShopifyRefundInput {
    private static let fields: [String: Set<String>] = [
        "input": [
            "allowOverRefunding", "currency", "discrepancyReason", "note", "notify", "orderId", "processedAt",
            "refundDuties", "refundLineItems", "refundMethods", "shipping", "transactions",
        ],
        "refundLineItems": ["lineItemId", "quantity", "restockType", "locationId"],
        "transactions": ["amount", "gateway", "kind", "orderId", "parentId"],
        "refundDuties": ["dutyId", "refundType"],
        "shipping": ["amount", "fullRefund"],
        "refundMethods": ["storeCreditRefund"],
        "storeCreditRefund": ["amount", "expiresAt"],
        "amount": ["amount", "currencyCode"],
    ]

    private static let enumerations: [String: Set<String>] = [
        "restockType": ["NO_RESTOCK", "CANCEL", "RETURN"], "refundType": ["FULL", "PROPORTIONAL"],
        "discrepancyReason": ["CUSTOMER", "DAMAGE", "OTHER", "RESTOCK"],
        "kind": [
            "AUTHORIZATION", "CAPTURE", "CHANGE", "EMV_AUTHORIZATION", "REFUND", "SALE", "SUGGESTED_REFUND", "VOID",
        ],
    ]

    private static let required: [String: Set<String>] = [
        "input": ["orderId"], "refundLineItems": ["lineItemId", "quantity"],
        "transactions": ["amount", "gateway", "kind", "orderId"], "refundDuties": ["dutyId"],
        "storeCreditRefund": ["amount"], "amount": ["amount", "currencyCode"],
    ]

    /// What the type system of the provider refuses; nil when it takes the value.
    static func problem(_ input: JSON) -> String? {
        guard let object = input.object else { return "input (Expected value to not be null)" }
        return problem(object, of: "input", path: "")
    }

    private static func problem(_ object: JSONObject, of type: String, path: String) -> String? {
        for (name, value) in object.members {
            let here = path + name
            guard fields[type]?.contains(name) == true else { return "\(here) (Field is not defined on the input)" }
            if let known = enumerations[name], let text = value.scalarText, !known.contains(text) {
                return "\(here) (Expected \"\(text)\" to be one of: \(known.sorted().joined(separator: ", ")))"
            }
            for part in value.array ?? [value] {
                guard let inner = part.object else { continue }
                if let problem = problem(inner, of: name, path: "\(here).") { return problem }
            }
        }
        let missing = required[type, default: []].sorted().first { object[$0]?.isNull ?? true }
        return missing.map { "\(path)\($0) (Expected value to not be null)" }
    }

    /// The same refund as `POST …/refunds.json` would put it.
    static func body(_ input: JSON, _ order: ShopifyOrder) throws -> JSON {
        guard input["refundDuties"].array?.isEmpty != false else {
            throw Refusal.shopify(field: "refundDuties", "The order has no such duty")
        }
        try order.money.requireCurrency(input["currency"])
        let credits = (input["refundMethods"].array ?? []).map { $0["storeCreditRefund"] }
        return [
            "note": input["note"],
            "refund_line_items": .array(try (input["refundLineItems"].array ?? []).map(line)),
            "shipping": ["full_refund": input["shipping"]["fullRefund"], "amount": input["shipping"]["amount"]],
            "transactions": .array(try (input["transactions"].array ?? []).map { try payment($0, order) }),
            "store_credits": .array(try credits.map { try credit($0, order) }),
        ]
    }

    /// The number in `gid://shopify/{kind}/{number}`.
    static func number(_ gid: JSON, _ kind: String) -> Int? {
        let prefix = "gid://shopify/\(kind)/"
        guard let text = gid.string, text.hasPrefix(prefix) else { return nil }
        return Int(text.dropFirst(prefix.count))
    }

    private static func line(_ line: JSON) throws -> JSON {
        guard let id = number(line["lineItemId"], "LineItem") else {
            throw Refusal.shopify(field: "refundLineItems", "Line item does not exist")
        }
        let location = number(line["locationId"], "Location")
        return [
            "line_item_id": .int(id), "quantity": line["quantity"],
            "restock_type": line["restockType"].string.map { .string($0.lowercased()) } ?? .null,
            "location_id": location.map(JSON.int) ?? .null,
        ]
    }

    private static func payment(_ payment: JSON, _ order: ShopifyOrder) throws -> JSON {
        guard number(payment["orderId"], "Order") == order.id else {
            throw Refusal.shopify(field: "transactions", "orderId is not the order that is refunded")
        }
        return [
            "parent_id": number(payment["parentId"], "OrderTransaction").map(JSON.int) ?? .null,
            "amount": payment["amount"], "gateway": payment["gateway"],
            "kind": payment["kind"].string.map { .string($0.lowercased()) } ?? .null,
        ]
    }

    private static func credit(_ credit: JSON, _ order: ShopifyOrder) throws -> JSON {
        guard credit["amount"]["currencyCode"].string == order.money.currency else {
            throw Refusal.shopify(field: "refundMethods", "the currency must be the order's")
        }
        return ["amount": credit["amount"]["amount"], "expires_at": credit["expiresAt"]]
    }
}
