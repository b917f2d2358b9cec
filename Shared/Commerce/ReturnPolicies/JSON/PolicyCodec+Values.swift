import Foundation

extension PolicyCodec where Value == ReturnPercent {
    /// A percentage, as text or number.
    static var percent: PolicyCodec {
        .mapping(
            .decimalText, orElse: .badPercentage,
            { "'\($0)' is no percentage; use 0 to 100 with at most \(ReturnPercent.scale) digits after the point." },
            read: { ReturnPercent($0) }, write: { $0.text }, shape: .decimal("a percentage such as \"12.5\""))
    }
}

extension PolicyCodec where Value == ReturnAmount {
    /// An amount of the policy's currency, not negative, as text or number.
    static var amount: PolicyCodec {
        .mapping(
            .decimalText, orElse: .badAmount, { "'\($0)' is no amount; use a decimal such as 7.95, not negative." },
            read: { ReturnAmount($0) }, write: { $0.text }, shape: .decimal("an amount such as \"7.95\""))
    }
}

extension PolicyCodec where Value == Duration {
    /// An ISO 8601 duration longer than nothing, e.g. `P3D`.
    static var duration: PolicyCodec {
        .mapping(
            .text, orElse: .badDuration, { "'\($0)' is no duration; use ISO 8601 such as P3D or PT12H, not zero." },
            read: { text in Duration(iso8601: text).flatMap { $0 > .zero ? $0 : nil } }, write: { $0.iso8601 },
            shape: .text("an ISO 8601 duration such as \"P3D\""))
    }
}

extension PolicyCodec where Value == ShopDay {
    /// A date such as `2026-11-01`.
    static var day: PolicyCodec {
        .mapping(
            .text, orElse: .badDate, { "'\($0)' is no date; use the form 2026-11-01." },
            read: { ShopDay($0) }, write: { $0.description }, shape: .text("a date such as \"2026-11-01\""))
    }
}

extension PolicyCodec where Value == Currency {
    static var currency: PolicyCodec {
        .mapping(
            .text, orElse: .unknownCurrency, { "Unknown currency '\($0)'; use an ISO 4217 code such as USD." },
            read: { Currency(code: $0) }, write: { $0.code }, shape: .text("an ISO 4217 code such as \"USD\""))
    }
}

extension PolicyCodec where Value == String {
    /// Two capital letters of ISO 3166-1.
    static var country: PolicyCodec {
        .mapping(
            .text, orElse: .badCountry, { "'\($0)' is no country; use two letters of ISO 3166-1 such as US." },
            read: { CountryCode.isWellFormed($0) ? $0 : nil }, write: { $0 },
            shape: .text("two letters of ISO 3166-1 such as \"US\""))
    }

    /// A name of the IANA time zone database, e.g. `America/New_York`.
    static var timeZone: PolicyCodec {
        .mapping(
            .text, orElse: .unknownTimeZone,
            { "Unknown time zone '\($0)'; use an IANA name such as America/New_York." },
            read: { TimeZone(identifier: $0) == nil ? nil : $0 }, write: { $0 },
            shape: .text("an IANA name such as \"America/New_York\""))
    }

    /// The digits of a decimal, whether they came as text or as number.
    static var decimalText: PolicyCodec {
        PolicyCodec(
            read: { json, readings in
                switch json {
                case .text(let text), .number(let text): return text
                default:
                    readings.reportKind("a decimal such as \"12.50\"", found: json)
                    return nil
                }
            },
            write: { .text($0) }, shape: .decimal("a decimal such as \"12.50\""))
    }
}
