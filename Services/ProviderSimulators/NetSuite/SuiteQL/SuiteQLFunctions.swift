import Foundation

/// The scalar functions of SuiteQL that callers use.
enum SuiteQLFunctions {
    /// nil when the function is unknown or its arguments do not fit.
    static func call(_ name: String, _ arguments: [SuiteQLValue]) -> SuiteQLValue? {
        switch (name, arguments.count) {
        case ("abs", 1): return arguments[0].number.map { .number(abs($0)) } ?? .null
        case ("lower", 1): return .optional(arguments[0].shown?.lowercased())
        case ("upper", 1): return .optional(arguments[0].shown?.uppercased())
        case ("length", 1): return arguments[0].shown.map { .number(Decimal($0.count)) } ?? .null
        case ("nvl", 2), ("coalesce", 1...): return arguments.first { !$0.isNull } ?? .null
        case ("concat", 2): return .text((arguments[0].shown ?? "") + (arguments[1].shown ?? ""))
        case ("to_number", 1): return arguments[0].number.map(SuiteQLValue.number) ?? .null
        case ("to_char", 1): return .optional(arguments[0].shown)
        case ("to_char", 2): return formatted(arguments[0], arguments[1].shown ?? "")
        case ("to_date", 2): return .date(arguments[0].shown ?? "")
        default: return nil
        }
    }

    /// Dates by `YYYY`, `MM`, `DD`; other values as they are.
    private static func formatted(_ value: SuiteQLValue, _ format: String) -> SuiteQLValue {
        guard case .date(let day) = value else { return .optional(value.shown) }
        let parts = day.split(separator: "-").map(String.init)
        guard parts.count == 3 else { return .text(day) }
        return .text(
            format.uppercased().replacing("YYYY", with: parts[0]).replacing("MM", with: parts[1])
                .replacing("DD", with: parts[2]))
    }
}
