import Foundation
import Testing

@testable import Postgres

@Suite("SQL interpolation")
struct SQLInterpolationTests {
    @Test("a value becomes a numbered, typed parameter and never text")
    func bindsValues() {
        let hostile = "'; DROP TABLE orders; --"
        let sql: SQL = "SELECT 1 FROM orders WHERE number = \(hostile) AND total > \(5)"
        #expect(sql.text == "SELECT 1 FROM orders WHERE number = $1 AND total > $2")
        #expect(sql.values.map(\.type) == [.text, .int8])
        #expect(sql.values[0].bytes == Array(hostile.utf8))
    }

    @Test("a nil keeps the type of what it could have been")
    func bindsNil() {
        let sql: SQL = "SELECT \(UUID?.none), \([String]?.none)"
        #expect(sql.values == [PostgresValue(type: .uuid, bytes: nil), PostgresValue(type: .textArray, bytes: nil)])
    }

    @Test("a spliced statement numbers its parameters on")
    func splicesFragments() {
        let inner: SQL = "b = \(2) OR c = \(3)"
        let sql: SQL = "SELECT * FROM t WHERE a = \(1) AND (\(inner)) AND d = \(4)"
        #expect(sql.text == "SELECT * FROM t WHERE a = $1 AND (b = $2 OR c = $3) AND d = $4")
        #expect(sql.values == [1, 2, 3, 4].map(\.postgresValue))
    }

    @Test("placeholders with several digits are spliced whole")
    func splicesManyParameters() {
        let fragment = (1...12).map { number -> SQL in "\(number)" }.joined(separator: ", ")
        let sql: SQL = "SELECT \(0), \(fragment)é"
        #expect(sql.text == "SELECT " + (1...13).map { "$\($0)" }.joined(separator: ", ") + "é")
        #expect(sql.values == (0...12).map(\.postgresValue))
    }

    @Test("raw text and quoted names are spliced as text")
    func splicesText() throws {
        let name = try #require(PostgresIdentifier("odd\"schema", "table"))
        let sql: SQL = "SELECT \(unsafeRaw: "now()") FROM \(identifier: name)"
        #expect(sql.text == "SELECT now() FROM \"odd\"\"schema\".\"table\"")
        #expect(sql.values.isEmpty)
    }

    @Test(
        "names the server would cut or cannot hold are refused",
        arguments: ["", String(repeating: "a", count: 64), "a\0b"])
    func refusesNames(_ name: String) {
        #expect(PostgresIdentifier(name) == nil)
    }
}
