import Commerce
import Foundation
import HTTPTransport

/// The tickets of one Gorgias account.
///
/// *Guarantees*: each call sends at most one message, found again by its key before it is posted.
/// *Not guaranteed*: Gorgias has no idempotency key, and changes of tags by others between our read and write are lost.
public struct GorgiasClient: Sendable {
    // LIMIT: the most Gorgias gives in one page.
    private static let pageSize = 100

    let settings: GorgiasSettings
    let link: ProviderLink

    public init(settings: GorgiasSettings, http: any HTTPClient, gate: any ProviderGate) {
        self.settings = settings
        link = ProviderLink(http: http, gate: gate, lane: settings.lane, words: GorgiasErrorWords.read)
    }

    /// Failure: `refused("not_found")` when there is none.
    public func ticket(_ id: String) async throws(ProviderFailure) -> GorgiasTicket {
        try await link.send(request("GET", Self.path(id)), .read, as: GorgiasTicket.self)
    }

    /// A page of tickets, those changed last first.
    public func tickets(after cursor: String? = nil) async throws(ProviderFailure) -> GorgiasPage<GorgiasTicket> {
        try await page("tickets", after: cursor, order: "updated_datetime:desc")
    }

    /// Every message of a ticket, oldest first.
    public func messages(of ticket: String) async throws(ProviderFailure) -> [GorgiasMessage] {
        var messages: [GorgiasMessage] = []
        var cursor: String?
        repeat {
            let page: GorgiasPage<GorgiasMessage> = try await page(
                "tickets/\(PercentEncoding.encode(ticket))/messages", after: cursor, order: "created_datetime:asc")
            messages += page.data
            cursor = page.next
        } while cursor != nil
        return messages
    }

    /// The probe after a lost answer: the message with our key; nil when there is none.
    public func message(of ticket: String, key: String) async throws(ProviderFailure) -> GorgiasMessage? {
        try await messages(of: ticket).first { $0.externalID == key }
    }

    func request(
        _ method: String, _ path: String, query: [(String, String)] = [], body: [UInt8]? = nil,
        contentType: String = "application/json"
    ) -> HTTPRequest {
        let url = "\(settings.baseURL)/api/\(path)\(PercentEncoding.query(query))"
        var headers = [("Authorization", authorization), ("Accept", "application/json")]
        if body != nil { headers.append(("Content-Type", contentType)) }
        return HTTPRequest(method: method, url: url, headers: headers, body: body)
    }

    static func path(_ ticket: String) -> String { "tickets/\(PercentEncoding.encode(ticket))" }

    private func page<Element: Decodable & Sendable>(
        _ path: String, after cursor: String?, order: String
    ) async throws(ProviderFailure) -> GorgiasPage<Element> {
        var query = [("limit", "\(Self.pageSize)"), ("order_by", order)]
        if let cursor { query.append(("cursor", cursor)) }
        return try await link.send(request("GET", path, query: query), .read, as: GorgiasPage<Element>.self)
    }

    private var authorization: String {
        "Basic " + Data("\(settings.username):\(settings.apiKey)".utf8).base64EncodedString()
    }
}

/// A part of a list.
public struct GorgiasPage<Element: Decodable & Sendable>: Sendable, Decodable {
    public let data: [Element]
    /// Where the list goes on; nil at its end.
    public let next: String?

    private enum CodingKeys: CodingKey { case data, meta }

    private struct Meta: Decodable {
        let nextCursor: String?

        private enum CodingKeys: String, CodingKey { case nextCursor = "next_cursor" }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        data = try container.list(.data)
        next = try container.decodeIfPresent(Meta.self, forKey: .meta)?.nextCursor
    }
}
