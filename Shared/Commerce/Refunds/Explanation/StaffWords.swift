/// What staff read of a figure: its name and its rule.
enum StaffWords {
    static func label(of name: DerivationName, _ names: RefundNames) -> String {
        let label = labels[name.field] ?? name.description
        return switch name.list {
        case .orderLines: "Order line \(name.index + 1), \(label)"
        case .orderTenders: "Tender \(name.index + 1), \(label)"
        case .lines, .returnLines: "\(names.goods(at: name.index)), \(label)"
        case .exchangeLines: "Exchange line \(name.index + 1), \(label)"
        case .tenders:
            names.tenders.indices.contains(name.index)
                ? "To \(names.tenders[name.index])" : "To tender \(name.index + 1)"
        case .none: label.prefix(1).uppercased() + label.dropFirst()
        }
    }

    /// The rule in words; `isEmpty` where nothing applies.
    static func rule(of name: DerivationName, isEmpty: Bool) -> String? {
        if isEmpty { return none[name.field] }
        switch (name.list, name.field) {
        case (.orderLines, .net), (.orderLines, .gross): return "as sold: rounded once for the line, less its discount"
        case (.lines, .net), (.lines, .gross), (.lines, .tax): return "the share of these units in the line"
        default: return rules[name.field]
        }
    }

    private static let labels: [DerivationField: String] = [
        .net: "net", .gross: "price with tax", .tax: "tax", .amount: "amount",
        .gradeDeduction: "deduction for the grade",
        .keptDeduction: "deduction for what stays with the customer", .feeBeforeTax: "fee before tax",
        .restockingFee: "restocking fee",
        .room: "left to refund", .shippingPaid: "shipping paid", .orderNet: "net of the order",
        .returnedNet: "net of all that came back", .returnedBeforeNet: "net of what came back before",
        .shippingRefund: "shipping refund", .shippingRefundTax: "tax in the shipping refund",
        .returnShippingFee: "return shipping fee", .balance: "balance",
        .subtotal: "subtotal", .exchangeTotal: "exchange", .givenBefore: "given before",
        .payable: "payable", .refundable: "left on all tenders",
        .total: "total", .capped: "above what the tenders have left", .unrecoveredFees: "fees not recovered",
        .amountDue: "due from the customer", .storeCreditBonus: "bonus for store credit",
    ]

    private static let rules: [DerivationField: String] = [
        .gradeDeduction: "what the grade does not refund, of net and of tax",
        .feeBeforeTax: "the policy's percentage, rounded for the line",
        .restockingFee: "never more than the goods give",
        .room: "captured less refunded less pending",
        .shippingRefund: "never more than is left of the shipping paid",
        .shippingRefundTax: "the tax's share of what is left of the shipping paid",
        .returnShippingFee: "once for the return",
        .balance: "lines and shipping less the return shipping fee",
        .subtotal: "never below zero",
        .payable: "less the exchange and what was given before, never below zero",
        .total: "never more than the tenders have left",
        .amountDue: "what the exchange costs beyond the subtotal",
        .storeCreditBonus: "on top of the total, by the policy; no tender gives it",
    ]

    private static let none: [DerivationField: String] = [
        .gradeDeduction: "the grade is refunded in full",
        .restockingFee: "the policy has none",
        .shippingRefund: "the policy gives none for this return",
        .returnShippingFee: "the policy has none",
        .exchangeTotal: "no exchange", .returnedBeforeNet: "nothing came back before",
        .refundable: "the order has no tenders", .storeCreditBonus: "nothing is given back",
    ]
}
