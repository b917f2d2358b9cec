import Commerce
import Contracts
import Foundation
import Messaging
import Views

/// Receipt and inspection of a return, whoever tells of them: a person, a ticket, the warehouse. Where something is
/// received, the lock of its order's ledger is held.
///
/// *Guarantees*: what comes in is the return's from then on, also where the rest was settled before; a unit that another
/// return or refund has by now does not come in for it.
struct ReturnReceiving: Sendable {
    /// Where goods are looked at.
    static let inspectable: Set<ReturnStatus> = [.received, .inspected, .inReview]

    let transaction: HandlerTransaction

    /// Failure: a ``Refusal`` with the line that is wrong; `not_allowed` where the return awaits nothing, `bad_quantity` for
    /// more of a line than it awaits and nobody else has.
    func receive(
        _ lines: [ReceiveReturn.Line], of goods: inout ReturnCase, by actor: LifeCycleActor
    ) async throws {
        try Self.check(lines.isEmpty)
        var units = ReturnUnits(goods.row.units, beside: try await others(of: goods.row))
        var extras = ExtraGoods()
        for (index, line) in lines.enumerated() {
            let field = "lines.\(index)"
            let state = line.state ?? .received
            if state == .extra {
                try extras.add(line, field)
            } else if let lineID = line.lineID {
                try units.receive(line.quantity, of: lineID, as: state, field: field)
            } else {
                throw Refusal(code: "no_line", message: "Give 'line_id'.", field: field)
            }
        }
        try await extras.keepAndTell(with: goods.row, in: transaction)
        try await keep(units, [], received: true, of: &goods, by: actor)
    }

    /// Whoever looks at goods answers the policy's checklist with their grade. A system cannot; a person does so later.
    ///
    /// Failure: a ``Refusal`` with the line that is wrong; `not_allowed` where nothing is here.
    func inspect(
        _ lines: [InspectReturn.Line], of goods: inout ReturnCase, by actor: LifeCycleActor
    ) async throws {
        try Self.check(lines.isEmpty)
        guard Self.inspectable.contains(goods.row.status) else {
            throw Refusal(
                code: "not_allowed", message: "A return that is \(goods.row.status.rawValue) cannot be inspected.")
        }
        let items = try await actor == .system ? [] : checklist(of: goods.row)
        var look = GoodsLook(goods.row, asking: items, transaction)
        for (index, line) in lines.enumerated() { try look.take(line, at: "lines.\(index)") }
        try await keep(look.units, look.inspections, received: false, of: &goods, by: actor)
    }

    /// Everything of it is here, in one condition: receipt, grade and match at once.
    func receiveAll(in condition: GoodsCondition, of goods: inout ReturnCase, by actor: LifeCycleActor) async throws {
        let others = try await others(of: goods.row)
        var look = GoodsLook(goods.row, asking: try await checklist(of: goods.row), beside: others, transaction)
        let awaited = Self.counts(goods.row.units) { $0.state == nil && !$0.stays && !others.has($0) }
        for (lineID, quantity) in awaited {
            try look.units.receive(quantity, of: lineID, as: .received, field: "status")
        }
        try Self.grade(&look, condition)
        try await keep(look.units, look.inspections, received: true, of: &goods, by: actor)
    }

    /// Everything that is here of it is in one condition; what is awaited still is.
    func inspectAll(in condition: GoodsCondition, of goods: inout ReturnCase, by actor: LifeCycleActor) async throws {
        var look = GoodsLook(goods.row, asking: try await checklist(of: goods.row), transaction)
        try Self.grade(&look, condition)
        try await keep(look.units, look.inspections, received: false, of: &goods, by: actor)
    }

    private static func grade(_ look: inout GoodsLook, _ condition: GoodsCondition) throws {
        guard condition.isTold else { return }
        for (lineID, here) in counts(look.units.all, where: \.isHere) {
            // WHY: of goods without a checklist these fields mean whatever they meant before there were any.
            let isAsked = look.units.all.contains { $0.lineID == lineID && $0.checklist != nil }
            let line = InspectReturn.Line(
                lineID: lineID, quantity: here, grade: condition.grade?.rawValue, matched: condition.matched,
                checklist: isAsked ? condition.checklist : nil, photos: isAsked ? condition.photos : nil)
            try look.take(line, at: "custom_fields")
        }
    }

    private func others(of row: ReturnRow) async throws -> HeldUnits {
        try await HeldUnitStore(transaction, of: row.orderID).units(besides: row.id.uuid)
    }

    /// What the policy that the return was asked for under asks an inspection; not read where it asks nothing.
    private func checklist(of row: ReturnRow) async throws -> [InspectionItem] {
        guard row.units.contains(where: { $0.checklist != nil }) else { return [] }
        return try await PolicyStore(transaction).find(row.policyVersion, as: ReturnPolicy.self)?.inspectionChecklist
            ?? []
    }

    static func grade(_ text: String, _ field: String) throws(Refusal) -> GoodsGrade {
        guard let grade = GoodsGrade(condition: text) else {
            throw Refusal(
                code: "unknown_grade", message: "'\(text)' is none of: A, B, C, D, good, fair, poor, damaged.",
                field: "\(field).grade")
        }
        return grade
    }

    private static func check(_ isEmpty: Bool) throws(Refusal) {
        guard !isEmpty else { throw Refusal(code: "no_lines", message: "Name at least one line.", field: "lines") }
    }

    private static func counts(
        _ units: [ReturnUnit], where isCounted: (ReturnUnit) -> Bool
    ) -> [(lineID: String, count: Int)] {
        Dictionary(grouping: units.filter(isCounted), by: \.lineID).map { ($0.key, $0.value.count) }
            .sorted { $0.0 < $1.0 }
    }

    // MARK: What follows

    private func keep(
        _ units: ReturnUnits, _ inspections: [ReturnInspection], received: Bool, of goods: inout ReturnCase,
        by actor: LifeCycleActor
    ) async throws {
        let before = goods.row.units
        let changed = zip(before, units.all).filter { $0 != $1 }.map(\.1)
        let arrived = zip(before, units.all).filter { !$0.isHere && $1.isHere }.map(\.1)
        try await HeldUnitStore(transaction, of: goods.row.orderID).holdAgain(arrived, by: goods.row.id)
        goods.row.units = units.all
        if received {
            // What is being decided about stays with whoever decides, unless the parcel itself was missed.
            let isDecided = goods.row.status == .inReview && goods.row.reason?.code != Refusal.parcelLost
            if !isDecided { try goods.move(.receive, by: actor) }
            goods.row.receivedAt = goods.row.receivedAt ?? transaction.now
        }
        let isComplete = units.areKnown
        if isComplete, goods.row.status == .received { try goods.move(.inspect, by: actor) }
        try await InspectionStore(transaction).append(inspections, to: goods.row.id)
        try await goods.save(
            Self.happening(changed, inspections, goods.row, received: received, transaction), units: changed)
        if !changed.isEmpty { try await RegradedGoods(before, goods.row, transaction).follow() }
        let news = ReturnNews(goods.row, transaction)
        if received { try news.received() }
        if isComplete || !received { try news.inspected(isComplete: isComplete) }
    }

    private static func happening(
        _ changed: [ReturnUnit], _ inspections: [ReturnInspection], _ row: ReturnRow, received: Bool,
        _ transaction: HandlerTransaction
    ) -> ReturnHappening {
        let words = changed.map { unit in
            let found = [unit.state?.rawValue, unit.grade.map { "grade \($0.rawValue)" }, unit.matched.map(matchWord)]
            return "\(unit.sku): \(found.compactMap(\.self).joined(separator: ", "))"
        }
        let parts = Self.grouped(words) + inspections.map(\.words)
        let summary = parts.isEmpty ? "Nothing new." : parts.joined(separator: "; ")
        return ReturnHappening(
            received ? "return.received" : "return.inspected", summary,
            dedupeKey: "\(row.key)-\(transaction.now.timeIntervalSince1970)-\(transaction.context.causationID ?? "")")
    }

    private static func matchWord(_ matched: Bool) -> String { matched ? "as sold" : "not as sold" }

    /// `2 × MIE-ROBE-S: received` instead of the same twice.
    private static func grouped(_ words: [String]) -> [String] {
        var seen: [(text: String, count: Int)] = []
        for word in words {
            if let index = seen.firstIndex(where: { $0.text == word }) {
                seen[index].count += 1
            } else {
                seen.append((word, 1))
            }
        }
        return seen.map { "\($0.count) × \($0.text)" }
    }
}
