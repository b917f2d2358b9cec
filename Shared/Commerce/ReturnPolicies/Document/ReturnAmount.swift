/// An amount, not negative, in whatever currency the policy or the order has.
public struct ReturnAmount: Sendable {
    /// LIMIT: as many digits as a unit price has; how many the currency allows is judged where it is known.
    public static let scale = UnitPrice.scale

    /// As it was written, e.g. `7.95`.
    public let text: String
    /// In units of 10⁻⁸ of the major unit.
    public let scaled: Int64

    /// Nil unless the text is a decimal, not negative, with at most eight digits after the point.
    public init?(_ text: String) {
        guard text.first != "-", let scaled = try? FixedDecimal.parse(text, scale: Self.scale) else { return nil }
        self.text = text
        self.scaled = scaled
    }

    private init(zero text: String) {
        self.text = text
        scaled = 0
    }

    public static let zero = ReturnAmount(zero: "0")

    /// The amount in a currency; nil when it has more digits than the currency.
    public func money(in currency: Currency) -> Money? {
        try? Money(decimal: text, currency: currency)
    }
}

extension ReturnAmount: Hashable {
    /// `7.50` is the same amount as `7.5`.
    public static func == (left: ReturnAmount, right: ReturnAmount) -> Bool { left.scaled == right.scaled }

    public func hash(into hasher: inout Hasher) { hasher.combine(scaled) }
}

extension ReturnAmount: CustomStringConvertible {
    public var description: String { text }
}
