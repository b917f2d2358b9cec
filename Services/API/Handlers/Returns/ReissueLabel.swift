import Contracts
import Messaging
import Views

extension Endpoint {
    /// Another label for a parcel that nobody has seen yet, at the cost of another label.
    static func reissueLabel(_ verbs: ReturnVerbs) -> Endpoint {
        .post(
            "/returns/{id}/reissue-label", .returnsWrite,
            .verb(
                "reissueReturnLabel",
                "Gives the customer another label and voids the one before; 409 once the carrier has the parcel",
                "Return"
            ).versioned
        ) { request in
            let reason = try request.decode(ReasonBody.self).checkedReason()
            return try await verbs.carryOut(
                .reissueLabel, request,
                orElse: "The label was asked for and is not there yet: the carrier may be making it just now, or it is "
                    + "made once the owner of returns is there again. Look again.",
                command: { record in
                    ReissueReturnLabel(returnID: record.id, labelID: try record.labelToReplace(), reason: reason)
                }, refusal: { try ReissueReturnLabel.lateness($0) })
        }
    }
}

extension ReissueReturnLabel {
    /// Why an answer of the owner gives nobody another label; nil where it does.
    fileprivate static func lateness(_ answer: RawJSON) throws -> Refusal? {
        guard try answer.decode(Reply.self).labelID == nil else { return nil }
        return Refusal(
            code: "not_allowed", message: "It is too late for another label: the parcel or the return has moved on.")
    }
}

extension ReturnRecord {
    /// The id of the label whose place another may take. Failure: 409.
    fileprivate func labelToReplace() throws(Problem) -> String {
        try require(.reissueLabel)
        guard let label else { throw .notFound }
        return label.id
    }
}
