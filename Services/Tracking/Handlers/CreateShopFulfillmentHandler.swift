import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Tells the shop of one package. The shop has no key for it: the tracking number tells whether it is there already.
struct CreateShopFulfillmentHandler: EffectHandler {
    typealias Message = CreateShopFulfillment

    let accounts: ProviderAccounts
    // WHY: a slow first request may still land; the shop's page asks for 30 s.
    let effect = EffectKind("shopify", "fulfillment.create", recovery: .probe(settleTime: .seconds(30)))

    struct Request: Codable, Sendable {
        /// A line of the order, by its id in the shop.
        struct Line: Codable, Sendable {
            var id: String
            var sku: String
            var quantity: Int
        }

        var shopID: String
        /// Nil where only the shop knows them: the order came from the ERP, whose lines have other ids.
        var lines: [Line]?
        /// The tracking number; for a package without one the carton's.
        var number: String
        var carrier: String?
        /// What left under the same tracking number, this package included.
        var content: PackageContent
    }

    func plan(
        _ command: CreateShopFulfillment, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, ExternalRecord> {
        let shipments = ShipmentStore(transaction)
        let shipment = try await shipments.shipment(command.shipmentID)
        let order = try await OrderView(transaction).document(of: shipment.orderID)
        guard let shopID = order.externalIDs["shopify"] else { return .reply(ExternalRecord(id: nil)) }
        let all = try await shipments.shipments(of: [shipment.number])
        return .effect(
            key: "fulfillment.create:\(shipment.id)",
            Request(
                shopID: shopID, lines: order.isTheShops ? order.lines.map(Request.Line.init) : nil,
                number: shipment.trackingNumber ?? shipment.packageKey, carrier: shipment.carrier,
                content: PackageContent(of: shipment, together: all)))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> ExternalRecord {
        let account = try await accounts.shopify(call.workspaceID)
        let kits: @Sendable ([String]) async throws -> [String: [String: Int]] = { skus in
            try await accounts.netSuite(call.workspaceID).client.kits(among: skus)
        }
        let shop = ShopFulfillment(account: account, request: request, kits: kits)
        return ExternalRecord(id: try await shop.create())
    }

    func probe(_ request: Request, for call: EffectCall) async throws -> ExternalRecord? {
        let client = try await accounts.shopify(call.workspaceID).client
        let present = try await client.fulfillments(
            of: ShopifyID(request.shopID), trackingNumber: request.number)
        let units = present.flatMap(\.lines).map(\.quantity).reduce(0, +)
        let wanted = request.content.lines.map(\.quantity).reduce(0, +)
        guard let last = present.last, units >= wanted || present.contains(where: \.lines.isEmpty) else { return nil }
        return ExternalRecord(id: last.id.text)
    }

    /// More units under the package's number than left in it.
    func duplicates(of request: Request, for call: EffectCall) async throws -> [String] {
        let client = try await accounts.shopify(call.workspaceID).client
        let present = try await client.fulfillments(of: ShopifyID(request.shopID), trackingNumber: request.number)
        let units = present.flatMap(\.lines).map(\.quantity).reduce(0, +)
        return units > request.content.lines.map(\.quantity).reduce(0, +) ? present.map(\.id.text) : []
    }

    func report(
        duplicates: [String], of request: Request, in transaction: HandlerTransaction
    ) async throws {
        guard let orderID = try await OrderView(transaction).order(shopID: request.shopID) else { return }
        try transaction.publish(
            ShipmentDuplicated(
                orderID: orderID, number: request.number, provider: "shopify", kind: "fulfillment",
                externalIDs: duplicates),
            subject: "\(orderID)")
    }

    func settle(
        _ outcome: ExternalRecord, of request: Request, for command: CreateShopFulfillment,
        in transaction: HandlerTransaction
    ) async throws -> ExternalRecord {
        guard let id = outcome.id else { return outcome }
        try await ShipmentStore(transaction).setShopFulfillment(id, of: command.shipmentID)
        try await transaction.publishRecorded(command.shipmentID, "shopify", "fulfillment", id)
        return outcome
    }
}

extension CreateShopFulfillmentHandler.Request.Line {
    fileprivate init(_ line: OrderLine) {
        self.init(id: line.id, sku: line.sku, quantity: line.quantity)
    }
}

extension CanonicalOrder {
    /// Whether its lines are those of the shop's order.
    fileprivate var isTheShops: Bool { externalIDs["netsuite"] == nil }
}
