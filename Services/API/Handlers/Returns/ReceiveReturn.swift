import Contracts
import Views

extension Endpoint {
    static func receiveReturn(_ verbs: ReturnVerbs) -> Endpoint {
        .post(
            "/returns/{id}/receive", .returnsWrite,
            .verb("receiveReturn", "What has come in, line by line", body: "ReturnReceipt", "Return").versioned
        ) { request in
            let body = try request.decode(Receipt.self)
            return try await verbs.carryOut(.receive, request) { record in try body.command(for: record) }
        }
    }
}

private struct Receipt: Decodable {
    var lines: [Line]

    struct Line: Decodable {
        var lineID: String?
        var sku: String?
        var quantity: Int
        var state: String?

        enum CodingKeys: String, CodingKey {
            case sku, quantity, state
            case lineID = "line_id"
        }
    }

    func command(for record: ReturnRecord) throws(Problem) -> ReceiveReturn {
        try DockLine.checkCount(lines.count)
        var received: [ReceiveReturn.Line] = []
        for (index, line) in lines.enumerated() {
            received.append(try line.received(of: record, at: "lines.\(index)"))
        }
        return ReceiveReturn(returnID: record.id, lines: received)
    }
}

extension Receipt.Line {
    fileprivate func received(of record: ReturnRecord, at field: String) throws(Problem) -> ReceiveReturn.Line {
        let dock = DockLine(lineID: lineID, sku: sku, quantity: quantity, field: field)
        try dock.checkQuantity()
        let state = try checkedState(field)
        guard state == .extra else {
            return .init(lineID: try dock.line(of: record), quantity: quantity, state: state)
        }
        return .init(lineID: nil, sku: try dock.extraSKU(in: record), quantity: quantity, state: state)
    }

    private func checkedState(_ field: String) throws(Problem) -> ReceiveReturn.State? {
        guard let name = state else { return nil }
        guard let state = ReceiveReturn.State(rawValue: name) else {
            var problem = Problem.invalid("\(field).state", "There is no state '\(name.prefix(50))'.")
            problem.allowed = ReceiveReturn.State.allCases.map(\.rawValue)
            throw problem
        }
        return state
    }
}
