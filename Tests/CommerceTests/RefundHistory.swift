import Commerce

/// The life of one order: returns in any order of parts, cancels, refunds that succeed or fail, and the books of it all.
struct RefundHistory {
    enum Step {
        case made(lines: [ReturnedLine], exchange: [ExchangeLine], result: RefundResult)
        case ended(step: Int, how: Ending)
    }

    /// Units of a line to be given back, and what was decided about them.
    struct Asked {
        var lineID: String
        var count: Int
        var grade: String
        var reason: String?
        var feesWaivedBy: String?
        var kept: KeptGoods?
    }

    enum Ending: String {
        case cancel, succeed, fail
    }

    let currency: Currency
    /// As it was before the first step.
    let order: RefundOrder
    let policy: RefundPolicy
    private(set) var steps: [Step] = []
    private(set) var units: [String: UnitReservation] = [:]
    /// The returns that have not ended without goods, by their step; false once their refund has succeeded.
    private(set) var live: [Int: Bool] = [:]

    init(currency: Currency, order: RefundOrder, policy: RefundPolicy) {
        self.currency = currency
        self.order = order
        self.policy = policy
        for line in order.lines { units[line.id] = UnitReservation(quantity: line.quantity) }
    }

    func made(_ step: Int) -> (lines: [ReturnedLine], exchange: [ExchangeLine], result: RefundResult)? {
        if case .made(let lines, let exchange, let result) = steps[step] { (lines, exchange, result) } else { nil }
    }

    /// What the live returns give, in the order of their steps.
    var results: [RefundResult] { live.keys.sorted().compactMap { made($0)?.result } }

    var isComplete: Bool { units.values.allSatisfy { $0.free.isEmpty } }

    /// The request of a return beside the other live ones; `held` as for a return that is computed again.
    func request(
        _ lines: [ReturnedLine], _ exchange: [ExchangeLine], except own: Int? = nil, held: Money? = nil
    ) -> RefundRequest {
        let others = live.keys.filter { $0 != own }.compactMap { made($0) }
        var (taken, kept) = ([String: UnitNumbers](), [String: UnitNumbers]())
        for line in others.flatMap(\.lines) {
            taken[line.lineID, default: .init()] = taken[line.lineID, default: .init()].union(line.units)
            if line.staysSold {
                kept[line.lineID, default: .init()] = kept[line.lineID, default: .init()].union(line.units)
            }
        }
        let shipping = others.reduce(Int64(0)) { $0 + $1.result.shippingRefund.minorUnits }
        return RefundRequest(
            currency: currency, order: orderNow(shipping: shipping, except: own),
            others: OtherReturns(units: taken, kept: kept, shipping: money(shipping)), lines: lines, heldShipping: held,
            exchange: exchange, policy: policy)
    }

    mutating func make(_ asked: [Asked], exchange: [ExchangeLine]) throws {
        var lines: [ReturnedLine] = []
        var reserved = units
        for line in asked {
            guard let taken = reserved[line.lineID]?.reserve(line.count) else { continue }
            lines.append(
                ReturnedLine(
                    lineID: line.lineID, units: taken, grade: line.grade, reason: line.reason,
                    feesWaivedBy: line.feesWaivedBy, kept: line.kept))
        }
        guard !lines.isEmpty else { return }
        let result = try RefundCalculation.result(for: request(lines, exchange))
        units = reserved
        live[steps.count] = true
        steps.append(.made(lines: lines, exchange: exchange, result: result))
    }

    mutating func end(_ step: Int, _ how: Ending) {
        steps.append(.ended(step: step, how: how))
        if how == .succeed {
            live[step] = false
            return
        }
        live[step] = nil
        for line in made(step)?.lines ?? [] { units[line.lineID]?.release(line.units) }
    }

    /// The order with what the live returns hold of shipping and tenders.
    private func orderNow(shipping: Int64, except own: Int?) -> RefundOrder {
        let tenders = order.tenders.enumerated().map { index, tender in
            var (refunded, pending) = (tender.refunded.minorUnits, tender.pending.minorUnits)
            for (step, isPending) in live where step != own {
                let amount = made(step)?.result.tenders[index].amount.minorUnits ?? 0
                if isPending { pending += amount } else { refunded += amount }
            }
            return Tender(
                id: tender.id, kind: tender.kind, captured: tender.captured, refunded: money(refunded),
                pending: money(pending))
        }
        let refunded = money(order.shipping.refunded.minorUnits + shipping)
        return RefundOrder(
            taxesIncluded: order.taxesIncluded, lines: order.lines,
            shipping: ShippingCharge(amount: order.shipping.amount, tax: order.shipping.tax, refunded: refunded),
            tenders: tenders)
    }

    private func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: currency) }
}
