import Commerce
import Foundation

/// Which part of a list is asked for: `?limit=` and `?cursor=`.
struct PageRequest: Sendable, Equatable {
    static let limitDefault = 50
    static let limitMax = 250

    var limit: Int
    var after: Cursor?

    /// Failure: 422 naming the parameter.
    init(_ query: Query) throws(Problem) {
        limit = Self.limitDefault
        if let text = query.text("limit") {
            guard let number = Int(text), (1...Self.limitMax).contains(number) else {
                throw .invalid("limit", "It must be a number from 1 to \(Self.limitMax).")
            }
            limit = number
        }
        if let text = query.text("cursor") {
            guard let cursor = Cursor(text) else {
                throw .invalid("cursor", "It is not a cursor of this API; take next_cursor as it came.")
            }
            after = cursor
        }
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

/// A part of a list, and where the next begins.
struct Page<Item: Sendable>: Sendable {
    var items: [Item]
    var next: Cursor?

    /// Takes one row more than the limit as the sign that there is a next page.
    init(rows: [Item], limit: Int, cursor: (Item) -> Cursor) {
        items = Array(rows.prefix(limit))
        next = rows.count > limit ? items.last.map(cursor) : nil
    }

    /// A list that is never long enough for pages.
    init(all items: [Item]) {
        self.items = items
        next = nil
    }

    func json(_ item: (Item) throws -> JSON) rethrows -> JSON {
        ["data": .array(try items.map(item)), "next_cursor": .text(next?.description)]
    }
}
