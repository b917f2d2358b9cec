import Commerce
import Contracts
import Messaging
import Views

/// Which units of a return a person keeps, and which leave it. Pure.
struct PartialApproval: Sendable {
    private(set) var kept: [ReturnUnit] = []
    private(set) var declined: [ReturnUnit]

    /// Failure: a ``Refusal`` with the field that is wrong.
    /// - Parameter units: of the return, in its order.
    init(_ lines: [DecideReturn.Line], of units: [ReturnUnit]) throws(Refusal) {
        declined = units
        for (index, line) in lines.enumerated() {
            try keep(line, among: units.filter { $0.lineID == line.lineID }, "lines.\(index)")
        }
        guard !kept.isEmpty else {
            throw Refusal(
                code: "nothing_kept", message: "Keep at least one unit; to take nothing back, reject the return.",
                field: "lines")
        }
    }

    private mutating func keep(
        _ line: DecideReturn.Line, among units: [ReturnUnit], _ field: String
    ) throws(Refusal) {
        guard !units.isEmpty else {
            throw Refusal(
                code: "unknown_line", message: "The return has no line '\(line.lineID)'.", field: "\(field).line_id")
        }
        guard line.quantity > 0 else {
            throw Refusal(
                code: "bad_quantity", message: "Give a quantity of one or more; leave out what is not kept.",
                field: "\(field).quantity")
        }
        let isOneReason = Set(units.map(\.reason)).count == 1
        guard isOneReason || line.reason != nil || line.quantity == units.count else {
            throw Refusal(
                code: "ambiguous_line",
                message: "Line \(line.lineID) comes back for several reasons; say which with 'reason'.",
                field: "\(field).reason")
        }
        let open = declined.indices.filter { index in
            declined[index].lineID == line.lineID && (line.reason == nil || declined[index].reason == line.reason)
        }
        guard open.count >= line.quantity else {
            throw Refusal(
                code: "bad_quantity",
                message: "Of line \(line.lineID) \(open.count) units are left to keep; name each once.",
                field: "\(field).quantity")
        }
        let chosen = open.prefix(line.quantity).map { declined[$0] }
        kept += chosen
        declined.removeAll { chosen.contains($0) }
    }

    /// What the customer of an exchange gets instead of what is kept.
    ///
    /// WHY: it is said anew. The wanted goods were asked for in exchange for all of it, and for a part the customer
    /// would have to pay for them.
    ///
    /// Failure: a ``Refusal`` with the field that is wrong.
    static func exchangeLines(
        _ given: [ReturnRequest.ExchangeLine]?, of request: ReturnRequest
    ) throws(Refusal) -> [ReturnRequest.ExchangeLine]? {
        guard request.resolution == .exchange else {
            guard given == nil else {
                throw Refusal(
                    code: "not_an_exchange", message: "The return is no exchange; leave out 'exchange_lines'.",
                    field: "exchange_lines")
            }
            return nil
        }
        guard let given, !given.isEmpty else {
            throw Refusal(
                code: "no_exchange_lines",
                message: "Name in 'exchange_lines' what the customer gets for what is kept, of what they asked for.",
                field: "exchange_lines")
        }
        var left: [String: Int] = [:]
        for asked in request.exchangeLines ?? [] { left[asked.sku, default: 0] += asked.quantity }
        for (index, line) in given.enumerated() {
            guard let asked = left[line.sku] else {
                throw Refusal(
                    code: "unknown_sku", message: "The customer has not asked for '\(line.sku)'.",
                    field: "exchange_lines.\(index).sku")
            }
            guard (1...max(1, asked)).contains(line.quantity), asked > 0 else {
                throw Refusal(
                    code: "bad_quantity", message: "Of '\(line.sku)' \(asked) are left of what was asked for.",
                    field: "exchange_lines.\(index).quantity")
            }
            left[line.sku] = asked - line.quantity
        }
        return given
    }
}

extension PartialApproval {
    /// What leaves the return, as it is told: units of one line for one reason together.
    /// - Parameter message: what the customer is told of it.
    func declinedLines(saying message: String?) -> [DeclinedLine] {
        declined.groups.map { group in
            DeclinedLine(
                lineID: group.unit.lineID, sku: group.unit.sku, title: group.unit.title, quantity: group.count,
                reason: group.unit.reason, message: message)
        }
    }
}

extension [ReturnUnit] {
    /// Units of one line for one reason, in the order of the request, each by its first with how many there are.
    fileprivate var groups: [(unit: ReturnUnit, count: Int)] {
        var groups: [(unit: ReturnUnit, count: Int)] = []
        for unit in self {
            if let index = groups.firstIndex(where: { $0.unit.isTogether(with: unit) }) {
                groups[index].count += 1
            } else {
                groups.append((unit, 1))
            }
        }
        return groups
    }
}

extension ReturnUnit {
    fileprivate func isTogether(with other: ReturnUnit) -> Bool { lineID == other.lineID && reason == other.reason }
}

extension ReturnRow {
    /// The same return of what is kept alone.
    ///
    /// What the policy decides once a return, as its fees, is decided anew on what is left. A line stays what it was
    /// decided to be where it would be another now that less comes back: so a person has seen and approved it.
    ///
    /// Failure: a ``Refusal`` where the order's currency is none.
    mutating func keep(
        _ part: PartialApproval, for exchangeLines: [ReturnRequest.ExchangeLine]?, on ground: ReturnGround
    ) throws(Refusal) {
        guard let currency = ground.currency else {
            throw Refusal(code: "unreadable_order", message: "The order's currency is none.")
        }
        var lines: [ReturnRequest.Line] = []
        var stood: [ReturnLineDecision] = []
        for (group, decided) in zip(units.groups, decision.lines) {
            let count = part.kept.count { $0.isTogether(with: group.unit) }
            guard count > 0 else { continue }
            let unit = group.unit
            let evidence = request.evidence(of: unit.lineID, sku: unit.sku, reason: unit.reason)
            lines.append(
                .init(
                    lineID: unit.lineID, quantity: count, reason: unit.reason,
                    evidence: evidence.isEmpty ? nil : evidence))
            stood.append(decided)
            stood[stood.count - 1].quantity = count
        }
        request.lines = lines
        request.exchangeLines = exchangeLines
        decision = ground.decision(on: lines.facts, of: request, by: channel, in: currency, at: createdAt)
            .reviewed(as: decision, stood)
        units.removeAll { part.declined.contains($0) }
    }
}

extension [ReturnRequest.Line] {
    /// With their lines' ids.
    fileprivate var facts: [ReturnRequestFacts.Line] {
        compactMap { line in
            line.lineID.map {
                ReturnRequestFacts.Line(
                    lineID: $0, quantity: line.quantity, reason: line.reason, evidenceCount: line.evidence?.count ?? 0)
            }
        }
    }
}

extension ReturnDecision {
    /// - Parameters:
    ///   - before: what a person was asked about.
    ///   - stood: what was decided of each line then.
    fileprivate func reviewed(as before: ReturnDecision, _ stood: [ReturnLineDecision]) -> ReturnDecision {
        var decision = self
        (decision.outcome, decision.rule, decision.reasons) = (before.outcome, before.rule, before.reasons)
        decision.lines = zip(lines, stood).map { line, stood in
            line.eligible && line.disposition == stood.disposition ? line : stood
        }
        return decision
    }
}
