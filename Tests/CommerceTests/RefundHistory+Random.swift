import Commerce
import SeededRandom

extension RefundHistory {
    /// A random order, policy and life.
    static func random(using random: inout SeededGenerator) throws -> RefundHistory {
        let code = ["USD", "EUR", "JPY", "KRW", "KWD", "BHD"].randomElement(using: &random) ?? "USD"
        let world = RandomOrder(currency: Currency(code: code)!)
        var history = RefundHistory(
            currency: world.currency, order: world.order(&random), policy: world.policy(&random))
        for _ in 0..<Int.random(in: 1...6, using: &random) { try history.step(world, &random) }
        if Bool.random(using: &random) { try history.returnTheRest(world, &random) }
        return history
    }

    private mutating func step(_ world: RandomOrder, _ random: inout SeededGenerator) throws {
        let pending = live.filter(\.value).keys.sorted()
        if let step = pending.randomElement(using: &random), Int.random(in: 0..<3, using: &random) == 0 {
            return end(step, [.cancel, .succeed, .fail].randomElement(using: &random) ?? .cancel)
        }
        let counts = order.lines.compactMap { line -> Asked? in
            let free = units[line.id]?.free.count ?? 0
            guard free > 0, Bool.random(using: &random) else { return nil }
            return Asked(line.id, Int.random(in: 1...free, using: &random), world, &random)
        }
        // Now and then the rest of a line comes back in the same parcel, in another condition.
        let again = counts.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
            .map { Asked($0.lineID, 1, world, &random) }
        try make((counts + again).shuffled(using: &random), exchange: world.exchange(&random))
    }

    private mutating func returnTheRest(_ world: RandomOrder, _ random: inout SeededGenerator) throws {
        for line in order.lines.shuffled(using: &random) {
            let free = units[line.id]?.free.count ?? 0
            if free > 0 { try make([Asked(line.id, free, world, &random)], exchange: []) }
        }
    }
}

extension RefundHistory.Asked {
    fileprivate init(_ lineID: String, _ count: Int, _ world: RandomOrder, _ random: inout SeededGenerator) {
        let (waivedBy, kept) = world.terms(&random)
        self.init(
            lineID: lineID, count: count, grade: world.grade(&random), reason: world.reason(&random),
            feesWaivedBy: waivedBy, kept: kept)
    }
}

/// Random parts of an order in one currency.
struct RandomOrder {
    let currency: Currency

    func order(_ random: inout SeededGenerator) -> RefundOrder {
        let taxesIncluded = Bool.random(using: &random)
        let lines = (1...Int.random(in: 1...4, using: &random)).map { line("l\($0)", taxesIncluded, &random) }
        let amount = amount(upTo: 3_000, &random)
        let tax = Bool.random(using: &random) ? amount / 12 : 0
        // Now and then some of the shipping was given back before.
        let refunded = Int.random(in: 0..<5, using: &random) == 0 ? (amount + tax) / 3 : 0
        let paid = lines.reduce(amount + tax) { $0 + worth($1, taxesIncluded) }
        return RefundOrder(
            taxesIncluded: taxesIncluded, lines: lines,
            shipping: ShippingCharge(amount: money(amount), tax: money(tax), refunded: money(refunded)),
            tenders: tenders(paid: paid, &random))
    }

    /// What the customer paid for the line.
    func worth(_ line: RefundOrderLine, _ taxesIncluded: Bool) -> Int64 {
        let full = (try? line.unitPrice.times(line.quantity, in: currency).minorUnits) ?? 0
        return full - line.discount.minorUnits + (taxesIncluded ? 0 : line.tax.minorUnits)
    }

    private func line(_ id: String, _ taxesIncluded: Bool, _ random: inout SeededGenerator) -> RefundOrderLine {
        let quantity = Int.random(in: 1...(Int.random(in: 0..<10, using: &random) == 0 ? 40 : 6), using: &random)
        // Prices of up to eight digits after the point, of as many as the currency has, and none at all.
        let digits = Bool.random(using: &random) ? 8 : currency.exponent
        let steps: [Int64] = [100_000_000, 10_000_000, 1_000_000, 100_000]
        let step = digits == 8 ? 1 : steps[digits]
        let price = Int64.random(in: 0..<20_000_000_000, using: &random)
        let unitPrice = UnitPrice(scaled: Int.random(in: 0..<20, using: &random) == 0 ? 0 : price / step * step)
        let full = (try? unitPrice.times(quantity, in: currency).minorUnits) ?? 0
        let discounts: [Int64] = [0, 0, full / 10, full, .random(in: 0...full, using: &random)]
        let discount = discounts.randomElement(using: &random) ?? 0
        let gross = full - discount
        let rates: [Int64] = [0, 0, 7, 19, 25]
        let rate = rates.randomElement(using: &random) ?? 0
        let tax: Int64 = gross * rate / (taxesIncluded ? 100 + rate : 100)
        return RefundOrderLine(
            id: id, sku: "S-\(id)", quantity: quantity, unitPrice: unitPrice, discount: money(discount),
            tax: money(tax))
    }

    private func tenders(paid: Int64, _ random: inout SeededGenerator) -> [Tender] {
        let weights = (0..<Int.random(in: 1...4, using: &random)).map { _ in Int64.random(in: 0...5, using: &random) }
        let parts = (try? money(paid).allocate(weights: weights)) ?? [money(paid)]
        return parts.enumerated().map { index, captured in
            let isUsed = Int.random(in: 0..<6, using: &random) == 0
            let refunded = isUsed ? Int64.random(in: 0...captured.minorUnits, using: &random) : 0
            let pending = isUsed ? Int64.random(in: 0...(captured.minorUnits - refunded), using: &random) : 0
            return Tender(
                id: "t\(index + 1)",
                kind: ["card", "gift_card", "store_credit"].randomElement(using: &random) ?? "card",
                captured: captured, refunded: money(refunded), pending: money(pending))
        }
    }

    func amount(upTo limit: Int64, _ random: inout SeededGenerator) -> Int64 {
        Int.random(in: 0..<4, using: &random) == 0 ? 0 : .random(in: 1...limit, using: &random)
    }

    func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: currency) }
}
