import Commerce
import Contracts
import Messaging
import Postgres

/// Asks the owner of the ledger for refunds, in the caller's name.
struct RefundRequests: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    private struct Body: Decodable {
        var lines: [RequestRefund.Line]?
        var amount: String?
        var reason: String?
        var policy: RefundPolicyForm?
        var resolution: ReturnResolution?
    }

    /// Failure: 404; 409 `nothing_refundable`; 422 with the field that is wrong.
    func request(_ request: APIRequest) async throws -> APIAnswer {
        guard request.idempotencyKey != nil else {
            throw Problem.invalid(
                "Idempotency-Key", "A refund needs one: without it a repeated request would refund twice.")
        }
        let order = try await OrderReader.order(request, pool)
        let body: Body = try request.decode()
        guard let reason = body.reason, !reason.isEmpty else { throw Problem.invalid("reason", "It is missing.") }
        guard (body.lines == nil) != (body.amount == nil) else {
            throw Problem.invalid("lines", "Give either 'lines' or 'amount'.")
        }
        guard body.lines?.isEmpty != true else { throw Problem.invalid("lines", "Name at least one line.") }
        guard body.policy == nil || body.lines != nil else {
            throw Problem.invalid("policy", "An amount is refunded as it is; a policy goes with 'lines'.")
        }
        let outcome = try await sender.send(
            RequestRefund(
                orderID: order.id, lines: body.lines, amount: body.amount, reason: reason, policy: body.policy,
                resolution: body.resolution),
            subject: order.id.description, for: request)
        return try await answer(outcome, request)
    }

    private func answer(_ outcome: CommandOutcome, _ request: APIRequest) async throws -> APIAnswer {
        switch outcome {
        case .refused(let refusal): throw Problem(refusal, allowed: [])
        case .pending:
            throw Problem(
                503, "unavailable",
                "The refund was asked for and not answered yet; repeat with the same Idempotency-Key.")
        case .accepted(let reply):
            let id = try reply.decode(RequestRefund.Reply.self).refundID
            guard let refund = try await RefundReader.find(id, in: request.workspaceID, pool) else {
                throw Problem.notFound
            }
            return .created(refund.json, at: "/v1/workspaces/\(request.workspaceID)/refunds/\(id)")
        }
    }
}

extension Endpoint {
    static func requestRefund(_ requests: RefundRequests) -> Endpoint {
        .post(
            "/orders/{id}/refunds", .refundsWrite,
            Operation(
                id: "requestRefund",
                summary:
                    "Asks for units or an amount to be given back, or to be given as store credit; 409 nothing_refundable. "
                    + "Needs an Idempotency-Key",
                body: "OrderRefund", answers: [201: "Refund"])
        ) { try await requests.request($0) }
    }
}
