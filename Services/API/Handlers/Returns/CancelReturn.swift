import Contracts

extension Endpoint {
    /// Cancelling a return is cancelling its saga, which undoes what was done; reopening runs the saga again.
    static func endReturn(_ verbs: ReturnVerbs) -> [Endpoint] {
        [
            .post(
                "/returns/{id}/cancel", .returnsWrite,
                .verb("cancelReturn", "Undoes what was done for the return; 409 once its goods are here", "Return")
                    .versioned
            ) { try await verbs.operate(.cancel, .cancel, $0) },
            .post(
                "/returns/{id}/reopen", .returnsWrite,
                .verb("reopenReturn", "Takes up a return that was rejected, cancelled or has expired", "Return")
                    .versioned
            ) { try await verbs.operate(.reopen, .restart, $0) },
        ]
    }
}

extension ReturnVerbs {
    fileprivate func operate(
        _ verb: ReturnVerb, _ sagaVerb: OperateSaga.Verb, _ request: APIRequest
    ) async throws -> APIAnswer {
        let reason = try request.decode(ReasonBody.self).checkedReason()
        return try await carryOut(verb, request) { record in
            try record.requireOwnProcess(for: verb)
            return OperateSaga(sagaID: try record.saga(for: verb), verb: sagaVerb, reason: reason)
        }
    }
}
