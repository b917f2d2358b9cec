import Foundation

/// A subscription of one product.
struct RechargeSubscription: Sendable {
    enum Status: String, Sendable {
        case active, cancelled, expired
    }

    let id: Int
    let customerID: Int
    var addressID: Int
    let createdAt: Date
    var updatedAt: Date
    var status = Status.active
    var sku: String
    var title: String
    var variantID: String
    var quantity: Int
    var price: Decimal
    let currency: String
    /// A plain date.
    var nextCharge: String?
    var cancelledAt: Date?
    var reason: String?
    var comments: String?

    /// Recharge writes moments in the time of New York.
    static let zone = TimeZone(identifier: "America/New_York") ?? .gmt

    /// - Parameters:
    ///   - isOld: as version 2021-01 writes it, with other names and its status in capitals.
    func json(hasQueuedCharges: Bool, isOld: Bool) -> JSON {
        func moment(_ date: Date?) -> JSON { .text(date.map { Timestamps.offset($0, in: Self.zone) }) }
        var object = JSONObject([
            ("id", .int(id)), ("address_id", .int(addressID)), ("customer_id", .int(customerID)),
            ("status", .string(isOld ? status.rawValue.uppercased() : status.rawValue)),
            ("product_title", .string(title)), ("variant_title", ""), ("sku", .string(sku)), ("sku_override", false),
            ("quantity", .int(quantity)), ("price", .string(price.fixed(2))),
            ("presentment_currency", .string(currency)),
            ("order_interval_unit", "month"), ("order_interval_frequency", 1), ("charge_interval_frequency", 1),
            ("order_day_of_month", nil), ("order_day_of_week", nil), ("expire_after_specific_number_of_charges", nil),
            ("next_charge_scheduled_at", .text(nextCharge)), ("has_queued_charges", .bool(hasQueuedCharges)),
            ("max_retries_reached", false), ("is_prepaid", false), ("is_skippable", true), ("is_swappable", true),
            ("plan_id", nil), ("properties", []), ("cancelled_at", moment(cancelledAt)),
            ("cancellation_reason", .text(reason)), ("cancellation_reason_comments", .text(comments)),
            ("created_at", moment(createdAt)), ("updated_at", moment(updatedAt)),
        ])
        if isOld {
            object["shopify_variant_id"] = .string(variantID)
        } else {
            object["external_product_id"] = ["ecommerce": "6646284615749"]
            object["external_variant_id"] = ["ecommerce": .string(variantID)]
        }
        return .object(object)
    }
}
