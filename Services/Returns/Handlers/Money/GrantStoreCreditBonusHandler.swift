import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Adds the bonus of a refund that was taken as store credit to the customer's account at the shop.
///
/// The shop takes no key and keeps no note with it: after a lost answer it is looked for among what was added since the
/// refund was asked for, by its amount, beside what other bonuses are known to have brought.
struct GrantStoreCreditBonusHandler: EffectHandler {
    typealias Message = GrantStoreCreditBonus

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "bonus.grant", recovery: .probe(settleTime: .seconds(30)))

    struct Request: Codable, Sendable {
        var shopOrder: String
        var refundID: RefundID
        var amount: Money
        /// Older credit is none of it.
        var since: Date
        /// Other bonuses, as the shop has them.
        var others: [String]
    }

    enum Outcome: Codable, Sendable {
        case granted(String)
        case refused(Refusal)
    }

    func plan(
        _ command: GrantStoreCreditBonus, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, GrantStoreCreditBonus.Reply> {
        let (refunds, bonuses) = (RefundStore(transaction), BonusStore(transaction))
        guard let refund = try await refunds.find(command.refundID) else {
            throw Refusal(code: "not_found", message: "There is no refund \(command.refundID).")
        }
        guard refund.destination == .storeCredit,
            let amount = try await refunds.calculation(of: refund.id)?.storeCreditBonus, amount.minorUnits > 0,
            let shopID = try await OrderView(transaction).shopID(of: refund.orderID),
            let since = try await bonuses.earliest(of: refund.id)
        else { return .reply(.init(granted: nil)) }
        // WHY: one a return, also where a second refund of it has taken the place of one that failed later.
        let key = "bonus.grant:\(refund.returnID.map { "\($0)" } ?? "\(refund.id)")"
        // A call that is under way ends, whatever has become of the money meanwhile.
        var isToGrant = refund.status.isDone
        if !isToGrant { isToGrant = try await refunds.hasOpenEffect(key) }
        guard isToGrant else { return .reply(.init(granted: nil)) }
        return .effect(
            key: key,
            Request(
                shopOrder: shopID, refundID: refund.id, amount: amount, since: since,
                others: try await bonuses.others(than: refund, since: since)))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        do {
            let shop = try await accounts.shopify(call.workspaceID)
            guard let customer = try await shop.order(ShopifyID(request.shopOrder)).customer?.id else {
                return .refused(
                    Refusal(code: "no_customer", message: "The order has no customer at the shop to give it to."))
            }
            let credit = try await shop.addStoreCredit(
                DecimalText(request.amount.decimalString), currency: request.amount.currency.code, to: customer)
            return .granted(Self.reference(credit, of: customer))
        } catch let failure as ProviderFailure {
            guard case .refused(let code, let message) = failure else { throw failure }
            // WHY: an earlier sending that has arrived after all may be what this one is refused for.
            do {
                if let made = try await probe(request, for: call) { return made }
            } catch let unseen as ProviderFailure {
                // What could not be looked at may be there, and is not given by hand beside it.
                guard case .refused = unseen else { throw unseen }
            }
            // WHY: after the money there is only forward; people add by hand what the shop refuses.
            return .refused(Refusal(code: code, message: message))
        }
    }

    /// WHY: another customer may get as much within the same second, and hold as much then.
    private static func reference(_ credit: ShopifyStoreCredit, of customer: ShopifyID) -> String {
        "\(customer.text)/\(credit.reference)"
    }

    func probe(_ request: Request, for call: EffectCall) async throws -> Outcome? {
        try await present(request, call).last.map { .granted($0) }
    }

    func duplicates(of request: Request, for call: EffectCall) async throws -> [String] {
        let present = try await present(request, call)
        return present.count > 1 ? present : []
    }

    /// What may be it, newest first.
    private func present(_ request: Request, _ call: EffectCall) async throws -> [String] {
        let shop = try await accounts.shopify(call.workspaceID)
        guard let customer = try await shop.order(ShopifyID(request.shopOrder)).customer?.id else { return [] }
        let wanted = DecimalText(request.amount.decimalString).decimal
        return try await shop.storeCredits(of: customer, currency: request.amount.currency.code)
            .filter { $0.amount.decimal == wanted && $0.createdAt.date.map { $0 >= request.since } == true }
            .map { Self.reference($0, of: customer) }
            .filter { !request.others.contains($0) }
    }

    func report(
        duplicates: [String], of request: Request, in transaction: HandlerTransaction
    ) async throws {
        guard let refund = try await RefundStore(transaction).find(request.refundID) else { return }
        let others = Set(try await BonusStore(transaction).others(than: refund, since: request.since))
        let present = duplicates.filter { !others.contains($0) }
        guard present.count > 1 else { return }
        try BonusNews(refund, request.amount, transaction).mayBeTwice(present)
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: GrantStoreCreditBonus,
        in transaction: HandlerTransaction
    ) async throws -> GrantStoreCreditBonus.Reply {
        let refunds = RefundStore(transaction)
        guard let orderID = try await refunds.find(command.refundID)?.orderID,
            try await LedgerStore(transaction).lock(orderID) != nil,
            let refund = try await refunds.find(command.refundID)
        else { return .init(granted: nil) }
        let news = BonusNews(refund, request.amount, transaction)
        switch outcome {
        case .granted(let reference):
            try await BonusStore(transaction).insert(request.amount, of: refund, externalID: reference)
            try await LedgerStore(transaction).post(
                .bonusGranted(request.amount, cause: refund.id.description), to: orderID)
            try await news.granted(as: reference)
            // It was on its way when its refund failed, of which nobody was told then.
            if refund.status == .failed {
                try await RefundAlert(refund, "late/\(refund.id)", transaction).bonusStays()
            }
            return .init(granted: request.amount.decimalString)
        case .refused(let refusal):
            try await news.refused(refusal)
            return .init(granted: nil)
        }
    }
}
