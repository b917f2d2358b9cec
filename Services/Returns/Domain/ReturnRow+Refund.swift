import Commerce
import Contracts
import Messaging
import Views

extension ReturnRow {
    /// Whether goods are here and nobody has said of which grade they are, which decides what is given back for them.
    ///
    /// WHY: not of a claim's: what was found of faulty goods decides there, and their grade nothing.
    var isUngraded: Bool { warrantyID == nil && units.contains { $0.isHere && $0.grade == nil } }

    /// Failure: a ``Refusal`` `not_inspected` while goods that are here have no grade.
    func requireGrades() throws(Refusal) {
        guard isUngraded else { return }
        throw Refusal(
            code: Refusal.notInspected,
            message:
                "Goods are here without a grade, which decides what is given back for them: give it with "
                + "POST /returns/\(id)/inspect, or as the 'condition' of the ticket, then approve.")
    }

    /// Units of one line in one condition belong together. What is missing, or another thing, gives nothing. Units
    /// without a grade are those that stay, and those of claims.
    var refundedLines: [ReturnedLine] {
        struct Group: Hashable {
            let lineID: String
            let reason: String?
            let grade: String
            let stays: Bool
        }
        var order: [Group] = []
        var numbers: [Group: [Int]] = [:]
        for unit in units where unit.stays || unit.isHere {
            let group = Group(
                lineID: unit.lineID, reason: unit.reason, grade: unit.grade?.rawValue ?? "A", stays: unit.stays)
            if numbers[group] == nil { order.append(group) }
            numbers[group, default: []].append(unit.number)
        }
        return order.map { group in
            let units = UnitNumbers(numbers[group] ?? [])
            let decided = decision.lines.first { line in
                line.lineID == group.lineID && (line.disposition != .returned) == group.stays
            }
            return decided?.returned(units, grade: group.grade, reason: group.reason)
                ?? ReturnedLine(lineID: group.lineID, units: units, grade: group.grade, reason: group.reason)
        }
    }
}

extension Refusal {
    /// Grade or match of what has come in is not known.
    static let notInspected = "not_inspected"
}
