/// A type whose arrays can be bound and read.
public protocol PostgresArrayElement: PostgresEncodable, PostgresDecodable {
    /// The type of a whole array of this.
    static var postgresArrayType: PostgresType { get }

    static func postgresValue(ofArray elements: [Self]) -> PostgresValue
    static func array(postgres cell: PostgresCell) throws -> [Self]
}

extension PostgresArrayElement {
    public static func postgresValue(ofArray elements: [Self]) -> PostgresValue {
        PostgresValue(type: postgresArrayType, bytes: ArrayFormat.encode(elements))
    }

    public static func array(postgres cell: PostgresCell) throws -> [Self] {
        let bytes = try cell.nonNull(as: [Self].self)
        guard let elements = ArrayFormat.decode(bytes) else { throw cell.mismatch([Self].self) }
        return try elements.values.map { value in
            try Self(postgres: PostgresCell(type: elements.type, bytes: value, column: cell.column))
        }
    }
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    public static var postgresType: PostgresType { Element.postgresArrayType }
    public var postgresValue: PostgresValue { Element.postgresValue(ofArray: self) }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    public init(postgres cell: PostgresCell) throws {
        self = try Element.array(postgres: cell)
    }
}

extension Bool: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .boolArray }
}
extension Int: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .int8Array }
}
extension Int64: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .int8Array }
}
extension Int32: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .int4Array }
}
extension Double: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .float8Array }
}
extension String: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .textArray }
}
extension Duration: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .intervalArray }
}
extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
}
