/// `interval`, for spans that are added to the server's `now()`; sent as microseconds.
extension Duration: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .interval }

    public var postgresValue: PostgresValue {
        let days = Int32(0), months = Int32(0)
        return PostgresValue(
            type: .interval, bytes: microseconds.bigEndianBytes + days.bigEndianBytes + months.bigEndianBytes)
    }

    private var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }

    /// Reads an interval without months, a day being 24 h; months have no fixed length and are refused.
    public init(postgres cell: PostgresCell) throws {
        let bytes = try cell.nonNull(as: Duration.self)
        guard cell.type == .interval, bytes.count == 16,
            let microseconds = Int64(bigEndianBytes: bytes.prefix(8)),
            let days = Int32(bigEndianBytes: bytes.dropFirst(8).prefix(4)),
            Int32(bigEndianBytes: bytes.suffix(4)) == 0
        else { throw cell.mismatch(Duration.self) }
        self = .microseconds(microseconds) + .seconds(Int64(days) * 86_400)
    }
}
