import Commerce

extension ShipStationClient {
    /// Buys a label once: one that is there under the external id is taken as it is.
    ///
    /// After `unknownOutcome` the same call may be made again once the settle time has passed. Failure: `refused` in
    /// the carrier's words; `refused("label_voided")` when the label of this external id was voided, because the id
    /// can never be used again.
    public func buy(_ draft: ShipStationLabelDraft) async throws(ProviderFailure) -> ShipStationPurchase {
        guard (1...ShipStationLabelDraft.externalIDMax).contains(draft.externalID.count) else {
            throw .refused(
                code: "external_id",
                message: "An external id has 1 to \(ShipStationLabelDraft.externalIDMax) characters.")
        }
        if let present = try await label(externalID: draft.externalID) { return try Self.existing(present) }
        let body = try ProviderJSON.encode(ShipStationLabelRequest(draft, settings: settings))
        do {
            return .bought(
                try await link.send(request("POST", "labels", body: body), .write, as: ShipStationLabel.self))
        } catch {
            // WHY: another process bought it between the look and this request.
            guard case .refused("identifier_conflict", _) = error,
                let present = try await label(externalID: draft.externalID)
            else { throw error }
            return try Self.existing(present)
        }
    }

    private static func existing(_ label: ShipStationLabel) throws(ProviderFailure) -> ShipStationPurchase {
        guard !label.isVoided else {
            throw .refused(
                code: "label_voided",
                message: "The label \(label.externalID ?? label.id) was voided; its id cannot be used again.")
        }
        return .existed(label)
    }

    /// Nil when there is none.
    public func label(externalID: String) async throws(ProviderFailure) -> ShipStationLabel? {
        try await find("labels/external_shipment_id/\(PercentEncoding.encode(externalID))")
    }

    /// Failure: `refused("not_found")` when there is none.
    public func label(_ id: String) async throws(ProviderFailure) -> ShipStationLabel {
        try await get("labels/\(PercentEncoding.encode(id))")
    }

    /// Labels that carry the tracking number, voided ones among them.
    public func labels(trackingNumber: String) async throws(ProviderFailure) -> [ShipStationLabel] {
        let query = [("tracking_number", trackingNumber), ("page", "1"), ("page_size", "25")]
        return try await get("labels", query: query, as: LabelsAnswer.self).labels
    }

    /// Voids a label; one that is voided already is left as it is. Idempotent: may be sent again after a lost answer.
    ///
    /// Failure: `refused` with the carrier's reason, e.g. `label_already_used`.
    public func void(_ id: String) async throws(ProviderFailure) {
        let path = "labels/\(PercentEncoding.encode(id))/void"
        let answer = try await link.send(request("PUT", path), .write, as: VoidAnswer.self)
        // WHY: a refusal comes with status 200.
        guard !answer.approved, answer.reasonCode != "label_already_voided" else { return }
        throw .refused(
            code: answer.reasonCode ?? "void_refused", message: answer.message ?? "The label cannot be voided.")
    }
}

/// How a label came to be.
public enum ShipStationPurchase: Sendable, Equatable {
    case bought(ShipStationLabel)
    case existed(ShipStationLabel)

    public var label: ShipStationLabel {
        switch self {
        case .bought(let label), .existed(let label): label
        }
    }
}

private struct LabelsAnswer: Decodable {
    let labels: [ShipStationLabel]
}

private struct VoidAnswer: Decodable {
    let approved: Bool
    let message: String?
    let reasonCode: String?

    private enum CodingKeys: String, CodingKey {
        case approved, message
        case reasonCode = "reason_code"
    }
}
