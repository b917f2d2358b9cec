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
        let account = try await accounts.shipStation(call.workspaceID)
        let draft = try ShipStationLabelDraft(ShipStationReturn(parcel), settings: account.settings)
        return try await account.client.complete(try await account.client.buy(draft).label)
    }

    func probe(_ parcel: ReturnParcel, for call: EffectCall) async throws -> BoughtLabel? {
        let client = try await accounts.shipStation(call.workspaceID).client
        guard let label = try await client.label(externalID: parcel.key), !label.isVoided else { return nil }
        return try await client.complete(label)
    }

    func settle(
        _ bought: BoughtLabel, of parcel: ReturnParcel, for command: BuyReturnLabel,
        in transaction: HandlerTransaction
    ) async throws -> BuyReturnLabel.Reply {
        let documentID = try await DocumentStore.insert(
            Document(name: "return-label.pdf", contentType: "application/pdf", bytes: bought.document),
            in: transaction)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        goods.row.label = ReturnShippingLabel(
            id: bought.id, carrier: bought.carrier, service: bought.service, trackingNumber: bought.trackingNumber,
            country: parcel.from.country?.uppercased() ?? "", url: bought.url, documentID: documentID)
        goods.row.externalIDs["shipstation"] = bought.id
        try await goods.save(
            ReturnHappening(
                "return.label_bought", "A label for the parcel is bought: \(bought.trackingNumber).",
                externalRef: "shipstation:\(bought.id)", dedupeKey: bought.id))
        return BuyReturnLabel.Reply(labelID: bought.id, trackingNumber: bought.trackingNumber)
    }
}

/// A label that is paid for. What is written down of it leaves the document out, which is kept by itself.
struct BoughtLabel: Codable, Sendable, Equatable {
    var id: String
    var carrier: String
    var service: String
    var trackingNumber: String
    var url: String?
    var document: [UInt8] = []

    enum CodingKeys: String, CodingKey { case id, carrier, service, trackingNumber, url }
}

extension ShipStationClient {
    /// The label with its document, which expires there.
    ///
    /// Failure: `transient` for whatever keeps the document from us: the label is bought and must not be left behind.
    fileprivate func complete(_ label: ShipStationLabel) async throws(ProviderFailure) -> BoughtLabel {
        let label = label.status == .processing ? try await self.label(label.id) : label
        let document: [UInt8]
        do {
            document = try await self.document(of: label)
        } catch {
            guard case .refused(let code, let message) = error else { throw error }
            throw .transient(code: code, message: message, retryAfter: nil)
        }
        guard let trackingNumber = label.trackingNumber else {
            throw .transient(code: "label_processing", message: "The label has no number yet.", retryAfter: nil)
        }
        let code = label.carrierCode ?? ""
        return BoughtLabel(
            id: label.id, carrier: ShipStationCarrierCode.carrier(of: code)?.title ?? code,
            service: label.serviceCode ?? "",
            trackingNumber: trackingNumber, url: label.trackingURL, document: document)
    }
}
