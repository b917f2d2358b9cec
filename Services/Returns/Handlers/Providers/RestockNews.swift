import Commerce
import Contracts
import Messaging

/// What is told of returned goods that go back into the shop's stock, or do not.
struct RestockNews: Sendable {
    let happening: ReturnHappening
    /// What people have to do; nil where nothing.
    private let toDo: String?

    private enum Kind: String {
        case restocked = "return.restocked"
        case leftOut = "return.restock_left_out"
        case refused = "return.restock_refused"
        case unknown = "return.restock_unknown"
    }

    /// Nil where nothing is told: the ERP has the goods.
    init?(_ outcome: RestockReturnHandler.Outcome, of request: RestockReturnHandler.Request) {
        let goods = Self.words(request.lines)
        let kind: Kind
        let summary: String
        var reference: String?
        switch outcome {
        case .leftToERP: return nil
        case .noLocation:
            kind = .leftOut
            summary = "The shop's stock stays as it is: 'stateset providers set shopify' has no restock_location_id."
            toDo = nil
        case .restocked(let id, let units, let left):
            let rest = left.isEmpty ? nil : "The shop does not count \(Self.words(left)), or sells it no more."
            kind = .restocked
            summary = ["The shop has \(units) units in stock again.", rest].compactMap(\.self).joined(separator: " ")
            reference = "shopify:\(id)"
            toDo = rest
        case .refused(let refusal):
            kind = .refused
            summary = "The shop's stock stays as it is: \(refusal.message)"
            toDo = "Put \(goods) into the shop's stock by hand: \(refusal.message)"
        case .unknown:
            kind = .unknown
            summary =
                "Whether the shop has \(goods) in stock again is not known: its answer was lost, and it is not asked "
                + "twice."
            toDo =
                "Look in the shop's inventory history for \(goods) with the reference "
                + "\(Self.document(of: request.returnID)); put it into stock by hand where it is not there."
        }
        happening = ReturnHappening(
            kind.rawValue, summary, externalRef: reference, dedupeKey: request.returnID.description)
    }

    func alert(of row: ReturnRow, in transaction: HandlerTransaction) throws {
        guard let toDo else { return }
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "restock/\(row.id)", title: "Returned goods are to be put into the shop's stock by hand",
                    text: toDo, fields: ["return": "\(row.id)", "order": "\(row.orderID)"])),
            subject: row.id.description)
    }

    /// What the adjustment is of, as the shop's inventory history shows it.
    static func document(of id: ReturnID) -> String { "gid://stateset/Return/\(id)" }

    /// `2 of MIE-ROBE-S, 1 of MIE-SLIP-S`
    static func words(_ lines: [RestockReturnHandler.Line]) -> String {
        lines.isEmpty ? "the goods" : lines.map { "\($0.quantity) of \($0.sku)" }.joined(separator: ", ")
    }
}
