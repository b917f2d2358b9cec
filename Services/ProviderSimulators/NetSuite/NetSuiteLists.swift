import Foundation

/// Lists of records: ids and links only, with a small search over body fields.
extension NetSuiteSimulator {
    mutating func listRecords(_ call: Call) throws -> SimulatedResponse {
        let request = call.request
        let page = try NetSuitePage(request)
        let query = try request.query("q").map(NetSuiteListQuery.init)
        let ids = try listed(call["type"]) { query?.admits($0) ?? true }
        let base = "\(request.origin)\(request.prefix)/record/v1/\(call["type"])"
        let entries = page.slice(ids).map { id -> JSON in
            ["links": [["rel": "self", "href": .string("\(base)/\(id)")]], "id": .string(String(id))]
        }
        return .json(page.envelope(entries, total: ids.count, url: base))
    }

    private func listed(_ type: String, _ admits: (JSONObject) -> Bool) throws -> [Int] {
        if type == "customer" { return customers.filter { admits($0.json().object ?? JSONObject()) }.map(\.id) }
        guard let type = NetSuiteRecordType(rawValue: type), type != .itemReceipt || hasAdvancedReceiving else {
            throw Self.unknownType(type)
        }
        return transactionIDs.compactMap { transactions[$0] }.filter { $0.type == type }
            .filter { admits(json($0, expanded: false, links: nil).object ?? JSONObject()) }.map(\.id)
    }
}

/// `limit` and `offset`, with the provider's rules, and the envelope of a page.
struct NetSuitePage: Sendable {
    // The provider's own bound and default.
    private static let limitMax = 1000

    let limit: Int
    let offset: Int

    init(_ request: SimulatedRequest) throws {
        limit = try Self.number(request, "limit", default: Self.limitMax)
        offset = try Self.number(request, "offset", default: 0)
        guard (1...Self.limitMax).contains(limit) else {
            throw Self.invalid("The limit must be between 1 and \(Self.limitMax).", "limit")
        }
        guard offset >= 0, offset % limit == 0 else {
            throw Self.invalid("Provided offset \(offset) is not divisible by page size \(limit).", "offset")
        }
    }

    func slice<Element>(_ all: [Element]) -> ArraySlice<Element> {
        all[min(offset, all.count)..<min(offset + limit, all.count)]
    }

    func envelope(_ items: [JSON], total: Int, url: String) -> JSON {
        let hasMore = offset + items.count < total
        var links: [JSON] = [link("self", offset, url)]
        if offset > 0 { links.append(link("previous", max(0, offset - limit), url)) }
        if hasMore {
            links.append(link("next", offset + limit, url))
            links.append(link("last", (total - 1) / limit * limit, url))
        }
        return [
            "links": .array(links), "count": .int(items.count), "hasMore": .bool(hasMore), "offset": .int(offset),
            "totalResults": .int(total), "items": .array(items),
        ]
    }

    private func link(_ relation: String, _ offset: Int, _ url: String) -> JSON {
        ["rel": .string(relation), "href": .string("\(url)?limit=\(limit)&offset=\(offset)")]
    }

    private static func number(_ request: SimulatedRequest, _ name: String, default value: Int) throws -> Int {
        guard let text = request.query(name) else { return value }
        guard let number = Int(text) else { throw invalid("The \(name) must be a whole number.", name) }
        return number
    }

    private static func invalid(_ detail: String, _ name: String) -> Refusal {
        Refusal(
            response: .json(
                [
                    "type": "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec10.4.1",
                    "title": "Bad Request", "status": 400,
                    "o:errorDetails": [
                        [
                            "detail": .string(detail), "o:errorCode": "INVALID_PARAMETER",
                            "o:errorQueryParam": .string(name),
                        ]
                    ],
                ], status: 400))
    }
}

/// `field OPERATOR value [AND …]` over body fields.
struct NetSuiteListQuery: Sendable {
    private struct Condition: Sendable {
        var field: String
        var test: String
        var value: String
    }

    private let conditions: [Condition]

    init(_ text: String) throws {
        conditions = try text.split(separator: " AND ").map { part in
            let words = part.split(separator: " ", maxSplits: 2).map(String.init)
            guard words.count == 3 || (words.count == 2 && words[1] == "EMPTY"),
                ["IS", "IS_NOT", "EQUAL", "CONTAIN", "START_WITH", "EMPTY"].contains(words[1])
            else { throw Refusal.netsuite(400, "INVALID_PARAMETER", "Invalid search query: \(part).") }
            let value = words.count == 3 ? words[2].trimmingCharacters(in: CharacterSet(charactersIn: "\"")) : ""
            return Condition(field: words[0], test: words[1], value: value)
        }
    }

    func admits(_ object: JSONObject) -> Bool {
        conditions.allSatisfy { condition in
            let text = Self.text(object[condition.field]).lowercased()
            let value = condition.value.lowercased()
            switch condition.test {
            case "IS", "EQUAL": return text == value
            case "IS_NOT": return text != value
            case "CONTAIN": return text.contains(value)
            case "START_WITH": return text.hasPrefix(value)
            default: return text.isEmpty
            }
        }
    }

    private static func text(_ json: JSON?) -> String {
        guard let json else { return "" }
        if let flag = json.bool { return flag ? "true" : "false" }
        return json.scalarText ?? json["id"].scalarText ?? ""
    }
}
