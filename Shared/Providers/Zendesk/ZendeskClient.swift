import Commerce
import Foundation
import HTTPTransport

/// The tickets of one Zendesk account.
///
/// *Guarantees*: each call sends at most one comment, found again by its key before it is written.
/// *Not guaranteed*: Zendesk has no idempotency key for comments; a very late first request is found by its key only
/// once it has landed.
public struct ZendeskClient: Sendable {
    // LIMIT: the most Zendesk gives in one page.
    private static let pageSize = 100

    let settings: ZendeskSettings
    let link: ProviderLink
    /// For changes of tickets, which have a limit of their own.
    let updateLink: ProviderLink

    public init(settings: ZendeskSettings, http: any HTTPClient, gate: any ProviderGate) {
        self.settings = settings
        link = ProviderLink(http: http, gate: gate, lane: settings.lane, words: ZendeskErrorWords.read)
        updateLink = ProviderLink(http: http, gate: gate, lane: settings.updateLane, words: ZendeskErrorWords.read)
    }

    /// Failure: `refused("RecordNotFound")` when there is none.
    public func ticket(_ id: String) async throws(ProviderFailure) -> ZendeskTicket {
        try await link.send(request("GET", "\(Self.path(id)).json"), .read, as: TicketAnswer.self).ticket
    }

    /// A customer or agent. Failure: `refused("RecordNotFound")` when there is none.
    public func user(_ id: String) async throws(ProviderFailure) -> ZendeskUser {
        let path = "users/\(PercentEncoding.encode(id)).json"
        return try await link.send(request("GET", path), .read, as: UserAnswer.self).user
    }

    /// Tickets with our external id. The search knows a new ticket only after some seconds.
    public func tickets(externalID: String) async throws(ProviderFailure) -> [ZendeskTicket] {
        try await search("external_id", externalID).filter { $0.externalID == externalID }
    }

    /// Tickets of the customer with this address.
    public func tickets(requester email: String) async throws(ProviderFailure) -> [ZendeskTicket] {
        try await search("requester", email)
    }

    /// Every change of a ticket, oldest first.
    public func audits(of ticket: String) async throws(ProviderFailure) -> [ZendeskAudit] {
        var audits: [ZendeskAudit] = []
        var cursor: String?
        repeat {
            var query = [("page[size]", "\(Self.pageSize)")]
            if let cursor { query.append(("page[after]", cursor)) }
            let request = request("GET", "\(Self.path(ticket))/audits.json", query: query)
            let page = try await link.send(request, .read, as: AuditsAnswer.self)
            audits += page.audits
            cursor = page.next
        } while cursor != nil
        return audits
    }

    /// The probe after a lost answer: the change with our key; nil when there is none.
    public func audit(of ticket: String, key: String) async throws(ProviderFailure) -> ZendeskAudit? {
        try await audits(of: ticket).first { $0.key == key }
    }

    func request(
        _ method: String, _ path: String, query: [(String, String)] = [], body: [UInt8]? = nil,
        contentType: String = "application/json"
    ) -> HTTPRequest {
        let url = "\(settings.baseURL)/api/v2/\(path)\(PercentEncoding.query(query))"
        var headers = [("Authorization", authorization), ("Accept", "application/json")]
        if body != nil { headers.append(("Content-Type", contentType)) }
        return HTTPRequest(method: method, url: url, headers: headers, body: body)
    }

    static func path(_ ticket: String) -> String { "tickets/\(PercentEncoding.encode(ticket))" }

    /// WHY: the value is quoted, so that a text from outside is no search of its own.
    private func search(_ field: String, _ value: String) async throws(ProviderFailure) -> [ZendeskTicket] {
        let quoted = value.filter { $0 != "\"" && $0 != "\\" && !$0.isNewline }
        let query = [("query", "type:ticket \(field):\"\(quoted)\"")]
        return try await link.send(request("GET", "search.json", query: query), .read, as: SearchAnswer.self).results
    }

    private var authorization: String {
        "Basic " + Data("\(settings.email)/token:\(settings.apiToken)".utf8).base64EncodedString()
    }
}

struct TicketAnswer: Decodable {
    let ticket: ZendeskTicket
}

private struct UserAnswer: Decodable {
    let user: ZendeskUser
}

private struct SearchAnswer: Decodable {
    let results: [ZendeskTicket]
}

private struct AuditsAnswer: Decodable {
    let audits: [ZendeskAudit]
    let next: String?

    private enum CodingKeys: CodingKey { case audits, meta }

    private struct Meta: Decodable {
        let hasMore: Bool?
        let afterCursor: String?

        private enum CodingKeys: String, CodingKey {
            case hasMore = "has_more"
            case afterCursor = "after_cursor"
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        audits = try container.list(.audits)
        let meta = try container.decodeIfPresent(Meta.self, forKey: .meta)
        next = meta?.hasMore == true ? meta?.afterCursor : nil
    }
}
