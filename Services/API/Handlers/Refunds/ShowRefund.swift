import Commerce
import Foundation
import Postgres

extension Endpoint {
    static func showRefund(_ pool: PostgresPool) -> Endpoint {
        .get("/refunds/{id}", .returnsRead, .show("showRefund", "One refund", "Refund")) { request in
            .ok(try await RefundReader.refund(request, pool).json)
        }
    }

    static func explainRefund(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/refunds/{id}/explain", .returnsRead,
            Operation(
                id: "explainRefund", summary: "How a refund's amount came about, in words",
                query: .audience, answers: [200: "RefundExplanation"])
        ) { request in
            let refund = try await RefundReader.refund(request, pool)
            return .ok(try refund.explanation(for: request.query.audience()))
        }
    }

    static func showLedger(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/orders/{id}/ledger", .returnsRead,
            .show("showLedger", "The order's postings and payments", "Ledger")
        ) { request in
            let order = try await OrderReader.order(request, pool)
            return .ok(try await LedgerReader.read(order.id, in: request.workspaceID, pool).json)
        }
    }
}

extension RefundReader {
    /// The refund that the path names. Failure: 404.
    fileprivate static func refund(_ request: APIRequest, _ pool: PostgresPool) async throws -> Record {
        guard let refund = try await find(request.id(RefundID.self), in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return refund
    }
}

extension RefundReader.Record {
    fileprivate func explanation(for audience: RefundExplanation.Audience) throws -> JSON {
        guard let calculation else { return amount.explanationWithoutGoods }
        return try JSONDecoder().decode(RefundResult.self, from: Data(calculation.utf8)).explanationJSON(for: audience)
    }
}
