/// Why a derivation cannot be evaluated.
public enum DerivationError: Error, Hashable, Sendable {
    /// A figure is referred to before it is derived.
    case unknownFigure(DerivationName)
    /// Two figures have one name.
    case derivedTwice(DerivationName)
    /// An operation does not take these operands, or the value is too large.
    case arithmetic(MoneyError)
    /// A literal or a reference is incomplete.
    case malformed
}

extension Derivation {
    /// Computes every figure anew from the literals, whatever values the derivation states.
    public func evaluate() throws(DerivationError) -> [DerivationName: Fraction] {
        var evaluation = DerivationEvaluation(digits: digits)
        for figure in figures { _ = try evaluation.value(of: figure) }
        return evaluation.figures
    }

    /// The figures whose stated value is not what their operations give; empty for every derivation of ours.
    public func misstatedFigures() throws(DerivationError) -> [DerivationName] {
        var evaluation = DerivationEvaluation(digits: digits)
        for figure in figures { _ = try evaluation.value(of: figure) }
        return evaluation.misstated
    }
}

struct DerivationEvaluation {
    let digits: Int
    private(set) var figures: [DerivationName: Fraction] = [:]
    private(set) var misstated: [DerivationName] = []

    init(digits: Int) {
        self.digits = digits
    }

    mutating func value(of node: DerivationNode) throws(DerivationError) -> Fraction {
        switch node.content {
        case .literal:
            guard let value = node.value else { throw .malformed }
            return value
        case .reference:
            guard let name = node.name else { throw .malformed }
            guard let value = figures[name] else { throw .unknownFigure(name) }
            return value
        case .operation(let operation, let operands):
            let value = try applied(operation, operands)
            if let name = node.name { try record(value, of: name, stated: node.value) }
            return value
        }
    }

    private mutating func applied(
        _ operation: DerivationOperation, _ operands: [DerivationNode]
    ) throws(DerivationError) -> Fraction {
        var values: [Fraction] = []
        for operand in operands { values.append(try value(of: operand)) }
        do {
            return try operation.apply(values, digits: digits)
        } catch {
            throw .arithmetic(error)
        }
    }

    private mutating func record(
        _ value: Fraction, of name: DerivationName, stated: Fraction?
    ) throws(DerivationError) {
        guard figures.updateValue(value, forKey: name) == nil else { throw .derivedTwice(name) }
        if let stated, stated.reduced != value.reduced { misstated.append(name) }
    }
}
