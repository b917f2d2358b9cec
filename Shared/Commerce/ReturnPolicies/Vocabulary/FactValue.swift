/// What is known about a customer, an order, a product or a return, in one of the forms that conditions compare.
public enum FactValue: Hashable, Sendable {
    case text(String)
    case texts(Set<String>)
    /// A count, a day, or a decimal in units of 10⁻⁸.
    case number(Int64)
    case flag(Bool)
}

/// The facts at hand by the name of their condition field; what is not in it is not known.
public typealias FactTable = [String: FactValue]
