extension RefundRequestForm {
    public struct Line: Codable, Hashable, Sendable {
        public let id: FormField<String>
        public let sku: FormField<String>
        public let quantity: FormField<Int>
        public let unitPrice: FormField<String>
        public let discount: FormField<String>
        public let tax: FormField<String>

        enum CodingKeys: String, CodingKey {
            case id, sku, quantity, discount, tax
            case unitPrice = "unit_price"
        }
    }

    public struct Shipping: Codable, Hashable, Sendable {
        public let amount: FormField<String>
        public let tax: FormField<String>
        public let refunded: FormField<String>
    }

    public struct Payment: Codable, Hashable, Sendable {
        public let id: FormField<String>
        public let kind: FormField<String>
        public let captured: FormField<String>
        public let refunded: FormField<String>
        public let pending: FormField<String>
    }

    /// Units of a line: how many came back before, or how many come back now, in which grade and why.
    public struct ReturnedCount: Codable, Hashable, Sendable {
        public let lineID: FormField<String>
        public let quantity: FormField<Int>
        public let grade: FormField<String>
        public let reason: FormField<String>
        public let feesWaivedBy: FormField<String>
        public let kept: FormField<Kept>

        enum CodingKeys: String, CodingKey {
            case quantity, grade, reason, kept
            case lineID = "line_id"
            case feesWaivedBy = "fees_waived_by"
        }
    }

    /// Units that do not come back, the share of their price that is refunded, and what decided it.
    public struct Kept: Codable, Hashable, Sendable {
        public let percent: FormField<String>
        public let by: FormField<String>
    }

    public struct ExchangedLine: Codable, Hashable, Sendable {
        public let sku: FormField<String>
        public let quantity: FormField<Int>
        public let amount: FormField<String>
        public let tax: FormField<String>
    }
}
