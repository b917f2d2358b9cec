import Foundation
import Support

/// What a merchant and a warehouse do, through the simulators' control surface.
struct Shop {
    let stack: RunningStack

    /// Places a paid order; its signed webhooks are sent.
    /// - Returns: the shop's order id.
    func place(_ lines: String, webhook: Bool = true, extra: String = "") async throws -> String {
        let body = """
            {"line_items":[\(lines)],"email":"ana@example.com","financial_status":"paid","send_webhook":\(webhook)\(extra)}
            """
        let answer = try await stack.simulator("POST", "/_sim/shopify/orders", body)
        guard answer.status == 201, let id = answer.json.id.int else { throw Unexpected(answer.json) }
        return String(id)
    }

    static let robe = #"{"sku":"MIE-ROBE-S","quantity":2,"price":"74.50"}"#
    static let slip = #"{"sku":"MIE-SLIP-M","quantity":1,"price":"40.00"}"#

    /// The platform's order for a shop order, once it is in a status.
    func order(
        _ shopID: String, in status: String, within limit: Duration = .seconds(60)
    ) async throws -> JSON {
        let found = try await stack.eventually("order \(shopID) to be \(status)", within: limit) {
            try await stack.api("GET", "orders?external_id=\(shopID)")
        } until: { page in
            page.data[0].status.string == status
        }
        let id = found.data[0].id.string ?? ""
        return try await stack.api("GET", "orders/\(id)").json
    }

    func saga(of order: JSON) async throws -> JSON {
        try await stack.api("GET", "sagas/\(order.saga_id.string ?? "")").json
    }

    func ship(_ number: String, _ packages: String) async throws {
        let answer = try await stack.simulator(
            "POST", "/_sim/dcl/orders/\(number)/ship", #"{"packages":[\#(packages)]}"#)
        guard answer.status < 300 else { throw Unexpected(answer.json) }
    }

    func deliver(_ number: String, _ tracking: String) async throws {
        let body = #"{"tracking_number":"\#(tracking)"}"#
        let answer = try await stack.simulator("POST", "/_sim/dcl/orders/\(number)/deliver", body)
        guard answer.status < 300 else { throw Unexpected(answer.json) }
    }

    /// The carrier brings a package, and tells by way of its broker, which has to follow the parcel by then.
    func bring(_ tracking: String) async throws {
        _ = try await stack.eventually("\(tracking) to be followed") {
            try await stack.simulator("GET", "/_sim/shipstation/state")
        } until: { state in
            state.followed.array.contains { $0.string == tracking }
        }
        let answer = try await stack.simulator(
            "POST", "/_sim/shipstation/scan", #"{"tracking_number":"\#(tracking)","status":"delivered"}"#)
        guard answer.status == 201 else { throw Unexpected(answer.json) }
    }

    func package(_ tracking: String, _ lines: (String, Int)...) -> String {
        let items = lines.map { #"{"sku":"\#($0.0)","quantity":\#($0.1)}"# }.joined(separator: ",")
        return #"{"tracking_number":"\#(tracking)","carrier":"UPS","lines":[\#(items)]}"#
    }

    /// What a provider holds for this order.
    func salesOrders(_ shopID: String) async throws -> [JSON] {
        try await stack.simulator("GET", "/_sim/netsuite/state").json.salesOrders.array
            .filter { $0.externalId.string?.hasPrefix("shopify-\(shopID)") ?? false }
    }

    func itemFulfillments(_ warehouseNumber: String) async throws -> [JSON] {
        try await stack.simulator("GET", "/_sim/netsuite/state").json.itemFulfillments.array
            .filter { $0.externalId.string?.hasPrefix("dcl-\(warehouseNumber)-") ?? false }
    }

    func warehouseOrders(_ numbers: String...) async throws -> [JSON] {
        try await stack.simulator("GET", "/_sim/dcl/state").json.orders.array
            .filter { numbers.contains($0.order_number.string ?? "") }
    }

    func shopOrder(_ shopID: String) async throws -> JSON {
        let state = try await stack.simulator("GET", "/_sim/shopify/state").json
        return state.orders.array.first { $0.id.int == Int(shopID) } ?? state.nothing
    }

    func fulfillments(_ shopID: String) async throws -> [JSON] {
        try await stack.simulator("GET", "/_sim/shopify/state").json.fulfillments.array
            .filter { $0.order_id.int == Int(shopID) }
    }
}

struct Unexpected: Error, CustomStringConvertible {
    let description: String

    init(_ json: JSON) {
        description = "unexpected answer: \(json)"
    }
}
