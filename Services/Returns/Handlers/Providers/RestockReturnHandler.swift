import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Brings the shop's stock to what of a return is sold again, where no ERP receives the goods: adds it, and once goods that
/// were added are graded anew, takes out what is not sold any more, or adds what is.
///
/// *Guarantees*: each unit once, also by a return that has several lives, and none before its refund has succeeded; each
/// adjustment begins where the one before it has ended. Where the shop keeps our key unique, a call whose answer was lost is
/// made again under it; elsewhere, and once it may have forgotten the key, it is not: people look. What people were asked
/// to put into stock they are asked to take out.
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
        /// Of several adjustments for the return; nil for the first.
        var number: Int?
        /// What people have to change, for they were asked before; nil for nothing.
        var byHand: [Line]?
        /// Where units are taken out again; nil for the place that the settings name.
        var location: String?
    }

    struct Line: Codable, Sendable, Equatable {
        var id: String
        var sku: String
        /// To add; negative to take out again.
        var quantity: Int
    }

    /// What the shop has changed.
    struct Adjustment: Codable, Sendable, Equatable {
        var id: String
        /// More than before; negative for fewer.
        var units: Int
        /// Lines whose goods the shop does not count.
        var left: [Line]
        var location: String?
    }

    enum Outcome: Codable, Sendable, Equatable {
        /// The ERP has the goods.
        case leftToERP
        case noLocation
        case adjusted(Adjustment)
        /// As older builds kept it.
        case restocked(id: String, units: Int, left: [Line])
        /// There is nothing to be done at the shop.
        case leftToPeople
        case refused(Refusal)
        /// An earlier call may have brought it about, and is not made again.
        case unknown
    }

    func plan(
        _ command: RestockReturn, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, RestockReturn.Reply> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        let earlier = try await RestockStore(transaction).all(of: row.id)
        // What is under way ends as it was begun, whatever has become of the money or the goods meanwhile.
        if let last = earlier.last, last.outcome == nil { return .effect(key: last.key, last.request) }
        guard let change = try await RestockPlan(row, transaction).change(after: earlier),
            let shopID = try await OrderView(transaction).shopID(of: row.orderID)
        else { return .reply(RestockReturn.Reply(restocked: nil)) }
        let number = earlier.count + 1
        var request = Request(shopOrder: shopID, returnID: row.id, lines: change.own)
        if number > 1 { request.number = number }
        if !change.byHand.isEmpty { request.byHand = change.byHand }
        if request.takesOut { request.location = earlier.compactMap { $0.outcome?.adjustment?.location }.last }
        return .effect(key: RestockStore.key(of: row.id, number: number), request)
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        guard !request.lines.isEmpty else { return .leftToPeople }
        let outcome = try await attempt(request, for: call)
        // WHY: what is refused now, or is not to be done any more, an earlier call may have done.
        if outcome.adjustment != nil { return outcome }
        return call.sinceFirstCall == nil ? outcome : .unknown
    }

    private func attempt(_ request: Request, for call: EffectCall) async throws -> Outcome {
        do {
            // What is in the shop's stock by us leaves it, also where an ERP has come since.
            if !request.takesOut, try await accounts.netSuite(call.workspaceID) != nil { return .leftToERP }
            let shop = try await accounts.shopify(call.workspaceID)
            guard let location = request.location.map({ ShopifyID($0) }) ?? shop.restockLocation else {
                return request.takesOut ? .refused(.noLocation) : .noLocation
            }
            if let age = call.sinceFirstCall, !shop.keepsRestockingsUnique || age > Self.keyTime { return .unknown }
            return try await restock(request, at: location, by: shop)
        } catch let failure as ProviderFailure {
            guard case .refused(let code, let message) = failure else { throw failure }
            // WHY: after the money there is only forward; people change by hand what the shop refuses.
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
        // Two lines of one item may make up for each other.
        units = units.filter { $0.value != 0 }
        guard !units.isEmpty else { return .adjusted(.init(id: "", units: 0, left: left)) }
        let id = try await shop.restock(
            ShopifyRestocking(
                reference: "restock/\(request.mark)", document: RestockNews.document(of: request),
                location: location, units: units))
        return .adjusted(
            .init(id: id.text, units: units.values.reduce(0, +), left: left, location: location.text))
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: RestockReturn, in transaction: HandlerTransaction
    ) async throws -> RestockReturn.Reply {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try await goOn(after: outcome, of: request, goods.row, in: transaction)
        guard let news = RestockNews(outcome, of: request) else { return RestockReturn.Reply(restocked: nil) }
        try await goods.save(news.happening)
        try news.alert(of: goods.row, in: transaction)
        guard let units = outcome.adjustment?.units, units > 0 else { return RestockReturn.Reply(restocked: nil) }
        return RestockReturn.Reply(restocked: units)
    }

    /// Goods that were graded anew while the shop was asked.
    private func goOn(
        after outcome: Outcome, of request: Request, _ row: ReturnRow, in transaction: HandlerTransaction
    ) async throws {
        var done = try await RestockStore(transaction).all(of: row.id).filter { $0.outcome != nil }
        done.append(.init(key: "", request: request, outcome: outcome))
        guard try await RestockPlan(row, transaction).change(after: done) != nil else { return }
        try transaction.send(RestockReturn(returnID: row.id), subject: row.id.description)
    }
}

extension RestockReturnHandler.Request {
    /// Whether anything is taken out of the shop's stock again.
    var takesOut: Bool { lines.contains { $0.quantity < 0 } }

    /// What the adjustment is named by at the shop.
    var mark: String { number.map { "\(returnID)/\($0)" } ?? "\(returnID)" }
}

extension RestockReturnHandler.Outcome {
    /// Nil where the shop has changed nothing.
    var adjustment: RestockReturnHandler.Adjustment? {
        switch self {
        case .adjusted(let adjustment): adjustment
        case .restocked(let id, let units, let left):
            RestockReturnHandler.Adjustment(id: id, units: units, left: left)
        case .leftToERP, .noLocation, .leftToPeople, .refused, .unknown: nil
        }
    }
}

extension Refusal {
    fileprivate static let noLocation = Refusal(
        code: "no_location", message: "The settings name no restock_location_id any more, where they were put.")

    fileprivate static func notCounted(_ lines: [RestockReturnHandler.Line]) -> Refusal {
        Refusal(
            code: "stock_not_tracked",
            message: "The shop does not count \(RestockNews.words(lines)), or sells it no more.")
    }
}
