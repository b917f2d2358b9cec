import Commerce
import Foundation
import Messaging

/// A verb on all sagas that a filter finds: first how many they are, then, once that is confirmed, page by page.
///
/// Ctrl-C ends it after the page under way; what was sent is done.
struct SagaBulk: Sendable {
    let verb: String
    /// The verb's own members, the reason and the filter.
    let body: [String: JSONValue]
    /// The filter as people say it.
    let words: String
    let client: APIClient
    let printer: Printer

    // LIMIT: a second or two of work: progress moves, and Ctrl-C is soon heard.
    private static let pageSize: Decimal = 100

    func run(confirmed: Bool, expected: Int?) async throws {
        let preview = try await client.post("/sagas/bulk/\(verb)", body: .object(body))
        let found = try JSONDecoder().decode(Preview.self, from: Data(preview))
        guard found.matched > 0, let agreed = expected ?? (confirmed ? found.matched : nil) else {
            return printer.show(json: preview) { SagaBulkPicture.preview(found, verb, words, $0) }
        }
        let total = try await send(agreed, of: found.matched)
        try printer.show(json: total) { SagaBulkPicture.result(total, verb, $0) }
    }

    private func send(_ agreed: Int, of matched: Int) async throws -> Result {
        var total = Result(matched: agreed)
        var request = body
        request["limit"] = .number(Self.pageSize)
        request["expected"] = .number(Decimal(agreed))
        let progress = ProgressLine(isShown: !printer.isJSON)
        while true {
            let page = try JSONDecoder().decode(
                Result.self, from: Data(try await client.post("/sagas/bulk/\(verb)", body: .object(request))))
            total.add(page)
            progress.show("\(verb): \(total.sent) of \(agreed) sent, \(total.refused) refused")
            guard let cursor = page.nextCursor else { break }
            request["cursor"] = .string(cursor)
        }
        progress.clear()
        return total
    }

    struct Preview: Decodable, Sendable {
        var matched: Int
        var sample: [String]
    }

    struct Result: Codable, Sendable, Equatable {
        var matched: Int?
        var sent = 0
        var accepted = 0
        var refused = 0
        var pending = 0
        var refusals: [Refusal] = []
        var nextCursor: String?

        struct Refusal: Codable, Sendable, Equatable {
            var id: String
            var code: String
            var message: String
        }

        enum CodingKeys: String, CodingKey {
            case matched, sent, accepted, refused, pending, refusals
            case nextCursor = "next_cursor"
        }

        init(matched: Int) { self.matched = matched }

        mutating func add(_ page: Result) {
            sent += page.sent
            accepted += page.accepted
            refused += page.refused
            pending += page.pending
            refusals += page.refusals
        }
    }
}
