import Commerce
import Foundation
import Messaging
import Postgres

/// The same body as a return, without effect.
struct ReturnQuotes: Sendable {
    let pool: PostgresPool
    let clock: any WallClock

    private struct Body: Decodable {
        struct Line: Decodable {
            var lineID, sku, reason: String?
            var quantity: Int

            enum CodingKeys: String, CodingKey {
                case sku, reason, quantity
                case lineID = "line_id"
            }
        }

        var orderID, orderNumber, email: String?
        var lines: [Line]
        var resolution: String?

        enum CodingKeys: String, CodingKey {
            case email, lines, resolution
            case orderID = "order_id"
            case orderNumber = "order_number"
        }
    }

    /// Failure: 404 for an order that is not there; 422 with the field that is wrong.
    func quote(_ request: APIRequest) async throws -> APIAnswer {
        let body: Body = try request.decode()
        let order = try await order(body, request)
        guard !body.lines.isEmpty else { throw Problem.invalid("lines", "Name at least one line.") }
        let lines = try body.lines.enumerated().map { try line($0.element, at: $0.offset, of: order) }
        let resolution = try body.resolution.map { name in
            guard let resolution = ReturnResolution(rawValue: name) else {
                let known = ReturnResolution.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("resolution", "'\(name)' is none of: \(known).")
            }
            return resolution
        }
        let ground = try await ReturnFactsReader.read(order.id, in: request.workspaceID, pool)
        do {
            return .ok(
                try ReturnQuote(lines, resolution: resolution, of: order, on: ground, at: clock.now).json)
        } catch let wrong as RefundProblems {
            throw Problem(wrong)
        }
    }

    private func order(_ body: Body, _ request: APIRequest) async throws -> OrderRecord {
        if let text = body.orderID {
            guard let id = OrderID(text), let order = try await OrderReader.find(id, in: request.workspaceID, pool)
            else { throw Problem.invalid("order_id", "There is no such order.") }
            return order
        }
        guard let number = body.orderNumber, let email = body.email else {
            throw Problem.invalid("order_id", "Give 'order_id', or 'order_number' with 'email'.")
        }
        // WHY: number and address are wrong together, so that nobody learns which orders exist.
        guard let order = try await OrderReader.find(number: number, email: email, in: request.workspaceID, pool)
        else { throw Problem.invalid("order_number", "There is no order of that number and e-mail address.") }
        return order
    }

    private func line(_ line: Body.Line, at index: Int, of order: OrderRecord) throws(Problem) -> ReturnQuote.Line {
        if let id = line.lineID { return .init(lineID: id, quantity: line.quantity, reason: line.reason) }
        guard let sku = line.sku else { throw .invalid("lines.\(index)", "Give 'line_id' or 'sku'.") }
        let matching = order.document.lines.filter { $0.sku == sku }
        guard let first = matching.first else {
            throw .invalid("lines.\(index).sku", "The order has no '\(sku)'.")
        }
        guard matching.count == 1 else {
            throw .invalid("lines.\(index).sku", "The order has several lines of '\(sku)'; give 'line_id'.")
        }
        return .init(lineID: first.id, quantity: line.quantity, reason: line.reason)
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

extension ReturnQuote {
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
