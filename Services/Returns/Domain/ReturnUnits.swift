import Commerce
import Contracts
import Messaging

/// What receiving and inspecting do to the units of a return: pure, one change a unit.
struct ReturnUnits: Sendable {
    private(set) var all: [ReturnUnit]

    init(_ units: [ReturnUnit]) {
        all = units
    }

    /// Whether grade and match are known of everything that has come in, and nothing more is awaited.
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
        let open = awaited + missing
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

    /// What was found about units of one line that are here: those nobody has looked at first.
    mutating func inspect(
        _ quantity: Int, of lineID: String, grade: GoodsGrade?, matched: Bool?, field: String
    ) throws(Refusal) {
        let line = try indices(of: lineID, field)
        try check(quantity, field)
        let here = line.filter { all[$0].isHere }
        guard here.count >= quantity else {
            throw Refusal(
                code: "bad_quantity", message: "Of line \(lineID) \(here.count) units are here; receive them first.",
                field: "\(field).quantity")
        }
        let ordered = here.filter { !all[$0].isKnown } + here.filter { all[$0].isKnown }
        for index in ordered.prefix(quantity) {
            if let grade { all[index].grade = grade }
            if let matched { all[index].matched = matched }
        }
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
