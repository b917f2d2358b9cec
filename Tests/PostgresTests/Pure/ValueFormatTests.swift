import Foundation
import Testing

@testable import Postgres

@Suite("Binary values")
struct ValueFormatTests {
    private func cell(_ value: PostgresValue) -> PostgresCell {
        PostgresCell(type: value.type, bytes: value.bytes.map { $0[...] }, column: "value")
    }

    private func roundTrip<T: PostgresEncodable & PostgresDecodable>(_ value: T) throws -> T {
        try T(postgres: cell(value.postgresValue))
    }

    @Test("integers of all sizes come back", arguments: [Int64.min, -1, 0, 1, .max])
    func integers(_ number: Int64) throws {
        #expect(try roundTrip(number) == number)
        let small = Int32(truncatingIfNeeded: number)
        #expect(try roundTrip(small) == small)
    }

    @Test("dates come back to the microsecond", arguments: [0, -1_000_000_000.123456, 812_345_678.654321])
    func dates(_ seconds: Double) throws {
        let date = Date(timeIntervalSinceReferenceDate: seconds)
        let back = try roundTrip(date)
        #expect(abs(back.timeIntervalSince(date)) < 0.000_001)
        #expect(try roundTrip(back) == back)
    }

    @Test("2000-01-01 UTC is zero")
    func epoch() {
        let epoch = Date(timeIntervalSince1970: 946_684_800)
        #expect(epoch.postgresValue.bytes == [UInt8](repeating: 0, count: 8))
    }

    @Test("arrays come back, with NULLs, empty and nested bytes among them")
    func arrays() throws {
        #expect(try roundTrip([1, -2, .max]) == [1, -2, .max])
        #expect(try roundTrip([String]()) == [])
        #expect(try roundTrip(["a", nil, ""] as [String?]) == ["a", nil, ""])
        #expect(try roundTrip([0, 255, 7] as [UInt8]) == [0, 255, 7])
        #expect(try roundTrip([[1, 2], []] as [[UInt8]]) == [[1, 2], []])
        #expect(try roundTrip([true, false]) == [true, false])
    }

    @Test(
        "malformed arrays are refused", arguments: [[], [0, 0, 0, 1], [UInt8](repeating: 255, count: 24)] as [[UInt8]])
    func malformedArrays(_ bytes: [UInt8]) {
        let cell = PostgresCell(type: .int8Array, bytes: bytes[...], column: "value")
        #expect(throws: PostgresError.self) { try [Int](postgres: cell) }
    }

    @Test("NULL where a value is expected is refused, and an optional reads it")
    func nulls() throws {
        let null = PostgresCell(type: .text, bytes: nil, column: "name")
        #expect(throws: PostgresError.self) { try String(postgres: null) }
        #expect(try String?(postgres: null) == nil)
    }

    @Test("a number that does not fit is refused without naming it")
    func overflow() {
        let cell = cell(Int64(987_654_321_000).postgresValue)
        let error = #expect(throws: PostgresError.self) { try Int32(postgres: cell) }
        #expect(error?.code == .decoding)
        #expect(error?.description.contains("987654321") == false)
    }

    @Test("enumerations are their raw values")
    func rawValues() throws {
        #expect(try roundTrip(Color.red) == Color.red)
        #expect(Color.postgresType == .text)
        #expect(throws: PostgresError.self) { try Color(postgres: cell("blue".postgresValue)) }
    }

    private enum Color: String, PostgresEncodable, PostgresDecodable {
        case red
    }

    @Test("JSON keeps keys as declared and dates to the millisecond")
    func json() throws {
        struct Note: Codable, Equatable {
            let postedAt: Date
            let text: String
        }
        for millisecond in 0..<1_000 {
            let note = Note(
                postedAt: Date(timeIntervalSince1970: 1_790_000_000 + Double(millisecond) / 1_000), text: "é/")
            let json = try JSONB(encoding: note)
            #expect(json.text.contains("\"postedAt\":\"") && json.text.contains("é/"))
            let back = try roundTrip(json).decode(Note.self)
            #expect(abs(back.postedAt.timeIntervalSince(note.postedAt)) < 0.000_1)
        }
        let whole = JSONB(text: #"{"postedAt":"2026-01-02T03:04:05Z","text":""}"#)
        #expect(try whole.decode(Note.self).postedAt == Date(timeIntervalSince1970: 1_767_323_045))
    }
}
