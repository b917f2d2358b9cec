import Commerce
import Contracts
import Views

extension ReturnRow {
    /// Units of one line in one condition belong together. What is missing, or another thing, gives nothing.
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
