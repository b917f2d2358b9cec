import Commerce
import SeededRandom
import Testing

/// What holds for every order, whatever comes back, in whatever parts.
@Suite("Random histories of refunds")
struct RefundHistoryTests {
    private static let count = 400

    @Test("no tender ever gives more than was captured from it, and none gives less than nothing")
    func captures() throws {
        try forEach { history, seed in
            for (index, tender) in history.order.tenders.enumerated() {
                let given = history.results.map { $0.tenders[index].amount.minorUnits }
                #expect(given.allSatisfy { $0 >= 0 }, "\(seed)")
                let used = given.reduce(tender.refunded.minorUnits + tender.pending.minorUnits, +)
                #expect(used <= tender.captured.minorUnits, "\(seed)")
            }
            for result in history.results {
                let split = result.tenders.reduce(Int64(0)) { $0 + $1.amount.minorUnits }
                #expect(split == result.total.minorUnits, "\(seed)")
            }
        }
    }

    @Test("all units of an order, in any parts, give exactly what was paid for them")
    func exactness() throws {
        var complete = 0
        try forEach { history, seed in
            guard history.isComplete else { return }
            complete += 1
            for line in history.order.lines {
                let paid = RandomOrder(currency: history.currency).worth(line, history.order.taxesIncluded)
                let given = history.results.flatMap(\.lines).filter { $0.lineID == line.id }
                #expect(given.reduce(Int64(0)) { $0 + $1.net.minorUnits + $1.tax.minorUnits } == paid, "\(seed)")
                #expect(given.reduce(Int64(0)) { $0 + $1.tax.minorUnits } == line.tax.minorUnits, "\(seed)")
            }
        }
        #expect(complete > Self.count / 10)
    }

    @Test("everything returned gives back exactly what was paid less the fees that were stated")
    func conservation() throws {
        var checked = 0
        try forEach { history, seed in
            guard history.isComplete, history.isUntouched, history.policy.originalShipping != .never else { return }
            checked += 1
            let stated = history.results.reduce(Int64(0)) { $0 + $1.stated }
            let given = history.results.reduce(Int64(0)) { $0 + $1.total.minorUnits }
            #expect(given == history.paid - stated, "\(seed)")
            #expect(history.results.allSatisfy { $0.capped.minorUnits == 0 }, "\(seed)")
        }
        #expect(checked > Self.count / 40)
    }

    @Test("the original shipping is never given back twice, and entirely with the last unit")
    func shipping() throws {
        try forEach { history, seed in
            let shipping = history.order.shipping
            let left = shipping.amount.minorUnits + shipping.tax.minorUnits - shipping.refunded.minorUnits
            let given = history.results.reduce(Int64(0)) { $0 + $1.shippingRefund.minorUnits }
            #expect((0...left).contains(given), "\(seed)")
            let isDue = history.policy.originalShipping == .always || history.policy.originalShipping == .proRata
            let staysDue = history.policy.originalShipping == .always || !history.keepsSomething
            if isDue, staysDue, history.isComplete, shipping.refunded.minorUnits == 0, history.hasNet {
                #expect(given == left, "\(seed)")
            }
        }
    }

    @Test("cancelling a return moves no cent of another")
    func cancelling() throws {
        try forEach { original, seed in
            for cancelled in original.live.keys.sorted() {
                var history = original
                history.end(cancelled, .cancel)
                for (step, _) in history.live {
                    guard let (lines, exchange, result) = history.made(step) else { continue }
                    let request = history.request(lines, exchange, except: step, held: result.shippingRefund)
                    let again = try RefundCalculation.result(for: request)
                    #expect(again.lines == result.lines, "\(seed)")
                    #expect(again.shippingRefund == result.shippingRefund, "\(seed)")
                    #expect(again.returnShippingFee == result.returnShippingFee, "\(seed)")
                }
            }
        }
    }

    @Test("until something is cancelled, counts of units are enough")
    func counts() throws {
        try forEach { history, seed in
            var replay = RefundHistory(currency: history.currency, order: history.order, policy: history.policy)
            for case .made(let lines, let exchange, let result) in history.steps.prefix(while: \.isMade) {
                let request = replay.request(lines, exchange)
                let counted = RefundRequest(
                    currency: request.currency, order: request.order,
                    others: OtherReturns(units: request.others.units, kept: request.others.kept),
                    lines: lines, exchange: exchange, policy: request.policy)
                #expect(try RefundCalculation.result(for: counted).total == result.total, "\(seed)")
                let asked = lines.map {
                    RefundHistory.Asked(
                        lineID: $0.lineID, count: $0.units.count, grade: $0.grade, reason: $0.reason,
                        feesWaivedBy: $0.feesWaivedBy, kept: $0.kept)
                }
                try replay.make(asked, exchange: exchange)
            }
        }
    }

    private func forEach(_ check: (RefundHistory, String) throws -> Void) throws {
        var random = SeededGenerator()
        for round in 0..<Self.count {
            let history = try RefundHistory.random(using: &random)
            try check(history, "\(random), history \(round)")
        }
    }
}

extension RefundHistory.Step {
    fileprivate var isMade: Bool { if case .made = self { true } else { false } }
}

extension RefundHistory {
    /// Whether nothing was given back or on its way before the first step.
    fileprivate var isUntouched: Bool {
        order.shipping.refunded.minorUnits == 0
            && order.tenders.allSatisfy { $0.refunded.minorUnits == 0 && $0.pending.minorUnits == 0 }
            && (hasNet || policy.originalShipping != .proRata)
            && (policy.originalShipping != .fullReturn || lastCompletes)
            && (policy.originalShipping == .always || !keepsSomething)
    }

    /// Whether some of it stays sold, and with it some of its shipping.
    fileprivate var keepsSomething: Bool {
        live.keys.contains { made($0)?.lines.contains(where: \.staysSold) ?? false }
    }

    /// Whether the last live return is the one that completed the order, after which none was cancelled.
    private var lastCompletes: Bool {
        guard let last = live.keys.max() else { return false }
        return steps.dropFirst(last + 1).allSatisfy {
            if case .ended(_, .succeed) = $0 { true } else { false }
        }
    }

    fileprivate var hasNet: Bool {
        order.lines.contains {
            let worth = RandomOrder(currency: currency).worth($0, order.taxesIncluded)
            return worth - $0.tax.minorUnits > 0
        }
    }

    fileprivate var paid: Int64 { order.tenders.reduce(0) { $0 + $1.captured.minorUnits } }
}

extension RefundResult {
    /// What it says was kept, and what the customer got in goods.
    fileprivate var stated: Int64 {
        let fees = lines.reduce(Int64(0)) {
            $0 + $1.gradeDeduction.minorUnits + ($1.keptDeduction?.minorUnits ?? 0) + $1.restockingFee.minorUnits
        }
        return fees + returnShippingFee.minorUnits - unrecoveredFees.minorUnits + exchangeTotal.minorUnits
            - amountDue.minorUnits
    }
}
