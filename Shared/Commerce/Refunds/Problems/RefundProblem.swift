/// One thing that is wrong with a refund request, and what to do about it.
public struct RefundProblem: Error, Hashable, Sendable, Codable {
    public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        case missing
        /// Another kind of JSON value than the field takes.
        case wrongType = "wrong_type"
        /// A JSON number where an amount belongs; amounts are strings.
        case amountIsNumber = "amount_is_number"
        case badAmount = "bad_amount"
        case tooPrecise = "too_precise"
        case negativeAmount = "negative_amount"
        case amountTooLarge = "amount_too_large"
        case badPercentage = "bad_percentage"
        case badQuantity = "bad_quantity"
        case badName = "bad_name"
        case unknownValue = "unknown_value"
        case unknownCurrency = "unknown_currency"
        case currencyMismatch = "currency_mismatch"
        case unknownLine = "unknown_line"
        case unknownGrade = "unknown_grade"
        case duplicateID = "duplicate_id"
        case noLines = "no_lines"
        case tooMany = "too_many"
        case discountAboveLine = "discount_above_line"
        case taxAboveLine = "tax_above_line"
        case quantityAboveSold = "quantity_above_sold"
        /// Another return holds the unit, or it was never sold.
        case unitUnavailable = "unit_unavailable"
        /// More was given back to a tender, or is on its way, than was captured from it.
        case tenderOverdrawn = "tender_overdrawn"
    }

    public let code: Code
    /// Where it is, as a path in the request, e.g. `order.lines[0].discount`.
    public let field: String
    /// A sentence that says what is wrong and what to do.
    public let message: String
    /// The values the field takes, where they are few.
    public let allowed: [String]?

    public init(_ code: Code, field: String, _ message: String, allowed: [String]? = nil) {
        self.code = code
        self.field = field
        self.message = message
        self.allowed = allowed
    }
}

/// Everything that is wrong with a refund request, in reading order; never empty.
public struct RefundProblems: Error, Hashable, Sendable {
    public let problems: [RefundProblem]

    public init(first: RefundProblem, further: [RefundProblem] = []) {
        problems = [first] + further
    }

    /// Nil when there are none.
    public init?(_ problems: [RefundProblem]) {
        guard !problems.isEmpty else { return nil }
        self.problems = problems
    }
}
