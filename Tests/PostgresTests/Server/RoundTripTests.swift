import Foundation
import Postgres
import Testing

@Suite("Values through the server", .enabled(if: TestServer.isAvailable))
struct RoundTripTests {
    private func expectRoundTrip<T: PostgresEncodable & PostgresDecodable & Equatable>(
        _ values: T..., location: SourceLocation = #_sourceLocation
    ) async throws {
        let pool = try TestServer.makePool(size: 1)
        for value in values {
            let row = try await pool.query("SELECT \(value) AS value, \(T?.none) AS missing")[0]
            #expect(try row("value", as: T.self) == value, sourceLocation: location)
            #expect(try row("missing", as: T?.self) == nil, sourceLocation: location)
        }
        await pool.close()
    }

    @Test("numbers, truth and text come back")
    func scalars() async throws {
        try await expectRoundTrip(true, false)
        try await expectRoundTrip(Int.min, -1, 0, .max)
        try await expectRoundTrip(Int64.min, .max)
        try await expectRoundTrip(Int32.min, .max)
        try await expectRoundTrip(Int16.min, .max)
        try await expectRoundTrip(0.1, -Double.infinity, Double.greatestFiniteMagnitude)
        try await expectRoundTrip("", "héllo", "日本\n\"'\\ $1", String(repeating: "x", count: 100_000))
    }

    @Test("identifiers, dates, spans and bytes come back")
    func others() async throws {
        try await expectRoundTrip(UUID())
        try await expectRoundTrip(Date(timeIntervalSince1970: 1_790_000_000.123456), .distantPast)
        try await expectRoundTrip(Duration.milliseconds(90_061_001), .seconds(-5))
        try await expectRoundTrip([], [0, 1, 255] as [UInt8])
    }

    @Test("arrays come back")
    func arrays() async throws {
        try await expectRoundTrip([], [true, false])
        try await expectRoundTrip([], [Int.min, 0, .max])
        try await expectRoundTrip([Int64(7)])
        try await expectRoundTrip([Int32(7)])
        try await expectRoundTrip([1.5])
        try await expectRoundTrip([], ["", "a,b", "{}", "\"", "NULL"])
        try await expectRoundTrip(["a", nil, "c"] as [String?])
        try await expectRoundTrip([UUID(), UUID()])
        try await expectRoundTrip([Date(timeIntervalSince1970: 1_790_000_000)])
        try await expectRoundTrip([[1, 2], []] as [[UInt8]])
        try await expectRoundTrip([.seconds(1)] as [Duration])
    }

    @Test("JSON documents come back, alone and in arrays")
    func json() async throws {
        struct Document: Codable, Equatable {
            let orderNumber: String
            let at: Date
        }
        let document = Document(orderNumber: "é-1", at: Date(timeIntervalSince1970: 1_790_000_000.5))
        let pool = try TestServer.makePool(size: 1)
        let json = try JSONB(encoding: document)
        let row = try await pool.query(
            "SELECT \(json) AS one, \([json, json]) AS many, \(json)->>'orderNumber' AS number")[0]
        #expect(try row("one", as: JSONB.self).decode(Document.self) == document)
        #expect(try row("many", as: [JSONB].self).map { try $0.decode(Document.self) } == [document, document])
        #expect(try row("number") == "é-1")
        await pool.close()
    }

    @Test(
        "numerics are read as the server writes them",
        arguments: ["0", "0.00", "1", "-1.50", "10000", "12345678.9", "0.0001", "0.00001", "99999999999999999999.99"])
    func numerics(_ text: String) async throws {
        let pool = try TestServer.makePool(size: 1)
        #expect(try await pool.query("SELECT \(text)::text::numeric")[0](0, as: String.self) == text)
        await pool.close()
    }

    @Test("sums, counts and other types of the server are read")
    func serverTypes() async throws {
        let pool = try TestServer.makePool(size: 1)
        let row = try await pool.query(
            """
            SELECT sum(n) AS total, 'x'::name AS name, 'ab'::varchar(5) AS short, DATE '2000-01-02' AS day,
                   2::smallint AS small, 1.5::real AS real, TIMESTAMP '2000-01-01 00:00:01' AS local,
                   '{"a":1}'::json AS json
            FROM unnest(\([1, 2, 10_000])) AS n
            """)[0]
        #expect(try row("total", as: Int.self) == 10_003)
        #expect(try row("name") == "x")
        #expect(try row("short") == "ab")
        #expect(try row("day") == Date(timeIntervalSince1970: 946_771_200))
        #expect(try row("small") == 2)
        #expect(try row("real") == 1.5)
        #expect(try row("local") == Date(timeIntervalSince1970: 946_684_801))
        #expect(try row("json", as: JSONB.self).text == #"{"a":1}"#)
        await pool.close()
    }

    @Test("a column that is not there is refused by name")
    func unknownColumn() async throws {
        let pool = try TestServer.makePool(size: 1)
        let row = try await pool.query("SELECT 1 AS one")[0]
        let error = #expect(throws: PostgresError.self) { try row("two", as: Int.self) }
        #expect(error?.message.contains("two") == true)
        await pool.close()
    }

    @Test("execute counts the rows it changed")
    func affected() async throws {
        try await TestServer.withTable { pool, table in
            let inserted = try await pool.execute("INSERT INTO \(table) (id) SELECT generate_series(1, 7)")
            let deleted = try await pool.execute("DELETE FROM \(table) WHERE id > \(5)")
            #expect(inserted == 7)
            #expect(deleted == 2)
        }
    }
}
