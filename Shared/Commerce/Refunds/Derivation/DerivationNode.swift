/// One value of a derivation: a literal, a figure that is derived elsewhere in the same derivation, or an operation.
public struct DerivationNode: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// A value of the request, or a constant.
        case literal
        /// The figure of this name.
        case reference
        case operation(DerivationOperation, [DerivationNode])
    }

    /// What the value is called; nil for constants and for steps within a figure.
    public let name: DerivationName?
    public let content: Content
    /// The value in major units of the currency; nil for references and steps read from JSON.
    public let value: Fraction?
    /// What decided the figure beside the arithmetic, e.g. `waived by rule vip`; for staff.
    public let note: String?

    public init(name: DerivationName?, content: Content, value: Fraction?, note: String? = nil) {
        self.name = name
        self.content = content
        self.value = value
        self.note = note
    }
}
