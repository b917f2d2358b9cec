import Foundation

/// The filters of the order list. Unknown ones are ignored, as the shop does.
struct ShopifyOrderFilter: Sendable {
    private var tests: [@Sendable (ShopifyOrder) -> Bool] = []

    init(_ filters: [String: String]) throws {
        add(ids: filters["ids"])
        add(sinceID: filters["since_id"])
        try add(status: filters["status"] ?? "open")
        add(financial: filters["financial_status"])
        try add(fulfillment: filters["fulfillment_status"])
        try add(from: filters["created_at_min"], to: filters["created_at_max"]) { $0.createdAt }
        try add(from: filters["updated_at_min"], to: filters["updated_at_max"]) { $0.updatedAt }
        try add(from: filters["processed_at_min"], to: filters["processed_at_max"]) { $0.createdAt }
    }

    func admits(_ order: ShopifyOrder) -> Bool { tests.allSatisfy { $0(order) } }

    private mutating func add(ids text: String?) {
        guard let text else { return }
        let ids = Set(text.split(separator: ",").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) })
        tests.append { ids.contains($0.id) }
    }

    private mutating func add(sinceID text: String?) {
        guard let id = text.flatMap({ Int($0) }) else { return }
        tests.append { $0.id > id }
    }

    private mutating func add(status: String) throws {
        switch status {
        case "any": break
        case "open": tests.append { $0.closedAt == nil && $0.cancelledAt == nil }
        case "closed": tests.append { $0.closedAt != nil }
        case "cancelled": tests.append { $0.cancelledAt != nil }
        default: throw Refusal.shopify(field: "status", "is invalid", status: 400)
        }
    }

    private mutating func add(financial status: String?) {
        guard let status, status != "any" else { return }
        let admitted = status == "unpaid" ? ["authorized", "partially_paid", "pending"] : [status]
        tests.append { admitted.contains($0.financialStatus) }
    }

    private mutating func add(fulfillment status: String?) throws {
        switch status {
        case nil, "any": break
        case "shipped": tests.append { $0.fulfillmentStatus == "fulfilled" }
        case "partial": tests.append { $0.fulfillmentStatus == "partial" }
        case "unshipped": tests.append { $0.fulfillmentStatus == nil }
        case "unfulfilled": tests.append { $0.fulfillmentStatus == nil || $0.fulfillmentStatus == "partial" }
        case .some: throw Refusal.shopify(field: "fulfillment_status", "is invalid", status: 400)
        }
    }

    private mutating func add(
        from: String?, to: String?, _ moment: @escaping @Sendable (ShopifyOrder) -> Date
    ) throws {
        if let from = try Self.date(from) { tests.append { moment($0) >= from } }
        if let to = try Self.date(to) { tests.append { moment($0) <= to } }
    }

    private static func date(_ text: String?) throws -> Date? {
        guard let text else { return nil }
        guard let date = Timestamps.parse(text, zone: ShopifyOrder.zone) else {
            throw Refusal.shopify(field: "date", "\(text) is not a date", status: 400)
        }
        return date
    }
}
