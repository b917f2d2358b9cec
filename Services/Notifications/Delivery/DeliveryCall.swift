import Commerce
import Foundation
import HTTPTransport
import ServiceKit

/// One call of somebody's endpoint.
///
/// *Guarantees*: the name is resolved once, every address it has must be of the public internet, and the connection
/// goes to one of those that were checked; no redirect is followed; at most 15 s, 64 KiB of the answer.
struct DeliveryCall: Sendable {
    let http: any HTTPClient
    let secrets: SecretBox
    /// `host:port` of targets that may be local and plain http; in the dev stack only.
    let allowed: Set<String>
    let resolve: @Sendable (_ host: String, WorkspaceID) async throws -> [String]
    /// WHY: signatures are judged by the receiver's clock, which knows nothing of the dev stack's: real time.
    var realClock: any WallClock = SystemClock()
    /// Hears of an older secret that cannot be opened, and does not sign.
    var hearOfUnopened: @Sendable (_ problem: any Error, ClaimedDelivery) -> Void = { _, _ in }

    private static let timeout = Duration.seconds(15)

    /// Never throws: whatever goes wrong is how the call ended.
    func callAsFunction(_ delivery: ClaimedDelivery) async -> AttemptResult {
        let start = ContinuousClock.now
        var result: AttemptResult
        do {
            let response = try await http.send(request(for: delivery))
            result = AttemptResult(
                status: response.status, latency: .zero, answer: response.body.excerpt,
                retryAfter: RetryAfter.read(response.header("retry-after"), now: realClock.now))
        } catch let problem as WebhookURLProblem {
            result = AttemptResult(latency: .zero, error: "not called: \(problem)")
        } catch let error as HTTPTransportError {
            result = AttemptResult(
                obstacle: !error.wasSent && (error.code == .overloaded || error.code == .closed) ? .noRoom : nil,
                latency: .zero, error: "\(error.code.rawValue): \(error.message)")
        } catch let error as SecretBoxError {
            result = AttemptResult(obstacle: .noKey, latency: .zero, error: "\(error)")
        } catch {
            result = AttemptResult(latency: .zero, error: "\(error)")
        }
        result.latency = ContinuousClock.now - start
        return result
    }

    private func request(for delivery: ClaimedDelivery) async throws -> HTTPRequest {
        let url = try WebhookURL(delivery.url, allowed: allowed)
        let addresses = try await addresses(of: url, for: delivery.workspaceID)
        try url.vet(addresses)
        let timestamp = Int(realClock.now.timeIntervalSince1970)
        let signatures = try keys(of: delivery).map {
            $0.signature(id: delivery.eventID, timestamp: timestamp, body: delivery.body)
        }
        var request = HTTPRequest(
            method: "POST", url: url.text,
            headers: [
                ("content-type", "application/json"), ("user-agent", "StateSet-Webhooks/1"),
                ("webhook-id", delivery.eventID), ("webhook-timestamp", "\(timestamp)"),
                ("webhook-signature", signatures.joined(separator: " ")),
            ], body: delivery.body, timeout: Self.timeout)
        // Another one with each try, in case one of several is down.
        request.connectAddress = addresses[(delivery.attempt - 1) % addresses.count].description
        request.cutsLongAnswer = true
        return request
    }

    /// The current secret, and the older ones that can be opened: whoever knows the current one need not wait for a key
    /// that only an older one was sealed with.
    private func keys(of delivery: ClaimedDelivery) throws -> [WebhookSecret] {
        guard let current = delivery.secrets.first else { return [] }
        var keys = [try WebhookSecret(opening: current, in: secrets, of: delivery.workspaceID)]
        for older in delivery.secrets.dropFirst() {
            do {
                keys.append(try WebhookSecret(opening: older, in: secrets, of: delivery.workspaceID))
            } catch {
                hearOfUnopened(error, delivery)
            }
        }
        return keys
    }

    private func addresses(of url: WebhookURL, for workspace: WorkspaceID) async throws -> [IPAddress] {
        if let address = IPAddress(url.host) { return [address] }
        let texts = try await resolve(url.host, workspace)
        let addresses = texts.compactMap { IPAddress($0) }
        // An address in a form that cannot be checked is not left out in silence: it might be the local one.
        guard addresses.count == texts.count else { return [] }
        return addresses
    }
}

extension [UInt8] {
    /// Its beginning as text, without what a database or a terminal cannot take.
    fileprivate var excerpt: String {
        String(
            String(decoding: prefix(AttemptResult.answerBytesMax), as: UTF8.self).unicodeScalars.filter { scalar in
                scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
            }.map(Character.init))
    }
}
