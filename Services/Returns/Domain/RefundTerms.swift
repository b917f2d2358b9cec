import Commerce
import Contracts
import Messaging

/// What is asked back of each line, with its units reserved and on the terms that were decided for it.
struct RefundTerms {
    private let ground: RefundGround

    init(_ ground: RefundGround) {
        self.ground = ground
    }

    /// Failure: a ``Refusal`` that names the line.
    func lines(_ asked: [RequestRefund.Line]) throws(Refusal) -> [ReturnedLine] {
        var taken = HeldUnits()
        var lines: [ReturnedLine] = []
        for line in asked {
            guard let units = ground.reserve(line.quantity, of: line.lineID, beside: taken) else {
                throw shortage(line, beside: taken)
            }
            taken.take(units, of: line.lineID)
            lines.append(
                ReturnedLine(
                    lineID: line.lineID, units: units, grade: line.grade ?? "A", reason: line.reason,
                    feesWaivedBy: line.feesWaivedBy, kept: try line.kept.map(kept)))
        }
        return lines
    }

    private func kept(_ kept: RequestRefund.Kept) throws(Refusal) -> KeptGoods {
        guard let percent = try? Percentage(decimal: kept.percent) else {
            throw Refusal(
                code: "bad_percentage", message: "'\(kept.percent)' is no percentage; give a decimal from 0 to 100.")
        }
        return KeptGoods(percent: percent, by: kept.by)
    }

    private func shortage(_ line: RequestRefund.Line, beside taken: HeldUnits) -> Refusal {
        guard let sold = ground.sale.lines.first(where: { $0.id == line.lineID }) else {
            return Refusal(code: "unknown_line", message: "The order has no line '\(line.lineID)'.")
        }
        let free = UnitNumbers(upTo: sold.quantity).subtracting(ground.held[line.lineID].union(taken[line.lineID]))
        return Refusal(
            code: line.quantity > 0 ? "nothing_refundable" : "bad_quantity",
            message: "Of the \(sold.quantity) units of line \(line.lineID) \(free.count) can be refunded.")
    }
}
