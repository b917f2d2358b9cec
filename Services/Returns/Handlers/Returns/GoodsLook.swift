import Commerce
import Contracts
import Foundation
import Messaging
import Views

/// An inspection of a return's goods, line by line: what becomes of its units, and what was said beside their grades.
struct GoodsLook: Sendable {
    var units: ReturnUnits
    private(set) var inspections: [ReturnInspection] = []
    private let items: [InspectionItem]
    private let at: Date
    private let actor: String

    /// - Parameters:
    ///   - items: what the policy asks; nothing of whoever tells only grades.
    ///   - others: as of ``ReturnUnits``, where something comes in with it.
    init(
        _ row: ReturnRow, asking items: [InspectionItem], beside others: HeldUnits = HeldUnits(),
        _ transaction: HandlerTransaction
    ) {
        units = ReturnUnits(row.units, beside: others)
        self.items = items
        at = transaction.now
        actor = transaction.context.actor
    }

    /// Failure: a ``Refusal`` with what is wrong in the line.
    mutating func take(_ line: InspectReturn.Line, at field: String) throws {
        let grade = try line.grade.map { try ReturnReceiving.grade($0, field) }
        let looked = try units.inspected(line.quantity, of: line.lineID, field: field)
        let asked = items.filter { item in looked.contains { $0.checklist != nil && item.isAsked(for: $0.reason) } }
        let report = try InspectionReport(line, asked: asked, field: field)
        try units.inspect(
            line.quantity, of: line.lineID, grade: grade, matched: line.matched, isAnswered: report.isAnswered,
            field: field)
        guard !report.isEmpty else { return }
        inspections.append(
            ReturnInspection(
                at: at, actor: actor, lineID: line.lineID, units: looked.map(\.number), grade: grade,
                matched: line.matched, checklist: report.checklist, photos: report.photos))
    }
}

/// What somebody says of everything that is here at once.
struct GoodsCondition: Sendable {
    var grade: GoodsGrade?
    var matched: Bool?
    /// Counts, with the photos, where the policy asks a checklist of the goods.
    var checklist: [String: ChecklistAnswer]?
    var photos: [String]?

    var isTold: Bool { grade != nil || matched != nil || checklist != nil }
}
