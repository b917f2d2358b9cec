import Contracts
import Views

extension Endpoint {
    /// What a person decides about a return in review.
    static func decideReturn(_ verbs: ReturnVerbs) -> [Endpoint] {
        [
            .post(
                "/returns/{id}/approve", .returnsWrite,
                .verb(
                    "approveReturn",
                    "Lets a return in review go on, or the lines that are named, before anything was done for the whole "
                        + "(409 lines_settled after); 409 not_inspected while goods that are here have no grade",
                    body: "ReturnApproval", "Return"
                ).versioned
            ) { request in
                let body = try request.decode(Approval.self)
                return try await verbs.carryOut(.approve, request) { record in try body.command(for: record) }
            },
            .post(
                "/returns/{id}/reject", .returnsWrite,
                .verb(
                    "rejectReturn",
                    "Ends a return in review; the customer is told, with the message and not with the reason; 409 where its "
                        + "goods are made good already",
                    body: "ReturnRejection", "Return"
                ).versioned
            ) { request in
                let body = try request.decode(Rejection.self)
                return try await verbs.carryOut(.reject, request) { record in try body.command(for: record) }
            },
        ]
    }
}

/// A person's yes: to all of a return, or to the lines that are named.
private struct Approval: Decodable {
    var reason: String
    var message: String?
    var lines: [Line]?
    var exchangeLines: [ReturnRequest.ExchangeLine]?

    struct Line: Decodable {
        var lineID: String?
        var sku: String?
        var quantity: Int
        var reason: String?

        enum CodingKeys: String, CodingKey {
            case sku, quantity, reason
            case lineID = "line_id"
        }
    }

    enum CodingKeys: String, CodingKey {
        case reason, message, lines
        case exchangeLines = "exchange_lines"
    }

    func command(for record: ReturnRecord) throws(Problem) -> DecideReturn {
        DecideReturn(
            returnID: record.id, verb: .approve, reason: try ReasonBody.checked(reason),
            message: try checkedMessage(), lines: try keptLines(of: record), exchangeLines: try checkedExchange())
    }

    /// WHY: who is told nothing should not seem to be: nobody hears of a return that is approved as it is.
    private func checkedMessage() throws(Problem) -> String? {
        let message = try CustomerMessage.checked(message)
        guard message == nil || lines != nil else {
            throw .invalid("message", "The customer is told it of what is not accepted: give 'lines' with it.")
        }
        return message
    }

    private func checkedExchange() throws(Problem) -> [ReturnRequest.ExchangeLine]? {
        guard let exchangeLines else { return nil }
        guard lines != nil else {
            throw .invalid("exchange_lines", "They go with 'lines': what is given for what is kept.")
        }
        try DockLine.checkCount(exchangeLines.count, "exchange_lines")
        return exchangeLines
    }

    private func keptLines(of record: ReturnRecord) throws(Problem) -> [DecideReturn.Line]? {
        guard let lines else { return nil }
        guard !lines.isEmpty else {
            throw Problem(
                422, "nothing_kept",
                "Keep at least one unit; to take nothing back, reject it with POST /returns/\(record.id)/reject.",
                field: "lines")
        }
        try DockLine.checkCount(lines.count)
        var kept: [DecideReturn.Line] = []
        for (index, line) in lines.enumerated() {
            let dock = DockLine(
                lineID: line.lineID, sku: line.sku, quantity: line.quantity, field: "lines.\(index)")
            try dock.checkQuantity()
            kept.append(.init(lineID: try dock.line(of: record), quantity: line.quantity, reason: line.reason))
        }
        return kept
    }
}

/// A person's no: why, for the audit log, and what the customer is told.
private struct Rejection: Decodable {
    var reason: String
    var message: String?

    func command(for record: ReturnRecord) throws(Problem) -> DecideReturn {
        DecideReturn(
            returnID: record.id, verb: .reject, reason: try ReasonBody.checked(reason),
            message: try CustomerMessage.checked(message))
    }
}
