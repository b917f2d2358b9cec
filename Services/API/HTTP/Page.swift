import Commerce
import Foundation
import ServiceKit

/// Which part of a list is asked for: `?limit=` and `?cursor=`.
struct PageRequest: Sendable, Equatable {
    static let limitDefault = 50
    static let limitMax = 250

    var limit: Int
    var after: Cursor?

    /// Failure: 422 naming the parameter.
    init(_ query: Query) throws(Problem) {
        limit = try Self.limit(query)
        after = try Self.cursor(query.text("cursor"))
    }

    static func limit(_ query: Query) throws(Problem) -> Int {
        guard let text = query.text("limit") else { return limitDefault }
        guard let number = Int(text), (1...limitMax).contains(number) else {
            throw .invalid("limit", "It must be a number from 1 to \(limitMax).")
        }
        return number
    }

    static func cursor<C: LosslessStringConvertible>(_ text: String?) throws(Problem) -> C? {
        guard let text else { return nil }
        guard let cursor = C(text) else {
            throw .invalid("cursor", "It is not a cursor of this API; take next_cursor as it came.")
        }
        return cursor
    }
}

/// Where the next page begins: after the row with this time and id. Opaque to callers.
struct Cursor: Sendable, Equatable {
    var time: Date
    var id: UUID
}

extension Cursor: LosslessStringConvertible {
    /// Times are kept to the microsecond, as the database has them.
    var description: String {
        let microseconds = Int64((time.timeIntervalSince1970 * 1_000_000).rounded())
        return Base64URL.encode(Array("\(microseconds).\(id.uuidString.lowercased())".utf8))
    }

    init?(_ text: String) {
        guard let bytes = Base64URL.decode(text) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ".")
        guard parts.count == 2, let microseconds = Int64(parts[0]), let id = UUID(uuidString: String(parts[1])) else {
            return nil
        }
        self.init(time: Date(timeIntervalSince1970: Double(microseconds) / 1_000_000), id: id)
    }
}

/// Where the next page of a list ordered by a row number begins. Opaque to callers.
struct NumberCursor: Sendable, Equatable, LosslessStringConvertible {
    var number: Int

    init(_ number: Int) { self.number = number }

    var description: String { Base64URL.encode(Array("#\(number)".utf8)) }

    init?(_ text: String) {
        guard let bytes = Base64URL.decode(text), bytes.first == UInt8(ascii: "#"),
            let number = Int(String(decoding: bytes.dropFirst(), as: UTF8.self))
        else { return nil }
        self.number = number
    }
}

/// A part of a list, and where the next begins.
struct Page<Item: Sendable>: Sendable {
    var items: [Item]
    var next: String?

    /// Takes one row more than the limit as the sign that there is a next page.
    init(rows: [Item], limit: Int, cursor: (Item) -> some LosslessStringConvertible) {
        items = Array(rows.prefix(limit))
        next = rows.count > limit ? items.last.map { cursor($0).description } : nil
    }

    /// A list that is never long enough for pages.
    init(all items: [Item]) {
        self.items = items
        next = nil
    }

    func json(_ item: (Item) throws -> JSON) rethrows -> JSON {
        ["data": .array(try items.map(item)), "next_cursor": .text(next)]
    }
}
