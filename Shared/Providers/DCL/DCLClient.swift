import Foundation
import HTTPTransport

/// The eFactory API of one account at the warehouse.
///
/// *Guarantees*: a refusal inside an answer of status 200 is a failure; each call sends at most one write.
/// *Not guaranteed*: shipping and delivery are not pushed reliably; poll `orders`.
public struct DCLClient: Sendable {
    let settings: DCLSettings
    private let http: any HTTPClient
    private let gate: any ProviderGate

    public init(settings: DCLSettings, http: any HTTPClient, gate: any ProviderGate) {
        self.settings = settings
        self.http = http
        self.gate = gate
    }

    /// For answers whose only verdict is the one on top.
    var link: ProviderLink {
        ProviderLink(
            http: http, gate: gate, lane: settings.lane, words: DCLErrorWords.read, exception: DCLErrorWords.exception)
    }

    /// For returns, whose number may be taken by an earlier sending.
    var returnLink: ProviderLink {
        ProviderLink(
            http: http, gate: gate, lane: settings.lane, words: DCLErrorWords.read,
            exception: DCLErrorWords.returnException)
    }

    /// For batches, whose answers have a verdict for each order, also in a 400.
    var batchLink: ProviderLink {
        ProviderLink(
            http: http, gate: gate, lane: settings.lane, words: DCLErrorWords.read,
            isAnswer: { $0.isSuccess || DCLBatchAnswer.isVerdict($0) })
    }

    func request(
        _ method: String, _ path: String, query: [(String, String)] = [], body: [UInt8]? = nil
    ) -> HTTPRequest {
        let url = "\(settings.baseURL)/\(path)\(PercentEncoding.query(query))"
        var headers = [("Authorization", authorization), ("Accept", "application/json")]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        return HTTPRequest(method: method, url: url, headers: headers, body: body)
    }

    private var authorization: String {
        "Basic " + Data("\(settings.username):\(settings.password)".utf8).base64EncodedString()
    }
}
