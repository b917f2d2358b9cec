import Commerce
import Foundation

/// Makes a value of any decodable type, so that a saga can be driven whose replies nobody wrote down.
///
/// Numbers are 1, lists have one element, optionals are absent. A type that takes only certain texts gets the first of a
/// few that it accepts; one of a closed set gets its first case. Where that does not do, a type conforms to ``Sampled``.
enum SampleValue {
    static func make<Value: Decodable>(_: Value.Type) throws -> Value {
        try SampleDecoder(codingPath: [], text: 0).sample(Value.self)
    }
}

/// A type whose samples cannot be made up.
public protocol Sampled {
    static var sample: Self { get }
}

private struct SampleDecoder: Decoder {
    let codingPath: [any CodingKey]
    /// Which of the texts a single value is read as.
    let text: Int
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static let texts: [String] = {
        let digits = "0192f0c1a2b37c4d8e9fa0b1c2d3e4f5"
        let ids = [
            "ws", "ord", "shp", "ret", "rfd", "tkt", "whk", "sag", "po", "wty", "run", "apr", "key", "dlq", "rcv",
        ]
        return ["sample", "1", "1.00", "USD", "2026-03-04T10:15:30.000Z", "0192f0c1-a2b3-7c4d-8e9f-a0b1c2d3e4f5"]
            + ids.map { "\($0)_\(digits)" }
    }()

    func sample<Value: Decodable>(_: Value.Type) throws -> Value {
        if let sampled = (Value.self as? any Sampled.Type)?.sample as? Value { return sampled }
        if let first = (Value.self as? any CaseIterable.Type)?.first as? Value { return first }
        if let date = Date(timeIntervalSince1970: 1_772_619_330) as? Value { return date }
        var failure: (any Error)?
        for index in Self.texts.indices {
            do {
                return try Value(from: SampleDecoder(codingPath: codingPath, text: index))
            } catch {
                failure = failure ?? error
            }
        }
        throw failure ?? DecodingError.dataCorrupted(.init(codingPath: codingPath, debugDescription: "no sample"))
    }

    func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(SampleFields<Key>(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { SampleElements(decoder: self) }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { SampleScalar(decoder: self) }

    func within(_ key: (any CodingKey)?) -> SampleDecoder {
        SampleDecoder(codingPath: codingPath + (key.map { [$0] } ?? []), text: text)
    }
}

extension CaseIterable {
    fileprivate static var first: Any? { allCases.first }
}

private struct SampleScalar: SingleValueDecodingContainer {
    let decoder: SampleDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { false }
    func decode(_: Bool.Type) throws -> Bool { true }
    func decode(_: String.Type) throws -> String { SampleDecoder.texts[decoder.text] }
    func decode(_: Double.Type) throws -> Double { 1 }
    func decode(_: Float.Type) throws -> Float { 1 }
    func decode<Number: FixedWidthInteger & Decodable>(_: Number.Type) throws -> Number { 1 }
    func decode<Value: Decodable>(_: Value.Type) throws -> Value { try decoder.sample(Value.self) }
}

private struct SampleFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: SampleDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { [] }

    private func scalar(_ key: Key) -> SampleScalar { SampleScalar(decoder: decoder.within(key)) }

    func contains(_: Key) -> Bool { true }
    func decodeNil(forKey: Key) throws -> Bool { true }
    func decode(_: Bool.Type, forKey key: Key) throws -> Bool { true }
    func decode(_: String.Type, forKey key: Key) throws -> String { try scalar(key).decode(String.self) }
    func decode(_: Double.Type, forKey key: Key) throws -> Double { 1 }
    func decode(_: Float.Type, forKey key: Key) throws -> Float { 1 }
    func decode<Number: FixedWidthInteger & Decodable>(_: Number.Type, forKey: Key) throws -> Number { 1 }
    func decode<Value: Decodable>(_: Value.Type, forKey key: Key) throws -> Value {
        try decoder.within(key).sample(Value.self)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder.within(key).container(keyedBy: Nested.self)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder.within(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { decoder.within(key) }
}

private struct SampleElements: UnkeyedDecodingContainer {
    let decoder: SampleDecoder
    var currentIndex = 0
    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex >= 1 }

    init(decoder: SampleDecoder) {
        self.decoder = decoder
    }

    private mutating func next() -> SampleScalar {
        currentIndex += 1
        return SampleScalar(decoder: decoder)
    }

    mutating func decodeNil() throws -> Bool { false }
    mutating func decode(_: Bool.Type) throws -> Bool { try next().decode(Bool.self) }
    mutating func decode(_: String.Type) throws -> String { try next().decode(String.self) }
    mutating func decode(_: Double.Type) throws -> Double { try next().decode(Double.self) }
    mutating func decode(_: Float.Type) throws -> Float { try next().decode(Float.self) }
    mutating func decode<Number: FixedWidthInteger & Decodable>(_: Number.Type) throws -> Number {
        try next().decode(Number.self)
    }
    mutating func decode<Value: Decodable>(_: Value.Type) throws -> Value { try next().decode(Value.self) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        currentIndex += 1
        return try decoder.container(keyedBy: Nested.self)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        currentIndex += 1
        return try decoder.unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { decoder }
}
