import Commerce
import SeededRandom

extension RandomOrder {
    func policy(_ random: inout SeededGenerator) -> RefundPolicy {
        var policy = RefundPolicy()
        policy.originalShipping = RefundPolicy.OriginalShipping.allCases.randomElement(using: &random) ?? .never
        policy.tenderOrder =
            [.proportional, .kinds(["gift_card", "card"]), .kinds(["store_credit"])]
            .randomElement(using: &random) ?? .proportional
        guard Int.random(in: 0..<4, using: &random) > 0 else { return policy }
        let percents = ["0", "10", "15", "33.3", "12.345678", "100"]
        policy.restockingFeePercent = (try? Percentage(decimal: percents.randomElement(using: &random) ?? "0")) ?? .zero
        policy.restockingFeeBase = Bool.random(using: &random) ? .net : .gross
        policy.restockingFeeTaxed = Bool.random(using: &random)
        policy.returnShippingFee = Bool.random(using: &random) ? money(amount(upTo: 2_000, &random)) : nil
        policy.grades = Bool.random(using: &random) ? Self.grades : nil
        policy.feeWaivedReasons = Bool.random(using: &random) ? ["defective", "wrong_item"] : []
        return policy
    }

    static let grades = ["A": "100", "B": "80", "C": "50.5", "D": "0"]
        .compactMapValues { try? Percentage(decimal: $0) }

    func grade(_ random: inout SeededGenerator) -> String {
        ["A", "A", "B", "C", "D"].randomElement(using: &random) ?? "A"
    }

    func reason(_ random: inout SeededGenerator) -> String? {
        ["wrong_size", "defective", "wrong_item", nil].randomElement(using: &random) ?? nil
    }

    /// What a rule decided about a line: that it is free of fees, or stays with the customer, or neither.
    func terms(_ random: inout SeededGenerator) -> (waivedBy: String?, kept: KeptGoods?) {
        let waivedBy = Int.random(in: 0..<5, using: &random) == 0 ? "rule vip" : nil
        guard Int.random(in: 0..<6, using: &random) == 0 else { return (waivedBy, nil) }
        let percent = ["0", "30", "33.3333", "50", "99.99999999", "100"].randomElement(using: &random) ?? "0"
        let by = Bool.random(using: &random) ? "rule cheap \"things\"" : nil
        return (waivedBy, (try? Percentage(decimal: percent)).map { KeptGoods(percent: $0, by: by) })
    }

    func exchange(_ random: inout SeededGenerator) -> [ExchangeLine] {
        guard Int.random(in: 0..<5, using: &random) == 0 else { return [] }
        return (1...Int.random(in: 1...2, using: &random)).map { index in
            ExchangeLine(
                sku: "X-\(index)", quantity: 1, amount: money(amount(upTo: 15_000, &random)),
                tax: money(amount(upTo: 900, &random)))
        }
    }
}
