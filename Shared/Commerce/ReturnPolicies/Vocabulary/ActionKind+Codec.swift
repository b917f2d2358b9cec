extension ActionKind {
    /// The value of an action in JSON.
    var codec: PolicyCodec<ActionValue> {
        switch self {
        case .flag: Self.wrap(.flag, { .flag($0) }) { if case .flag(let value) = $0 { value } else { nil } }
        case .notice: Self.noticeCodec
        case .text: Self.wrap(.text, { .text($0) }) { if case .text(let value) = $0 { value } else { nil } }
        case .methods:
            Self.wrap(.list(.choice), { .methods($0) }) { if case .methods(let value) = $0 { value } else { nil } }
        case .resolutions:
            Self.wrap(.list(.choice), { .resolutions($0) }) {
                if case .resolutions(let value) = $0 { value } else { nil }
            }
        case .processingEvent:
            Self.wrap(.choice, { .processingEvent($0) }) {
                if case .processingEvent(let value) = $0 { value } else { nil }
            }
        case .subscription:
            Self.wrap(.choice, { .subscription($0) }) {
                if case .subscription(let value) = $0 { value } else { nil }
            }
        case .originalShipping:
            Self.wrap(.choice, { .originalShipping($0) }) {
                if case .originalShipping(let value) = $0 { value } else { nil }
            }
        case .amount: Self.wrap(.amount, { .amount($0) }) { if case .amount(let value) = $0 { value } else { nil } }
        case .percent: Self.wrap(.percent, { .percent($0) }) { if case .percent(let value) = $0 { value } else { nil } }
        case .window:
            Self.wrap(.windowChange, { .window($0) }) { if case .window(let value) = $0 { value } else { nil } }
        case .bonus: Self.wrap(.bonus, { .bonus($0) }) { if case .bonus(let value) = $0 { value } else { nil } }
        }
    }

    private static func wrap<Value>(
        _ codec: PolicyCodec<Value>, _ make: @escaping @Sendable (Value) -> ActionValue,
        _ value: @escaping @Sendable (ActionValue) -> Value?
    ) -> PolicyCodec<ActionValue> {
        PolicyCodec(
            read: { codec.read($0, &$1).map(make) },
            write: { value($0).map(codec.write) ?? .null })
    }

    private static let noticeCodec = PolicyCodec<ActionValue>(
        read: { json, readings in
            switch json {
            case .flag(let flag): return .notice(flag, nil)
            case .text: return PolicyCodec.text.read(json, &readings).map { .notice(true, $0) }
            default:
                readings.reportKind("true, false or a sentence", found: json)
                return nil
            }
        },
        write: { value in
            switch value {
            case .notice(true, let sentence?): .text(sentence)
            case .notice(let flag, _): .flag(flag)
            default: .null
            }
        })
}

extension PolicyCodec where Value == WindowChange {
    /// A change of the window; a bare number of days changes the days alone.
    static var windowChange: PolicyCodec {
        PolicyCodec(
            read: { json, readings in
                if case .object = json { return WindowChange.form.read(json, &readings) }
                return PolicyCodec<Int>.windowDays.read(json, &readings).map { WindowChange(days: $0) }
            },
            write: { WindowChange.form.write($0).withoutNulls })
    }
}

extension PolicyJSON {
    /// The object without its members that are null.
    var withoutNulls: PolicyJSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.value != .null })
    }
}
