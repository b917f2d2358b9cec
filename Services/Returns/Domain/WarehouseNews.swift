import Commerce
import Contracts

/// What the warehouse tells of a return and we do not know yet: pure, from all its receipts and the units as they are.
///
/// The warehouse tells totals, so the same told again is no news. An item that was announced and came in under its number
/// is what was sold; what was not announced is extra.
struct WarehouseNews: Sendable, Equatable {
    private(set) var received: [ReceiveReturn.Line] = []
    private(set) var inspected: [InspectReturn.Line] = []
    /// What came in for units that another return or refund has by now.
    private(set) var late: [ReceiveReturn.Line] = []

    /// - Parameters:
    ///   - known: units that came beside what was expected and are known, or that somebody found not to be its, by SKU.
    ///   - others: what other returns and refunds of the order hold.
    init(
        _ receipts: [WarehouseReceipt], beside units: [ReturnUnit], _ known: [String: Int],
        _ others: HeldUnits = HeldUnits()
    ) {
        for sku in Set(receipts.map(\.sku)).sorted() {
            let own = receipts.filter { $0.sku == sku && $0.quantity > 0 }
            var units = units.filter { $0.sku == sku && !$0.stays }
            receive(own.reduce(0) { $0 + $1.quantity }, of: sku, &units, known: known[sku] ?? 0, others)
            inspect(own, units)
        }
    }

    private mutating func receive(
        _ total: Int, of sku: String, _ units: inout [ReturnUnit], known: Int, _ others: HeldUnits
    ) {
        let awaited = units.indices.filter { units[$0].state == nil || units[$0].state == .missing }
        var news = total - (units.count - awaited.count) - known
        for index in awaited where news > 0 && !others.has(units[index]) {
            units[index].state = .received
            Self.add(units[index].lineID, to: &received)
            news -= 1
        }
        for index in awaited where news > 0 && others.has(units[index]) {
            Self.add(units[index].lineID, to: &late)
            news -= 1
        }
        if news > 0 { received.append(.init(lineID: nil, sku: sku, quantity: news, state: .extra)) }
    }

    private static func add(_ lineID: String, to lines: inout [ReceiveReturn.Line]) {
        if let index = lines.firstIndex(where: { $0.lineID == lineID }) {
            lines[index].quantity += 1
        } else {
            lines.append(.init(lineID: lineID, quantity: 1, state: .received))
        }
    }

    /// Grades are handed out to the units that have none, the best first.
    private mutating func inspect(_ receipts: [WarehouseReceipt], _ units: [ReturnUnit]) {
        var grades = receipts.filter(\.isAnnounced).flatMap { receipt in
            GoodsGrade(condition: receipt.condition ?? "").map { Array(repeating: $0, count: receipt.quantity) } ?? []
        }
        for unit in units where unit.isHere && unit.grade != nil {
            if let index = grades.firstIndex(where: { $0 == unit.grade }) { grades.remove(at: index) }
        }
        grades.sort { $0.rawValue < $1.rawValue }
        for (unit, grade) in zip(units.filter { $0.isHere && $0.grade == nil }, grades) {
            if let index = inspected.firstIndex(where: { $0.lineID == unit.lineID && $0.grade == grade.rawValue }) {
                inspected[index].quantity += 1
            } else {
                inspected.append(
                    .init(lineID: unit.lineID, quantity: 1, grade: grade.rawValue, matched: true))
            }
        }
    }
}
