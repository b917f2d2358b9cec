import Commerce
import SeededRandom

@testable import Returns

/// A refund of an order made up from a seed, with every kind of fee and deduction, and with a part given before.
struct RandomRefund {
    let result: RefundResult
    let skus: [String: String]

    init(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        guard let currency = Currency(code: ["USD", "JPY", "KWD"][Int.random(in: 0..<3, using: &random)]) else {
            throw MoneyError.notDecimal
        }
        func money(_ range: ClosedRange<Int64>) -> Money {
            Money(minorUnits: Int64.random(in: range, using: &random), currency: currency)
        }
        var (lines, returned) = ([RefundOrderLine](), [ReturnedLine]())
        for number in 1...Int.random(in: 1...4, using: &random) {
            let (id, quantity) = ("\(number)", Int.random(in: 1...4, using: &random))
            lines.append(
                RefundOrderLine(
                    id: id, sku: "SKU-\(number % 3)", quantity: quantity,
                    unitPrice: UnitPrice(scaled: Int64.random(in: 1...900, using: &random) * 10_000_000_000),
                    discount: .zero(currency), tax: money(0...300)))
            for unit in 1...Int.random(in: 1...quantity, using: &random) {
                returned.append(
                    ReturnedLine(
                        lineID: id, units: UnitNumbers([unit]),
                        grade: ["A", "B", "C", "D"][Int.random(in: 0..<4, using: &random)]))
            }
        }
        let sale = Sale(
            currency: currency, taxesIncluded: .random(using: &random), lines: lines, shipping: money(0...900),
            shippingTax: money(0...90))
        let captured = Int64.random(in: 1...30_000_000, using: &random)
        let tender = TenderBalance(
            id: TenderID(), externalID: "1", kind: "card", captured: captured, refunded: 0, pending: 0, disputedBy: nil)
        let policy = RefundPolicy(
            restockingFeePercent: try Self.percent(Int.random(in: 0...30, using: &random)),
            returnShippingFee: money(0...2_000),
            originalShipping: RefundPolicy.OriginalShipping.allCases.randomElement(using: &random) ?? .never,
            grades: [
                "A": .hundred, "B": try Self.percent(80), "C": try Self.percent(50), "D": .zero,
            ])
        let ground = RefundGround(sale: sale, tenders: [tender], held: HeldUnits(), shippingRefunded: .zero)
        let request = ground.request(returned, policy: policy)
        let whole = try RefundCalculation.result(for: request).total.minorUnits
        let before = Bool.random(using: &random) ? Int64.random(in: 0...whole, using: &random) : 0
        let given = before == 0 ? nil : Money(minorUnits: before, currency: currency)
        result = try RefundCalculation.result(for: request.less([], given))
        skus = Dictionary(lines.map { ($0.id, $0.sku) }, uniquingKeysWith: { first, _ in first })
    }

    /// With the part that was given before.
    var given: Money { Money(minorUnits: result.givenInAll, currency: result.currency) }

    private static func percent(_ value: Int) throws -> Percentage { try Percentage(decimal: "\(value)") ?? .zero }
}
