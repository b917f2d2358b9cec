import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Adds what of a return is sold again to the shop's stock, where no ERP receives the goods.
///
/// *Guarantees*: each unit once, also by a return that has several lives, and none before its refund has succeeded. Where
/// the shop keeps our key unique, a call whose answer was lost is made again under it; elsewhere, and once it may have
/// forgotten the key, it is not: people look.
/// *Not guaranteed*: units that are graded anew after that stay where they are.
struct RestockReturnHandler: EffectHandler {
    typealias Message = RestockReturn

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "inventory.adjust", recovery: .sendAgain)

    // LIMIT: the shop keeps a key for a day; a sending takes a minute at most.
    private static let keyTime = Duration.hours(23)

    struct Request: Codable, Sendable, Equatable {
        var shopOrder: String
        var returnID: ReturnID
        var lines: [Line]
    }

    struct Line: Codable, Sendable, Equatable {
        var id: String
        var sku: String
        var quantity: Int
    }

    enum Outcome: Codable, Sendable, Equatable {
        /// The ERP has the goods.
        case leftToERP
        case noLocation
        /// - Parameter left: lines whose goods the shop does not count.
        case restocked(id: String, units: Int, left: [Line])
        case refused(Refusal)
        /// An earlier call may have brought it about, and is not made again.
        case unknown
    }

    func plan(
        _ command: RestockReturn, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, RestockReturn.Reply> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        // WHY: one for all lives of the return: what is in stock, or seen to by people, is not added in a later one.
        let key = "inventory.adjust:\(row.id)"
        // A call that is under way ends, whatever has become of the money or the goods meanwhile.
        let isOpen = try await RefundStore(transaction).hasOpenEffect(key)
        if !isOpen { _ = try await RefundedReturn.lock(command.returnID, in: transaction) }
        let policy = try await PolicyStore(transaction).find(row.policyVersion, as: ReturnPolicy.self)
        let lines = Self.lines(of: row, under: policy)
        let isToAdd = !lines.isEmpty && row.externalIDs["netsuite"] == nil
        guard isOpen || isToAdd, let shopID = try await OrderView(transaction).shopID(of: row.orderID) else {
            return .reply(RestockReturn.Reply(restocked: nil))
        }
        return .effect(key: key, Request(shopOrder: shopID, returnID: row.id, lines: lines))
    }

    private static func lines(of row: ReturnRow, under policy: ReturnPolicy?) -> [Line] {
        let units = row.units.filter { $0.isHere && !$0.stays && $0.disposition(under: policy) == .restock }
        let skus = Dictionary(units.map { ($0.lineID, $0.sku) }) { first, _ in first }
        return units.byLine.sorted { $0.key < $1.key }
            .map { Line(id: $0.key, sku: skus[$0.key] ?? "", quantity: $0.value) }
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let outcome = try await attempt(request, for: call)
        // WHY: what is refused now, or is not to be done any more, an earlier call may have done.
        if case .restocked = outcome { return outcome }
        return call.sinceFirstCall == nil ? outcome : .unknown
    }

    private func attempt(_ request: Request, for call: EffectCall) async throws -> Outcome {
        do {
            guard try await accounts.netSuite(call.workspaceID) == nil else { return .leftToERP }
            let shop = try await accounts.shopify(call.workspaceID)
            guard let location = shop.restockLocation else { return .noLocation }
            if let age = call.sinceFirstCall, !shop.keepsRestockingsUnique || age > Self.keyTime { return .unknown }
            return try await restock(request, at: location, by: shop)
        } catch let failure as ProviderFailure {
            guard case .refused(let code, let message) = failure else { throw failure }
            // WHY: after the money there is only forward; people put into stock by hand what the shop refuses.
            return .refused(Refusal(code: code, message: message))
        }
    }

    private func restock(
        _ request: Request, at location: ShopifyID, by shop: ShopifyClient
    ) async throws -> Outcome {
        let items = try await shop.stockItems(of: ShopifyID(request.shopOrder))
        var (units, left): ([ShopifyID: Int], [Line]) = ([:], [])
        for line in request.lines {
            if let item = items[ShopifyID(line.id)], item.isTracked {
                units[item.id, default: 0] += line.quantity
            } else {
                left.append(line)
            }
        }
        guard !units.isEmpty else { return .refused(.notCounted(left)) }
        let id = try await shop.restock(
            ShopifyRestocking(
                reference: "restock/\(request.returnID)", document: RestockNews.document(of: request.returnID),
                location: location, units: units))
        return .restocked(id: id.text, units: units.values.reduce(0, +), left: left)
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: RestockReturn, in transaction: HandlerTransaction
    ) async throws -> RestockReturn.Reply {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard let news = RestockNews(outcome, of: request) else { return RestockReturn.Reply(restocked: nil) }
        try await goods.save(news.happening)
        try news.alert(of: goods.row, in: transaction)
        guard case .restocked(_, let units, _) = outcome else { return RestockReturn.Reply(restocked: nil) }
        return RestockReturn.Reply(restocked: units)
    }
}

extension Refusal {
    fileprivate static func notCounted(_ lines: [RestockReturnHandler.Line]) -> Refusal {
        Refusal(
            code: "stock_not_tracked",
            message: "The shop does not count \(RestockNews.words(lines)), or sells it no more.")
    }
}
