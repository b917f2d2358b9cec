import Commerce
import Contracts
import Messaging

/// What receiving and inspecting do to the units of a return: pure, one change a unit.
struct ReturnUnits: Sendable {
    private(set) var all: [ReturnUnit]
    private let others: HeldUnits

    /// - Parameter others: what other returns and refunds of the order hold. Nothing comes in for a unit that is theirs by
    ///   now, as one may be that had not come in when the rest was refunded.
    init(_ units: [ReturnUnit], beside others: HeldUnits = HeldUnits()) {
        all = units
        self.others = others
    }

    /// Whether everything that has to be is known of what has come in, and nothing more is awaited.
    var areKnown: Bool { all.allSatisfy(\.isKnown) }

    /// Units of one line become what they turned out to be.
    ///
    /// Awaited ones first, then those that had been given up as missing.
    /// Failure: a ``Refusal`` where the return has no such line, or awaits fewer of it.
    mutating func receive(
        _ quantity: Int, of lineID: String, as state: ReceiveReturn.State, field: String
    ) throws(Refusal) {
        let line = try indices(of: lineID, field)
        try check(quantity, field)
        let awaited = line.filter { all[$0].state == nil && !all[$0].stays }
        let missing = state == .missing ? [] : line.filter { all[$0].state == .missing }
        let open = (awaited + missing).filter { state == .missing || !others.has(all[$0]) }
        guard open.count >= quantity else {
            throw Refusal(
                code: "bad_quantity",
                message: "Of line \(lineID) \(open.count) units are awaited; report what came beside them as 'extra'.",
                field: "\(field).quantity")
        }
        for index in open.prefix(quantity) {
            all[index].state = state
            // What is another thing is no match, whoever looks at it.
            all[index].matched = state == .wrongItem ? false : nil
        }
    }

    /// What was found about units of one line that are here.
    /// - Parameter isAnswered: whether it answers what the policy asks of them.
    mutating func inspect(
        _ quantity: Int, of lineID: String, grade: GoodsGrade?, matched: Bool?, isAnswered: Bool = false, field: String
    ) throws(Refusal) {
        for index in try indices(toInspect: quantity, of: lineID, field) {
            if let grade { all[index].grade = grade }
            if let matched { all[index].matched = matched }
            if isAnswered, all[index].checklist != nil { all[index].checklist = .answered }
        }
    }

    /// The units that an inspection of so many is about.
    func inspected(_ quantity: Int, of lineID: String, field: String) throws(Refusal) -> [ReturnUnit] {
        let indices = try indices(toInspect: quantity, of: lineID, field)
        return indices.map { all[$0] }
    }

    /// Those nobody has looked at first, then those of which something is still asked.
    private func indices(toInspect quantity: Int, of lineID: String, _ field: String) throws(Refusal) -> [Int] {
        let line = try indices(of: lineID, field)
        try check(quantity, field)
        let here = line.filter { all[$0].isHere }
        guard here.count >= quantity else {
            throw Refusal(
                code: "bad_quantity", message: "Of line \(lineID) \(here.count) units are here; receive them first.",
                field: "\(field).quantity")
        }
        let ordered =
            here.filter { !all[$0].isGraded } + here.filter { all[$0].isGraded && !all[$0].isKnown }
            + here.filter { all[$0].isKnown }
        return Array(ordered.prefix(quantity))
    }

    private func indices(of lineID: String, _ field: String) throws(Refusal) -> [Int] {
        let indices = all.indices.filter { all[$0].lineID == lineID }
        guard !indices.isEmpty else {
            throw Refusal(
                code: "unknown_line", message: "The return has no line '\(lineID)'.", field: "\(field).line_id")
        }
        return indices
    }

    private func check(_ quantity: Int, _ field: String) throws(Refusal) {
        guard quantity > 0 else {
            throw Refusal(code: "bad_quantity", message: "Give a quantity of one or more.", field: "\(field).quantity")
        }
    }
}
