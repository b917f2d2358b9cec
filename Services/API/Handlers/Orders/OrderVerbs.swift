import Commerce
import Messaging
import Postgres

/// Does something to the order a request names, in the caller's name, and answers with the order as it is then.
struct OrderVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    /// Failure: 404; 409 with the verbs that are possible now; 422 without a reason; 503 without an answer.
    func carryOut<C: Command>(
        _ request: APIRequest, command: (OrderRecord, _ reason: String) throws -> C
    ) async throws -> APIAnswer {
        let reason = try request.decode(ReasonBody.self).checkedReason()
        let order = try await OrderReader.order(request, pool)
        let outcome = try await sender.send(
            try command(order, reason), subject: order.id.description, for: request)
        let now = try await OrderReader.order(request, pool)
        let verb = request.path.split(separator: "/").last.map(String.init)
        _ = try outcome.answered(allowed: now.allowedVerbs.filter { $0 != verb })
        return .accepted(now.json)
    }
}

extension OrderRecord {
    var allowedVerbs: [String] { OrderVerb.allowed(in: status).map(\.rawValue) }
}
