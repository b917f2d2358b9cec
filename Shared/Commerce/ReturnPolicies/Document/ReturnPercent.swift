/// A percentage from 0 to 100, exact.
public struct ReturnPercent: Sendable {
    /// LIMIT: four digits are finer than any fee or grade that a shop states.
    public static let scale = 4

    /// As it was written, e.g. `12.5`.
    public let text: String
    /// In units of 10⁻⁴ of a percent.
    public let scaled: Int64

    /// Nil unless the text is a decimal from 0 to 100 with at most four digits after the point.
    public init?(_ text: String) {
        guard let scaled = try? FixedDecimal.parse(text, scale: Self.scale), (0...1_000_000).contains(scaled) else {
            return nil
        }
        // WHY: "-0" reads as zero, but nobody should meet it as a fee.
        guard text.first != "-" else { return nil }
        self.text = text
        self.scaled = scaled
    }

    private init(whole: Int64) {
        text = String(whole)
        scaled = whole * 10_000
    }

    public static let zero = ReturnPercent(whole: 0)
    public static let hundred = ReturnPercent(whole: 100)
}

extension ReturnPercent: Hashable {
    /// `12.50` is the same percentage as `12.5`.
    public static func == (left: ReturnPercent, right: ReturnPercent) -> Bool { left.scaled == right.scaled }

    public func hash(into hasher: inout Hasher) { hasher.combine(scaled) }
}

extension ReturnPercent: CustomStringConvertible {
    public var description: String { "\(text) %" }
}
