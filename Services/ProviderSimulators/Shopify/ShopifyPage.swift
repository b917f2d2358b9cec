import Foundation

/// Which part of a list is asked for: fresh filters, or a cursor that carries them.
struct ShopifyPage: Sendable {
    private enum Position: Sendable {
        case start
        case after(Int)
        case before(Int)
    }

    let filters: [String: String]
    private let position: Position

    /// A cursor may be accompanied by `limit` and `fields` only.
    init(_ request: SimulatedRequest) throws {
        let given = request.query.filter { !["limit", "fields", "page_info"].contains($0.name) }
        if let extra = given.first(where: { $0.name == "page" })
            ?? (request.query("page_info") == nil ? nil : given.first)
        {
            throw Refusal.shopify(field: extra.name, "cannot be passed with page_info or as a page number", status: 400)
        }
        if let cursor = request.query("page_info") {
            (filters, position) = try Self.decode(cursor)
        } else {
            filters = Dictionary(given.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
            position = .start
        }
    }

    func range(in ids: [Int], limit: Int) -> Range<Int> {
        switch position {
        case .start: return 0..<min(limit, ids.count)
        case .after(let id):
            let start = ids.firstIndex(of: id).map { $0 + 1 } ?? ids.count
            return start..<min(start + limit, ids.count)
        case .before(let id):
            let end = ids.firstIndex(of: id) ?? 0
            return max(0, end - limit)..<end
        }
    }

    /// The `Link` header; empty when the whole list is shown.
    func links(_ ids: [Int], showing range: Range<Int>, limit: Int, request: SimulatedRequest) -> String {
        var links: [String] = []
        if range.lowerBound > 0, range.lowerBound < ids.count {
            links.append(link(.before(ids[range.lowerBound]), "previous", limit, request))
        }
        if range.upperBound < ids.count, range.upperBound > 0 {
            links.append(link(.after(ids[range.upperBound - 1]), "next", limit, request))
        }
        return links.joined(separator: ", ")
    }

    private func link(_ position: Position, _ relation: String, _ limit: Int, _ request: SimulatedRequest) -> String {
        let fields = request.query("fields").map { "&fields=\(PercentEncoding.encode($0))" } ?? ""
        let url = "\(request.origin)\(request.fullPath)?limit=\(limit)\(fields)&page_info=\(encode(position))"
        return "<\(url)>; rel=\"\(relation)\""
    }

    private func encode(_ position: Position) -> String {
        let (direction, id) =
            switch position {
            case .start: ("next", 0)
            case .after(let id): ("next", id)
            case .before(let id): ("prev", id)
            }
        let filters = JSONObject(filters.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        let cursor: JSON = ["direction": .string(direction), "last_id": .int(id), "filters": .object(filters)]
        return Data(cursor.bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func decode(_ cursor: String) throws -> ([String: String], Position) {
        let padded = cursor.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - padded.count % 4) % 4)
        guard let data = Data(base64Encoded: padded + padding), let json = try? JSONParser.parse(Array(data)),
            let id = json["last_id"].int, let filters = json["filters"].object
        else { throw Refusal.shopify(field: "page_info", "Invalid value.", status: 400) }
        let pairs = filters.members.compactMap { member in member.value.string.map { (member.key, $0) } }
        let position: Position = json["direction"].string == "prev" ? .before(id) : .after(id)
        return (Dictionary(pairs, uniquingKeysWith: { $1 }), position)
    }
}
