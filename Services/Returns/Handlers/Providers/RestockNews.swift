import Commerce
import Contracts
import Messaging

/// What is told of returned goods that go back into the shop's stock, leave it again, or do not.
struct RestockNews: Sendable {
    private typealias Line = RestockReturnHandler.Line

    let happening: ReturnHappening
    private let request: RestockReturnHandler.Request
    /// What people have to do; nil where nothing.
    private let toDo: String?

    private enum Kind: String {
        case restocked = "return.restocked"
        /// Goods were graded anew since.
        case corrected = "return.restock_corrected"
        case leftOut = "return.restock_left_out"
        case refused = "return.restock_refused"
        case unknown = "return.restock_unknown"
    }

    /// Nil where nothing is told: the ERP has the goods.
    init?(_ outcome: RestockReturnHandler.Outcome, of request: RestockReturnHandler.Request) {
        let kind: Kind
        let summary: String
        var reference: String?
        var toDo = request.byHand.map { Self.instruction($0, request, because: "they were graded anew.") }
        switch outcome {
        case .leftToERP where request.byHand == nil: return nil
        case .noLocation:
            kind = .leftOut
            summary = "The shop's stock stays as it is: 'stateset providers set shopify' has no restock_location_id."
        case .leftToERP, .leftToPeople:
            kind = .corrected
            summary = "What people have put into the shop's stock is for them to take out: it was graded anew."
        case .restocked, .adjusted:
            let done = outcome.adjustment
            let left = done?.left ?? []
            kind = request.takesOut ? .corrected : .restocked
            let rest = left.isEmpty ? nil : "The shop does not count \(Self.words(left)), or sells it no more."
            summary = [Self.change(request.lines.filter { !left.contains($0) }), rest].compactMap(\.self)
                .joined(separator: " ")
            reference = done.flatMap { $0.id.isEmpty ? nil : "shopify:\($0.id)" }
            toDo = [rest, toDo].compactMap(\.self).joined(separator: " ").unlessEmpty
        case .refused(let refusal):
            kind = .refused
            summary = "The shop's stock stays as it is: \(refusal.message)"
            let lines = request.lines + (request.byHand ?? [])
            toDo = Self.instruction(lines, request, because: refusal.message)
        case .unknown:
            kind = .unknown
            let goods = Self.words(request.lines)
            let change = request.takesOut ? "has changed its stock by \(goods)" : "has \(goods) in stock again"
            summary =
                "Whether the shop \(change) is not known: its answer was lost, and it is not asked twice."
            let look =
                "Look in the shop's inventory history for \(goods) with the reference \(Self.document(of: request)); "
                + (request.takesOut ? "change it" : "put it into stock") + " by hand where it is not there."
            toDo = [look, toDo].compactMap(\.self).joined(separator: " ")
        }
        happening = ReturnHappening(kind.rawValue, summary, externalRef: reference, dedupeKey: request.mark)
        self.request = request
        self.toDo = toDo
    }

    func alert(of row: ReturnRow, in transaction: HandlerTransaction) throws {
        guard let toDo else { return }
        let isOut = (request.lines + (request.byHand ?? [])).contains { $0.quantity < 0 }
        var fields = ["return": "\(row.id)", "order": "\(row.orderID)"]
        fields["location"] = request.location
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "restock/\(request.mark)",
                    title: isOut
                        ? "Returned goods are to be taken out of the shop's stock by hand"
                        : "Returned goods are to be put into the shop's stock by hand",
                    text: toDo, fields: fields)),
            subject: row.id.description)
    }

    private static func change(_ lines: [Line]) -> String {
        let added = lines.reduce(0) { $0 + max(0, $1.quantity) }
        let out = lines.reduce(0) { $0 + max(0, -$1.quantity) }
        return [
            added > 0 || out == 0 ? "The shop has \(added) units in stock again." : nil,
            out > 0 ? "The shop has \(out) units less in stock: they were graded anew, and are not sold again." : nil,
        ].compactMap(\.self).joined(separator: " ")
    }

    private static func instruction(
        _ lines: [Line], _ request: RestockReturnHandler.Request, because reason: String
    ) -> String {
        let (added, out) = (lines.filter { $0.quantity > 0 }, lines.filter { $0.quantity < 0 })
        let place = request.location.map { " at location \($0)" } ?? ""
        let parts = [
            added.isEmpty ? nil : "Put \(words(added)) into the shop's stock by hand",
            out.isEmpty ? nil : "Take \(words(out.map(\.opposite))) out of the shop's stock\(place) by hand",
        ]
        return "\(parts.compactMap(\.self).joined(separator: ". ")): \(reason)"
    }

    /// What the adjustment is of, as the shop's inventory history shows it.
    static func document(of request: RestockReturnHandler.Request) -> String {
        "gid://stateset/Return/\(request.mark)"
    }

    /// `2 of MIE-ROBE-S, 1 of MIE-SLIP-S`
    static func words(_ lines: [RestockReturnHandler.Line]) -> String {
        lines.isEmpty ? "the goods" : lines.map { "\($0.quantity) of \($0.sku)" }.joined(separator: ", ")
    }
}

extension RestockReturnHandler.Line {
    fileprivate var opposite: RestockReturnHandler.Line { .init(id: id, sku: sku, quantity: -quantity) }
}

extension String {
    fileprivate var unlessEmpty: String? { isEmpty ? nil : self }
}
