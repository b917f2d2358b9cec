import Commerce
import Contracts
import Messaging
import Providers
import Views

/// How a label comes about at the carrier's broker, whichever of a return it is: named by its parcel's key, once.
struct LabelPurchase: Sendable {
    let accounts: ProviderAccounts

    /// One that is there under the key is taken as it is.
    func buy(_ parcel: ReturnParcel, for call: EffectCall) async throws -> BoughtLabel {
        let account = try await accounts.shipStation(call.workspaceID)
        let draft = try ShipStationLabelDraft(ShipStationReturn(parcel), settings: account.settings)
        return try await account.client.complete(try await account.client.buy(draft).label)
    }

    /// Nil where there is none that could be used.
    func find(_ parcel: ReturnParcel, for call: EffectCall) async throws -> BoughtLabel? {
        let client = try await accounts.shipStation(call.workspaceID).client
        guard let label = try await client.label(externalID: parcel.key), !label.isVoided else { return nil }
        return try await client.complete(label)
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

extension BoughtLabel {
    /// Gives it to a return, with its document.
    /// - Parameter replaced: the label whose place it takes; nil for the first.
    func give(
        to goods: inout ReturnCase, for parcel: ReturnParcel, inPlaceOf replaced: String? = nil,
        in transaction: HandlerTransaction
    ) async throws {
        let documentID = try await DocumentStore.insert(
            Document(name: "return-label.pdf", contentType: "application/pdf", bytes: document), in: transaction)
        goods.row.label = ReturnShippingLabel(
            id: id, carrier: carrier, service: service, trackingNumber: trackingNumber,
            country: parcel.from.country?.uppercased() ?? "", url: url, documentID: documentID, replaces: replaced)
        goods.row.externalIDs["shipstation"] = id
    }

    /// That it is bought, for the timeline.
    var happening: ReturnHappening {
        ReturnHappening(
            "return.label_bought", "A label for the parcel is bought: \(trackingNumber).",
            externalRef: "shipstation:\(id)", dedupeKey: id)
    }
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
