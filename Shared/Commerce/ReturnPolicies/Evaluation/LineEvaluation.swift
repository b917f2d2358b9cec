import Foundation

/// The judgement of one line of the request.
struct LineEvaluation {
    let policy: ReturnPolicy
    let facts: ReturnFacts
    let choice: ZoneChoice
    let line: ReturnRequestFacts.Line
    /// The line of the order; nil when the order has none of this id.
    let product: OrderLineReturnFacts?
    /// Units that other lines of this request have not asked for already.
    let available: Int
    let table: FactTable
    let verdicts: RuleVerdicts

    init(_ policy: ReturnPolicy, _ facts: ReturnFacts, _ choice: ZoneChoice, at index: Int) {
        let line = facts.request.lines[index]
        let product = facts.order.line(line.lineID)
        var situation = ReturnSituation(policy, facts, choice.zone)
        situation.line = line
        situation.product = product
        situation.daysSinceWindowStart = product.flatMap { product in
            choice.zone.flatMap { WindowCount($0.window, policy, facts, product).daysSinceStart(at: facts.now) }
        }
        table = situation.table
        verdicts = RuleVerdicts(policy.rules, over: [table], on: policy.calendar.day(of: facts.now))
        self.policy = policy
        self.facts = facts
        self.choice = choice
        self.line = line
        self.product = product
        let asked = facts.request.lines[..<index].filter { $0.lineID == line.lineID }
            .reduce(0) { $0.addingSaturated(max(0, $1.quantity)) }
        available = max(0, (product?.available ?? 0).subtractingSaturated(asked))
    }

    /// The first thing that speaks against the line, otherwise its open window.
    var finding: LineFinding {
        guard let product else { return unknownLine }
        guard let zone = choice.zone else { return noZone }
        let refusal =
            quantityFinding(product) ?? zoneFinding(zone) ?? reasonFinding ?? ruleFinding ?? exclusionFinding(product)
        if let refusal { return refusal }
        let window = windowFinding(product, zone)
        // WHY: nobody is asked to show what is not taken back anyhow.
        return window.reason.isEligible ? evidenceFinding ?? window : window
    }
}

extension ReturnSituation {
    init(_ policy: ReturnPolicy, _ facts: ReturnFacts, _ zone: ReturnZone?) {
        self.init(facts: facts, policyCurrency: policy.currency, calendar: policy.calendar, zone: zone)
    }
}

extension WindowCount {
    init(_ window: ReturnWindow, _ policy: ReturnPolicy, _ facts: ReturnFacts, _ line: OrderLineReturnFacts) {
        self.init(window: window, calendar: policy.calendar, line: line, orderedAt: facts.order.orderedAt)
    }

    /// Days of the shop's calendar from the start to this moment, 0 before it; nil when no start is known.
    func daysSinceStart(at now: Date) -> Int? {
        start.map { max(0, calendar.day(of: now).number - $0.day.number) }
    }
}
