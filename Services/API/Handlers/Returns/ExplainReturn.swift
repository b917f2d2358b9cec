import Commerce
import Contracts
import Messaging
import Postgres
import Views

extension Endpoint {
    static func explainReturn(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/returns/{id}/explain", .returnsRead,
            Operation(
                id: "explainReturn",
                summary: "How a return's refund came about, in words; before there is one, how it would",
                query: .audience, answers: [200: "RefundExplanation"])
        ) { request in
            let audience = try request.query.audience()
            return .ok(try await ExplainedReturn.read(request, pool).json(for: audience))
        }
    }
}

/// A return with what its refund is reckoned from, as both were at one moment.
private struct ExplainedReturn: Sendable {
    var record: ReturnRecord
    var ground: ReturnGround?

    /// Failure: 404.
    static func read(_ request: APIRequest, _ pool: PostgresPool) async throws -> ExplainedReturn {
        let id = try request.id(ReturnID.self)
        let found = try await pool.transaction(
            workspace: request.workspaceID.uuid, isolation: .repeatableRead
        ) { database -> ExplainedReturn? in
            guard let record = try await ReturnRecords.find(id, withTimeline: false, in: database) else { return nil }
            let ground = try await ReturnGround.read(
                record.orderID, policy: record.policyVersion, besides: record.id.uuid, in: database)
            return ExplainedReturn(record: record, ground: ground)
        }
        guard let found else { throw Problem.notFound }
        return found
    }

    /// Failure: 409 where there is nothing to explain.
    func json(for audience: RefundExplanation.Audience) throws -> JSON {
        guard let refund = record.refund else { return try json(expected(), audience) }
        return try refund.calculation.map { try json($0, audience) } ?? refund.amount.explanationWithoutGoods
    }

    private func json(_ result: RefundResult, _ audience: RefundExplanation.Audience) throws -> JSON {
        let goods = result.lines.map { line in
            let sold = record.lines.first { $0.lineID == line.lineID }
            return sold.map { $0.title.isEmpty ? $0.sku : $0.title } ?? line.lineID
        }
        return try result.explanationJSON(for: audience, names: RefundNames(goods: goods))
    }

    private func expected() throws -> RefundResult {
        guard !record.status.isEnd else {
            throw Problem.nothingToExplain("The return is \(record.status.rawValue) and nothing was refunded for it.")
        }
        guard let ground, ground.money != nil else {
            throw Problem.nothingToExplain("No payment of the order is known yet.")
        }
        do {
            guard let result = try ReturnAssessment.refund(of: record.request, as: record.decision, on: ground) else {
                throw Problem.nothingToExplain("None of its lines is eligible, so nothing would be refunded.")
            }
            return result
        } catch let refusal as Refusal {
            throw Problem.nothingToExplain("The order has changed since: \(refusal.message)")
        } catch let wrong as RefundProblems {
            throw Problem.nothingToExplain("The refund cannot be calculated: \(Problem(wrong).detail)")
        }
    }
}

extension Problem {
    fileprivate static func nothingToExplain(_ detail: String) -> Problem {
        Problem(409, "nothing_to_explain", detail)
    }
}

extension ReturnStatus {
    /// Whether nothing more comes of it by itself.
    fileprivate var isEnd: Bool {
        switch self {
        case .closed, .exchanged, .rejected, .cancelled, .expired: true
        case .requested, .eligibilityCheck, .inReview, .approved, .labelPending, .labelSent, .inTransit, .received,
            .inspected, .refundPending, .refunded:
            false
        }
    }
}
