import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Buys the label by the country that the parcel is sent from, and keeps its document.
///
/// *Guarantees*: one label for each life of a return; a label whose document is not there yet is asked for again, never
/// bought again.
struct BuyReturnLabelHandler: EffectHandler {
    typealias Message = BuyReturnLabel

    let accounts: ProviderAccounts
    // WHY: a label costs money, and that a second one is refused is not documented: look first, and let a slow request
    // land, for which the client waits a minute.
    let effect = EffectKind("shipstation", "label.buy", recovery: .probe(settleTime: .seconds(60)))

    func plan(
        _ command: BuyReturnLabel, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<ReturnParcel, BuyReturnLabel.Reply> {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard goods.row.status.holdsUnits else {
            throw Refusal(
                code: "not_allowed", message: "A return that is \(goods.row.status.rawValue) gets no label.")
        }
        let parcel = try ReturnParcel(goods.row, of: try await OrderView(transaction).document(of: goods.row.orderID))
        if goods.follow(.requestLabel) { try await goods.save() }
        return .effect(key: "label.buy:\(parcel.key)", parcel)
    }

    func perform(_ parcel: ReturnParcel, for call: EffectCall) async throws -> BoughtLabel {
        try await LabelPurchase(accounts: accounts).buy(parcel, for: call)
    }

    func probe(_ parcel: ReturnParcel, for call: EffectCall) async throws -> BoughtLabel? {
        try await LabelPurchase(accounts: accounts).find(parcel, for: call)
    }

    func settle(
        _ bought: BoughtLabel, of parcel: ReturnParcel, for command: BuyReturnLabel,
        in transaction: HandlerTransaction
    ) async throws -> BuyReturnLabel.Reply {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try await bought.give(to: &goods, for: parcel, in: transaction)
        try await goods.save(bought.happening)
        return BuyReturnLabel.Reply(labelID: bought.id, trackingNumber: bought.trackingNumber)
    }
}
