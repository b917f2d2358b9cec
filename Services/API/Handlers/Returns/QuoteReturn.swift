import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Views

/// The same body as a return, without effect.
struct ReturnQuotes: Sendable {
    let pool: PostgresPool
    let clock: any WallClock

    /// Failure: 422 with the field that is wrong.
    func quote(_ request: APIRequest) async throws -> APIAnswer {
        let body: ReturnRequest = try request.decode()
        try body.checkBounds()
        do {
            try body.checkResolution()
            let ground = try await pool.transaction(workspace: request.workspaceID.uuid, isolation: .repeatableRead) {
                database in
                try await ReturnGround.read(ReturnOrder.find(body, in: database), in: database)
            }
            guard let ground else { throw Problem.notFound }
            return .ok(try ReturnAssessment(body, by: .api, on: ground, at: clock.now).json)
        } catch let refusal as Refusal {
            throw Problem(refusal, allowed: [])
        } catch let wrong as RefundProblems {
            throw Problem(wrong)
        }
    }
}

extension Endpoint {
    static func quoteReturn(_ quotes: ReturnQuotes) -> Endpoint {
        .post(
            "/returns/quote", .returnsRead,
            Operation(
                id: "quoteReturn", summary: "What a return would be decided and come to; nothing is stored",
                body: "ReturnRequest", answers: [200: "ReturnQuote"])
        ) { try await quotes.quote($0) }
    }
}

extension ReturnAssessment {
    fileprivate var json: JSON {
        get throws {
            let decided = String(decoding: try JSONEncoder().encode(decision), as: UTF8.self)
            return [
                "lines": .array(
                    decision.lines.map { line in
                        [
                            "line_id": .string(line.lineID), "sku": .string(line.sku), "quantity": .int(line.quantity),
                            "eligible": .bool(line.eligible), "reason": .string(line.reason.rawValue),
                            "message": .string(line.message), "rule": .string(line.rule),
                        ]
                    }),
                "decision": .raw(decided), "refund": refund.map { .raw($0.jsonText) } ?? .null,
            ]
        }
    }
}
