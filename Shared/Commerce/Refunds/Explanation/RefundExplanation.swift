/// A refund explained line by line, for a page, a mail or a terminal.
public struct RefundExplanation: Hashable, Sendable, Codable {
    /// Whom it is for.
    public enum Audience: String, Hashable, Sendable, Codable, CaseIterable {
        /// Every step, with its rule.
        case staff
        /// What was added and taken off, in plain words.
        case customer
    }

    public struct Line: Hashable, Sendable, Codable {
        public let label: String
        /// A decimal of the currency; negative for what is taken off.
        public let amount: String
        /// What there is to say of it; for staff the formula.
        public let detail: String?

        public init(_ label: String, _ amount: String, _ detail: String? = nil) {
            self.label = label
            self.amount = amount
            self.detail = detail
        }
    }

    public let audience: Audience
    /// What is refunded.
    public let amount: String
    public let currency: Currency
    public let lines: [Line]

    /// One line of text for each line.
    public var text: String {
        lines.map { line in
            let amount = "\(line.label): \(line.amount) \(currency)"
            return line.detail.map { "\(amount). \($0)" } ?? amount
        }.joined(separator: "\n")
    }
}

/// What people call the goods and the payments of a refund, in its order.
public struct RefundNames: Hashable, Sendable {
    public let goods: [String]
    /// For example `your card`; empty when they are not to be named.
    public let tenders: [String]

    public init(goods: [String] = [], tenders: [String] = []) {
        self.goods = goods
        self.tenders = tenders
    }

    func goods(at index: Int) -> String {
        goods.indices.contains(index) ? goods[index] : "Item \(index + 1)"
    }
}

extension RefundResult {
    /// Failure: `DerivationError` where the derivation was read from a document that is not ours.
    public func explanation(
        for audience: RefundExplanation.Audience, names: RefundNames = RefundNames()
    ) throws(DerivationError) -> RefundExplanation {
        let lines: [RefundExplanation.Line] =
            switch audience {
            case .staff: try staffLines(names)
            case .customer: customerLines(names)
            }
        return RefundExplanation(
            audience: audience, amount: total.decimalString, currency: currency, lines: lines)
    }
}
