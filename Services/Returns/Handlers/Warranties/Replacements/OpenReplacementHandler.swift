import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Sets new goods aside in the shop, the same as the faulty ones and at no charge, and has them reserved.
///
/// *Guarantees*: one draft at a time for each claim, found again by its reference; none beside money that was given.
/// *Not guaranteed*: that the goods are reserved until they are ordered; the timeline says where the shop refuses it.
struct OpenReplacementHandler: EffectHandler {
    typealias Message = OpenReplacement

    let accounts: ProviderAccounts
    // WHY: the shop has no key for drafts; its page asks for 30 s.
    let effect = EffectKind("shopify", "draftOrder.create", recovery: .probe(settleTime: .seconds(30)))

    struct Request: Codable, Sendable {
        var warrantyID: WarrantyID
        /// RFC 3339: before the first try.
        var since: String
        var note: String
        var wanted: SKUQuantity
        var email: String?
        var customerID: String?
        var shippingAddress: Address

        var reference: String { warrantyID.description }
    }

    struct Outcome: Codable, Sendable {
        var replacement: WarrantyReplacement
        /// Nil for goods that were ordered already.
        var reservation: GoodsReservation?
    }

    func plan(
        _ command: OpenReplacement, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, OpenReplacement.Reply> {
        let goods = try await ClaimedReturn.lock(of: command.warrantyID, in: transaction)
        let row = try await WarrantyCase.lock(command.warrantyID, in: transaction).row
        guard try await !StandingRefund.exists(of: goods?.row.id, in: transaction) else {
            throw Refusal(
                code: "refund_stands", message: "The money for the goods has been given back, or is on its way.")
        }
        let quantity = goods.map { $0.row.units.count { $0.stays || $0.isHere } } ?? row.quantity
        guard quantity > 0 else {
            throw Refusal(code: "nothing_to_replace", message: "None of the goods that were claimed are here.")
        }
        // WHY: goods that were set aside and given up are set aside anew, by an effect of their own.
        let earlier = try await WarrantyStore(transaction).cancelledReplacements(of: row.id)
        let key = "draftOrder.create:\(row.id)" + (earlier == 0 ? "" : "-\(earlier + 1)")
        // WHY: what a call may have made already is looked for there, whatever has come about since.
        if let doubt = goods?.row.shopRefund, try await !RefundStore(transaction).hasOpenEffect(key) { throw doubt }
        let claimant = try await Claimant.of(row, in: transaction)
        return .effect(
            key: key,
            Request(
                warrantyID: row.id, since: row.createdAt.formatted(.iso8601),
                note: "Warranty replacement for \(claimant.source)", wanted: .init(sku: row.sku, quantity: quantity),
                email: claimant.email, customerID: claimant.customerID, shippingAddress: claimant.address))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let shop = try await accounts.shopify(call.workspaceID)
        guard let variant = try await shop.variants(skus: [request.wanted.sku])[request.wanted.sku] else {
            throw ProviderFailure.refused(
                code: "unknown_sku", message: "The shop sells no '\(request.wanted.sku)'.")
        }
        let draft = try await shop.createDraftOrder(ShopifyDraftOrderRequest(request, variant), since: request.since)
        guard draft.isFree else {
            try await shop.deleteDraftOrder(draft.id)
            throw ProviderFailure.refused(
                code: "not_free", message: "The shop asks \(draft.total?.text ?? "something") for the new goods.")
        }
        return try await reserved(draft, in: shop, call)
    }

    /// A draft that is found without its reservation gets it here: that may be asked for again.
    func probe(_ request: Request, for call: EffectCall) async throws -> Outcome? {
        let shop = try await accounts.shopify(call.workspaceID)
        guard let draft = try await shop.draftOrder(reference: request.reference, since: request.since), draft.isFree
        else { return nil }
        return try await reserved(draft, in: shop, call)
    }

    private func reserved(
        _ draft: ShopifyDraftOrder, in shop: ShopifyClient, _ call: EffectCall
    ) async throws -> Outcome {
        Outcome(
            replacement: WarrantyReplacement(draft),
            reservation: try await GoodsReservation.make(for: draft, in: shop, at: call.now))
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: OpenReplacement, in transaction: HandlerTransaction
    ) async throws -> OpenReplacement.Reply {
        let draftID = outcome.replacement.draftID
        var claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        claim.row.replacement = outcome.replacement
        try await claim.save(
            ReturnHappening(
                "warranty.replacement_opened",
                "\(request.wanted.quantity) × \(request.wanted.sku) \(outcome.whereabouts) at no charge.",
                externalRef: "shopify:\(draftID)", dedupeKey: draftID))
        return OpenReplacement.Reply(draftID: draftID)
    }
}

/// Whom new goods go to.
private struct Claimant {
    var email, customerID: String?
    var address: Address
    /// What the claim is about, for people in the shop.
    var source: String

    /// Failure: a ``Refusal`` where nobody knows where the goods go.
    static func of(_ row: WarrantyRow, in transaction: HandlerTransaction) async throws -> Claimant {
        let asked = row.request.target
        if let orderID = row.orderID {
            let order = try await OrderView(transaction).document(of: orderID)
            guard let address = asked ?? order.shippingAddress else { throw Self.nowhere }
            return Claimant(
                email: order.customer.email, customerID: order.customer.externalID, address: address,
                source: "order \(order.number)")
        }
        guard let id = row.registrationID, let address = asked,
            let registration = try await RegistrationRecords.find(id, in: transaction.database)
        else { throw Self.nowhere }
        return Claimant(email: registration.email, address: address, source: "registration \(id)")
    }

    private static var nowhere: Refusal {
        Refusal(code: "missing_address", message: "Nobody knows where the new goods go.", field: "ship_to")
    }
}

extension ShopifyDraftOrderRequest {
    fileprivate init(_ request: OpenReplacementHandler.Request, _ variant: ShopifyVariant) {
        self.init(
            reference: request.reference, lines: [Line(.variant(variant.id), quantity: request.wanted.quantity)],
            email: request.email)
        customerID = request.customerID.map { ShopifyID($0) }
        shippingAddress = ShopifyDraftAddress(request.shippingAddress)
        note = request.note
        discount = .everything(title: "Warranty")
    }
}

extension OpenReplacementHandler.Outcome {
    fileprivate var whereabouts: String {
        switch reservation {
        case .held: "are set aside"
        case .missing(let reason): "are in a draft order, not reserved (\(reason)),"
        case nil: "are ordered"
        }
    }
}

extension ShopifyDraftOrder {
    /// Whether nothing is left to pay.
    fileprivate var isFree: Bool { total?.decimal == 0 }
}

extension WarrantyReplacement {
    fileprivate init(_ draft: ShopifyDraftOrder) {
        self.init(draftID: draft.id.text, name: draft.name, shopOrderID: draft.orderID?.text)
    }
}
