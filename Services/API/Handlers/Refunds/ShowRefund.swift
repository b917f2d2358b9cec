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
                query: [
                    .init(
                        name: "for", description: "Whom it is told to; staff when left out.",
                        schema: Schemas.oneOf(RefundExplanation.Audience.allCases.map(\.rawValue)))
                ], answers: [200: "RefundExplanation"])
        ) { request in
            let refund = try await RefundReader.refund(request, pool)
            let name = try request.query.oneOf("for", RefundExplanation.Audience.allCases.map(\.rawValue))
            return .ok(try refund.explanation(for: name.flatMap(RefundExplanation.Audience.init) ?? .staff))
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
        var members: [JSON.Member] = [
            .init(name: "amount", value: .string(amount.decimalString)),
            .init(name: "currency", value: .string(amount.currency.code)),
        ]
        guard let calculation else {
            let text = "Refund: \(amount.decimalString) \(amount.currency.code), an amount without goods."
            return .object(members + [.init(name: "text", value: .string(text))])
        }
        let result = try JSONDecoder().decode(RefundResult.self, from: Data(calculation.utf8))
        members.append(.init(name: "text", value: .string(try result.explanation(for: audience).text)))
        members.append(.init(name: "derivation", value: .raw(result.derivation.jsonText)))
        return .object(members)
    }
}
