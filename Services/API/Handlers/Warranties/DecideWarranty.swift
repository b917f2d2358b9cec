import Commerce
import Contracts
import Messaging
import Views

extension Endpoint {
    /// What a person decides about a claim in review.
    static func decideWarranty(_ verbs: WarrantyVerbs) -> [Endpoint] {
        [
            .post(
                "/warranties/{id}/approve", .warrantiesWrite,
                .verb("approveWarranty", "Lets a claim in review go on", body: "WarrantyApproval", "Warranty")
            ) { try await verbs.decide(.approve, .approve, $0) },
            .post(
                "/warranties/{id}/reject", .warrantiesWrite,
                .verb(
                    "rejectWarranty",
                    "Ends a claim in review; goods that are here go back on the parcel named, and the customer is told, "
                        + "with the message and not with the reason; 409 once it is paid",
                    body: "WarrantyRejection", "Warranty")
            ) { try await verbs.decide(.reject, .reject, $0) },
        ]
    }

    /// Cancelling a claim is cancelling its saga, which undoes what was done.
    static func cancelWarranty(_ verbs: WarrantyVerbs) -> Endpoint {
        .post(
            "/warranties/{id}/cancel", .warrantiesWrite,
            .verb("cancelWarranty", "Undoes what was done for the claim; 409 once its goods are here", "Warranty")
        ) { try await verbs.cancel($0) }
    }
}

/// A person's words, with what goes with them.
private struct DecisionBody: Decodable {
    var reason: String
    var remedy: WarrantyRemedy?
    var trackingNumber: String?
    var carrier: String?
    var message: String?

    enum CodingKeys: String, CodingKey {
        case reason, remedy, carrier, message
        case trackingNumber = "tracking_number"
    }
}

extension WarrantyVerbs {
    fileprivate func decide(
        _ verb: WarrantyVerb, _ decision: DecideWarranty.Verb, _ request: APIRequest
    ) async throws -> APIAnswer {
        let body = try request.decode(DecisionBody.self)
        let reason = try ReasonBody.checked(body.reason)
        let message = decision == .reject ? try CustomerMessage.checked(body.message) : nil
        return try await carryOut(verb, request) { record in
            DecideWarranty(
                warrantyID: record.id, verb: decision, reason: reason, remedy: body.remedy,
                parcel: body.trackingNumber.map { OutgoingParcel(trackingNumber: $0, carrier: body.carrier) },
                message: message)
        }
    }

    fileprivate func cancel(_ request: APIRequest) async throws -> APIAnswer {
        let reason = try request.decode(ReasonBody.self).checkedReason()
        return try await carryOut(.cancel, request) { record in
            try record.require(.cancel)
            guard record.receivedAt == nil else {
                throw Problem(
                    409, "not_allowed", "The goods are here: reject the claim and send them back.",
                    allowed: record.allowedVerbs(besides: .cancel))
            }
            guard let sagaID = record.sagaID else {
                throw Problem(
                    409, "not_allowed", "The claim has no saga yet; try again in a moment.",
                    allowed: record.allowedVerbs(besides: .cancel))
            }
            return OperateSaga(sagaID: sagaID, verb: .cancel, reason: reason)
        }
    }
}
