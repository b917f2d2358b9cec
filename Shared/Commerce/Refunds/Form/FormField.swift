/// A field of a JSON form: what it should hold, or a note of what stood there instead.
///
/// Reading never fails for the wrong kind of value, so that everything wrong with a form can be told at once.
public enum FormField<Value: Codable & Hashable & Sendable>: Hashable, Sendable {
    /// Absent or null.
    case absent
    case value(Value)
    case other(FormKind)

    public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }
}

/// The kinds of JSON values.
public enum FormKind: String, Hashable, Sendable {
    case number, boolean, text, list, object
}

extension FormField: Codable {
    public init(from decoder: any Decoder) throws {
        if let value = try? Value(from: decoder) {
            self = .value(value)
            return
        }
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .absent : .other(FormKind(of: decoder))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}

extension FormKind {
    fileprivate init(of decoder: any Decoder) {
        if (try? decoder.unkeyedContainer()) != nil {
            self = .list
        } else if let container = try? decoder.singleValueContainer() {
            self = Self.scalar(in: container)
        } else {
            self = .object
        }
    }

    private static func scalar(in container: any SingleValueDecodingContainer) -> FormKind {
        if (try? container.decode(Bool.self)) != nil { return .boolean }
        if (try? container.decode(String.self)) != nil { return .text }
        return (try? container.decode(Double.self)) != nil ? .number : .object
    }
}

extension KeyedDecodingContainer {
    /// Preferred to the general `decode` for fields of forms, also by synthesised conformances: absent is no error.
    public func decode<Value>(_ type: FormField<Value>.Type, forKey key: Key) throws -> FormField<Value> {
        try decodeIfPresent(type, forKey: key) ?? .absent
    }
}

extension KeyedEncodingContainer {
    /// As for decoding: an absent field is left out.
    public mutating func encode<Value>(_ field: FormField<Value>, forKey key: Key) throws {
        if let value = field.value { try encode(value, forKey: key) }
    }
}
