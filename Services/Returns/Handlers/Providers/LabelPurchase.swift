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
        guard draft.isPaperless else {
            return try await account.client.complete(try await account.client.buy(draft).label)
        }
        let (purchased, refusal) = try await Self.buyPaperless(draft, by: account.client)
        let label = try await account.client.ready(purchased)
        var bought = try await account.client.complete(label)
        bought.paperless = try await account.client.paperless(of: label, refusal)
        return bought
    }

    /// What a carrier does not give without paper is bought on paper, with its reason.
    private static func buyPaperless(
        _ draft: ShipStationLabelDraft, by client: ShipStationClient
    ) async throws(ProviderFailure) -> (label: ShipStationLabel, refusal: String?) {
        do {
            return (try await client.buy(draft).label, nil)
        } catch {
            // WHY: a refused purchase bought nothing. Where it is refused for something else, so is the next.
            guard case .refused(_, let message) = error else { throw error }
            var onPaper = draft
            onPaper.isPaperless = false
            return (try await client.buy(onPaper).label, message)
        }
    }

    /// Nil where there is none that could be used.
    func find(_ parcel: ReturnParcel, for call: EffectCall) async throws -> BoughtLabel? {
        let account = try await accounts.shipStation(call.workspaceID)
        guard let found = try await account.client.label(externalID: parcel.key), !found.isVoided else { return nil }
        let label = try await account.client.ready(found)
        var bought = try await account.client.complete(label)
        let route = account.settings.returnRoutes[parcel.from.country?.uppercased() ?? ""]
        if route?.isPaperless == true { bought.paperless = try await account.client.paperless(of: label, nil) }
        return bought
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
    /// Where it was asked for.
    var paperless: Paperless?

    enum CodingKeys: String, CodingKey { case id, carrier, service, trackingNumber, url }

    /// What the carrier takes in the place of paper, or why there is none.
    struct Paperless: Sendable, Equatable {
        var file: ShipStationFile?
        var code: String?
        var instructions: String?
        var missing: String?
    }
}

extension BoughtLabel {
    /// Gives it to a return, with its document.
    /// - Parameter replaced: the label whose place it takes; nil for the first.
    func give(
        to goods: inout ReturnCase, for parcel: ReturnParcel, inPlaceOf replaced: String? = nil,
        in transaction: HandlerTransaction
    ) async throws {
        let number = ReturnNumber.of(returnKey: goods.row.key)
        let documentID = try await DocumentStore.insert(
            Document(name: "return-label-\(number).pdf", contentType: "application/pdf", bytes: document),
            in: transaction)
        goods.row.label = ReturnShippingLabel(
            id: id, carrier: carrier, service: service, trackingNumber: trackingNumber,
            country: parcel.from.country?.uppercased() ?? "", url: url, documentID: documentID, replaces: replaced,
            paperless: try await keepPaperless(in: transaction))
        goods.row.externalIDs["shipstation"] = id
    }

    private func keepPaperless(in transaction: HandlerTransaction) async throws -> ReturnShippingLabel.Paperless? {
        guard let paperless else { return nil }
        var kept = ReturnShippingLabel.Paperless(
            code: paperless.code, instructions: paperless.instructions, missing: paperless.missing)
        if let file = paperless.file {
            kept.documentID = try await DocumentStore.insert(
                Document(name: "return-code\(file.suffix)", contentType: file.contentType, bytes: file.bytes),
                in: transaction)
        }
        return kept
    }

    /// That it is bought, for the timeline.
    var happening: ReturnHappening {
        let paper = paperless.map { $0.missing.map { " It has to be printed: \($0)" } ?? " It need not be printed." }
        return ReturnHappening(
            "return.label_bought", "A label for the parcel is bought: \(trackingNumber).\(paper ?? "")",
            externalRef: "shipstation:\(id)", dedupeKey: id)
    }
}

extension ShipStationClient {
    // LIMIT: a few sentences within a mail; a code is typed in by hand.
    private static let instructionsMax = 500
    private static let codeMax = 50

    /// The label as it is by now, where it was still being made.
    fileprivate func ready(_ label: ShipStationLabel) async throws(ProviderFailure) -> ShipStationLabel {
        guard label.status == .processing else { return label }
        return try await self.label(label.id)
    }

    /// What the carrier takes in the place of paper.
    ///
    /// Failure: as of the label's document; what the broker does not give is no failure, but the reason.
    /// - Parameter refusal: why it was not asked for in the end.
    fileprivate func paperless(
        of label: ShipStationLabel, _ refusal: String?
    ) async throws(ProviderFailure) -> BoughtLabel.Paperless {
        guard let given = label.paperless else {
            let reason = refusal?.plainLine(upTo: Self.instructionsMax)
            return .init(missing: reason ?? "The carrier gives no code in its place.")
        }
        var paperless = BoughtLabel.Paperless(
            code: given.handoffCode?.plainLine(upTo: Self.codeMax),
            instructions: given.instructions?.split(whereSeparator: \.isNewline).joined(separator: " ")
                .plainLine(upTo: Self.instructionsMax))
        do {
            paperless.file = try await paperlessDocument(of: label)
        } catch {
            guard case .refused = error else { throw error }
        }
        if paperless.file == nil, paperless.code == nil {
            paperless.missing = "The carrier's code cannot be shown."
        }
        return paperless
    }

    /// The label with its document, which expires there.
    ///
    /// Failure: `transient` for whatever keeps the document from us: the label is bought and must not be left behind.
    fileprivate func complete(_ label: ShipStationLabel) async throws(ProviderFailure) -> BoughtLabel {
        let label = try await ready(label)
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
