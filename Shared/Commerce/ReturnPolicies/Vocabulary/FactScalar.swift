/// One value that a condition compares with: a word or a number in the units of its kind.
public enum FactScalar: Hashable, Sendable {
    case text(String)
    case number(Int64)
    case flag(Bool)
}

extension FactKind {
    /// One value of this kind in JSON.
    var scalar: PolicyCodec<FactScalar> {
        switch self {
        case .text(let choices): Self.word(choices)
        case .code, .texts: Self.word(nil)
        case .count: Self.number(.whole(0...Int(Int32.max)), read: { Int64($0) }, write: { Int($0) })
        case .amount: Self.number(.amount, read: \.scaled, write: Self.amount)
        case .percent: Self.number(.percent, read: { $0.scaled * Self.percentUnit }, write: Self.percent)
        case .day: Self.number(.day, read: { Int64($0.number) }, write: { ShopDay(number: Int($0)) })
        case .flag:
            PolicyCodec(
                read: { PolicyCodec.flag.read($0, &$1).map { .flag($0) } },
                write: { $0 == .flag(true) ? .flag(true) : .flag(false) })
        }
    }

    /// The value as a person reads it.
    func text(of scalar: FactScalar) -> String {
        switch self.scalar.write(scalar) {
        case .text(let text), .number(let text): text
        case .flag(let flag): flag ? "true" : "false"
        case .null, .list, .object: ""
        }
    }

    private static let percentUnit = decimalUnit / 10_000

    private static func amount(_ number: Int64) -> ReturnAmount {
        ReturnAmount(FixedDecimal.format(number, scale: ReturnAmount.scale, digitsMin: 2)) ?? .zero
    }

    private static func percent(_ number: Int64) -> ReturnPercent {
        ReturnPercent(FixedDecimal.format(number / percentUnit, scale: ReturnPercent.scale, digitsMin: 0)) ?? .zero
    }

    private static func number<Source>(
        _ codec: PolicyCodec<Source>, read: @escaping @Sendable (Source) -> Int64,
        write: @escaping @Sendable (Int64) -> Source
    ) -> PolicyCodec<FactScalar> {
        PolicyCodec(
            read: { json, readings in codec.read(json, &readings).map { .number(read($0)) } },
            write: { scalar in
                guard case .number(let number) = scalar else { return .null }
                return codec.write(write(number))
            })
    }

    private static func word(_ choices: [String]?) -> PolicyCodec<FactScalar> {
        PolicyCodec(
            read: { json, readings in
                guard let text = PolicyCodec.text.read(json, &readings) else { return nil }
                if let choices, !choices.contains(text.lowercased()) {
                    let hint = NearestName.hint(text, among: choices)
                    readings.report(.unknownChoice, "'\(text)' is none of \(choices.joined(separator: ", "))\(hint)")
                    return nil
                }
                return .text(text)
            },
            write: { scalar in
                guard case .text(let text) = scalar else { return .null }
                return .text(text)
            })
    }
}
