extension SQL: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) {
        self.init(text: value)
    }

    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var sql: SQL

        public init(literalCapacity: Int, interpolationCount: Int) {
            sql = SQL(text: "")
            sql.text.reserveCapacity(literalCapacity + interpolationCount * 3)
            sql.binds.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            sql.text += literal
        }

        /// Binds a value as a parameter.
        public mutating func appendInterpolation(_ value: some PostgresEncodable) {
            sql.append(value.postgresValue)
        }

        /// Binds a value or NULL.
        public mutating func appendInterpolation<T: PostgresEncodable>(_ value: T?) {
            sql.append(value.postgresValue)
        }

        /// Binds a parameter that is encoded already.
        public mutating func appendInterpolation(_ value: PostgresValue) {
            sql.append(value)
        }

        /// Splices another statement with its parameters.
        public mutating func appendInterpolation(_ fragment: SQL) {
            sql.append(fragment)
        }

        /// Splices a quoted name.
        public mutating func appendInterpolation(identifier: PostgresIdentifier) {
            sql.text += identifier.quoted
        }

        /// Splices text as it is. The caller vouches for it: never pass anything that came from outside.
        public mutating func appendInterpolation(unsafeRaw text: String) {
            sql.text += text
        }
    }
}
