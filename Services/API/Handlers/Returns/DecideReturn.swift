import Contracts
import Views

extension Endpoint {
    /// What a person decides about a return in review.
    static func decideReturn(_ verbs: ReturnVerbs) -> [Endpoint] {
        [
            .post(
                "/returns/{id}/approve", .returnsWrite,
                .verb(
                    "approveReturn",
                    "Lets a return in review go on; 409 not_inspected while goods that are here have no grade", "Return"
                ).versioned
            ) { try await verbs.decide(.approve, .approve, $0) },
            .post(
                "/returns/{id}/reject", .returnsWrite,
                .verb(
                    "rejectReturn",
                    "Ends a return in review; the customer is told, with the message and not with the reason; 409 where its "
                        + "goods are made good already",
                    body: "ReturnRejection", "Return"
                ).versioned
            ) { try await verbs.decide(.reject, .reject, $0) },
        ]
    }
}

/// A person's words: for the audit log, and for the customer.
private struct DecisionBody: Decodable {
    var reason: String
    var message: String?
}

extension ReturnVerbs {
    fileprivate func decide(
        _ verb: ReturnVerb, _ decision: DecideReturn.Verb, _ request: APIRequest
    ) async throws -> APIAnswer {
        let body = try request.decode(DecisionBody.self)
        let reason = try ReasonBody.checked(body.reason)
        let message = decision == .reject ? try CustomerMessage.checked(body.message) : nil
        return try await carryOut(verb, request) { record in
            DecideReturn(returnID: record.id, verb: decision, reason: reason, message: message)
        }
    }
}
