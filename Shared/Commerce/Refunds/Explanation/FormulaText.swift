/// Operations as people write them.
struct FormulaText {
    let values: [DerivationName: Fraction]
    let digits: Int

    func value(of name: DerivationName) -> String {
        (values[name]).map(amount) ?? "?"
    }

    /// How a figure is computed from the figures and literals below it.
    func formula(_ node: DerivationNode) -> String {
        guard case .operation(let operation, let operands) = node.content else { return operand(node) }
        return switch operation {
        case .sum: operands.map(operand).joined(separator: " + ")
        case .difference: joined(operands, " − ")
        case .product: operands.map(factor).joined(separator: " × ")
        case .share: operands.count == 3 ? share(operands.map(factor)) : "?"
        case .round: "round(\(operands.map(operand).joined(separator: ", ")))"
        case .least: "the smaller of \(operands.map(operand).joined(separator: " and "))"
        case .greatest: "the larger of \(operands.map(operand).joined(separator: " and "))"
        case .largestRemainder: split(operands)
        }
    }

    static func signed(_ decimal: String) -> String {
        decimal.hasPrefix("-") ? "−\(decimal.dropFirst())" : decimal
    }

    private func operand(_ node: DerivationNode) -> String {
        if case .operation = node.content, node.name == nil { return formula(node) }
        if case .literal = node.content { return node.value?.decimalString.map(Self.signed) ?? "?" }
        return node.name.map(value) ?? "?"
    }

    /// In brackets where a sign would be read wrongly.
    private func factor(_ node: DerivationNode) -> String {
        guard case .operation(let operation, _) = node.content, node.name == nil else { return operand(node) }
        return operation == .round ? operand(node) : "(\(operand(node)))"
    }

    private func joined(_ operands: [DerivationNode], _ sign: String) -> String {
        guard let first = operands.first else { return "0" }
        return ([operand(first)] + operands.dropFirst().map(factor)).joined(separator: sign)
    }

    private func share(_ factors: [String]) -> String {
        "\(factors[0]) × \(factors[1]) ÷ \(factors[2])"
    }

    private func split(_ operands: [DerivationNode]) -> String {
        guard operands.count > 2, let position = operands[0].value?.decimalString.flatMap(Int.init) else { return "?" }
        let weights = operands.dropFirst(2).map(operand).joined(separator: " : ")
        return "\(operand(operands[1])) split as \(weights), part \(position + 1)"
    }

    private func amount(_ value: Fraction) -> String {
        let rounded = try? value.rounded(digits: digits)
        return rounded?.decimalString.map(Self.signed) ?? "?"
    }
}
