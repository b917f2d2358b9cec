import Commerce
import Contracts
import Sagas
import Views

extension Endpoint {
    /// Cancelling a return is cancelling its saga, which undoes what was done; reopening runs the saga again, but for a
    /// return that was closed, or whose money a person gave up on: its saga has done its work and does not run twice.
    static func endReturn(_ verbs: ReturnVerbs) -> [Endpoint] {
        [
            .post(
                "/returns/{id}/cancel", .returnsWrite,
                .verb("cancelReturn", "Undoes what was done for the return; 409 once its goods are here", "Return")
                    .versioned
            ) { try await verbs.operate(.cancel, .cancel, $0) },
            .post(
                "/returns/{id}/reopen", .returnsWrite,
                .verb(
                    "reopenReturn",
                    "Takes up a return that was rejected, cancelled or has expired, or was closed and gave nothing back",
                    "Return"
                ).versioned
            ) { try await verbs.reopen($0) },
        ]
    }
}

extension ReturnVerbs {
    fileprivate func reopen(_ request: APIRequest) async throws -> APIAnswer {
        guard try await rests(ReturnReader.record(request, pool), request) else {
            return try await operate(.reopen, .restart, request)
        }
        let reason = try request.decode(ReasonBody.self).checkedReason()
        return try await carryOut(.reopen, request) { record in
            try record.requireOwnProcess(for: .reopen)
            return ReopenReturn(returnID: record.id, reason: reason)
        }
    }

    /// Whether the return has ended and its saga with it, as one that ended well.
    private func rests(_ record: ReturnRecord, _ request: APIRequest) async throws -> Bool {
        guard record.status == .rejected, let sagaID = record.sagaID else { return record.status == .closed }
        return try await SagaReader.status(of: sagaID, in: request.workspaceID, pool) == .completed
    }

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
