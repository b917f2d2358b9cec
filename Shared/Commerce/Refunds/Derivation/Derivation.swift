/// How the figures of a refund come about: for each figure a tree of named operations over literals.
///
/// A figure is written out where it is needed first and referred to by name from then on, so that the whole is one tree
/// that is read, and evaluated, from the first figure to the last. Amounts are in major units of the currency.
///
/// In JSON, shortened: `{"version":1,"currency":"USD","digits":2,"figures":[{"figure":"lines[0].amount",
/// "value":"16.89","op":"difference","of":[…]},…,{"figure":"tenders[0].amount","value":"8.94",
/// "op":"largest_remainder","of":[{"value":"0"},{"figure":"total"},{"figure":"order.tenders[0].room"}]}]}`. The nodes are
/// described at `DerivationNode`, the operations at `DerivationOperation`. A new operation, or another meaning of one,
/// is a new version.
public struct Derivation: Hashable, Sendable, Codable {
    /// The version of this form.
    public let version: Int
    public let currency: Currency
    /// The digits to which `round` rounds.
    public let digits: Int
    /// The figures in the order of the answer.
    public let figures: [DerivationNode]

    /// Writes every named figure out once; `figures` may share nodes freely.
    public init(currency: Currency, figures: [DerivationNode]) {
        version = 1
        self.currency = currency
        digits = currency.exponent
        var written = Set<DerivationName>(minimumCapacity: 32)
        self.figures = figures.map { $0.writtenOnce(&written) }
    }
}

extension DerivationNode {
    fileprivate func writtenOnce(_ written: inout Set<DerivationName>) -> DerivationNode {
        guard case .operation(let operation, let operands) = content else { return self }
        if let name, written.contains(name) { return DerivationNode(name: name, content: .reference, value: nil) }
        let operandsOnce = operands.map { $0.writtenOnce(&written) }
        if let name { written.insert(name) }
        return DerivationNode(name: name, content: .operation(operation, operandsOnce), value: value, note: note)
    }
}
