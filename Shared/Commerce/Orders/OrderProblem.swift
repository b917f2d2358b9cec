/// One thing that keeps an order from being processed, and what to do about it.
public struct OrderProblem: Error, Hashable, Sendable, Codable {
    public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        case missingNumber = "missing_number"
        case unknownCurrency = "unknown_currency"
        case badAmount = "bad_amount"
        case missingAddress = "missing_address"
        case incompleteAddress = "incomplete_address"
        case badCountry = "bad_country"
        case noLines = "no_lines"
        case missingSKU = "missing_sku"
        case negativeQuantity = "negative_quantity"
        case badQuantity = "bad_quantity"
    }

    public let code: Code
    /// Where it is, as a JSON path in the order, e.g. `lines[1].quantity`.
    public let field: String
    /// A sentence that says what is wrong and what to do. Holds no personal data.
    public let message: String

    public init(_ code: Code, field: String, _ message: String) {
        self.code = code
        self.field = field
        self.message = message
    }
}
