import Commerce
import HTTPTransport

/// SuiteTalk REST of one account: records and SuiteQL.
///
/// *Guarantees*: each request is signed anew; each call sends at most one write.
/// *Not guaranteed*: what others call with the same account; calls beyond its concurrency come back as `transient`.
public struct NetSuiteClient: Sendable {
    // LIMIT: writes of 2 to 10 s are normal at NetSuite, and its own advice is to allow a minute.
    private static let timeout: Duration = .seconds(60)

    let settings: NetSuiteSettings
    private let link: ProviderLink
    private let signer: NetSuiteSigner

    public init(
        settings: NetSuiteSettings, http: any HTTPClient, gate: any ProviderGate, signer: NetSuiteSigner = .live
    ) {
        self.settings = settings
        self.signer = signer
        link = ProviderLink(
            http: http, gate: gate, lane: settings.lane, words: NetSuiteErrorWords.read,
            exception: NetSuiteErrorWords.exception)
    }

    func get<Answer: Decodable>(_ path: String, as type: Answer.Type) async throws(ProviderFailure) -> Answer {
        try await link.send(request("GET", path), .read, as: type)
    }

    func patch(_ path: String, _ change: some Encodable) async throws(ProviderFailure) {
        let body = try ProviderJSON.encode(change)
        _ = try await link.send(request("PATCH", path, body: body), .write)
    }

    /// A query sent as POST: it changes nothing.
    func query<Answer: Decodable>(
        _ path: String, _ body: some Encodable, as type: Answer.Type
    ) async throws(ProviderFailure) -> Answer {
        let body = try ProviderJSON.encode(body)
        return try await link.send(
            request("POST", path, body: body, headers: [("Prefer", "transient")]), .read, as: type)
    }

    /// Creates a record with an external id. When NetSuite refuses, the record may be there from an earlier sending: it
    /// is looked up whatever the words, because a transformation is also refused for want of anything left to do.
    ///
    /// - Parameters:
    ///   - path: where to post: the record type, or a transformation into it.
    ///   - type: the record type that is created, to find it by its external id.
    func create(
        _ path: String, _ record: some Encodable, type: String, externalID: String
    ) async throws(ProviderFailure) -> NetSuiteCreation {
        let body = try ProviderJSON.encode(record)
        do {
            let response = try await link.send(request("POST", path, body: body), .write)
            if let id = Self.id(inLocation: response.header("Location")) { return .created(id) }
        } catch {
            guard case .refused = error, let id = try await find(type, externalID: externalID) else { throw error }
            return .existed(id)
        }
        // WHY: without a location the record is there all the same, and the external id leads to it.
        guard let id = try await find(type, externalID: externalID) else { throw .malformedAnswer(.write) }
        return .created(id)
    }

    /// The internal id of a record by its external id; nil when there is none.
    func find(_ type: String, externalID: String) async throws(ProviderFailure) -> String? {
        do {
            return try await get(Self.path(type, externalID: externalID), as: NetSuiteReference.self).id
        } catch {
            guard error.saysNotFound else { throw error }
            return nil
        }
    }

    static func path(_ type: String, _ id: String) -> String {
        "record/v1/\(type)/\(PercentEncoding.encode(id))"
    }

    static func path(_ type: String, externalID: String) -> String {
        "record/v1/\(type)/eid:\(PercentEncoding.encode(externalID))"
    }

    private func request(
        _ method: String, _ path: String, body: [UInt8]? = nil, headers extra: [(String, String)] = []
    ) -> HTTPRequest {
        let url = "\(settings.baseURL)/services/rest/\(path)"
        var headers = [
            ("Authorization", signer.authorization(settings: settings, method: method, url: url)),
            ("Accept", "application/json"),
            ("X-NetSuite-PropertyNameValidation", settings.propertyNameValidation),
        ]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        headers += extra
        return HTTPRequest(method: method, url: url, headers: headers, body: body, timeout: Self.timeout)
    }

    /// The last segment of `https://…/record/v1/salesOrder/98431`.
    private static func id(inLocation location: String?) -> String? {
        location?.split(separator: "/").last.map(String.init)
    }
}
