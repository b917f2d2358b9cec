import Foundation

/// `timestamptz`: microseconds since 2000-01-01 UTC.
///
/// A date is rounded to the microsecond; `infinity` is read as the distant future or past.
extension Date: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .timestamptz }

    /// From 2000-01-01, the server's epoch, to 2001-01-01, Foundation's.
    private static let epochShift: TimeInterval = 31_622_400

    public var postgresValue: PostgresValue {
        PostgresValue(type: .timestamptz, integer: microsecondsSinceServerEpoch)
    }

    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        bytes.append(bigEndianBytesOf: microsecondsSinceServerEpoch)
        return true
    }

    private var microsecondsSinceServerEpoch: Int64 {
        let microseconds = ((timeIntervalSinceReferenceDate + Self.epochShift) * 1_000_000).rounded()
        return Int64(exactly: microseconds) ?? (microseconds < 0 ? .min : .max)
    }

    /// Reads `timestamptz`, and `timestamp` and `date` as UTC.
    public init(postgres cell: PostgresCell) throws {
        let bytes = try cell.nonNull(as: Date.self)
        switch cell.type {
        case .timestamptz, .timestamp:
            guard let microseconds = Int64(bigEndianBytes: bytes) else { throw cell.mismatch(Date.self) }
            self.init(microsecondsSinceServerEpoch: microseconds)
        case .date:
            guard let days = Int32(bigEndianBytes: bytes) else { throw cell.mismatch(Date.self) }
            self.init(timeIntervalSinceReferenceDate: Double(days) * 86_400 - Self.epochShift)
        default:
            throw cell.mismatch(Date.self)
        }
    }

    private init(microsecondsSinceServerEpoch microseconds: Int64) {
        switch microseconds {
        case .max: self = .distantFuture
        case .min: self = .distantPast
        default: self.init(timeIntervalSinceReferenceDate: Double(microseconds) / 1_000_000 - Self.epochShift)
        }
    }
}
