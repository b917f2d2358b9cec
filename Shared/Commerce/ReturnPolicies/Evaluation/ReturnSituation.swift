/// What conditions are asked about: the return as a whole, and one of its lines where there is one.
struct ReturnSituation {
    let facts: ReturnFacts
    let policyCurrency: Currency?
    let calendar: ShopCalendar
    let zone: ReturnZone?
    var line: ReturnRequestFacts.Line?
    var product: OrderLineReturnFacts?
    var daysSinceWindowStart: Int?

    var customer: CustomerReturnFacts { facts.customer }
    var order: OrderReturnFacts { facts.order }
    var request: ReturnRequestFacts { facts.request }

    /// The amount in units of 10⁻⁸; not known when it is in another currency than the policy's amounts.
    func amount(_ money: Money?) -> FactValue? {
        guard let money, (policyCurrency ?? order.currency) == money.currency else { return nil }
        return ReturnAmount(money.decimalString).map { .number($0.scaled) }
    }

    /// Units asked for; what is not positive counts as none.
    var unitCount: Int64 {
        request.lines.reduce(Int64(0)) { $0.addingSaturated(Int64(max(0, $1.quantity))) }
    }

    /// What was paid for the units asked for, as far as they are there to be returned, before tax.
    var value: Money? { order.value(of: unitsByLine) }

    /// Whether every unit of every line is returned after this return.
    var isFullReturn: Bool {
        let asked = unitsByLine
        return order.lines.allSatisfy { line in
            let back = line.returned.addingSaturated(line.inOtherReturns).addingSaturated(asked[line.id] ?? 0)
            return back >= line.quantity
        }
    }

    private var unitsByLine: [String: Int] {
        Dictionary(request.lines.map { ($0.lineID, max(0, $0.quantity)) }) {
            $0.addingSaturated($1)
        }
    }

    /// Every fact that is known, in the form in which conditions compare.
    var table: FactTable {
        var table: FactTable = [:]
        for field in ConditionVocabulary.fields {
            table[field.name] = field.fact(self).map(field.kind.comparable)
        }
        return table
    }
}

extension FixedWidthInteger {
    /// The sum, or the greatest or least number where it lies beyond.
    func addingSaturated(_ other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}

extension Int {
    /// The difference, or the greatest or least number where it lies beyond.
    func subtractingSaturated(_ other: Int) -> Int {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }
}
